"""One entry of a listing, a title line and the lines under it, made into a Review."""

from __future__ import annotations

import dataclasses
import re
import unicodedata

from reviewnlp.reading.keywords import KeywordReader, inner_label, keyword_label
from reviewnlp.reading.lines import Line
from reviewnlp.reading.links import link_tail, read_links
from reviewnlp.reading.sections import find_openings, is_bulleted, split_points
from reviewnlp.reading.titles import Title
from reviewnlp.records import Keyword, Link, Problem, Review, Section, SectionKind, Source

UNTITLED = "untitled"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclasses.dataclass(slots=True)
class Entry:
    """The lines of one review as cut from its listing; ``title`` is None where there is no title line."""

    title: Title | None
    lines: list[Line]
    first_line: int
    problems: list[Problem] = dataclasses.field(default_factory=list)


def read_entry(entry: Entry, path: str, keywords: KeywordReader, ids: dict[str, int]) -> Review:
    """Make a Review of an entry.

    Parameters
    ----------
    entry
        The title and the lines under it.
    path
        The file it stands in, for ``Review.source``.
    keywords
        Reads and matches the keywords.
    ids
        How often each id was given; a repeated one gets ``-2``, ``-3``, …

    Returns
    -------
    Review
        Every line of the entry is in its text, its keywords or its links.
    """
    title = entry.title
    parts = _part(entry.lines)
    if parts.keyword_line is None and (title or len(parts.paragraphs) > 1):
        _take_unlabelled(parts, keywords)
    found = tuple(keyword for text in parts.keyword_texts for keyword in keywords.read(text))
    paragraphs = [line.text for line in parts.paragraphs]
    text = "\n".join([title.text, *paragraphs] if title else paragraphs)
    offset = len(title.text) + 1 if title and paragraphs else 0
    summary, sections, problems = _read_sections(parts.paragraphs, text, offset)
    return Review(
        id=unique_id(slug(title.text) if title else UNTITLED, ids),
        text=text,
        title=title.text if title else None,
        year=title.year if title else None,
        month=title.month if title else None,
        authorities=title.authorities if title else (),
        case_name=title.case_name if title else None,
        summary=summary,
        sections=sections,
        keywords=found,
        links=tuple(parts.links),
        source=Source(path, entry.first_line, entry.lines[-1].number if entry.lines else entry.first_line),
        problems=(
            *entry.problems,
            *problems,
            *_keyword_problems(entry, parts, found),
            *_missing(entry, summary, sections),
        ),
    )


def slug(title: str) -> str:
    """Return the id of a title: no accents, lower case, one hyphen for every run of other characters.

    Examples
    --------
    >>> slug("2025 – Hertfordshire – Réaltín")
    '2025-hertfordshire-realtin'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode() if not title.isascii() else title
    return _NOT_SLUG.sub("-", plain.lower()).strip("-") or UNTITLED


def unique_id(wanted: str, ids: dict[str, int]) -> str:
    """Return ``wanted``, or with the first free ``-2``, ``-3``, … when it was given before."""
    if wanted not in ids:
        ids[wanted] = 1
        return wanted
    number = ids[wanted] + 1
    while f"{wanted}-{number}" in ids:
        number += 1
    ids[wanted] = number
    ids[f"{wanted}-{number}"] = 1
    return f"{wanted}-{number}"


@dataclasses.dataclass(slots=True)
class _Parts:
    paragraphs: list[Line] = dataclasses.field(default_factory=list)
    keyword_texts: list[str] = dataclasses.field(default_factory=list)
    keyword_line: int | None = None
    links: list[Link] = dataclasses.field(default_factory=list)


def _part(lines: list[Line]) -> _Parts:
    """Part an entry's lines into paragraphs, keywords and links."""
    parts = _Parts()
    open_list = False
    for line in lines:
        links = read_links(line)
        if links:
            parts.links.extend(links)
            open_list = False
            continue
        label = keyword_label(line.text)
        if label or open_list:
            text = line.text[label:]
            open_list = _take_keywords(parts, line, text) and (not text or text[-1] in ",;")
            continue
        start = inner_label(line.text)
        if start >= 0:
            label = start + keyword_label(line.text[start:])
            before = line.text[:start].rstrip()
            if before:
                parts.paragraphs.append(line._replace(text=before))
            open_list = _take_keywords(parts, line, line.text[label:])
            open_list = open_list and line.text[-1] in ",;"
            continue
        tail = link_tail(line.text)
        if tail < len(line.text):
            parts.links.extend(read_links(Line(line.number, line.text[tail:].strip(), links=line.links)))
            line = line._replace(text=line.text[:tail].rstrip(), links=())
        parts.links.extend(line.links)
        parts.paragraphs.append(line)
    return parts


