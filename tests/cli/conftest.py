"""Runs the command line inside the test's process, as a shell would."""

import io
import re
import sys
from dataclasses import dataclass

import pytest

from reviewnlp.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a shell sees of a command."""

    status: int
    bytes: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output without the codes that make letters bold."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.bytes.decode())


class _Stream(io.TextIOWrapper):
    """Text over bytes, like a process's own standard streams, and a terminal where a test wants one."""

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture
def run(monkeypatch):
    """Run ``reviewnlp`` with the given words; ``width`` makes standard output a terminal of so many columns."""

    def run(*words: object, stdin: bytes = b"", width: int | None = None) -> Outcome:
        out, err = _Stream(terminal=width is not None), _Stream()
        monkeypatch.setenv("COLUMNS", str(width or 80))
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        return Outcome(end.value.code, out.buffer.getvalue(), err.buffer.getvalue().decode())

    return run
