"""The rows of pairs when one clause after the other is taken away.

All trials of a batch of reviews are made at once: a trial is a clause and a pair, those of one pair stand side by side.
Only the columns that a clause feeds directly change; what the vocabulary's neighbours of the term lose with it is left
as it was.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.suggestion.clauses import PLACES
from reviewnlp.suggestion.columns import COLUMNS, CUED, NAMED
from reviewnlp.suggestion.knowledge import ENTRY, STRONG
from reviewnlp.suggestion.likeness import FORMS
from reviewnlp.suggestion.mentions import distinct, either

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewnlp.suggestion.learners import Added, BaseLearners
    from reviewnlp.suggestion.observation import Stack

    Floats = NDArray[np.float32]
    Booleans = NDArray[np.bool_]
    Places = NDArray[np.intp]

_AT = {name: place for place, name in enumerate(COLUMNS)}
_TRUST = slice(_AT["trust: named in the opening"], _AT["trust in names"])
_LIKE = [f"like its {form}" for form in FORMS]
#: The columns of which a clause has a share; the same among the terms, and for the term.
_PLAIN = [_AT[name] for name in ("whole text", "account", "opening", "vectors", *_LIKE)]
_AMONG = [_AT[f"{COLUMNS[place]}, among the terms"] for place in _PLAIN]
_UNUSUAL = [_AT[f"{name}, for the term"] for name in _LIKE]


@dataclasses.dataclass(frozen=True, eq=False)
class Trials:
    """Which clause is taken from which pair.

    Parameters
    ----------
    reviews, terms
        The pairs, (n_pairs,) both; each review has at least one clause, and its pairs stand together.
    begins
        Where the trials of each pair begin, (n_pairs,).
    pairs, clauses
        Pair and clause (numbered through) of each trial, (n,) both.
    """

    reviews: Places
    terms: Places
    begins: Places
    pairs: Places
    clauses: Places

    def of_review(self, review: int) -> slice:
        """Return where the pairs of a review stand."""
        return slice(*np.searchsorted(self.reviews, (review, review + 1)).tolist())

    def greatest(self, values: Floats) -> Floats:
        """Return the greatest of the values of each pair's trials, (n_pairs, ...)."""
        return np.asarray(np.maximum.reduceat(values, self.begins), dtype=np.float32)

    def loss(self, values: Floats) -> Floats:
        """Return how much the greatest value of a pair falls without each clause: to 0 without the only one."""
        greatest = self.greatest(values)
        top = values >= greatest[self.pairs]
        tied = np.add.reduceat(top, self.begins, dtype=np.intp) > 1
        second = self.greatest(np.where(top, -np.inf, values).astype(np.float32))
        second = np.where(tied, greatest, np.where(second > -np.inf, second, 0))
        return np.where(top, (greatest - second)[self.pairs], np.float32(0)).astype(np.float32)

    def only(self, seen: Booleans) -> Booleans:
        """Return the trials whose clause is the only one of its pair where something was seen."""
        return np.asarray(seen & (np.add.reduceat(seen, self.begins, dtype=np.intp) == 1)[self.pairs])


def trials_of(reviews: Places, terms: Places, stack: Stack) -> Trials:
    """Return the trials of all clauses of pairs, of which each review has at least one clause."""
    counts = np.diff(stack.starts)[reviews]
    begins = np.cumsum(counts) - counts
    pairs = np.repeat(np.arange(len(reviews)), counts)
    clauses = np.arange(len(pairs)) + (stack.starts[reviews] - begins)[pairs]
    return Trials(reviews, terms, begins, pairs, clauses)


def rows_without(trials: Trials, rows: Floats, added: Added, stack: Stack, learners: BaseLearners) -> Floats:
    """Return the row of each trial's pair without the trial's clause, (n, n_columns).

    Parameters
    ----------
    trials
        What is tried.
    rows
        The rows of all pairs of the batch, (n_reviews, n_terms, n_columns).
    added
        What the clauses' words add to them.
    stack
        The clauses of the batch.
    learners
        What made the rows.
    """
    out = rows[trials.reviews, trials.terms][trials.pairs]
    terms = trials.terms[trials.pairs]
    loss = np.column_stack(
        [
            added.whole[trials.clauses, terms],
            added.account[trials.clauses, terms],
            added.opening[trials.clauses, terms],
            _vectors_loss(trials, stack, learners),
            _likeness_loss(trials, stack, learners),
        ]
    )
    out[:, _PLAIN] -= loss
    out[:, _AMONG] -= loss / _spreads(rows)[trials.reviews][trials.pairs]
    out[:, _UNUSUAL] -= loss[:, -len(FORMS) :] / learners.likeness.spread_[trials.terms][trials.pairs]
    phrases, places = _mentions(trials, stack, learners)
    _without_signs(out, trials, phrases, places, stack, learners)
    _without_phrases(out, trials, phrases, places, learners)
    return out


