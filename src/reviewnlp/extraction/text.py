"""The parts, sentences and clauses of an entry, with character offsets.

Whether a sentence belongs to the narrative (title, summary, background) or to practice (learning,
recommendations) decides which facts may be read from it: ages count everywhere, events only in the narrative.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reviewnlp.extraction.knowledge import alternation, load

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = Literal["title", "summary", "background", "key_issues", "practice"]

_TITLE = re.compile(r"(?:[A-Z][a-z]{2,8}\s{1,3})?(?:19|20)\d\d\s{0,3}[-–—‐−:]\s{0,3}\S")
_BREAK = re.compile(r"(?<=[.!?])(?:[\"”’')\]]{0,3}\s+(?=[\"“‘'(\[]?[A-Z0-9À-Þ])|\[\d{1,3}\]\s)")
_WORD = re.compile(r"[^\W_](?:[\w½/]|[-–'’](?=\w)|(?<=s)['’])*")
_LAST_WORD = re.compile(r"[^\s(]{1,12}\Z")


class Sentence(NamedTuple):
    """A sentence of the entry: ``text[start:end]``, and the part of the entry in which it stands."""

    start: int
    end: int
    part: Part

    @property
    def narrative(self) -> bool:
        """Whether events of the case may be read from it."""
        return self.part != "practice"


class Word(NamedTuple):
    """A word at ``text[start:end]``; ``base``, which ends at ``base_end``, is it in lower case without "'s"."""

    start: int
    end: int
    lower: str
    base: str
    base_end: int
    possessive: bool


def words(text: str, start: int, end: int) -> Iterator[Word]:
    """Yield the words of ``text[start:end]``; hyphens and apostrophes join."""
    for match in _WORD.finditer(text, start, end):
        lower = match.group().lower()
        if lower[-1] in "'’":
            base, possessive = lower[:-1], lower[-2] == "s"
        elif lower.endswith(("'s", "’s")):
            base, possessive = lower[:-2], True
        else:
            base, possessive = lower, False
        yield Word(match.start(), match.end(), lower, base, match.start() + len(base), possessive)


def lowered(text: str) -> str:
    """Return the text in lower case, each character where it was: a few, such as the dotted capital I, grow otherwise.

    Examples
    --------
    >>> lowered("AGED İ")
    'aged İ'
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_title(line: str) -> bool:
    """Say whether a line looks like the title line of an entry, ``2018 - Sunderland - Baby A``.

    Examples
    --------
    >>> is_title("2021 – Northtown – Child K"), is_title("Death of a baby.")
    (True, False)
    """
    return len(line) < 300 and _TITLE.match(line) is not None


def sentences(text: str, *, title: bool | None = None) -> Iterator[Sentence]:
    """Split an entry into its sentences.

    Parameters
    ----------
    text
        The text in scope, paragraphs between newlines.
    title
        Whether the first line is a title; None to look.

    Yields
    ------
    Sentence
        In the order of the text; the title line is one sentence. White space around is left out.
    """
    start, first = 0, True
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            if first and (is_title(line) if title is None else title):
                yield Sentence(start, end, "title")
            else:
                part = _part(line)
                for a, b in _split(text, start, end):
                    yield Sentence(a, b, part)
            first = False
        start = end + 1


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a sentence at semicolons and before words such as "who", "which", "while", "but".

    Parameters
    ----------
    text
        The whole text.
    start, end
        Where the sentence stands in it.

    Returns
    -------
    list of tuple of int
        The (start, end) of each clause; together they cover the sentence but for separators.
    """
    found, at = [], start
    for match in _clause_break().finditer(text, start, end):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    if at < end:
        found.append((at, end))
    return found


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at, stops = start, _abbreviations()
    for match in _BREAK.finditer(text, start, end):
        stop = match.start()
        last = _LAST_WORD.search(text, max(at, stop - 13), stop)
        if last and text[stop - 1] == "." and last.group().rstrip(".").lower() in stops:
            continue
        yield at, stop + len(match.group().rstrip())
        at = match.end()
    if at < end:
        yield at, end


def _part(line: str) -> Part:
    match = _openings().match(line)
    return match.lastgroup if match else "summary"  # type: ignore[return-value]


@cache
def _openings() -> re.Pattern[str]:
    parts: dict[str, Any] = load("parts.toml")
    named = (f"(?P<{kind}>{alternation(parts[kind]['openings'])})" for kind in ("key_issues", "background", "practice"))
    return re.compile(rf"(?:{'|'.join(named)})\b", re.IGNORECASE)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(load("parts.toml")["abbreviations"]["words"])


@cache
def _clause_break() -> re.Pattern[str]:
    openers = alternation(load("parts.toml")["clauses"]["openers"])
    return re.compile(rf";\s{{0,3}}|(?:,\s{{1,3}}|\s)(?=(?:{openers})\s)")
