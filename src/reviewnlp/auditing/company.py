"""The chance that a term would be given to a review, from its text and from the other terms that it has.

A suggester reads the text alone. What it leaves open, the company of a term settles in part: terms that go together or
exclude each other, one that says what another says already, a review with fewer terms than its year has. A logistic
regression weighs these with the suggester's score. It learns from each term of each review as if that one were not
there, which is what a forgotten term looks like, and judges only reviews that it did not learn from.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.auditing.kinship import closeness
from reviewnlp.vocabulary.arrays import relation_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewnlp.vocabulary import Vocabulary

    Floats = NDArray[np.float64]

FOLDS = 5

SHRINKAGE = 2.0
"""Reviews that are added, as if by chance, to those which have two terms together."""

USUAL = 3.0
"""Reviews that the mean number of terms of all years counts for in that of one year."""

MOST_LEARNED = 1500
"""Reviews that the regression learns from at most."""


@dataclasses.dataclass(frozen=True, eq=False)
class Kin:
    """How the terms of a vocabulary stand to each other, (n_terms, n_terms).

    ``close`` is closeness in meaning, ``linked`` whether one is broader than the other.
    """

    close: Floats
    linked: NDArray[np.bool_]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Kin:
        """Read the relations of a vocabulary."""
        linked = relation_matrix(vocabulary, "broader")
        close = closeness([term.label for term in vocabulary.terms], vocabulary)
        return cls(close, linked | linked.T)


class Company:
    """What can be said of a term from the terms beside it.

    Parameters
    ----------
    given
        Which review has which term, bool (n_reviews, n_terms).
    years
        The year of each review, 0 where it has none, (n_reviews,).
    kin
        How the terms stand to each other.
    """

    def __init__(self, given: NDArray[np.bool_], years: NDArray[np.int_], kin: Kin) -> None:
        self._given, self._kin = given, kin
        counted = given.astype(float)
        self._uses, self._together = counted.sum(axis=0), counted.T @ counted
        numbers = counted.sum(axis=1)
        overall = float(numbers.mean())
        self._usual = np.empty(len(given))
        for year in np.unique(years):
            own = years == year
            # The review itself does not tell what is usual.
            self._usual[own] = (numbers[own].sum() - numbers[own] + USUAL * overall) / (own.sum() - 1 + USUAL)

    def columns(self, review: int, beside: NDArray[np.intp], terms: NDArray[np.intp] | slice) -> Floats:
        """Return a row for each of some terms, were the terms ``beside`` all that a review has.

        What is known of terms that go together comes from the other reviews.
        """
        own = self._given[review].astype(float)
        number = np.log((len(beside) + 1) / self._usual[review])
        uses = (self._uses - own)[terms]
        if not len(beside):
            nothing = np.zeros(len(uses))
            return np.column_stack([nothing, nothing, nothing, nothing + number])
        together = self._together[terms][:, beside] - np.outer(own[terms], own[beside])
        by_chance = np.outer(uses, (self._uses - own)[beside]) / max(len(self._given) - 1, 1)
        drawn = np.log((together + SHRINKAGE) / (by_chance + SHRINKAGE))
        return np.column_stack(
            [
                drawn.mean(axis=1),
                self._kin.close[terms][:, beside].max(axis=1),
                self._kin.linked[terms][:, beside].any(axis=1),
                np.full(len(uses), number),
            ]
        )


def chances(
    scores: NDArray[np.float32], given: NDArray[np.bool_], years: NDArray[np.int_], kin: Kin, *, seed: int
) -> NDArray[np.float32]:
    """Return the chance that each term would be given to each review, beside the terms that it has.

    Parameters
    ----------
    scores
        Probabilities of the terms from the text alone, (n_reviews, n_terms), out of fold.
    given, years, kin
        As :class:`Company` takes them; each review has a term.
    seed
        Fixes the folds.

    Returns
    -------
    numpy.ndarray
        Float, (n_reviews, n_terms), out of fold; for a term that is given, the chance if it were not.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    company, every = Company(given, years, kin), slice(None)
    likely = np.clip(scores, 1e-5, 1 - 1e-5).astype(float)
    logits = np.log(likely / (1 - likely))

    def rows(review: int) -> Floats:
        has = np.flatnonzero(given[review])
        columns = company.columns(review, has, every)
        for term in has:
            columns[term] = company.columns(review, has[has != term], np.array([term]))
        return np.column_stack([logits[review], columns])

    order = np.random.default_rng(seed).permutation(len(given))
    fold = np.empty(len(given), dtype=int)
    fold[order] = np.arange(len(given)) % FOLDS
    learned = {int(review): rows(review) for review in order[:MOST_LEARNED]}
    out = np.zeros(scores.shape, dtype=np.float32)
    for held in range(FOLDS):
        seen = [review for review in learned if fold[review] != held]
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
        model.fit(np.concatenate([learned[review] for review in seen]), given[seen].ravel())
        for review in np.flatnonzero(fold == held).tolist():
            out[review] = model.predict_proba(learned[review] if review in learned else rows(review))[:, 1]
    return out
