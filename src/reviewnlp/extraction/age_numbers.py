"""Numbers in digits and words, units of time, and the ISO 8601 durations they make."""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.extraction.knowledge import alternation, load
from reviewnlp.reading.wordlists import as_listed

_FRACTIONS = {"½": 0.5, "1/2": 0.5, "¼": 0.25, "¾": 0.75}
_DAYS_A_WEEK, _DAYS_A_MONTH = 7, 30


def read_quantity(text: str) -> float:
    """Return the value of a number as written.

    Examples
    --------
    >>> [read_quantity(n) for n in ("12", "twenty-one", "2 1/2", "five-and-a-half", "2½", "2.5")]
    [12.0, 21.0, 2.5, 5.5, 2.5, 2.5]
    """
    rest, value = as_listed(text), 0.0
    for written, fraction in _FRACTIONS.items():
        if rest.endswith(written):
            rest, value = rest[: -len(written)].rstrip(), fraction
            break
    half = re.search(r"[-\s]and[-\s]a[-\s]half$", rest)
    if half:
        rest, value = rest[: half.start()], 0.5
    return value + (_words()[re.sub(r"[-‐‑–\s]+", " ", rest)] if rest and not rest[0].isdigit() else float(rest or 0))


def read_unit(text: str | None) -> str:
    """Return the ISO 8601 designator of a unit ("years" is Y), or "" for none."""
    return _units()[as_listed(text).replace("’", "'")] if text else ""


def iso(value: float, unit: str, minor: tuple[float, str] | None) -> str:
    """Return an ISO 8601 duration in the units of the text.

    Parameters
    ----------
    value
        A number, with a fraction such as 2.5.
    unit
        Y, M, W, D or H.
    minor
        The value and unit that follow ("4 months" of "2 years 4 months"), or None.

    Examples
    --------
    >>> iso(2.5, "Y", None), iso(5.5, "M", None), iso(2, "Y", (4, "M")), iso(36, "H", None)
    ('P2Y6M', 'P5M15D', 'P2Y4M', 'PT36H')
    """
    whole, fraction = int(value), value - int(value)
    if unit == "H":
        return f"PT{whole}H"
    if unit == "W" and (fraction or minor):
        return f"P{whole * _DAYS_A_WEEK + round(fraction * _DAYS_A_WEEK) + (int(minor[0]) if minor else 0)}D"
    text = f"P{whole}{unit}" if whole or not fraction else "P"
    if unit == "Y" and fraction:
        text += f"{round(fraction * 12)}M"
    elif unit == "M" and fraction:
        text += f"{round(fraction * _DAYS_A_MONTH)}D"
    if minor:
        text += iso(*minor, None)[1:]
    return text


def number_pattern() -> str:
    """Return a regular expression for a whole number in words, case not regarded."""
    tens = [word for word in load("ages.toml")["numbers"]["tens"] if word]
    ones = load("ages.toml")["numbers"]["words"]
    return rf"(?:{alternation(tens)})(?:[-‐‑\s](?:{alternation(ones[1:10])}))?|{alternation(ones)}"


def number_start() -> str:
    """Return a regular expression, quick to look for, that matches wherever a number in words begins."""
    numbers = load("ages.toml")["numbers"]
    return alternation(word for word in (*numbers["words"], *numbers["tens"]) if word)


@cache
def _words() -> dict[str, int]:
    numbers = load("ages.toml")["numbers"]
    values = {word: i for i, word in enumerate(numbers["words"])}
    for i, ten in enumerate(numbers["tens"]):
        if ten:
            values[ten] = 10 * i
            values |= {f"{ten} {one}": 10 * i + j for j, one in enumerate(numbers["words"][:10]) if j}
    return values


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in load("ages.toml")["units"].items() for word in words}
