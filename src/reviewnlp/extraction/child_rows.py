"""Facts as a flat table: one row a child, the case's columns repeated."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from reviewnlp.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewnlp.records import Facts

_MONTHS = {"Y": 12.0, "M": 1.0, "W": 12 / 52.1775, "D": 12 / 365.2425}


@dataclasses.dataclass(frozen=True)
class ChildRow(Record):
    """A subject child, or a group told as one, with what is known of the case.

    ``age_min`` and ``age_max`` are ISO 8601 durations, ``months_min`` and ``months_max`` the same in months.
    ``count`` is that of a group. The columns of the case hold "type" or "type (suspected)", joined by "; ".
    """

    id: str
    year: int | None = None
    authorities: str | None = None
    case_name: str | None = None
    child: str | None = None
    age_min: str | None = None
    age_max: str | None = None
    months_min: float | None = None
    months_max: float | None = None
    gender: str = "unknown"
    count: int | None = None
    outcomes: str | None = None
    causes: str | None = None
    perpetrators: str | None = None
    justice: str | None = None
    incident_dates: str | None = None
    service_status: str | None = None
    ages: str | None = None
    people: str | None = None


def child_rows(facts: Facts) -> Iterator[ChildRow]:
    """Yield a row for each child of a review; one without child for a review that tells of none.

    Examples
    --------
    >>> from reviewnlp.records import Child, Facts, Outcome
    >>> facts = Facts("x", children=(Child("Ann", "P6M", "P6M"),), outcomes=(Outcome("death", "suspected", ""),))
    >>> [(row.child, row.months_min, row.outcomes) for row in child_rows(facts)]
    [('Ann', 6.0, 'death (suspected)')]
    """
    case = ChildRow(
        facts.id,
        facts.year,
        _joined(facts.authorities),
        facts.case_name,
        outcomes=_joined(_certain(item.type, item.certainty) for item in facts.outcomes),
        causes=_joined(_certain(item.type, item.certainty) for item in facts.causes),
        perpetrators=_joined(_certain(item.relation, item.certainty) for item in facts.perpetrators),
        justice=_joined(
            f"{item.relation}: {item.type}" + (f" ({item.offence})" if item.offence else "") for item in facts.justice
        ),
        incident_dates=_joined(item.edtf for item in facts.incident_dates),
        service_status=_joined(item.status for item in facts.service_status),
        ages=_joined(f"{item.text} ({item.holder})" for item in facts.ages),
        people=_joined(f"{item.name} ({item.role})" for item in facts.people),
    )
    if not facts.children:
        yield case
    for child in facts.children:
        yield dataclasses.replace(
            case,
            child=child.name,
            age_min=child.age_min,
            age_max=child.age_max,
            months_min=months(child.age_min),
            months_max=months(child.age_max),
            gender=child.gender,
            count=child.count,
        )


def months(duration: str | None) -> float | None:
    """Return an ISO 8601 duration in months, rounded to two places; None for None.

    Examples
    --------
    >>> months("P2Y4M"), months("P6W")
    (28.0, 1.38)
    """
    if duration is None:
        return None
    date = duration.partition("T")[0]
    return round(sum(int(number) * _MONTHS[unit] for number, unit in re.findall(r"(\d+)([YMWD])", date)), 2)


def _certain(kind: str, certainty: str) -> str:
    return kind if certainty == "confirmed" else f"{kind} ({certainty})"


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(values)) or None
