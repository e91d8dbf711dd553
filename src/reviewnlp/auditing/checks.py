"""All checks of an audit, in the order in which they are made.

A check takes a :class:`~reviewnlp.auditing.collection.Collection` and yields findings, or raises
:class:`~reviewnlp.auditing.collection.UncheckableError` with the reason why it found nothing to work on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.auditing import drift, duplicates, expectations, pairs, punctuation, spelling, style, synonyms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reviewnlp.auditing.collection import Collection
    from reviewnlp.records import Finding, FindingKind


class Check(NamedTuple):
    """A check, the kinds of findings that it makes, and whether it looks at keywords."""

    kinds: tuple[FindingKind, ...]
    find: Callable[[Collection], Iterable[Finding]]
    of_keywords: bool = True


CHECKS = (
    Check(("typo", "form_variant"), spelling.find),
    Check(("punctuation",), punctuation.find),
    Check(("near_synonym",), synonyms.find),
    Check(("drift",), drift.find),
    Check(("missing",), expectations.find_missing),
    Check(("doubtful",), expectations.find_doubtful),
    Check(("duplicate_text",), duplicates.find, of_keywords=False),
    Check(("inconsistent_pair",), pairs.find),
    Check(("style",), style.find),
)
