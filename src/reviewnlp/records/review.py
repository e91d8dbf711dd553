"""A review as its listing describes it."""

from __future__ import annotations

import dataclasses
from typing import Literal

from reviewnlp.records.record import Record

SectionKind = Literal["learning", "recommendations", "key_issues", "key_findings", "background", "model", "other"]
MatchKind = Literal["exact", "variant", "typo", "unknown"]


@dataclasses.dataclass(frozen=True)
class Section(Record):
    """A labelled part of a review: everything from its heading to the next.

    ``start`` and ``end`` are where ``text`` stands in ``Review.text``; ``points`` are the parts of ``text``
    between semicolons (or the bullet lines).
    """

    kind: SectionKind
    heading: str
    text: str
    points: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class Keyword(Record):
    """A subject keyword as the librarian wrote it, and the vocabulary's term for it (None when unknown)."""

    raw: str
    term: str | None = None
    match: MatchKind = "unknown"


@dataclasses.dataclass(frozen=True)
class Link(Record):
    """A link of the entry, such as "Read the overview report"; ``url`` is None when the page lost it."""

    text: str
    url: str | None = None


@dataclasses.dataclass(frozen=True)
class Source(Record):
    """Where a review was read: a path (``-`` for standard input) and lines counted from 1, inclusive."""

    path: str
    start_line: int
    end_line: int


@dataclasses.dataclass(frozen=True)
class Problem(Record):
    """Something in the input that could not be understood, or that a librarian should look at."""

    code: str
    message: str
    line: int


@dataclasses.dataclass(frozen=True)
class Review(Record):
    """One published case review, as its listing describes it.

    ``text`` is the text in scope: the title line, then every paragraph as it stands with its heading, without
    keywords and links, joined by newlines. ``month`` (1-12) is given when the title has one.
    """

    id: str
    text: str
    title: str | None = None
    year: int | None = None
    month: int | None = None
    authorities: tuple[str, ...] = ()
    case_name: str | None = None
    summary: str = ""
    sections: tuple[Section, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    links: tuple[Link, ...] = ()
    source: Source | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """The vocabulary terms of the keywords, each once, in the librarian's order."""
        return tuple(dict.fromkeys(keyword.term for keyword in self.keywords if keyword.term))
