"""Terms that a review calls for and lacks, and terms that it has and does not bear out.

Two witnesses are heard: the facts of the case (``expectations.toml``), and a suggester that learned from the other
reviews only (out-of-fold scores, as in confident learning; Northcutt et al. 2021).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.auditing import rules
from reviewnlp.auditing.collection import Predictions, UncheckableError
from reviewnlp.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.auditing.collection import Collection

SURE = 0.85
"""Score of a finding that rests on a rule."""


def predict(collection: Collection, *, seed: int) -> Predictions:
    """Return out-of-fold scores."""
    raise UncheckableError("the suggester is not there yet")


def find_missing(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each term that a review calls for and does not have."""
    for row in collection.indexed:
        review, facts = collection.reviews[row], collection.facts[row]
        given = set(review.terms)
        for rule in rules.expected():
            words = rule.evidence(facts)
            if words is not None and rule.term and not given & {rule.term, *rule.any_of}:
                yield Finding("missing", (rule.term,), (), (review.id,), f"add {rule.term}", SURE, rule.why, words)
                given.add(rule.term)


def find_doubtful(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each term that a review has and its text does not bear out."""
    for row in collection.indexed:
        review, facts = collection.reviews[row], collection.facts[row]
        doubted: set[str] = set()
        for rule in rules.contradicted():
            words = rule.evidence(facts)
            for term in review.terms if words is not None else ():
                if term in rule.terms and term not in doubted:
                    doubted.add(term)
                    why = f"“{term}” is given. {rule.why}"
                    yield Finding("doubtful", (term,), (), (review.id,), f"remove {term}", SURE, why, words or ())
