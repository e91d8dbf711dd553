"""The stems of the words of a text: two words are taken for the same when their stems are.

The stem only has to put the inflections of a word together (number, tense, adverb); it is no dictionary form.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_VOWEL = re.compile(r"[aeiouy]")
_LONGEST = 40
#: Stems kept for the next time: enough for the words of very many texts.
_KEPT = 100_000


def stems_of(text: str, start: int = 0, end: int | None = None) -> tuple[str, ...]:
    """Return the stems of the words of a text, or of a part of it, in order.

    Examples
    --------
    >>> stems_of("The babies’ mothers missed appointments.")
    ('the', 'babi', 'mother', 'miss', 'appointment')
    """
    return tuple(map(stem_of, _WORD.findall(text, start, len(text) if end is None else end)))


def spans_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the words of a part of a text begin and end, in order."""
    return [found.span() for found in _WORD.finditer(text, start, end)]


@lru_cache(_KEPT)
def stem_of(word: str) -> str:
    """Return the stem of a word, in lower case: ``"babies"`` and ``"baby"`` have the same one.

    Examples
    --------
    >>> stem_of("stopped"), stem_of("stopping"), stem_of("stops")
    ('stop', 'stop', 'stop')
    """
    word = word.lower().replace("’", "'")[:_LONGEST]
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
