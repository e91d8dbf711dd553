"""Terms that a review calls for and lacks, and terms that it has and does not bear out.

Two witnesses are heard: the facts of the case (``expectations.toml``), and a suggester that learned from the other
reviews only (out-of-fold scores, as in confident learning; Northcutt et al. 2021).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.auditing import rules
from reviewnlp.auditing.collection import Predictions, UncheckableError
from reviewnlp.auditing.kinship import closeness
from reviewnlp.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.auditing.collection import Collection
    from reviewnlp.records import Evidence, Review

SURE = 0.85
"""Score of a finding that rests on a rule."""

FEWEST = 20
"""Reviews with keywords from which the suggester's expectations are heard."""

MOST_LEARNED = 1500
"""Reviews that the suggester learns from; those of a larger collection that are not drawn are judged by it."""

MISSING_A_REVIEW = 5
"""Terms a review that may be reported as missing."""

LIKELY = 0.05
"""Probability from which a term that is not given is reported as missing."""

CLOSE = 0.6
"""Closeness in meaning from which a term that is given stands for one that is not."""

UNLIKELY = 0.005
"""Probability below which a term that is given is reported as doubtful."""


def predict(collection: Collection, *, seed: int) -> Predictions:
    """Return what the other reviews, and the fictional ones that ship, lead to expect of each review.

    Raises
    ------
    UncheckableError
        Too few reviews have keywords, or the vocabulary is not known.
    """
    from reviewnlp.suggestion import train_and_expect

    vocabulary = collection.vocabulary
    if vocabulary is None:
        raise UncheckableError("the vocabulary of the keywords is not known")
    rows = np.array([row for row in collection.indexed if collection.reviews[row].terms], dtype=np.intp)
    if len(rows) < FEWEST:
        raise UncheckableError(f"fewer than {FEWEST} reviews have keywords of the vocabulary")
    drawn = np.sort(np.random.default_rng(seed).permutation(rows)[:MOST_LEARNED])
    suggester, expected = train_and_expect([collection.reviews[row] for row in drawn], seed=seed, vocabulary=vocabulary)
    scores = np.zeros((len(collection.reviews), len(vocabulary)), dtype=np.float32)
    scores[drawn] = expected
    others = np.setdiff1d(rows, drawn)
    if len(others):
        scores[others] = suggester.scores([collection.reviews[row] for row in others])
    return Predictions(scores, suggester)


def find_missing(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each term that a review calls for and does not have, the surest of a review first."""
    standing_for = _Relatives(collection)
    for row in collection.indexed:
        review = collection.reviews[row]
        given = set(review.terms)
        for rule in rules.expected():
            words = rule.evidence(collection.facts[row])
            if words is not None and rule.term and not given & {rule.term, *rule.any_of}:
                yield _missing(review, rule.term, SURE, rule.why, words)
                given.add(rule.term)
        if collection.predictions is None or collection.vocabulary is None:
            continue
        scores = collection.predictions.scores[row]
        likely = [
            (collection.vocabulary.terms[place].label, float(scores[place]))
            for place in np.argsort(-scores, kind="stable")
            if scores[place] >= LIKELY
        ]
        wanted = [(label, p) for label, p in likely if label not in given and not standing_for.any(label, given)]
        wanted = wanted[:MISSING_A_REVIEW]
        spans = collection.predictions.suggester.evidence(review, [label for label, _ in wanted])
        for (label, probability), words in zip(wanted, spans, strict=True):
            if words:
                why = f"Reviews like this one have “{label}” (expected with probability {probability:.2f})."
                yield _missing(review, label, 0.35 + 0.5 * probability, why, words)


def find_doubtful(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each term that a review has and its text does not bear out."""
    for row in collection.indexed:
        review = collection.reviews[row]
        doubted: set[str] = set()
        for rule in rules.contradicted():
            words = rule.evidence(collection.facts[row])
            for term in review.terms if words is not None else ():
                if term in rule.terms and term not in doubted:
                    doubted.add(term)
                    yield _doubtful(review, term, SURE, f"“{term}” is given. {rule.why}", words or ())
        if collection.predictions is None or collection.vocabulary is None:
            continue
        scores = collection.predictions.scores[row]
        for term in review.terms:
            probability = float(scores[collection.vocabulary.position(term)])
            if term in doubted or probability >= UNLIKELY:
                continue
            above = int((scores > probability).sum())
            why = f"Nothing in the text leads to “{term}”: {above} other terms are likelier."
            yield _doubtful(review, term, 0.55 - 0.2 * probability / UNLIKELY, why, ())


class _Relatives:
    """Which terms stand for which: close in meaning, or one broader than the other."""

    def __init__(self, collection: Collection) -> None:
        self._vocabulary = collection.vocabulary
        labels = [term.label for term in self._vocabulary.terms] if self._vocabulary else []
        self._position = {label: i for i, label in enumerate(labels)}
        self._close = closeness(labels, self._vocabulary) >= CLOSE if labels else np.zeros((0, 0), dtype=bool)

    def any(self, label: str, given: set[str]) -> bool:
        """Tell whether one of the given terms stands for ``label``."""
        if self._vocabulary is None:
            return False
        here = self._position[label]
        return any(
            self._close[here, self._position[other]]
            or label in self._vocabulary[other].broader
            or other in self._vocabulary[label].broader
            for other in given
            if other in self._position
        )


def _missing(review: Review, term: str, score: float, why: str, words: tuple[Evidence, ...]) -> Finding:
    return Finding("missing", (term,), (), (review.id,), f"add {term}", round(score, 4), why, words)


def _doubtful(review: Review, term: str, score: float, why: str, words: tuple[Evidence, ...]) -> Finding:
    return Finding("doubtful", (term,), (), (review.id,), f"remove {term}", round(score, 4), why, words)
