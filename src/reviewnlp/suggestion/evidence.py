"""The words of a review that speak most for a suggested term.

A clause is tried as evidence by taking it away: the pair's row is made again without it and scored again, and
a clause whose loss hardly lowers the score is no evidence. Only the columns that a clause feeds directly change; what
the vocabulary's neighbours of the term lose with it is left as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.records import Evidence
from reviewnlp.suggestion.clauses import PLACES
from reviewnlp.suggestion.columns import COLUMNS, CUED, NAMED
from reviewnlp.suggestion.knowledge import ENTRY, STRONG
from reviewnlp.suggestion.mentions import either

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewnlp.records import Review
    from reviewnlp.suggestion.fusion import Fusion
    from reviewnlp.suggestion.learners import BaseLearners, Pairs
    from reviewnlp.suggestion.observation import Observation

    Floats = NDArray[np.float32]
    Places = NDArray[np.intp]

#: How much the log-odds must fall without a clause, at least and as a share of the greatest fall, and how many
#: spans are shown.
LEAST = 0.1
SHARE = 0.3
MOST = 3
_LONGEST = 30

_AT = {name: place for place, name in enumerate(COLUMNS)}
_TRUST = slice(_AT["trust: named in the opening"], _AT["trust in names"])
_LIKE = slice(_AT["like its label"], _AT["related terms"])


def evidence_for(
    review: Review,
    observation: Observation,
    terms: Places,
    pairs: Pairs,
    number: int,
    learners: BaseLearners,
    fusion: Fusion,
) -> list[tuple[Evidence, ...]]:
    """Return the spans that speak most for each of some terms, the strongest first.

    Parameters
    ----------
    review, observation
        The review and what was seen in it.
    terms
        Positions of the terms, (n,).
    pairs, number
        The pairs of a batch of reviews, and which of them the review is.
    learners, fusion
        What made and what scores the pairs.

    Returns
    -------
    list of tuple of Evidence
        One tuple for each term; empty where no clause moves the score.
    """
    if not len(terms) or not observation.clauses:
        return [() for _ in terms]
    without = rows_without(observation, terms, pairs, number, learners)
    falls = fusion.scores(pairs.rows[number, terms]) - fusion.scores(without)
    # A title says who and where, not what the review is about.
    falls[[clause.title for clause in observation.clauses]] = 0
    spans = []
    for column, term in enumerate(terms):
        best = np.argsort(-falls[:, column], kind="stable")[:MOST]
        least = max(LEAST, SHARE * float(falls[best[0], column]))
        spans.append(
            tuple(
                _span(review, observation, int(clause), int(term), learners)
                for clause in best
                if falls[clause, column] >= least
            )
        )
    return spans


def rows_without(observation: Observation, terms: Places, pairs: Pairs, number: int, learners: BaseLearners) -> Floats:
    """Return the rows of some terms when one clause after the other is taken away: (n_clauses, n, n_columns)."""
    clauses, rows = observation.clauses, pairs.rows[number]
    out = np.repeat(rows[terms][None], len(clauses), axis=0)

    def lower(name: str, loss: Floats) -> None:
        column = _AT[name]
        out[:, :, column] -= loss
        spread = rows[:, column].std() + 1e-6
        out[:, :, _AT[f"{name}, among the terms"]] -= loss / spread

    lower("whole text", learners.whole_.shares(pairs.whole[number], len(clauses), terms))
    lower("account", learners.account_.shares(pairs.account[number], len(clauses), terms))
    body = np.array([not clause.title for clause in clauses])[:, None]
    total = np.linalg.norm((observation.vectors * body).sum(axis=0)) or 1.0
    lower("vectors", (observation.vectors * body) @ learners.vectors_.weights_[:, terms] / np.float32(total))
    _without_likeness(out, observation, terms, rows, learners)
    _without_signs(out, observation, terms, learners)
    return out


def _without_likeness(
    out: Floats, observation: Observation, terms: Places, rows: Floats, learners: BaseLearners
) -> None:
    by_clause = learners.likeness.by_clause(observation.vectors, terms)
    greatest = by_clause.max(axis=0)
    remaining = _greatest_of_others(by_clause)
    loss = greatest - remaining
    forms = loss.shape[2]
    cosines = slice(_LIKE.start, _LIKE.start + forms)
    spread = rows[:, cosines].std(axis=0) + 1e-6
    out[:, :, cosines] -= loss
    out[:, :, cosines.stop : cosines.stop + forms] -= loss / spread
    out[:, :, cosines.stop + forms : _LIKE.stop] -= loss / learners.likeness.spread_[terms]


def _without_signs(out: Floats, observation: Observation, terms: Places, learners: BaseLearners) -> None:
    """Take away the signs that only one clause gives, and the trust in phrases that only it has."""
    phrases = learners.phrases_
    count, wide = len(observation.clauses), len(terms)
    position = np.full(len(learners.related), -1)
    position[terms] = np.arange(wide)
    named = np.zeros((count, wide), dtype=bool)
    cued = np.zeros((count, wide), dtype=bool)
    trusted = np.zeros((count, wide), dtype=np.float32)
    doubt = np.zeros((count, wide), dtype=np.float32)
    if len(observation.hits):
        phrase, clause = np.unique(observation.hits[:, :2], axis=0).T
        term = position[phrases.targets[phrase]]
        wanted = term >= 0
        phrase, clause, term = phrase[wanted], clause[wanted], term[wanted]
        kind, trust = phrases.kinds[phrase], phrases.of(phrase)
        named[clause[kind <= ENTRY], term[kind <= ENTRY]] = True
        cued[clause[kind == STRONG], term[kind == STRONG]] = True
        np.maximum.at(trusted, (clause, term), trust)
        _, nth, times = np.unique(phrase, return_inverse=True, return_counts=True)
        # A phrase that stands in two clauses is not lost with one of them.
        lost = np.where(times[nth] == 1, -np.log1p(-np.minimum(trust, 0.95)), 0).astype(np.float32)
        np.add.at(doubt, (clause, term), lost)
    remaining = _greatest_of_others(trusted[:, :, None])[:, :, 0]
    out[:, :, _AT["trust in phrases, most"]] -= trusted.max(axis=0) - remaining
    out[:, :, _AT["trust in phrases, any"]] -= doubt
    places = np.array([clause.place for clause in observation.clauses])
    trust_rows = out[:, :, _TRUST]
    lost_cues = np.zeros((count, wide), dtype=np.float32)
    for place in range(len(PLACES)):
        there = (places == place)[:, None]
        for seen, first in ((named, NAMED.start), (cued, CUED.start)):
            only = there & seen & ((there & seen).sum(axis=0) == 1)
            trust_rows[:, :, first + place][only] = 0
            if seen is cued:
                lost_cues += only
    for first in (NAMED.start + len(PLACES), NAMED.start + len(PLACES) + 1):
        trust_rows[:, :, first][named & (named.sum(axis=0) == 1)] = 0
    out[:, :, _AT["trust in names"]] = either(trust_rows[:, :, NAMED], axis=2)
    out[:, :, _AT["trust in cues"]] = either(trust_rows[:, :, CUED], axis=2)
    out[:, :, _AT["places with a cue"]] -= lost_cues


def _greatest_of_others(values: Floats) -> Floats:
    """Return for each entry of the first axis the greatest of the others (0 when there is none), same shape."""
    if len(values) < 2:
        return np.zeros_like(values)
    ordered = np.partition(values, len(values) - 2, axis=0)
    first, second = ordered[-1], ordered[-2]
    return np.asarray(np.where(values >= first, second, first), dtype=np.float32)


def _span(review: Review, observation: Observation, number: int, term: int, learners: BaseLearners) -> Evidence:
    """Return the clause, or of a long one the phrases that were found for the term."""
    clause = observation.clauses[number]
    start, end = clause.start, clause.end
    if len(clause.words) > _LONGEST and len(observation.hits):
        hits = observation.hits[observation.hits[:, 1] == number]
        hits = hits[learners.phrases_.targets[hits[:, 0]] == term]
        if len(hits):
            start = clause.words[int(hits[:, 2].min())].start
            end = clause.words[int(hits[:, 3].max()) - 1].end
    return Evidence(review.text[start:end], start, end)
