"""Rough circumstances of a case (a death, an infant, a girl), told from words of its opening and its account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.suggestion.clauses import ACCOUNT, OPENING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewnlp.suggestion.clauses import Clause
    from reviewnlp.suggestion.knowledge import Circumstances

_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
]
_VALUES = {word: value for value, word in enumerate(_NUMBERS, 1)}
_MONTHS = {"day": 1 / 30, "week": 7 / 30.4, "month": 1.0, "year": 12.0}
_AGED = ("age", "aged")


def circumstances_of(
    clauses: Sequence[Clause], told: Iterable[tuple[int, int]], knowledge: Circumstances
) -> frozenset[str]:
    """Return the circumstances that hold for a review.

    Parameters
    ----------
    clauses
        The review's clauses; the first of its title is left to the others.
    told
        The circumstance phrases that were found: the number of the phrase and of its clause.
    knowledge
        How circumstances are told.
    """
    ages = [age for clause in clauses if clause.place == OPENING for age in ages_in(clause)]
    if not ages:
        ages = [age for clause in clauses if clause.place == ACCOUNT for age in ages_in(clause)][:1]
    found = {band for age in ages for band, (low, high) in knowledge.ages.items() if low <= age < high}
    for phrase, clause in told:
        name, scope = knowledge.scopes[phrase]
        place = clauses[clause].place
        if (
            scope == "anywhere"
            or (scope == "account" and place in (OPENING, ACCOUNT))
            or (place == OPENING and (scope == "opening" or not ages))
        ):
            found.add(name)
    found.update(name for name, other in knowledge.absent.items() if other not in found)
    return frozenset(found)


def ages_in(clause: Clause) -> list[float]:
    """Return the ages that a clause tells ("3-month-old", "aged 14"), in months."""
    stems = clause.stems
    ages = []
    for position, stem in enumerate(stems):
        value = _VALUES.get(stem) or (int(stem) if stem.isdecimal() and stem.isascii() and len(stem) <= 2 else None)
        if value is None:
            continue
        unit = stems[position + 1] if position + 1 < len(stems) else ""
        aged = position > 0 and stems[position - 1] in _AGED
        if unit in _MONTHS and (aged or stems[position + 2 : position + 3] == ("old",)):
            ages.append(value * _MONTHS[unit])
        elif aged:
            ages.append(value * 12.0)
    return ages
