"""Lines of a listing: where each stands in the file, and its words without invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reviewnlp.records import Link

# Breaks inside a line: a word processor's soft line break, form feed, and Unicode's own separators.
_SOFT_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_SOFT_BREAK = re.compile(f"[{_SOFT_BREAKS}]")
_SPACES = dict.fromkeys((160, 8199, 8239), " ")
_INVISIBLE = dict.fromkeys((0x0000, 0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_CLEAN = {**_SPACES, **_INVISIBLE}
_ODD_MARKS = "".join(map(chr, _CLEAN))
_ODD = re.compile(f"[{_ODD_MARKS}]")


class Line(NamedTuple):
    """One line of the input that is not blank.

    ``number`` counts lines of the file from 1; ``gap`` says that a blank line stands before it. ``role`` is what the
    markup says it is: ``heading``, ``item`` (of a list), ``outside`` (navigation or footer), or ``""``.
    """

    number: int
    text: str
    gap: bool = False
    role: str = ""
    links: tuple[Link, ...] = ()


def clean(text: str) -> str:
    """Return ``text`` stripped, no-break spaces as spaces, soft hyphens and other invisible characters left out."""
    return (text.translate(_CLEAN) if _ODD.search(text) else text).strip()


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines of ``text`` that are not blank, numbered as an editor numbers them."""
    return split_blocks((text,))


def split_blocks(blocks: Iterable[str]) -> Iterator[Line]:
    """Yield the lines of a text that comes in blocks of whole lines, the newline between two blocks left out."""
    gap, number = False, 0
    for text in blocks:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        odd, soft = _ODD.search(text) is not None, _SOFT_BREAK.search(text) is not None
        start, end = 0, len(text)
        while start <= end:
            stop = text.find("\n", start)
            stop = end if stop < 0 else stop
            whole = text[start:stop]
            start = stop + 1
            number += 1
            for part in _SOFT_BREAK.split(whole) if soft else (whole,):
                words = clean(part) if odd else part.strip()
                if words:
                    yield Line(number, words, gap)
                gap = not words
