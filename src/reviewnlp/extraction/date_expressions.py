"""Finds dates in a text and gives them as EDTF level 1 (ISO 8601-2:2019)."""

from __future__ import annotations

import calendar
import re
from functools import cache
from typing import NamedTuple

from reviewnlp.extraction.knowledge import alternation, load
from reviewnlp.reading.wordlists import as_listed


class Date(NamedTuple):
    """A date as written at ``text[start:end]``."""

    start: int
    end: int
    edtf: str


class _Point(NamedTuple):
    start: int
    end: int
    year: str
    month: int | None
    day: int | None


def dates(text: str, start: int = 0, end: int | None = None) -> list[Date]:
    """Return the dates in a text, in order; two ends of a period make one interval.

    Examples
    --------
    >>> [date.edtf for date in dates("between January 2013 and August 2015, then on 3 May 2016; winter 2017-18")]
    ['2013-01/2015-08', '2016-05-03', '2017-24']
    """
    points = [
        point for match in _point().finditer(text, start, len(text) if end is None else end) for point in _read(match)
    ]
    found: list[Date] = []
    i = 0
    while i < len(points):
        point = points[i]
        following = points[i + 1] if i + 1 < len(points) else None
        if following and _is_period(text, point, following):
            left = point if point.year else point._replace(year=following.year)
            found.append(Date(point.start, following.end, f"{_edtf(left)}/{_edtf(following)}"))
            i += 2
            continue
        if not point.year:
            if following and following.month and _JOINED.fullmatch(text[point.end : following.start]):
                found.append(Date(point.start, following.end, _edtf(point._replace(year=following.year))))
        else:
            found.append(Date(point.start, point.end, _edtf(point)))
        i += 1
    return found


_JOINED = re.compile(r"(?:\sand\s|\sor\s|,\s|/|\s?[-–—]\s?)")
_TO = re.compile(r"\s(?:to|until|till|through)\s(?:the\s)?|\s?[-–—]\s?")
_AND = re.compile(r"\sand\s(?:the\s)?")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?\Z", re.IGNORECASE)


def _is_period(text: str, left: _Point, right: _Point) -> bool:
    link = text[left.end : right.start]
    if not right.year or len(link) > 12 or (left.year and left.year > right.year):
        return False
    if _TO.fullmatch(link):
        return True
    return bool(_AND.fullmatch(link) and _BETWEEN.search(text, max(0, left.start - 16), left.start))


def _read(match: re.Match[str]) -> list[_Point]:
    """Return the point of a match; "2013-15" gives the two ends of its period."""
    if match["decade"]:
        return [_Point(match.start(), match.end(), match["decade"][:3] + "X", None, None)]
    year, months, seasons = (
        match["year"] or match["syear"] or "",
        load("dates.toml")["months"],
        load("dates.toml")["seasons"],
    )
    if match["bare"]:
        return [_Point(match.start(), match.end(), match["bare"], None, None)]
    if match["season"]:
        return [_Point(match.start(), match.end(), year, seasons[as_listed(match["season"])], None)]
    if match["feast"]:
        feast = [int(part) for part in load("dates.toml")["feasts"][as_listed(match["feast"])].split("-")]
        return [_Point(match.start(), match.end(), match["fyear"], *feast)]
    word = as_listed(match["month"])
    month = months[word]
    day: int | None = int(match["day"] or match["after"] or 0) or None
    if not year and word in ("may", "march", "sep", "dec", "jan", "oct", "nov", "feb", "aug", "sept"):
        # "may" and "march" are verbs; a month without a year counts only when one with a year follows.
        return [_Point(match.start(), match.end(), "", month, day)] if match["month"][0].isupper() else []
    return [_Point(match.start(), match.end(), year, month, day)]


def _edtf(point: _Point) -> str:
    if point.month is None:
        return point.year
    # The year may be that of the other end of a period, and "29 February" no day of it.
    is_day = point.day and point.month <= 12 and point.day <= calendar.monthrange(int(point.year), point.month)[1]
    return f"{point.year}-{point.month:02d}" + (f"-{point.day:02d}" if is_day else "")


@cache
def _point() -> re.Pattern[str]:
    knowledge = load("dates.toml")
    months, seasons = alternation(knowledge["months"]), alternation(knowledge["seasons"])
    feasts = alternation(knowledge["feasts"])
    parts = alternation(knowledge["parts"]["words"])
    year = r"(?:19|20)\d\d(?!\d)"
    return re.compile(
        rf"(?<![\w/£])(?:(?:{parts})[\s-])?(?:"
        rf"(?:(?P<day>\d{{1,2}})(?:st|[nr]d|th)?\s(?:of\s)?)?(?P<month>{months})\b\.?"
        rf"(?:\s(?P<after>\d{{1,2}})(?:st|[nr]d|th)?,?(?=\s{year}))?(?:,?\s(?:of\s)?(?P<year>{year})(?![-–/]\d{{4}}-))?"
        rf"|(?P<feast>{feasts})\s(?:of\s)?(?P<fyear>{year})"
        rf"|(?P<season>{seasons})(?:\s(?:of\s)?(?P<syear>{year})(?:[/–-]\d{{2,4}})?)?"
        rf"|(?P<decade>(?:19|20)\d)0['’]?s\b"
        rf"|(?P<bare>{year}))",
        re.IGNORECASE,
    )
