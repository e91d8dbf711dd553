"""Findings of an audit."""

from __future__ import annotations

import dataclasses
from typing import Literal

from reviewnlp.records.record import Record
from reviewnlp.records.suggestion import Evidence

FindingKind = Literal[
    "typo",
    "form_variant",
    "punctuation",
    "near_synonym",
    "drift",
    "missing",
    "doubtful",
    "duplicate_text",
    "inconsistent_pair",
    "style",
]


@dataclasses.dataclass(frozen=True)
class Finding(Record):
    """Something in the indexing that a head librarian would want to know.

    ``score`` (0-1) orders findings across kinds by how sure and how useful they are.
    """

    kind: FindingKind
    terms: tuple[str, ...]
    raw: tuple[str, ...]
    reviews: tuple[str, ...]
    suggestion: str
    score: float
    why: str
    evidence: tuple[Evidence, ...] = ()
