"""Puts the help of every command into the reference, so that it cannot go stale."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from reviewnlp.cli.lazy import COMMANDS, load

MARK = "<!-- the help of every command -->"


def on_page_markdown(markdown: str, **_settings: Any) -> str:
    """Replace the mark of a page (an event of MkDocs)."""
    return markdown.replace(MARK, "\n".join(_sections())) if MARK in markdown else markdown


def _sections() -> Iterator[str]:
    yield _help()
    for name in COMMANDS:
        yield f"## {name}\n{_help(name)}"
        for inner in getattr(load(name), "commands", ()):
            yield f"### {name} {inner}\n{_help(name, inner)}"


def _help(*words: str) -> str:
    call = [sys.executable, "-c", "from reviewnlp.cli import main; main()", *words, "--help"]
    text = subprocess.run(call, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    return f"```text\n{text}```\n"
