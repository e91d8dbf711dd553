"""Long texts in blocks of whole lines, so that a listing of any size is read in bounded memory."""

from __future__ import annotations

import codecs
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reviewnlp.reading.files import decode, encoding_of, mend_foreign, opened
from reviewnlp.tables import refuse_larger

#: Files up to this size are read whole, which is quicker.
WHOLE = 8_000_000
_BLOCK = 1_000_000


@contextmanager
def text_blocks(path: str, largest: int) -> Iterator[tuple[str, Iterator[str]]]:
    """Give the beginning of a text and all of it in blocks, each of whole lines, to the block.

    Parameters
    ----------
    path
        A file, or ``-`` for standard input.
    largest
        Bytes of the longest line that is read.

    Raises
    ------
    InputError
        The file cannot be read, is no text, or has a longer line.
    """
    with _source(path) as file:
        head = file.read(WHOLE + 1)
        if len(head) <= WHOLE:
            text = decode(head, path)
            refuse_larger("the longest line", len(max(text.split("\n"), key=len)), largest, path)
            yield text, iter((text,))
            return
        file.seek(0)
        encoding, errors = encoding_of(file, path)
        file.seek(0)
        blocks = _blocks(file, path, encoding, errors, largest)
        first = next(blocks, "")
        yield first, _again(first, blocks)


def _again(first: str, blocks: Iterator[str]) -> Iterator[str]:
    yield first
    yield from blocks


@contextmanager
def _source(path: str) -> Iterator[BinaryIO]:
    if path != "-":
        with opened(path) as file:
            yield file
        return
    # The encoding shows only when all has been read once, and standard input cannot be read twice.
    with tempfile.SpooledTemporaryFile(max_size=WHOLE + 1) as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.seek(0)
        yield copy  # type: ignore[misc]


def _blocks(file: BinaryIO, path: str, encoding: str, errors: str, largest: int) -> Iterator[str]:
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(errors), translate=True)
    line, rest = 1, ""
    while data := file.read(_BLOCK):
        text, newline, after = (rest + decoder.decode(data)).rpartition("\n")
        refuse_larger("a line", len(after), largest, path, line + text.count("\n") + len(newline))
        rest = after
        if newline:
            line += text.count("\n") + 1
            yield mend_foreign(text) if errors == "surrogateescape" else text
    rest += decoder.decode(b"", final=True)
    if rest:
        yield mend_foreign(rest) if errors == "surrogateescape" else rest


def size_of(path: str) -> int:
    """Return the bytes of a file, 0 where that cannot be told."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
