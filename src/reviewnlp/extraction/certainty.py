"""How a fact stands: suspected, negated, of the past, only feared. The ConText algorithm on lexicon cues.

A trigger reaches the words on one side of it, up to a terminator, the end of the sentence or its longest reach
(Harkema et al. 2009). Marks are kept for each word, so that asking costs nothing and the work stays linear.
"""

from __future__ import annotations

from enum import IntFlag
from functools import cache
from typing import TYPE_CHECKING

from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.lexicon import Cue, Lexicon

if TYPE_CHECKING:
    from reviewnlp.extraction.words import Words


class Mark(IntFlag):
    """What the triggers around a word say of it."""

    SUSPECTED = 1
    NEGATED = 2
    HISTORICAL = 4
    HYPOTHETICAL = 8


def certainty_marks(words: Words, sentences: list[tuple[int, int]]) -> bytearray:
    """Return one :class:`Mark` a word.

    Parameters
    ----------
    words : Words
        The words of the text.
    sentences : list of tuple of int
        First and last (exclusive) word of each sentence, in order; no trigger reaches over their ends.

    Examples
    --------
    >>> from reviewnlp.extraction.words import Words
    >>> words = Words.of("Suspected neglect")
    >>> Mark(certainty_marks(words, [(0, 2)])[1])
    <Mark.SUSPECTED: 1>
    """
    marks = bytearray(len(words))
    triggers, effects = _triggers()
    for first, last in sentences:
        cues = triggers.find(words, first, last)
        stops = [cue for cue in cues if cue.label == "stop"]
        ahead = _NextStop(stops, first, last)
        for cue in cues:
            if cue.label in effects:
                mark, far, direction = effects[cue.label]
                before, after = ahead(cue.first)
                if mark == Mark.NEGATED:
                    after = _end(words, cue.last, min(after, cue.last + far))
                if direction != "backward":
                    _set(marks, cue.last, min(after, cue.last + far), mark)
                if direction != "forward":
                    _set(marks, max(before, cue.first - far), cue.first, mark)
    return marks


def marked(marks: bytearray, first: int, last: int, mark: Mark) -> bool:
    """Say whether any of the words ``first`` up to ``last`` carries the mark."""
    wanted = int(mark)
    return any(mark & wanted for mark in marks[first:last])


def _end(words: Words, first: int, last: int) -> int:
    """Return where a negation ends: at the next comma, if there is one before its reach does."""
    return next((i for i in range(first, last) if words.forms[i] == ","), last)


def _set(marks: bytearray, first: int, last: int, mark: int) -> None:
    for i in range(first, last):
        marks[i] |= mark


class _NextStop:
    """Finds the terminators around a word, for words asked in order."""

    def __init__(self, stops: list[Cue], first: int, last: int) -> None:
        self._stops, self._last, self._before, self._at = stops, last, first, 0

    def __call__(self, position: int) -> tuple[int, int]:
        while self._at < len(self._stops) and self._stops[self._at].first <= position:
            self._before = self._stops[self._at].last
            self._at += 1
        after = self._stops[self._at].first if self._at < len(self._stops) else self._last
        return self._before, after


@cache
def _triggers() -> tuple[Lexicon, dict[str, tuple[int, int, str]]]:
    """Return the lexicon of triggers, and what each label does: its mark, its reach in words, its direction."""
    knowledge = load("certainty.toml")
    effects = {}
    for label in knowledge["triggers"]:
        category, _, direction = label.partition(".")
        effects[label] = (int(Mark[category.upper()]), knowledge["scope"][category], direction)
    stops = {"pseudo": knowledge["pseudo"]["phrases"], "stop": knowledge["terminators"]["words"]}
    return Lexicon({**stops, **knowledge["triggers"]}), effects