def _take_keywords(parts: _Parts, line: Line, text: str) -> bool:
    """Take the text behind a keywords label, without a link after it; say whether no link came."""
    tail = link_tail(text)
    parts.links.extend(
        read_links(Line(line.number, text[tail:].strip(), links=line.links)) if text[tail:].strip() else ()
    )
    parts.keyword_texts.append(text[:tail].strip())
    if parts.keyword_line is None:
        parts.keyword_line = line.number
    return tail == len(text)


def _take_unlabelled(parts: _Parts, keywords: KeywordReader) -> None:
    """Take the last paragraph as keywords where it is a line of terms, as on old pages."""
    if not parts.paragraphs:
        return
    last = parts.paragraphs[-1]
    listed = is_bulleted(last.text) or last.role == "item"
    if not listed and not find_openings(last.text) and keywords.looks_like_keywords(last.text):
        parts.paragraphs.pop()
        parts.keyword_texts.append(last.text)
        parts.keyword_line = last.number


def _read_sections(paragraphs: list[Line], text: str, offset: int) -> tuple[str, tuple[Section, ...], list[Problem]]:
    """Find the sections in the paragraphs, which stand in ``text`` from ``offset`` on, one a line."""
    problems: list[Problem] = []
    marks: list[tuple[SectionKind | None, str, int, int, int]] = []
    for line in paragraphs:
        marks.extend(
            (opening.kind, opening.heading, offset + opening.start, offset + opening.body, line.number)
            for opening in find_openings(line.text)
        )
        offset += len(line.text) + 1
    summary_start = len(text) - sum(len(line.text) + 1 for line in paragraphs) + 1 if paragraphs else len(text)
    summary = text[summary_start : marks[0][2] if marks else len(text)].strip()
    sections: list[Section] = []
    for index, (kind, heading, _, body, number) in enumerate(marks):
        stop = marks[index + 1][2] if index + 1 < len(marks) else len(text)
        if kind is None:
            kind = _lost_kind([mark[0] for mark in marks], index)
            message = f"the word before “{heading}:” was lost; read as {kind}"
            problems.append(Problem("incomplete_heading", message, number))
        inner = text[body:stop]
        start = body + len(inner) - len(inner.lstrip())
        inner = inner.strip()
        if not inner:
            start = body
            problems.append(Problem("empty_section", f"nothing follows the heading “{heading}”", number))
        sections.append(Section(kind, heading, inner, split_points(inner), start, start + len(inner)))
    return summary, tuple(sections), problems


def _lost_kind(kinds: list[SectionKind | None], index: int) -> SectionKind:
    """Guess the kind of a section whose name was lost from those around it: learning stands before recommendations."""
    if "learning" not in kinds and "recommendations" not in kinds[:index]:
        return "learning"
    return "recommendations" if "recommendations" not in kinds else "other"


def _keyword_problems(entry: Entry, parts: _Parts, found: tuple[Keyword, ...]) -> list[Problem]:
    if not entry.lines:
        return [Problem("empty_entry", "nothing stands under the title", entry.first_line)]
    if not found:
        return [Problem("no_keywords", "the entry has no keywords", parts.keyword_line or entry.first_line)]
    problems, line = [], parts.keyword_line or entry.first_line
    text = " ".join(parts.keyword_texts)
    if text.endswith("."):
        problems.append(Problem("keyword_full_stop", "a full stop ends the keywords", line))
    if ";" in text:
        if text.count(",") > sum(keyword.raw.count(",") for keyword in found):
            problems.append(Problem("mixed_separators", "both commas and semicolons part the keywords", line))
        else:
            problems.append(Problem("semicolons", "semicolons, not commas, part the keywords", line))
    return problems


def _missing(entry: Entry, summary: str, sections: tuple[Section, ...]) -> list[Problem]:
    problems = []
    if not summary and entry.lines:
        message = "no paragraph stands before the first section" if sections else "the entry has no text"
        problems.append(Problem("no_summary", message, entry.first_line))
    return problems
