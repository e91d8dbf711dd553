"""A review cut into clauses, each with the place where it stands.

What happened is said in the opening sentence, practice themes stand in the learning and the recommendations: the
same words mean more or less by their place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.suggestion.words import stems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.records import Review

#: The places of a clause, in the order of every array over places.
PLACES = ("opening", "account", "learning", "recommendations")
OPENING, ACCOUNT, LEARNING, RECOMMENDATIONS = range(len(PLACES))

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘(])|;|\n")
_AROUND = " \t,;.:"
_BY_KIND = {"background": ACCOUNT, "recommendations": RECOMMENDATIONS}


class Clause(NamedTuple):
    """A sentence or a point of a list: its place (of :data:`PLACES`), its offsets and the stems of its words."""

    place: int
    start: int
    end: int
    stems: tuple[str, ...]
    title: bool = False


def clauses_of(review: Review) -> tuple[Clause, ...]:
    """Return the clauses of a review in the order of its text; its keywords and headings are never among them."""
    return tuple(_clauses(review))


def _clauses(review: Review) -> Iterator[Clause]:
    text = review.text
    end_of_title = text.find("\n") if review.title and text.startswith(review.title) else 0
    if end_of_title < 0:
        end_of_title = len(text)
    if end_of_title:
        yield from (clause._replace(title=True) for clause in _cut(text, 0, end_of_title, OPENING))
    opened = False
    for start, end in _paragraphs(text, review.summary, end_of_title):
        for clause in _cut(text, start, end, ACCOUNT):
            yield clause if opened else clause._replace(place=OPENING)
            opened = True
    for section in review.sections:
        yield from _cut(text, section.start, section.end, _BY_KIND.get(section.kind, LEARNING))


def _paragraphs(text: str, summary: str, start: int) -> Iterator[tuple[int, int]]:
    """Find the summary's paragraphs in the text: sections may stand between them."""
    for paragraph in summary.split("\n"):
        found = text.find(paragraph, start) if paragraph else -1
        if found >= 0:
            start = found + len(paragraph)
            yield found, start


def _cut(text: str, start: int, end: int, place: int) -> Iterator[Clause]:
    position = start
    for border in [*_END.finditer(text, start, end), None]:
        stop = border.start() if border else end
        inner = text[position:stop]
        left = position + len(inner) - len(inner.lstrip(_AROUND))
        right = position + len(inner.rstrip(_AROUND))
        if left < right:
            stems = stems_of(text, left, right)
            if stems:
                yield Clause(place, left, right, stems)
        position = border.end() if border else end