def _vectors_loss(trials: Trials, stack: Stack, learners: BaseLearners) -> Floats:
    parts = []
    for review in np.unique(trials.reviews).tolist():
        inside = slice(stack.starts[review], stack.starts[review + 1])
        body = stack.vectors[inside] * ~stack.titles[inside, None]
        total = np.linalg.norm(body.sum(axis=0)) or 1.0
        weights = learners.vectors_.weights_[:, trials.terms[trials.of_review(review)]]
        parts.append((body @ weights / np.float32(total)).T.ravel())
    return np.concatenate(parts)


def _likeness_loss(trials: Trials, stack: Stack, learners: BaseLearners) -> Floats:
    cosines = []
    for review in np.unique(trials.reviews).tolist():
        vectors = stack.vectors[stack.starts[review] : stack.starts[review + 1]]
        by_clause = learners.likeness.by_clause(vectors, trials.terms[trials.of_review(review)])
        cosines.append(by_clause.reshape(-1, by_clause.shape[2]))
    return trials.loss(np.concatenate(cosines))


def _spreads(rows: Floats) -> Floats:
    """Return the standard deviation over the terms of a review of the columns that are also seen among the terms."""
    columns = np.stack([rows[:, :, column] for column in _PLAIN], axis=1)
    return np.asarray(columns.std(axis=2) + np.float32(1e-6))


def _mentions(trials: Trials, stack: Stack, learners: BaseLearners) -> tuple[Places, Places]:
    """Return the phrases that were found for pairs, each once in a trial, and the trials."""
    pair_of = np.full((len(stack.starts) - 1, len(learners.related)), -1)
    pair_of[trials.reviews, trials.terms] = np.arange(len(trials.terms))
    phrases, clauses = stack.hits[:, 0], stack.hits[:, 1]
    reviews = stack.reviews[clauses]
    pairs = pair_of[reviews, learners.phrases_.targets[phrases]]
    places = trials.begins[pairs] + clauses - stack.starts[reviews]
    return distinct(phrases[pairs >= 0], places[pairs >= 0])


def _without_phrases(out: Floats, trials: Trials, phrases: Places, places: Places, learners: BaseLearners) -> None:
    """Take away the trust in phrases that only one clause has."""
    trust = learners.phrases_.of(phrases)
    trusted = np.zeros(len(out), dtype=np.float32)
    np.maximum.at(trusted, places, trust)
    _, nth, times = np.unique(
        np.stack([trials.pairs[places], phrases], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    # A phrase that stands in two clauses is not lost with one of them.
    lost = np.where(times[nth] == 1, -np.log1p(-np.minimum(trust, 0.95)), 0)
    out[:, _AT["trust in phrases, most"]] -= trials.loss(trusted)
    out[:, _AT["trust in phrases, any"]] -= np.bincount(places, lost, len(out)).astype(np.float32)


def _without_signs(
    out: Floats, trials: Trials, phrases: Places, places: Places, stack: Stack, learners: BaseLearners
) -> None:
    """Take away the signs that only one clause gives."""
    kinds = learners.phrases_.kinds[phrases]
    named, cued = np.zeros(len(out), dtype=bool), np.zeros(len(out), dtype=bool)
    named[places[kinds <= ENTRY]] = True
    cued[places[kinds == STRONG]] = True
    trust = out[:, _TRUST]
    for place in range(len(PLACES)):
        there = (stack.places == place)[trials.clauses]
        trust[trials.only(named & there), NAMED.start + place] = 0
        only = trials.only(cued & there)
        trust[only, CUED.start + place] = 0
        out[only, _AT["places with a cue"]] -= 1
    for sign in (NAMED.start + len(PLACES), NAMED.start + len(PLACES) + 1):
        trust[trials.only(named), sign] = 0
    out[:, _AT["trust in names"]] = either(trust[:, NAMED], axis=1)
    out[:, _AT["trust in cues"]] = either(trust[:, CUED], axis=1)
