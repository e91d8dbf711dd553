"""Errors in the user's language: what was wrong, where, and what to do."""

from __future__ import annotations


class ReviewNLPError(Exception):
    """Base of every error that this library raises on purpose."""


class InputError(ReviewNLPError):
    """An input could not be read.

    Parameters
    ----------
    message
        What was wrong and what to do about it.
    path
        The file (``-`` for standard input), or None for a text in memory.
    line
        The line that is wrong, counted from 1, or None when the whole input is.
    """

    def __init__(self, message: str, path: str | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        super().__init__(str(self))

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        return f"{where}: {self.message}" if where else self.message


class OutputError(ReviewNLPError):
    """An output could not be written: a full disk, a folder that may not be written to."""


class VocabularyError(ReviewNLPError):
    """A vocabulary file is not usable, or a term is not in it."""


class BundleError(ReviewNLPError):
    """A model bundle is damaged, foreign or newer than this library."""


class ConfigError(ReviewNLPError):
    """An experiment's configuration is wrong."""
