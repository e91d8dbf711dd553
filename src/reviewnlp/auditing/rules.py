"""Expectations from the facts of a case: ``expectations.toml``, applied."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from reviewnlp.records import Evidence

if TYPE_CHECKING:
    from reviewnlp.records import Facts

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$")


@dataclasses.dataclass(frozen=True)
class Rule:
    """What must hold of the facts, and what follows for the keywords; see ``expectations.toml``."""

    why: str
    outcome: str | None = None
    cause: str | None = None
    age_below: str | None = None
    age_from: str | None = None
    no_outcome: tuple[str, ...] = ()
    term: str | None = None
    any_of: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def evidence(self, facts: Facts) -> tuple[Evidence, ...] | None:
        """Return the words that make the rule hold (none may be needed), or None when it does not hold."""
        if self.no_outcome:
            return None if any(o.type in self.no_outcome for o in facts.outcomes) or not facts.outcomes else ()
        spans: list[Evidence] = []
        if self.outcome:
            spans += [
                Evidence(o.evidence, o.start, o.end)
                for o in facts.outcomes
                if o.type == self.outcome and o.certainty == "confirmed"
            ]
        if self.cause:
            spans += [Evidence(c.evidence, c.start, c.end) for c in facts.causes if c.type == self.cause]
        if (self.outcome or self.cause) and not spans:
            return None
        if self.age_below or self.age_from:
            ages = [age for age in facts.ages if age.holder == "subject_child"]
            children = [(child.age_min, child.age_max) for child in facts.children]
            if not children or not all(_within(low, high, self.age_from, self.age_below) for low, high in children):
                return None
            told = {bound for child in children for bound in child}
            spans += [Evidence(age.text, age.start, age.end) for age in ages if age.min in told][:1]
        return tuple(spans[:3])


@cache
def expected() -> tuple[Rule, ...]:
    """Return the rules for terms that the facts call for."""
    return _rules("expected")


@cache
def contradicted() -> tuple[Rule, ...]:
    """Return the rules for terms that the facts speak against."""
    return _rules("contradicted")


def months(duration: str) -> float:
    """Return an ISO 8601 duration in months of 30.44 days.

    Examples
    --------
    >>> months("P1Y6M"), round(months("P6W"), 2)
    (18.0, 1.38)
    """
    found = _DURATION.match(duration)
    years, month, weeks, days = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    return years * 12 + month + (weeks * 7 + days) / 30.44


def _within(low: str | None, high: str | None, from_: str | None, below: str | None) -> bool:
    if from_ and (low is None or months(low) < months(from_)):
        return False
    return not below or (high is not None and months(high) < months(below))


def _rules(kind: str) -> tuple[Rule, ...]:
    tables = tomllib.loads(files("reviewnlp.auditing").joinpath("expectations.toml").read_text("utf-8"))[kind]
    rules = []
    for table in tables:
        fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in table.items()}
        rules.append(Rule(**fields))
    return tuple(rules)
