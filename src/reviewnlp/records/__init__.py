"""The records that pass between the parts of the library: frozen, typed, convertible to plain dicts.

Every record has ``to_dict()`` (only dicts, lists, strings, numbers, booleans and None) and the class method
``from_dict()``, its inverse. All offsets count characters of ``Review.text``.
"""

from reviewnlp.records.facts import (
    Age,
    Cause,
    Child,
    Fact,
    Facts,
    IncidentDate,
    JusticeStep,
    Outcome,
    Perpetrator,
    Person,
    ServiceStatus,
)
from reviewnlp.records.finding import Finding, FindingKind
from reviewnlp.records.record import Record
from reviewnlp.records.review import Keyword, Link, MatchKind, Problem, Review, Section, SectionKind, Source
from reviewnlp.records.suggestion import Evidence, KeywordSuggestion, Suggestion, ThemeSuggestion

__all__ = [
    "Age",
    "Cause",
    "Child",
    "Evidence",
    "Fact",
    "Facts",
    "Finding",
    "FindingKind",
    "IncidentDate",
    "JusticeStep",
    "Keyword",
    "KeywordSuggestion",
    "Link",
    "MatchKind",
    "Outcome",
    "Perpetrator",
    "Person",
    "Problem",
    "Record",
    "Review",
    "Section",
    "SectionKind",
    "ServiceStatus",
    "Source",
    "Suggestion",
    "ThemeSuggestion",
]
