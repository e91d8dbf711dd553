"""Page furniture: headings, introductions, navigation and notices of a listing's page that belong to no review."""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.reading.lines import Line
from reviewnlp.reading.wordlists import word_list

_LEADING = re.compile(r"[\s>»›•*·|#←→↑-]+(?=\w)")
_LONGEST = 600
_LONGEST_SHORT = 160
_LONGEST_LEAD = 400


def is_furniture(line: Line) -> bool:
    """Say whether a line is page furniture, by its words or because the markup puts it outside the page's content.

    Examples
    --------
    >>> is_furniture(Line(1, "Last updated: 04 Sep 2018"))
    True
    """
    if line.role == "outside":
        return True
    text = line.text
    if len(text) > _LONGEST:
        return False
    lead = None if text[0].isalnum() else _LEADING.match(text)
    words = text[lead.end() :] if lead else text
    first, _, then = words[:_LONGEST_LEAD].partition(" ")
    introduction = _introductions().get(first.lower())
    if introduction and introduction.match(then):
        return True
    if len(words) > _LONGEST_SHORT:
        return False
    if words.rstrip(" .:,;?!…>»›|*").lower() in _lines():
        return True
    return _patterns().match(words) is not None


@cache
def _lines() -> frozenset[str]:
    return frozenset(word_list("furniture")["lines"])


@cache
def _patterns() -> re.Pattern[str]:
    return _any_of(word_list("furniture")["patterns"])


@cache
def _introductions() -> dict[str, re.Pattern[str]]:
    """Return for each word that an introduction can begin with the pattern of what follows."""
    found: dict[str, list[str]] = {}
    for introduction in word_list("furniture")["introductions"]:
        for word in introduction["words"]:
            found.setdefault(word, []).append(introduction["then"])
    return {word: _any_of(patterns) for word, patterns in found.items()}


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
