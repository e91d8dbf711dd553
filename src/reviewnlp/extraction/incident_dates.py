"""When the incident happened."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reviewnlp.extraction.date_expressions import Date, dates
from reviewnlp.extraction.knowledge import alternation, load
from reviewnlp.extraction.text import clauses
from reviewnlp.records import IncidentDate

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.text import Sentence

_HISTORY = re.compile(
    r"\b(?:had|has|have)\s(?:\w+\s)?(?:been|previously|already|made|become|received|had|suffered)\b", re.IGNORECASE
)
_PARENT_ILL = re.compile(
    r"\b(?:mother|father|parent|parents|mum|dad)\s(?:was|had|took|were)\b.{0,80}\b(?:overdose|admitted|hospital|died|illness)\b",
    re.IGNORECASE,
)
_LATER = 4
_CLAUSE = 300  # characters; what stands further off tells nothing of a date


def find_incident_dates(case: Case) -> tuple[IncidentDate, ...]:
    """Return the dates of the incident: those of the opening sentence, else of the first that tells of it.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> case = Case("Death of a boy in May 2014. In 2012 he had been seen by a GP.")
    >>> [(date.edtf, date.text) for date in find_incident_dates(case)]
    [('2014-05', 'May 2014')]
    """
    found: list[Date] = []
    for i, sentence in enumerate(case.narrative[:_LATER]):
        told = [
            date for date in dates(case.text, sentence.start, sentence.end) if _dates_incident(case, sentence, date)
        ]
        if i and not _is_incident().search(case.text, sentence.start, sentence.end):
            continue
        found = told
        if found:
            break
    found = [_sharper(case, date) for date in found]
    if not found and case.title and case.case_name:
        found = dates(case.text, case.case_name_start, case.title.end)
    unique = {date.edtf: date for date in reversed(found)}
    return tuple(
        IncidentDate(date.edtf, case.text[date.start : date.end], date.start, date.end)
        for date in sorted(unique.values())
    )


def _sharper(case: Case, date: Date) -> Date:
    """Return the date with its month where the entry opens with a year and tells the incident more closely later."""
    if len(date.edtf) > 4:
        return date
    for sentence in case.narrative[1:]:
        for other in dates(case.text, sentence.start, sentence.end):
            closer = other.edtf.startswith(f"{date.edtf}-") and "/" not in other.edtf
            told = _is_incident().search(case.text, sentence.start, other.start)
            if closer and told and _dates_incident(case, sentence, other):
                return other
    return date


def _dates_incident(case: Case, sentence: Sentence, date: Date) -> bool:
    """Say whether the clause of a date tells of the incident, not of its history or of what came after."""
    near = max(sentence.start, date.start - _CLAUSE)
    start = max((a for a, _ in clauses(case.text, near, date.end) if a <= date.start), default=near)
    before = case.text[start : date.start]
    if _PARENT_ILL.search(before):
        return False
    return not (_other_event().search(before) or _HISTORY.search(before))


@cache
def _other_event() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(load('dates.toml')['other_events']['before'])})\b", re.IGNORECASE)


@cache
def _is_incident() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(load('dates.toml')['incident']['words'])})\b", re.IGNORECASE)
