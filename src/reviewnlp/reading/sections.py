"""Sections of a review: where a paragraph, or a sentence inside one, opens a labelled part; and a part's points."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import NamedTuple, get_args

from reviewnlp.reading.wordlists import alternatives, as_listed, word_list
from reviewnlp.records import SectionKind

_BULLET = re.compile(r"(?:[•●○▪▫■□◦‣⁃∙·➢➤►▶✓–—*+-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t]+", re.IGNORECASE)
_MARK = re.compile(r"[()\[\]{}“”\"‘’']")
_LEAD_IN = re.compile(r"(?:these |they |this |which )?(?:include|includes|are|is|were|was)[ \t]*:", re.IGNORECASE)
_LEADING_AND = re.compile(r"(?:and|&)[ \t,:]+(?=\S)", re.IGNORECASE)
_CLOSES = {")": "(", "]": "[", "”": "“", "}": "{"}
_LONGEST_QUOTE = 300
_LONGEST_WORD = 32


class Opening(NamedTuple):
    """Where a section opens in a paragraph: ``start`` of its heading and ``body``, where its text begins."""

    kind: SectionKind | None
    heading: str
    start: int
    body: int


def find_openings(paragraph: str) -> list[Opening]:
    """Find the sections that open in a paragraph, at its start or where a later sentence begins.

    Parameters
    ----------
    paragraph
        One line of a review.

    Returns
    -------
    list of Opening
        In order. ``kind`` is None where the word that names the section was lost in copying ("includes: …").
    """
    openings = []
    first = _opening_at(paragraph, 0, at_start=True)
    if first:
        openings.append(first)
    for found in _sentence_end("!" in paragraph or "?" in paragraph).finditer(
        paragraph, first.body if first and first.heading else 0
    ):
        later = _opening_at(paragraph, found.end(), at_start=False)
        # "Also recommends …" inside the recommendations carries them on.
        if later and (later.heading or not openings or openings[-1].kind != later.kind):
            openings.append(later)
    return openings


def split_points(text: str) -> tuple[str, ...]:
    """Split a section's text into its points: at semicolons outside brackets and quotes, and at line ends.

    Examples
    --------
    >>> split_points("sharing information (early; often); and listening.")
    ('sharing information (early; often)', 'listening.')
    """
    points = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number == 0 and len(lines) > 1 and _LEAD_IN.fullmatch(line):
            continue
        for piece in _at_semicolons(without_bullet(line)) if ";" in line else (without_bullet(line),):
            point = piece.strip()
            if point[:1] in "aA&" and (led := _LEADING_AND.match(point)):
                point = point[led.end() :]
            if point.lower() not in ("", "and", "&"):
                points.append(point)
    return tuple(points)


def without_bullet(line: str) -> str:
    """Return a line without the bullet or number at its head."""
    found = _BULLET.match(line)
    return line[found.end() :] if found else line


def is_bulleted(line: str) -> bool:
    """Say whether a bullet or number stands at the head of a line."""
    return _BULLET.match(line) is not None


def _opening_at(paragraph: str, position: int, *, at_start: bool) -> Opening | None:
    if _first_word(paragraph, position) not in _first_words():
        return None
    patterns = _patterns(at_start)
    found = patterns.opening.match(paragraph, position)
    if not found:
        orphan = patterns.orphan.match(paragraph, position) if at_start else None
        return Opening(None, orphan["heading"], position, orphan.end()) if orphan else None
    kind = _kinds(at_start)[as_listed(found["words"])]
    colon = patterns.colon.match(paragraph, found.end()) or patterns.clause.match(paragraph, found.end())
    if colon and not patterns.late_colon.search(paragraph, found.end(), colon.end()):
        heading = paragraph[position : colon.start("mark")].strip(" \t*_")
        return Opening(kind, heading, position, colon.end())
    if at_start and found.end() == len(paragraph):
        return Opening(kind, paragraph, 0, len(paragraph))
    if patterns.bare.match(paragraph, found.end()) or found["words"].lower() == "recommends":
        return Opening(kind, "", position, position)
    return None


@dataclasses.dataclass(frozen=True)
class _Patterns:
    """``opening`` the words that name a section; after them ``colon``, ``clause`` up to a colon, or a ``bare`` verb."""

    opening: re.Pattern[str]
    colon: re.Pattern[str]
    clause: re.Pattern[str]
    late_colon: re.Pattern[str]
    bare: re.Pattern[str]
    orphan: re.Pattern[str]


@cache
def _patterns(at_start: bool) -> _Patterns:
    words = word_list("headings")
    modifiers, verbs = alternatives(words["modifiers"]), alternatives(words["verbs"])
    joints = alternatives([*words["joints"], *words["verbs"]])
    bare = alternatives([*words["verbs"], *words["bare_verbs"]]) if at_start else verbs
    mark = "(?P<mark>:|[–—-](?=[ \t]))" if at_start else "(?P<mark>:)"
    sources = {
        "opening": rf"(?:(?:{modifiers})[ \t,/]{{1,4}}){{0,4}}(?P<words>{alternatives(_kinds(at_start))})\b",
        "colon": rf"[*_]{{0,2}}[ \t]?{mark}[*_]{{0,2}}[ \t]*",
        "clause": rf"[ \t]{{1,4}}(?:{joints})(?!\w)[^.:;!?]{{0,140}}(?P<mark>:)[*_]{{0,2}}[ \t]*",
        "late_colon": rf"\b(?:{verbs})\b[^:]{{40}}",
        "bare": rf"[ \t]{{1,4}}(?:{bare})\b",
        "orphan": rf"(?P<heading>{alternatives(words['orphan']['openings'])})[ \t]?:[ \t]*",
    }
    return _Patterns(**{name: re.compile(source, re.IGNORECASE) for name, source in sources.items()})


@cache
def _sentence_end(other_marks: bool) -> re.Pattern[str]:
    """Return the end of a sentence before a word that can begin an opening; one mark is found faster than three."""
    words = "|".join(re.escape(word) for word in sorted(_first_words()))
    mark = "[.!?]" if other_marks else "[.]"
    return re.compile(rf"{mark}[\"'”’)\]]{{0,2}}[ \t]{{1,4}}(?=[A-Z])(?=(?i:{words})\b)")


def _first_word(paragraph: str, position: int) -> str:
    words = paragraph[position : position + _LONGEST_WORD].split(None, 1)
    return words[0].strip("*_:,/").lower() if words else ""


@cache
def _first_words() -> frozenset[str]:
    """Return the words that an opening can begin with, so that most sentences are passed over quickly."""
    words = word_list("headings")
    phrases = [*words["modifiers"], *_kinds(True), *words["orphan"]["openings"]]
    return frozenset(part for phrase in phrases for part in (phrase.split()[0],))


@cache
def _kinds(at_start: bool) -> dict[str, SectionKind]:
    words = word_list("headings")
    kinds: dict[str, SectionKind] = {}
    for kind in get_args(SectionKind):
        for opening in [*words[kind]["openings"], *(words[kind]["at_start"] if at_start else [])]:
            kinds[opening] = kind
    return kinds


def _at_semicolons(text: str) -> list[str]:
    covered = _enclosed(text) if any(map(text.__contains__, "([{“\"‘'")) else []
    if not covered:
        return text.split(";")
    pieces, start = [], 0
    for found in re.finditer(";", text):
        position = found.start()
        while covered and covered[-1][1] < position:
            covered.pop()
        if covered and covered[-1][0] < position:
            continue
        pieces.append(text[start:position])
        start = position + 1
    return [*pieces, text[start:]]


def _enclosed(text: str) -> list[tuple[int, int]]:
    """Return the spans inside brackets or quotes that are closed, outermost only, the last one first."""
    open_at: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for found in _MARK.finditer(text):
        mark, position = found[0], found.start()
        if mark in "'‘’\"":
            mark = _direction(text, position)
        if mark in "([{“‘<":
            open_at.append((mark, position))
        elif mark:
            wanted = _CLOSES.get(mark) or ("‘" if mark == "’" else "<")
            # A stray opening mark inside a closed pair is passed over.
            depth = next((d for d in range(1, min(len(open_at), 8) + 1) if open_at[-d][0] == wanted), 0)
            if depth:
                opened = open_at[-depth][1]
                del open_at[-depth:]
                if wanted in "([{" or position - opened <= _LONGEST_QUOTE:
                    spans.append((opened, position))
    outer: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not outer or span[0] > outer[-1][1]:
            outer.append(span)
    return outer[::-1]


def _direction(text: str, position: int) -> str:
    """Tell an opening quote from a closing one and from an apostrophe ("")."""
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    double = text[position] == '"'
    if not before.isalnum() and before not in ".,;!?)" and not after.isspace():
        return "<" if double else "‘"
    if not before.isspace() and not after.isalnum():
        return ">" if double else "’"
    return ""
