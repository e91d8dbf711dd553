"""Finds expressions of age in a text and gives them as ISO 8601 durations.

Numbers are sparse, so the text is scanned for numbers first; what stands before and after one decides whether
it is an age ("aged 5", "5-year-old", "mother, 19,") or something else ("for 5 years", "Child 5").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import decimal

from reviewnlp.extraction import age_patterns as patterns
from reviewnlp.extraction.age_numbers import iso, read_quantity, read_unit
from reviewnlp.extraction.text import lowered

if TYPE_CHECKING:
    from collections.abc import Iterator, Set


_DIGIT = re.compile(r"(?![0-9])\d")


class Expression(NamedTuple):
    """An age as written at ``text[start:end]``; ``least`` and ``most`` are ISO 8601 durations or None."""

    start: int
    end: int
    least: str | None
    most: str | None


class _Item(NamedTuple):
    """A number of a list of numbers; ``unit`` is "" while it is to be taken from what follows."""

    start: int
    end: int
    value: float
    unit: str
    minor: tuple[float, str] | None
    old: bool


def expressions(text: str, after_person: Set[int] = frozenset()) -> list[Expression]:
    """Return the expressions of age in a text, in order, none inside another.

    Parameters
    ----------
    text
        Any text.
    after_person
        Offsets where a mention or name of a person ends: there "(16)" and ", 19," are ages.

    Examples
    --------
    >>> [(e.least, e.most) for e in expressions("aged 2, 5 and 10-years-old; under-fives; a teenager")]
    [('P2Y', 'P2Y'), ('P5Y', 'P5Y'), ('P10Y', 'P10Y'), (None, 'P5Y'), ('P13Y', 'P19Y')]
    """
    lower = _lower(text)
    found = [*_counted(text, lower, after_person), *_uncounted(text), *_stages(text, lower)]
    found.sort(key=lambda e: (e.start, -e.end))
    kept: list[Expression] = []
    for expression in found:
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return kept


def _counted(text: str, lower: str, after_person: Set[int]) -> Iterator[Expression]:
    """Ages with a number, one run of numbers ("2, 5 and 10-years-old") after another."""
    at = 0
    for start in patterns.number().finditer(lower):
        match = patterns.run().match(lower, start.start()) if start.start() >= at else None
        if match is None:
            continue
        at = match.end()
        items = [_item(part) for part in patterns.item().finditer(lower, match.start(), match.end())]
        before = text[max(0, items[0].start - 48) : items[0].start]
        cue = patterns.cue().search(before)
        if not cue:
            items = _without_label(text, items, before)
        between = bool(cue and (cue["between"] or cue["before"]))
        if not between:
            items = _without_count(text, items)
        if items and _is_age(text, items, before, cue, after_person):
            yield from _mentions(text, items, before, between)


def _item(part: re.Match[str]) -> _Item:
    unit = next((unit for unit in "YMWDH" if part[f"u1{unit}"]), "")
    value = read_quantity(part["q1"]) + (0.5 if unit and part[f"half{unit}"] else 0.0)
    minor = None
    if unit in ("Y", "M", "W") and part[f"q2{unit}"]:
        minor = (read_quantity(part[f"q2{unit}"]), read_unit(part[f"u2{unit}"]))
    return _Item(part.start(), part.end(), value, unit, minor, bool(part["old"]))


def _without_label(text: str, items: list[_Item], before: str) -> list[_Item]:
    """Drop a leading number that belongs to a name: "Child 1, 3-year-old"."""
    if len(items) > 1 and not items[0].unit and patterns.label().search(before):
        return items[1:]
    return items


def _without_count(text: str, items: list[_Item]) -> list[_Item]:
    """Drop a trailing number that counts something: "aged 5 and two siblings"."""
    while len(items) > 1 and not items[-1].unit:
        if patterns.closes().match(text, items[-1].end) or patterns.service().match(text, items[-1].end):
            break
        items = items[:-1]
    return items


def _is_age(text: str, items: list[_Item], before: str, cue: re.Match[str] | None, after_person: Set[int]) -> bool:
    end = items[-1].end
    if patterns.no_age_after().match(text, end):
        return False
    if cue or patterns.of_age().match(text, end):
        return True
    if any(item.old for item in items):
        return not patterns.thing().match(text, end)
    bound = patterns.bound_before().search(before)
    if bound:
        person_before = patterns.people_before().search(before[: bound.start()])
        if bound["over"] and items[0].unit:  # "abuse of children over 10 years" tells how long
            person_before = patterns.any_people().search(before[: bound.start()])
        return bool(patterns.plural().match(text, end) or (person_before and not patterns.not_under().match(text, end)))
    return _by_position(text, items, before, after_person)


def _by_position(text: str, items: list[_Item], before: str, after_person: Set[int]) -> bool:
    """Say whether a number without "aged" or "old" is an age because of where it stands."""
    item, start, end = items[0], items[0].start, items[-1].end
    if len(items) == 2 and patterns.service().match(text, end):
        return patterns.joins_range(text[item.end : items[1].start], False) and items[1].value <= 25
    if not item.unit and "." in text[start : item.end]:
        return False
    if patterns.plus().match(text, end) and not item.unit:
        return 10 <= item.value <= 25
    if patterns.child_noun().match(text, end) and item.unit:
        return True
    opening = patterns.aside().search(before)
    if opening and start - len(before) + opening.start() in after_person and item.value < 110:
        return bool(patterns.aside_end().match(text, end))
    if item.unit:
        if patterns.person_of().search(before):
            return True
        at = patterns.at().search(before)
        if not at or patterns.birth().search(before):
            return False
        stands = at.group().lower().startswith("at ") and patterns.closes().match(text, end)
        return bool(patterns.then_person().match(text, end) or (stands and not patterns.at_a_time().match(text, end)))
    if patterns.turned().search(before):
        return bool(patterns.closes().match(text, end))
    if patterns.when_was().search(before):
        return bool(patterns.closes().match(text, end)) and not patterns.other_use().match(text, end)
    if patterns.was().search(before):
        return item.value >= 10 and text[start].isdigit() and bool(patterns.closes().match(text, end))
    told = patterns.superlative().search(before)
    if told:
        return (text[start].isdigit() or not told["two"]) and bool(patterns.closes().match(text, end))
    if patterns.one_person_of().search(before):
        return item.value < 100 and bool(patterns.closes().match(text, end))
    at = patterns.at().search(before)
    if at:
        by = at.group().lower().startswith("by ")
        if patterns.then_person().match(text, end) or (by and patterns.then_verb().match(text, end)):
            return item.value <= 25
        known = at.group().lower().startswith("at ") and 3 <= item.value <= 19
        return known and bool(patterns.closes().match(text, end)) and not patterns.other_use().match(text, end)
    ellipsis = patterns.and_person().search(before)
    return bool(ellipsis) and text[start].isdigit() and item.value >= 10 and bool(patterns.closes().match(text, end))


def _mentions(text: str, items: list[_Item], before: str, between: bool) -> Iterator[Expression]:
    units = [item.unit for item in items]
    for i in range(len(items) - 2, -1, -1):
        units[i] = units[i] or units[i + 1]
    least = [iso(item.value, unit or "Y", item.minor) for item, unit in zip(items, units, strict=True)]
    i = 0
    while i < len(items):
        item = items[i]
        if i + 1 < len(items) and patterns.joins_range(text[item.end : items[i + 1].start], between):
            yield Expression(item.start, items[i + 1].end, least[i], least[i + 1])
            i += 2
            continue
        yield _bounded(text, item, least[i], before if i == 0 else "")
        i += 1


def _bounded(text: str, item: _Item, age: str, before: str) -> Expression:
    bound = patterns.bound_before().search(before)
    plural = patterns.plural().match(text, item.end)
    end = plural.end() if plural else item.end
    if bound:
        start = item.start - len(before) + bound.start()
        if item.old and text[item.start : end].endswith("s old"):
            end -= len(" old")  # "under 2 months old" gives "under 2 months"
        return Expression(start, end, *((None, age) if bound["under"] else (age, None)))
    tail = patterns.plus().match(text, item.end) or patterns.bound_after().match(text, item.end)
    if tail:
        return Expression(item.start, tail.end(), *((None, age) if tail.groupdict().get("under") else (age, None)))
    return Expression(item.start, item.end, age, age)


def _uncounted(text: str) -> Iterator[Expression]:
    """Ages whose number is an article or left vague: "a year old", "a few months old", "weeks old"."""
    for old in patterns.old().finditer(text):
        match = patterns.uncounted().search(text, max(0, old.start() - 40), old.end())
        if match is None:
            continue
        if match["vague"] or not match["article"]:
            start = match.start("vague") if match["vague"] else match.start()
            yield Expression(start, match.end(), None, None)
            continue
        age = iso(1.5 if match["half"] else 1, read_unit(match["unit"]), None)
        bound = patterns.bound_before().search(text[max(0, match.start() - 32) : match.start()])
        if bound:
            start = match.start() - len(bound.group())
            yield Expression(start, match.end(), *((None, age) if bound["under"] else (age, None)))
        else:
            yield Expression(match.start(), match.end(), age, age)


def _stages(text: str, lower: str) -> Iterator[Expression]:
    """Ages told by a decade, a birthday or "teenager"."""
    if not any(sign in lower for sign in patterns.stage_signs()):
        return
    for match in patterns.stage().finditer(text):
        if match["birthday"]:
            age = iso(patterns.ordinal(match["ordinal"]), "Y", None)
            yield Expression(match.start(), match.end(), age, age)
        else:
            least, most = patterns.span_of_years(match["part"], match["decade"])
            yield Expression(match.start(), match.end(), f"P{least}Y", f"P{most}Y")


def _lower(text: str) -> str:
    """Return the text in lower case and its digits as 0 to 9, each character where it was."""
    lower = lowered(text)
    return lower if lower.isascii() else _DIGIT.sub(lambda digit: str(decimal(digit.group())), lower)
