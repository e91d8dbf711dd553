"""Suggested keywords and themes, with the words that speak for each."""

from __future__ import annotations

import dataclasses

from reviewnlp.records.record import Record


@dataclasses.dataclass(frozen=True)
class Evidence(Record):
    """Words of the review that speak for a suggestion; ``start`` and ``end`` are offsets into its text."""

    text: str
    start: int
    end: int


@dataclasses.dataclass(frozen=True)
class KeywordSuggestion(Record):
    """A suggested term with its calibrated probability (0-1) and the words that speak for it."""

    term: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclasses.dataclass(frozen=True)
class ThemeSuggestion(Record):
    """A theme with its calibrated probability (0-1); it counts as assigned from 0.5."""

    theme: str
    score: float


@dataclasses.dataclass(frozen=True)
class Suggestion(Record):
    """What is suggested for one review, best first."""

    id: str
    keywords: tuple[KeywordSuggestion, ...] = ()
    themes: tuple[ThemeSuggestion, ...] = ()
