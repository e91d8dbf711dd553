"""Titles of reviews: "2017 – Croydon and Lewisham – Children R, S and W", in all the ways they are written."""

from __future__ import annotations

import calendar
import re
from functools import cache, lru_cache
from typing import NamedTuple

from reviewnlp.reading.authorities import Places, is_known, read_places
from reviewnlp.reading.wordlists import word_list

LONGEST_TITLE = 200
_DASHES = "‐‑‒–—―−-"
_DATE = re.compile(
    r"(?:(?:\d{1,2}(?:[a-z]{2})?[ ])?(?P<month>[A-Za-z]{3,9})(?:[ ]?/[ ]?[A-Za-z]{3,9})?\.?,?[ ]{1,3})?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_AFTER_YEAR = re.compile(rf"[ \t]*(?:[{_DASHES}]+|:|\||,|\.(?=[ \t]))[ \t]*")
# A span of years, "2017-18" or "2015 – 2017", opens a sentence, not a title.
_YEARS = re.compile(rf"[ \t]?[/{_DASHES}][ \t]?(?:19|20)\d\d(?!\d)|[/{_DASHES}]\d\d(?!\d)")
# What parts the place from the case: a dash that stands free on a side, a long dash, a colon, a bar.
_PART = re.compile(rf"[ \t]+[{_DASHES}]+[ \t]*|[{_DASHES}]+[ \t]+|[ \t]*[–—―]+[ \t]*|[ \t]*:[ \t]*|[ \t]*\|[ \t]*")
_TIGHT = re.compile(r"[-‐‑−]|,[ \t]+|[ \t]*[(]|[ \t]+")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*|&")


class Title(NamedTuple):
    """What a title says. ``certain`` is False where the line could as well be prose or a chronology."""

    text: str
    year: int
    month: int | None
    authorities: tuple[str, ...]
    case_name: str | None
    certain: bool


def read_title(line: str) -> Title | None:
    """Read a line as a review's title, or return None when it is not one.

    Parameters
    ----------
    line
        A line, stripped.

    Returns
    -------
    Title or None
        A line such as "2017 saw …" is none.

    Examples
    --------
    >>> read_title("December 2014 – Blackpool - Child BR").month
    12
    """
    if len(line) > LONGEST_TITLE or not (line[:1].isdigit() or line[:3].lower() in _months()):
        return None
    date = _DATE.match(line)
    if not date:
        return None
    month = _months().get(date["month"].lower()) if date["month"] else None
    if date["month"] and not month:
        return None
    rest = line[date.end() :]
    parted = _AFTER_YEAR.match(rest)
    if parted and _YEARS.match(rest):
        return None
    words = rest[parted.end() if parted else 0 :].strip()
    if not words or not _may_begin(words[0]) or (words[0].islower() and not _is_anonymous(words)):
        return None
    if parted:
        places, case, certain = _split(words)
        certain = certain and not _is_prose(words)
        if not certain and (_is_prose(words) or not _begins_name(words[0])):
            return None
    else:
        glued = not rest[0].isspace()
        places, case, certain = _split(words)
        if not certain or not words[0].isupper() or _is_prose(words, strict=not glued and not _PART.search(words)):
            return None
    return Title(line, int(date["year"]), month, places.names, case, certain)


def _split(words: str) -> tuple[Places, str | None, bool]:
    """Split what follows the year into places and case name, and say whether it can be trusted to be a title."""
    found = _known_place(words)
    if found:
        return found
    parted = _PART.search(words)
    if parted and parted.start():
        left, right = words[: parted.start()], words[parted.end() :]
        if _is_case(left):
            return Places((), False), words, True
        return read_places(left), _case(right), _is_place(left) and bool(right) and _begins_name(right[0])
    if _is_case(words):
        return Places((), False), _case(words), True
    for cut in _TIGHT.finditer(words):
        left, right = words[: cut.start()], words[cut.end() :]
        if left and _is_case(right) and _is_place(left):
            return read_places(left), _case(right), True
    if _is_place(words):
        return read_places(words), None, False
    return Places((), False), _case(words), False


def _known_place(words: str) -> tuple[Places, str | None, bool] | None:
    """Take the longest known place at the head of the words; what follows is the case."""
    parted = _PART.search(words)
    if (whole := read_places(words) if not parted or is_known(words) else None) and whole.known:
        return whole, None, True
    if parted and _is_case(words[parted.end() :]):
        # Nothing longer can be a place: what follows the first dash is the case.
        places = read_places(words[: parted.start()])
        return (places, _case(words[parted.end() :]), True) if places.known else None
    cuts = {m.start(): m for pattern in (_TIGHT, _PART) for m in pattern.finditer(words)}
    for start in sorted(cuts, reverse=True):
        cut = cuts[start]
        right = words[cut.end() :]
        if not right or words[:start].rstrip()[-1:] in ("", *_DASHES):
            continue
        free = _PART.fullmatch(cut[0]) is not None
        if not free and not (_is_case(right) or cut[0].strip() == "(" or (cut[0] == "-" and _begins_name(right[0]))):
            continue
        places = read_places(words[:start])
        if places.known:
            return places, _case(right), True
    return None


def _case(words: str) -> str | None:
    case = words.strip(" \t,;")
    if case.startswith("(") and case.endswith(")") and "(" not in case[1:]:
        case = case[1:-1].strip()
    elif case.endswith(")") and "(" not in case:
        case = case[:-1].rstrip()
    return case or None


@lru_cache(maxsize=4096)
def _is_case(words: str) -> bool:
    """Say whether words begin as a case name does ("Child A", "Family H"), and are no sentence."""
    first = _WORD.search(words)
    return (
        first is not None
        and words[0].isupper()
        and first[0].lower() in word_list("titles")["case_words"]
        and _is_capitalised(words)
    )


@lru_cache(maxsize=4096)
def _is_place(words: str) -> bool:
    found = _WORD.findall(words)
    return bool(found) and len(found) <= 9 and words[0].isupper() and _is_capitalised(words)


def _is_capitalised(words: str) -> bool:
    small = word_list("titles")["small_words"]
    found = _WORD.findall(words)
    return all(not word[0].islower() or word in small for word in found)


def _is_prose(words: str, *, strict: bool = False) -> bool:
    """Say whether the words after the year read as a sentence."""
    if words[-1] in ".;,!" and not words.endswith("..."):
        return strict or len(_WORD.findall(words)) > 8
    return strict and not _is_capitalised(words)


def _is_anonymous(words: str) -> bool:
    return words.lower().startswith(tuple(word_list("titles")["anonymous"]))


def _may_begin(character: str) -> bool:
    return character.isalnum() or character in "'\"‘“[("


def _begins_name(character: str) -> bool:
    return not character.islower() and _may_begin(character)


@cache
def _months() -> dict[str, int]:
    names = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
    short = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
    return {**names, **short, "sept": 9}
