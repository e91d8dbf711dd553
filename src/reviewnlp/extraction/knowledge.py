"""Reads the data files that stand beside the components."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOLDER = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """Return the content of a TOML file of this package, such as ``load("mentions.toml")``."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


def alternation(words: Iterable[str]) -> str:
    r"""Return a regular expression for any of the words, the longest first, a space for any white space.

    Beginnings that words share are written once, so that what fits none of them is passed over quickly. No word is
    empty.

    Examples
    --------
    >>> alternation(["carer", "foster carer", "cared for"])
    'foster\\s+carer|care(?:d\\s+for|r)'
    """
    longest = sorted({" ".join(word.split()) for word in words}, key=lambda word: (-len(word), word))
    return _branches([[r"\s+" if c == " " else re.escape(c) for c in word] for word in longest])


def _branches(words: list[list[str]]) -> str:
    """Return the alternatives, words that begin alike together; a word that ends here comes last."""
    beginnings: dict[str, list[list[str]]] = {}
    for first, *rest in words:
        beginnings.setdefault(first, []).append(rest)
    return "|".join(first + _rest(rests) for first, rests in beginnings.items())


def _rest(words: list[list[str]]) -> str:
    going_on = [word for word in words if word]
    tail = _branches(going_on) if going_on else ""
    if len(going_on) < len(words):
        return f"(?:{tail})?" if tail else ""
    return tail if len({word[0] for word in words}) == 1 else f"(?:{tail})"
