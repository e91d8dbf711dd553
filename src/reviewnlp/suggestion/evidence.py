"""The words of a review that speak most for a suggested term.

A clause is tried as evidence by taking it away: the pair's row is made again without it and scored again, and
a clause whose loss hardly lowers the score is no evidence. This is done for all suggestions of a batch of reviews
together, see :mod:`reviewnlp.suggestion.trials`: what scores rows is quick for many at once. Where no clause alone is
missed, because several say the same, these are taken away together.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.records import Evidence
from reviewnlp.suggestion.trials import Trials, rows_without, trials_of
from reviewnlp.suggestion.words import spans_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Review
    from reviewnlp.suggestion.fusion import Fusion
    from reviewnlp.suggestion.learners import Added, BaseLearners
    from reviewnlp.suggestion.observation import Observation, Stack

    Floats = NDArray[np.float32]
    Places = NDArray[np.intp]

#: How much the log-odds must fall without a clause, at least and as a share of the greatest fall, and how many
#: spans are shown.
LEAST = 0.1
SHARE = 0.3
MOST = 3
_LONGEST = 30
#: Digits of a fall that order clauses: those with the same words are equal, however sums were rounded.
_DIGITS = 4


def evidence_for(
    reviews: Sequence[Review],
    observations: Sequence[Observation],
    stack: Stack,
    terms: Sequence[Places],
    rows: Floats,
    scores: Floats,
    added: Added,
    learners: BaseLearners,
    fusion: Fusion,
) -> list[list[tuple[Evidence, ...]]]:
    """Return the spans that speak most for some terms of each review, the strongest first.

    Parameters
    ----------
    reviews, observations, stack
        A batch of reviews and what was seen in them.
    terms
        Positions of the terms of each review.
    rows, scores, added
        The rows of all pairs of the batch, their log-odds, and what the clauses add to them.
    learners, fusion
        What made and what scores the rows.

    Returns
    -------
    list of list of tuple of Evidence
        For each review, one tuple for each of its terms; empty where no clause moves the score.
    """
    spans: list[list[list[Evidence]]] = [[[] for _ in some] for some in terms]
    tried = [review if len(seen.clauses) else [] for review, seen in zip(spans, observations, strict=True)]
    owners = np.repeat(np.arange(len(tried)), [len(some) for some in tried])
    if len(owners):
        wanted = np.concatenate([some for some, there in zip(terms, tried, strict=True) if there])
        trials = trials_of(owners, wanted, stack)
        without = rows_without(trials, rows, added, stack, learners)
        falls = _falls(trials, without, scores, stack, fusion)
        flat = list(itertools.chain(*tried))
        for pair, clause in _best(trials, falls):
            if len(flat[pair]) < MOST:
                number = int(owners[pair])
                place = clause - int(stack.starts[number])
                flat[pair].append(_span(reviews[number], observations[number], place, int(wanted[pair]), learners))
        bare = np.array([pair for pair, found in enumerate(flat) if not found], dtype=np.intp)
        for pair, clauses in _together(owners[bare], wanted[bare], observations, scores, learners, fusion):
            number = int(owners[bare[pair]])
            flat[bare[pair]] += [
                _span(reviews[number], observations[number], clause, int(wanted[bare[pair]]), learners)
                for clause in clauses
            ]
    return [[tuple(found) for found in review] for review in spans]


def _falls(trials: Trials, without: Floats, scores: Floats, stack: Stack, fusion: Fusion) -> Floats:
    """Return how much the log-odds of each trial's pair fall without its clause, (n,)."""
    # A title says who and where, not what the review is about.
    body = np.flatnonzero(~stack.titles[trials.clauses])
    before = scores[trials.reviews, trials.terms]
    falls = np.zeros(len(trials.pairs), dtype=np.float32)
    falls[body] = before[trials.pairs[body]] - fusion.scores(without[body])
    return falls


def _best(trials: Trials, falls: Floats) -> list[tuple[int, int]]:
    """Return the pairs and clauses of the trials that show evidence, for each pair the greatest fall first."""
    least = np.maximum(np.float32(LEAST), np.float32(SHARE) * trials.greatest(falls))
    good = np.flatnonzero(falls >= least[trials.pairs])
    good = good[np.lexsort((-np.round(falls[good], _DIGITS), trials.pairs[good]))]
    return list(zip(trials.pairs[good].tolist(), trials.clauses[good].tolist(), strict=True))


def _together(
    reviews: Places,
    terms: Places,
    observations: Sequence[Observation],
    scores: Floats,
    learners: BaseLearners,
    fusion: Fusion,
) -> list[tuple[int, list[int]]]:
    """Return the pairs that several clauses speak for, none of which is missed alone, and up to three of the clauses.

    Where a review says "safe sleep" three times, each says what the others do. All clauses with a phrase of the term
    are taken away together; if that lowers the score, those with the most trusted phrases are the evidence.
    """
    tried, clauses, less = [], [], []
    for pair, (review, term) in enumerate(zip(reviews.tolist(), terms.tolist(), strict=True)):
        seen = observations[review]
        hits = seen.hits[seen.hits[:, 5] == term]
        hits = hits[[not seen.clauses[clause].title for clause in hits[:, 1].tolist()]]
        several = np.unique(hits[:, 1])
        if len(several) > 1:
            trust = np.zeros(len(seen.clauses))
            np.maximum.at(trust, hits[:, 1], learners.phrases_.of(hits[:, 0]))
            tried.append(pair)
            clauses.append(several[np.argsort(-trust[several], kind="stable")][:MOST].tolist())
            less.append(seen.without(several))
    if not tried:
        return []
    rows = learners.pairs(less).rows[np.arange(len(tried)), terms[tried]]
    falls = scores[reviews[tried], terms[tried]] - fusion.scores(rows)
    return [(pair, some) for pair, some, fall in zip(tried, clauses, falls.tolist(), strict=True) if fall >= LEAST]


def _span(review: Review, observation: Observation, number: int, term: int, learners: BaseLearners) -> Evidence:
    """Return the clause, or of a long one the phrases that were found for the term."""
    clause = observation.clauses[number]
    start, end = clause.start, clause.end
    if len(clause.stems) > _LONGEST and len(observation.hits):
        hits = observation.hits[observation.hits[:, 1] == number]
        hits = hits[learners.phrases_.targets[hits[:, 0]] == term]
        if len(hits):
            words = spans_of(review.text, start, end)
            start, end = words[int(hits[:, 2].min())][0], words[int(hits[:, 3].max()) - 1][1]
    return Evidence(review.text[start:end], start, end)
