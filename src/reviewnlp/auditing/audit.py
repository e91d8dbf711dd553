"""The audit of a collection: every check, its findings in one order, and what could not be checked."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING

from reviewnlp.auditing.checks import CHECKS
from reviewnlp.auditing.collection import Collection, Predictions, UncheckableError
from reviewnlp.auditing.consistency import Consistency, measure
from reviewnlp.auditing.expectations import lacking, predict
from reviewnlp.records import Finding, Record
from reviewnlp.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary


NO_KEYWORDS = "no review has a keyword"


@dataclasses.dataclass(frozen=True)
class NotChecked(Record):
    """Kinds of findings that could not be looked for, and why."""

    kinds: tuple[str, ...]
    reason: str


@dataclasses.dataclass(frozen=True)
class Audit:
    """What an audit found.

    ``findings`` stand in the order of their scores; ``consistency`` is None where it could not be measured.
    """

    collection: Collection
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    consistency: Consistency | None


def audit(
    reviews: Sequence[Review],
    *,
    vocabulary: Vocabulary | None = None,
    predictions: Predictions | None = None,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Audit:
    """Check the indexing of a collection.

    Parameters
    ----------
    reviews
        The reviews with the keywords that they were given.
    vocabulary
        The vocabulary of the keywords; by default the one that ships.
    predictions
        What a suggester expects of these reviews, where it is known; by default it learns from them.
    seed
        Fixes the folds in which the suggester learns.
    progress
        Called with the name of each step before it begins.

    Returns
    -------
    Audit
        The same reviews and seed give the same audit.
    """
    say = progress or (lambda step: None)
    vocabulary = vocabulary or load_vocabulary()
    collection = Collection(reviews, vocabulary)
    reasons: dict[str, list[str]] = defaultdict(list)
    findings: list[Finding] = []
    if len(collection.indexed):
        say("learning the indexing")
        try:
            collection.predictions = predictions or predict(collection, seed=seed)
            collection.lacking = lacking(collection, vocabulary, collection.predictions, seed=seed)
        except UncheckableError as reason:
            reasons[str(reason)] += ["missing (by likeness)", "doubtful (by likeness)"]
    for check in CHECKS:
        say(" and ".join(check.kinds).replace("_", " "))
        if check.of_keywords and not len(collection.indexed):
            reasons[NO_KEYWORDS] += check.kinds
            continue
        try:
            # What a check finds before it gives up stays.
            for finding in check.find(collection):
                findings.append(finding)  # noqa: PERF402
        except UncheckableError as reason:
            reasons[str(reason)] += check.kinds
    findings.sort(key=lambda finding: (-finding.score, finding.kind, finding.terms, finding.raw, finding.reviews))
    say("measuring consistency")
    consistency = None
    try:
        consistency = measure(collection, findings)
    except UncheckableError as reason:
        reasons[str(reason) if len(collection.indexed) else NO_KEYWORDS].append("consistency")
    not_checked = [NotChecked(tuple(kinds), reason) for reason, kinds in reasons.items()]
    return Audit(collection, tuple(findings), tuple(not_checked), consistency)
