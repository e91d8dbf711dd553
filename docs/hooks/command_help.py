"""Puts the help of a command where a page says ``<!-- help: NAME -->``, so that the reference cannot go stale."""

import re
import subprocess
import sys
from typing import Any


def on_page_markdown(markdown: str, **_settings: Any) -> str:
    """Replace the marks of a page (an event of MkDocs)."""
    return re.sub(r"<!-- help: ?(.*?) -->", lambda mark: _help(mark[1].split()), markdown)


def _help(words: list[str]) -> str:
    call = [sys.executable, "-c", "from reviewnlp.cli import main; main()", *words, "--help"]
    text = subprocess.run(call, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own pages
    return f"```text\n{text}```"
