"""Lexicons: phrases from a data file, found in the words of a text in one pass.

A phrase is written as it is read, with alternatives in brackets: ``"(found|discovered) (dead|lifeless|)"``
stands for six phrases (an empty alternative makes the group optional), ``"injur(y|ies)"`` for two, and ``_`` for
any one word. All phrases are followed at once, word by word: each set of states that a text leads to is worked out
when it is first met and kept (Thompson 1968), so that the cost of a pass does not grow with the lexicon.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.phrases import ANY, State, read_phrase
from reviewnlp.extraction.words import Words

Rank = int


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
        self._labels = list(entries)
        self._places: dict[frozenset[tuple[Rank, State]], _Place] = {}
        starts = ((rank, read_phrase(p)) for rank, phrases in enumerate(entries.values()) for p in phrases)
        self._root = self._place(frozenset(starts))
        self._root.leads.pop(ANY, None)  # a phrase begins with a word of its own

    def find(self, words: Words, first: int = 0, last: int | None = None) -> list[Cue]:
        """Return the cues among the words ``first`` up to ``last``, the longest at each place, none overlapping."""
        forms, begins = words.forms, self._root.leads
        last = len(forms) if last is None else last
        found: list[Cue] = []
        taken = first
        for position in range(first, last):
            if position >= taken and forms[position] in begins:
                label, end = self._longest(forms, position, last)
                if end:
                    found.append(Cue(label, position, end))
                    taken = end
        return found

    def _longest(self, forms: list[str], position: int, last: int) -> tuple[str, int]:
        """Return the label and the end of the longest phrase at a word; ("", 0) when none stands there."""
        best, place = ("", 0), self._root
        while position < last:
            form = forms[position]
            after = place.after.get(form)
            if after is None:
                after = self._after(place, form)
                if after is None:
                    break
            place, position = after, position + 1
            if place.label is not None:
                best = (place.label, position)
        return best

    def _after(self, place: _Place, form: str) -> _Place | None:
        """Return the place that a word leads to from another, None when no phrase goes on."""
        anything = place.leads.get(ANY, ()) if form[0].isalnum() else ()
        key = form if form in place.leads else ANY  # kept for the words of the lexicon alone: others are without end
        if key == ANY and not anything:
            return None
        known = place.after.get(key)
        if known is None:
            states = place.leads[form] if key == form else ()
            known = place.after[key] = self._place(frozenset((*states, *anything)))
        return known

    def _place(self, states: frozenset[tuple[Rank, State]]) -> _Place:
        known = self._places.get(states)
        if known is None:
            ends = [rank for rank, state in states if state.is_end]
            known = self._places[states] = _Place(self._labels[min(ends)] if ends else None)
            for rank, state in states:
                for form, after in state.leads.items():
                    known.leads.setdefault(form, []).extend((rank, one) for one in after)
        return known


@dataclasses.dataclass(eq=False, slots=True)
class _Place:
    """What a text has led to: the label of a phrase that ends here, and the states after each next word."""

    label: str | None
    leads: dict[str, list[tuple[Rank, State]]] = dataclasses.field(default_factory=dict)
    after: dict[str, _Place] = dataclasses.field(default_factory=dict)


@cache
def lexicon(name: str, table: str = "phrases") -> Lexicon:
    """Return the lexicon that stands in a table of a data file: one key a label, its phrases in a list."""
    return Lexicon(load(f"{name}.toml")[table])


@cache
def closed_class(name: str) -> frozenset[str]:
    """Return a class of function words of ``grammar.toml``, such as ``closed_class("prepositions")``."""
    return frozenset(load("grammar.toml")[name])
