"""The facts of a case, each with the words of the review that tell it.

The plain form (:meth:`Facts.to_dict`) is that of the annotation guideline, with ``start`` and ``end`` added:
character offsets into ``Review.text``.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal, Self

from reviewnlp.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

Certainty = Literal["confirmed", "suspected", "unknown"]
Role = Literal["subject_child", "sibling", "other_child", "parent", "other_adult"]
NameKind = Literal["label", "pseudonym", "real"]
Holder = Literal["subject_child", "sibling", "other_child", "parent", "other_adult", "general"]
Gender = Literal["female", "male", "trans", "mixed", "unknown"]
OutcomeType = Literal[
    "death",
    "suicide",
    "suicide_attempt_or_self_harm",
    "serious_injury",
    "physical_abuse",
    "sexual_abuse",
    "sexual_exploitation",
    "criminal_exploitation",
    "neglect",
    "emotional_abuse",
    "fabricated_or_induced_illness",
    "illness",
    "removal_or_detention",
    "harm_to_others",
    "bereavement_or_witness",
    "other",
]
CauseType = Literal[
    "non_accidental_injury",
    "head_injury",
    "shaking",
    "stabbing",
    "strangulation_or_suffocation",
    "choking",
    "drowning",
    "burns",
    "poisoning_or_overdose",
    "fall",
    "hanging",
    "traffic",
    "animal",
    "sudden_unexpected_death_in_infancy",
    "co_sleeping",
    "medical",
    "neglect",
    "unascertained",
    "other",
]
Relation = Literal[
    "mother",
    "father",
    "parents_unspecified",
    "mothers_partner",
    "fathers_partner",
    "sibling",
    "grandparent",
    "other_relative",
    "foster_carer_or_guardian",
    "professional",
    "intimate_partner",
    "peer",
    "acquaintance_or_stranger",
    "unknown_person",
]
JusticeType = Literal[
    "arrested", "charged", "convicted", "acquitted", "not_charged", "under_investigation", "sentenced"
]
ServiceStatusType = Literal[
    "child_protection_plan",
    "child_in_need",
    "looked_after",
    "special_guardianship",
    "supervision_order",
    "adopted",
    "early_help",
    "not_known_to_services",
]


@dataclasses.dataclass(frozen=True)
class Person(Record):
    """Somebody in the case who is called by a name, a pseudonym or a label.

    ``start`` and ``end`` are where the person is named first; ``mentions`` are the (start, end) of every
    place where the person is named, aliases included.
    """

    name: str
    aliases: tuple[str, ...] = ()
    role: Role = "subject_child"
    kind: NameKind = "label"
    start: int = 0
    end: int = 0
    mentions: tuple[tuple[int, int], ...] = ()


@dataclasses.dataclass(frozen=True)
class Child(Record):
    """A subject child, or a group of them whose members are not told apart.

    Ages are ISO 8601 durations at the incident. A group has ``group`` set, and ``count`` where the entry
    says it.
    """

    name: str | None = None
    age_min: str | None = None
    age_max: str | None = None
    gender: Gender = "unknown"
    group: bool = False
    count: int | None = None
    evidence: str = ""
    start: int = 0
    end: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; ``count`` is there for a group only, as in the guideline."""
        plain = super().to_dict()
        if not self.group:
            del plain["count"]
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build the child from what :meth:`to_dict` gave."""
        return super().from_dict({"group": "count" in data, **data})


@dataclasses.dataclass(frozen=True)
class Age(Record):
    """A mention of a person's age in ISO 8601 durations, None for an open end; the ``n``-th such text."""

    text: str
    n: int
    min: str | None
    max: str | None
    holder: Holder = "subject_child"
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class Outcome(Record):
    """What happened to the subject child or children."""

    type: OutcomeType
    certainty: Certainty
    evidence: str
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class Cause(Record):
    """How a death or an injury came about."""

    type: CauseType
    certainty: Certainty
    evidence: str
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class Perpetrator(Record):
    """Who harmed the child, by the relation to the child, as the entry says or suspects."""

    relation: Relation
    certainty: Certainty
    evidence: str
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class JusticeStep(Record):
    """One step of the law for one person."""

    type: JusticeType
    offence: str | None
    relation: Relation
    evidence: str
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class IncidentDate(Record):
    """When the incident happened, as an EDTF level 1 expression."""

    edtf: str
    text: str
    start: int = 0
    end: int = 0


@dataclasses.dataclass(frozen=True)
class ServiceStatus(Record):
    """A status of the subject child with services, at or before the incident."""

    status: ServiceStatusType
    evidence: str = ""
    start: int = 0
    end: int = 0


Fact = Person | Child | Age | Outcome | Cause | Perpetrator | JusticeStep | IncidentDate | ServiceStatus


@dataclasses.dataclass(frozen=True)
class Facts(Record):
    """The facts of one review."""

    id: str
    year: int | None = None
    authorities: tuple[str, ...] = ()
    case_name: str | None = None
    people: tuple[Person, ...] = ()
    children: tuple[Child, ...] = ()
    ages: tuple[Age, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    causes: tuple[Cause, ...] = ()
    perpetrators: tuple[Perpetrator, ...] = ()
    justice: tuple[JusticeStep, ...] = ()
    incident_dates: tuple[IncidentDate, ...] = ()
    service_status: tuple[ServiceStatus, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the guideline's form: ``service_status`` is a list of names, its words are in ``spans``."""
        plain = super().to_dict()
        plain["children"] = [child.to_dict() for child in self.children]
        plain["spans"] = plain["service_status"]
        plain["service_status"] = [status.status for status in self.service_status]
        return plain

    @classmethod
    def columns(cls) -> dict[str, Any]:
        """Return the keys of :meth:`to_dict` with the type of each."""
        return {
            **super().columns(),
            "service_status": tuple[ServiceStatusType, ...],
            "spans": tuple[ServiceStatus, ...],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build the facts from what :meth:`to_dict` gave, or from an annotation without offsets."""
        spans = data.get("spans")
        if spans is None:
            spans = [{"status": status} for status in data.get("service_status", ())]
        children = [{"group": "count" in child, **child} for child in data.get("children", ())]
        return super().from_dict({**data, "children": children, "service_status": spans})
