"""Lexicons: phrases from a data file, found in the words of a text in one pass.

A phrase is written as it is read, with alternatives in brackets: ``"(found|discovered) (dead|lifeless|)"``
stands for six phrases (an empty alternative makes the group optional), ``"injur(y|ies)"`` for two, and ``_`` for
any one word. Phrases become a tree of words, so that the cost of a pass does not grow with the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from reviewnlp.errors import ReviewNLPError
from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.words import Words

_ANY = "_"


class Cue(NamedTuple):
    """A phrase of a lexicon in a text: its label, and its words from ``first`` up to ``last`` (exclusive)."""

    label: str
    first: int
    last: int


class Lexicon:
    """Phrases with labels, ready to be found.

    Parameters
    ----------
    entries : mapping of str to iterable of str
        The phrases of each label, in the notation above. A phrase that stands under two labels gives the first.

    Examples
    --------
    >>> lexicon = Lexicon({"fall": ["fell (down|from)", "falling"]})
    >>> lexicon.find(Words.of("He fell from a window."))
    [Cue(label='fall', first=1, last=3)]
    """

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        self._root: dict[str, Any] = {}
        for label, phrases in entries.items():
            for phrase in phrases:
                for words in expand(phrase):
                    node = self._root
                    for word in words:
                        node = node.setdefault(word, {})
                    node.setdefault("", label)

    def find(self, words: Words, first: int = 0, last: int | None = None) -> list[Cue]:
        """Return the cues among the words ``first`` up to ``last``, the longest at each place, none overlapping."""
        forms, begin = words.forms, self._root.get
        last = len(forms) if last is None else last
        found: list[Cue] = []
        taken = first
        for position in range(first, last):
            node = begin(forms[position])
            if node is not None and position >= taken:
                label, end = _longest(node, forms, position + 1, last)
                if end:
                    found.append(Cue(label, position, end))
                    taken = end
        return found


@cache
def lexicon(name: str, table: str = "phrases") -> Lexicon:
    """Return the lexicon that stands in a table of a data file: one key a label, its phrases in a list."""
    return Lexicon(load(f"{name}.toml")[table])


@cache
def closed_class(name: str) -> frozenset[str]:
    """Return a class of function words of ``grammar.toml``, such as ``closed_class("prepositions")``."""
    return frozenset(load("grammar.toml")[name])


def expand(phrase: str) -> list[list[str]]:
    """Return every word sequence that a phrase in bracket notation stands for."""
    if phrase.count("(") != phrase.count(")"):
        raise ReviewNLPError(f"brackets do not match in the lexicon phrase {phrase!r}")
    return [_forms(text) for text in _texts(phrase)]


def _texts(phrase: str) -> list[str]:
    opening = phrase.find("(")
    if opening < 0:
        return [phrase]
    depth, cuts = 0, [opening]
    for place in range(opening, len(phrase)):
        depth += (phrase[place] == "(") - (phrase[place] == ")")
        if depth == 1 and phrase[place] == "|":
            cuts.append(place)
        if depth == 0:
            cuts.append(place)
            break
    options = [phrase[a + 1 : b] for a, b in pairwise(cuts)]
    rest = phrase[cuts[-1] + 1 :]
    return [text for option in options for text in _texts(phrase[:opening] + option + rest)]


def _forms(text: str) -> list[str]:
    if text.isascii() and text.replace(" ", "").isalnum():
        return text.lower().split()
    return [form for part in text.split() for form in ([_ANY] if part == _ANY else Words.of(part).forms)]


def _longest(node: dict[str, Any], forms: list[str], position: int, last: int) -> tuple[str, int]:
    """Return the label and the end of the longest phrase below a node; ("", 0) when none ends there."""
    best = (node[""], position) if "" in node else ("", 0)
    if position < last:
        for key in (forms[position], _ANY):
            child = node.get(key)
            if child is not None and (key != _ANY or forms[position][0].isalnum()):
                longer = _longest(child, forms, position + 1, last)
                if longer[1] > best[1]:
                    best = longer
    return best
