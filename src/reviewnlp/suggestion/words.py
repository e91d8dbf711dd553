"""Words of a text with their places, and the stem by which two words are taken for the same.

The stem only has to put the inflections of a word together (number, tense, adverb); it is no dictionary form.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_VOWEL = re.compile(r"[aeiouy]")
_LONGEST = 40


class Word(NamedTuple):
    """A word's stem and where it stands: character offsets into the text that was read."""

    stem: str
    start: int
    end: int


def words_of(text: str, offset: int = 0) -> list[Word]:
    """Return the words of a text, in order.

    Parameters
    ----------
    text
        Any text.
    offset
        Added to every offset: where ``text`` stands in a longer one.

    Examples
    --------
    >>> [word.stem for word in words_of("The babies’ mothers missed appointments.")]
    ['the', 'babi', 'mother', 'miss', 'appointment']
    """
    return [
        Word(stem_of(found.group().lower()), found.start() + offset, found.end() + offset)
        for found in _WORD.finditer(text)
    ]


@cache
def stem_of(word: str) -> str:
    """Return the stem of a lower-case word: ``"babies"`` and ``"baby"`` have the same one.

    Examples
    --------
    >>> stem_of("stopped"), stem_of("stopping"), stem_of("stops")
    ('stop', 'stop', 'stop')
    """
    word = word.replace("’", "'")[:_LONGEST]
    word = word[:-2] if word.endswith("'s") else word.replace("'", "")
    if len(word) <= 3:
        return word
    word = _without_tense(_singular(word))
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWEL.search(root):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
            return root[:-1] if doubled else root
    return word
