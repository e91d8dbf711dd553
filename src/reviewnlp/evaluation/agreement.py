"""How far extracted facts agree with annotated ones, field by field, as the annotation guideline counts.

Items are the same when they are what :func:`counts` says; what is told about the same item (a role, a holder, a
certainty) is counted apart, as accuracy.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    Item = Mapping[str, Any]

CORE = (
    "people", "children", "ages", "outcomes", "causes", "perpetrators", "justice", "incident_dates",
    "service_status",
)  # fmt: skip
"""The fields whose F1 makes the mean."""

FIELDS = ("authorities", "case_name", *CORE, "children_age", "children_gender")
ATTRIBUTES = (
    "people.role", "people.kind", "ages.holder", "outcomes.certainty", "causes.certainty",
    "perpetrators.certainty",
)  # fmt: skip

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")


@dataclasses.dataclass(frozen=True)
class Counts:
    """What one review adds: (right, extra, missing) by field, (right, compared) by attribute."""

    fields: dict[str, tuple[int, int, int]]
    attributes: dict[str, tuple[int, int]]


def counts(gold: Item, found: Item) -> Counts:
    """Count agreement on one review, both sides in the form of the annotation guideline.

    The same item means: authorities and case name, the string after white space, quotes and dashes are made alike;
    people, a shared name or alias; ages, the same text and occurrence or a shared digit, with equal ends; children,
    equal ages and gender; outcomes and causes, the type; perpetrators, the relation; justice, type and relation;
    dates, the EDTF form.
    """
    fields = {
        "authorities": _multiset(map(_alike, _items(gold, "authorities")), map(_alike, _items(found, "authorities"))),
        "case_name": _multiset(_name(gold), _name(found)),
        "children": _multiset(map(_child, _items(gold, "children")), map(_child, _items(found, "children"))),
        "children_age": _multiset(_child_ages(gold), _child_ages(found)),
        "children_gender": _multiset(_genders(gold), _genders(found)),
        "justice": _multiset(_set(gold, "justice", _step), _set(found, "justice", _step)),
        "incident_dates": _multiset(_set(gold, "incident_dates", _date), _set(found, "incident_dates", _date)),
        "service_status": _multiset(set(_items(gold, "service_status")), set(_items(found, "service_status"))),
    }
    attributes: dict[str, tuple[int, int]] = {}
    matched: dict[str, tuple[Callable[[list[Item], list[Item]], list[tuple[Item, Item]]], tuple[str, ...]]] = {
        "people": (_same_people, ("role", "kind")),
        "ages": (_same_ages, ("holder",)),
    }
    for field, (match, about) in matched.items():
        wanted, given = _items(gold, field), _items(found, field)
        pairs = match(wanted, given)
        fields[field] = (len(pairs), len(given) - len(pairs), len(wanted) - len(pairs))
        attributes |= {f"{field}.{name}": _accuracy(pairs, name) for name in about}
    for field, item in (("outcomes", "type"), ("causes", "type"), ("perpetrators", "relation")):
        wanted_by, given_by = ({entry[item]: entry for entry in _items(side, field)} for side in (gold, found))
        fields[field] = _multiset(wanted_by, given_by)
        pairs = [(wanted_by[name], given_by[name]) for name in wanted_by if name in given_by]
        attributes[f"{field}.certainty"] = _accuracy(pairs, "certainty")
    return Counts(fields, attributes)


def _items(side: Item, field: str) -> list[Any]:
    return list(side.get(field) or ())


def _multiset(gold: Iterable[Hashable], found: Iterable[Hashable]) -> tuple[int, int, int]:
    wanted, given = Counter(list(gold)), Counter(list(found))
    right = (wanted & given).total()
    return right, given.total() - right, wanted.total() - right


def _accuracy(pairs: list[tuple[Item, Item]], name: str) -> tuple[int, int]:
    return sum(gold.get(name) == found.get(name) for gold, found in pairs), len(pairs)


def _alike(text: str | None) -> str:
    plain = _DASHES.sub("-", text or "").replace("\u2019", "'").replace("\u2018", "'")
    return _SPACE.sub(" ", plain).strip().strip("'\"").lower()


def _name(side: Item) -> list[str]:
    return [_alike(side["case_name"])] if side.get("case_name") else []


def _child(child: Item) -> tuple[Any, Any, Any]:
    return child.get("age_min"), child.get("age_max"), child.get("gender")


def _child_ages(side: Item) -> list[tuple[Any, Any]]:
    ages = [_child(child)[:2] for child in _items(side, "children")]
    return [age for age in ages if any(age)]


def _genders(side: Item) -> list[Any]:
    return [child.get("gender") for child in _items(side, "children")]


def _set(side: Item, field: str, key: Callable[[Item], Hashable]) -> set[Hashable]:
    return {key(item) for item in _items(side, field)}


def _step(item: Item) -> tuple[Any, Any]:
    return item.get("type"), item.get("relation")


def _date(item: Item) -> Any:
    return item.get("edtf")


def _same_people(gold: list[Item], found: list[Item]) -> list[tuple[Item, Item]]:
    """Pair people by their full name first, then by any form of it; longer names choose first."""
    left, pairs = list(found), []
    for person in sorted(gold, key=lambda entry: -len(entry["name"])):
        same = next((p for p in left if _alike(p["name"]) == _alike(person["name"])), None)
        same = same or next((p for p in left if _forms(p) & _forms(person)), None)
        if same is not None:
            left.remove(same)
            pairs.append((person, same))
    return pairs


def _forms(person: Item) -> set[str]:
    return {_alike(name) for name in (person["name"], *(person.get("aliases") or ()))}


def _same_ages(gold: list[Item], found: list[Item]) -> list[tuple[Item, Item]]:
    """Pair mentions at the same place first, then those that share a digit; their ends must be equal."""
    left, pairs = list(found), []
    for age in gold:
        equal = [a for a in left if (a.get("min"), a.get("max")) == (age.get("min"), age.get("max"))]
        same = next((a for a in equal if a["text"] == age["text"] and a.get("n") == age["n"]), None)
        same = same or next((a for a in equal if _alike_ages(a["text"], age["text"])), None)
        if same is not None:
            left.remove(same)
            pairs.append((age, same))
    return pairs


def _alike_ages(one: str, other: str) -> bool:
    return bool(set(_DIGITS.findall(one)) & set(_DIGITS.findall(other))) or _alike(one) == _alike(other)
