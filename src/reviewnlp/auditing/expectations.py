"""Terms that a review calls for and lacks, and terms that it has and does not bear out.

Two witnesses are heard: the facts of the case (``expectations.toml``), and a suggester that learned from the other
reviews only (out-of-fold scores, as in confident learning; Northcutt et al. 2021). What is missing depends on what is
there: ``company`` weighs the suggester's scores with the terms given. What is doubtful is a term as unlikely as one
drawn at random; how unlikely that is, the collection itself tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.auditing import rules
from reviewnlp.auditing.collection import Predictions, UncheckableError
from reviewnlp.auditing.company import Kin, chances
from reviewnlp.records import Finding
from reviewnlp.vocabulary.arrays import label_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reviewnlp.auditing.collection import Collection
    from reviewnlp.records import Evidence, Review
    from reviewnlp.vocabulary import Vocabulary

    Chances = NDArray[np.float32]

SURE = 0.85
"""Score of a finding that rests on a rule."""

FEWEST = 20
"""Reviews with keywords from which the suggester's expectations are heard."""

MOST_LEARNED = 1500
"""Reviews that the suggester learns from; those of a larger collection that are not drawn are judged by it."""

MISSING_A_REVIEW = 3
"""Terms a review that may be reported as missing, beside those that a rule asks for."""

LIKELY = 0.02
"""Chance from which a term that is not given is reported as missing."""

MOST_WITH_PASSAGES = 1000
"""Reviews for whose missing terms the words that speak for them are sought: those that lack the likeliest."""

CLOSE = 0.6
"""Closeness in meaning from which a term that is given stands for one that is not."""

DRAWN = 0.7
"""A term is doubtful when its text makes it less likely than this share of the terms that were not given."""


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
    known = [row for row in collection.indexed if any(term in vocabulary for term in collection.reviews[row].terms)]
    rows = np.array(known, dtype=np.intp)
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


def lacking(collection: Collection, vocabulary: Vocabulary, predictions: Predictions, *, seed: int) -> Chances:
    """Return the chance that each term ought to stand beside those given, 0 for one that is given or named."""
    rows = np.flatnonzero(predictions.scores.any(axis=1))
    given = label_matrix([collection.reviews[row] for row in rows], vocabulary)
    kin = Kin.of(vocabulary)
    chance = chances(predictions.scores[rows], given, collection.years[rows], kin, seed=seed)
    # Of two names of one thing, one is enough.
    named = given @ (kin.close >= CLOSE)
    out = np.zeros_like(predictions.scores)
    out[rows] = np.where(given | named, 0, chance)
    return out


def find_missing(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each term that a review calls for and does not have, the surest of a review first."""
    passages_from = 0.0
    if collection.lacking is not None and len(collection.indexed) > MOST_WITH_PASSAGES:
        likeliest = np.sort(collection.lacking[collection.indexed].max(axis=1))
        passages_from = float(likeliest[-MOST_WITH_PASSAGES])
    for row in collection.indexed:
        review = collection.reviews[row]
        given = set(review.terms)
        for rule in rules.expected():
            words = rule.evidence(collection.facts[row])
            if words is not None and rule.term and not given & {rule.term, *rule.any_of}:
                yield _missing(review, rule.term, SURE, rule.why, words)
                given.add(rule.term)
        if collection.lacking is not None:
            yield from _likely(collection, int(row), given, passages_from)


def _likely(collection: Collection, row: int, given: set[str], passages_from: float) -> Iterator[Finding]:
    """Yield a finding for each of the likeliest terms that a review lacks, with the words that speak for it."""
    if collection.predictions is None or collection.lacking is None or collection.vocabulary is None:
        return
    review, chance = collection.reviews[row], collection.lacking[row]
    places = [place for place in np.argsort(-chance, kind="stable") if chance[place] >= LIKELY]
    labels = [label for place in places if (label := collection.vocabulary.terms[place].label) not in given]
    labels = labels[:MISSING_A_REVIEW]
    sought = bool(labels) and chance.max() >= passages_from
    spans = collection.predictions.suggester.evidence(review, labels) if sought else [()] * len(labels)
    for label, words in zip(labels, spans, strict=True):
        probability = float(chance[collection.vocabulary.position(label)])
        if words or not sought:
            why = f"Reviews like this one, with terms like these, have “{label}” with probability {probability:.2f}."
            yield _missing(review, label, 0.35 + 0.5 * probability, why, words)


def find_doubtful(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each term that a review has and its text does not bear out."""
    unlikely = _unlikely(collection)
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
            if term in doubted or term not in collection.vocabulary:
                continue
            probability = float(scores[collection.vocabulary.position(term)])
            if probability >= unlikely:
                continue
            above = int((scores > probability).sum())
            why = f"Nothing in the text leads to “{term}”: {above} other terms are likelier."
            yield _doubtful(review, term, 0.55 - 0.2 * probability / unlikely, why, ())


def _unlikely(collection: Collection) -> float:
    """Return the probability below which the share ``DRAWN`` of the terms in use, had they been given, would be."""
    predictions, vocabulary = collection.predictions, collection.vocabulary
    if predictions is None or vocabulary is None:
        return 0.0
    rows = np.flatnonzero(predictions.scores.any(axis=1))
    given = label_matrix([collection.reviews[row] for row in rows], vocabulary)
    used = given.any(axis=0)
    drawn = predictions.scores[rows][:, used][~given[:, used]]
    return float(np.quantile(drawn, DRAWN)) if len(drawn) else 0.0


def _missing(review: Review, term: str, score: float, why: str, words: tuple[Evidence, ...]) -> Finding:
    return Finding("missing", (term,), (), (review.id,), f"add {term}", round(score, 4), why, words)


def _doubtful(review: Review, term: str, score: float, why: str, words: tuple[Evidence, ...]) -> Finding:
    return Finding("doubtful", (term,), (), (review.id,), f"remove {term}", round(score, 4), why, words)
