"""Kernel ridge regression of all terms at once, with exact leave-one-out scores.

One matrix is inverted for all terms. The score that a training review would get without itself follows from
the same inverse (Cawley and Talbot 2003, eq. 6; here with a weight for each review), so that what is learned
on top never sees a score that knew the answer.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from reviewnlp.suggestion.features import NOWHERE, SHARES
from reviewnlp.suggestion.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.suggestion.features import Occurrences

    Floats = NDArray[np.float32]
    Places = NDArray[np.intp]


class Weighted(NamedTuple):
    """A review as a vector of unit length: its features, their values, and the occurrences that make them.

    ``of`` says for each occurrence which of ``features`` it is.
    """

    features: Places
    values: Floats
    of: Places
    clauses: Places


@dataclasses.dataclass
class WordRidge:
    """Ridge regression from the features of reviews to terms.

    Features are weighted by logarithmic frequency and inverse document frequency; each block of them is brought to unit
    length, then to its share.

    Parameters
    ----------
    blocks
        The block of each feature, (n_features,).
    penalty
        The ridge; a review of weight ``w`` counts as if it stood there ``w`` times.

    Attributes
    ----------
    idf_
        Float, (n_features,).
    weights_
        Float, (n_features, n_columns): one column a term, or whatever was learned.
    prior_
        The mean of the training reviews, (n_columns,): what a review without features scores.
    left_out_
        Float, (n_training, n_columns): the score of each training review when it is left out.
    """

    blocks: Places
    penalty: float = 1.0

    def fit(self, reviews: Sequence[Occurrences], truth: Floats, weight: Floats) -> Self:
        """Learn from training reviews: ``truth`` (n, n_columns) of 0 and 1, ``weight`` (n,)."""
        from scipy.sparse import csr_matrix

        size = len(self.blocks)
        found = np.zeros(size)
        for review in reviews:
            found[np.unique(review.features)] += 1
        self.idf_ = np.where(found > 0, np.log((len(reviews) + 1) / (found + 1)) + 1, 0).astype(np.float32)
        rows = [self.weighted(review) for review in reviews]
        ends = np.cumsum([0, *(len(row.features) for row in rows)])
        values = np.concatenate([row.values for row in rows]).astype(np.float64)
        matrix = csr_matrix((values, np.concatenate([row.features for row in rows]), ends), (len(rows), size))
        dual, self.prior_, self.left_out_ = solve((matrix @ matrix.T).toarray(), truth, weight, self.penalty)
        self.weights_ = rounded(np.asarray(matrix.T @ dual, dtype=np.float32))
        return self

    def weighted(self, review: Occurrences) -> Weighted:
        """Return a review as its vector."""
        features, of, counts = np.unique(review.features, return_inverse=True, return_counts=True)
        values = (1 + np.log(counts.astype(np.float32))) * self.idf_[features]
        blocks = self.blocks[features]
        squares = np.bincount(blocks, values * values, len(SHARES))
        scale = np.sqrt(np.array(SHARES) / np.where(squares > 0, squares, 1))
        return Weighted(features, np.asarray(values * scale[blocks], dtype=np.float32), of, review.clauses)

    def scores(self, reviews: Sequence[Weighted]) -> Floats:
        """Return the scores of reviews, float (n, n_columns)."""
        return np.array([self.prior_ + row.values @ self.weights_[row.features] for row in reviews], np.float32)

    def shares(self, review: Weighted, clauses: int, columns: Places) -> Floats:
        """Return what each clause of a review adds to some columns' scores, (n_clauses, n_columns).

        A feature of several clauses is divided among them; that the rest would be brought to unit length anew is
        left out of account.
        """
        inside = review.clauses != NOWHERE
        of = review.of[inside]
        counts = np.bincount(review.of, minlength=len(review.features))
        divided = np.zeros((clauses, len(review.features)), dtype=np.float32)
        np.add.at(divided, (review.clauses[inside], of), (review.values / counts)[of])
        return np.asarray(divided @ self.weights_[review.features][:, columns], dtype=np.float32)


@dataclasses.dataclass
class VectorRidge:
    """Ridge regression from one vector a review to terms; see :class:`WordRidge`."""

    penalty: float = 0.3

    def fit(self, vectors: Floats, truth: Floats, weight: Floats) -> Self:
        """Learn from training reviews: ``vectors`` (n, size), ``truth`` (n, n_terms), ``weight`` (n,)."""
        wide = vectors.astype(np.float64)
        dual, self.prior_, self.left_out_ = solve(wide @ wide.T, truth, weight, self.penalty)
        self.weights_ = rounded((wide.T @ dual).astype(np.float32))
        return self

    def scores(self, vectors: Floats) -> Floats:
        """Return the scores of the terms, float (n, n_terms)."""
        return np.asarray(self.prior_ + vectors @ self.weights_, dtype=np.float32)


def solve(
    kernel: NDArray[np.float64], truth: Floats, weight: Floats, penalty: float
) -> tuple[NDArray[np.float64], Floats, Floats]:
    """Solve a weighted kernel ridge regression.

    Parameters
    ----------
    kernel
        Products of the training reviews with each other, (n, n).
    truth, weight, penalty
        As in :class:`WordRidge`.

    Returns
    -------
    tuple
        The dual weights (n, n_columns), the prior (n_columns,) and the leave-one-out scores (n, n_columns).
    """
    wide = weight.astype(np.float64)
    prior = (truth * wide[:, None]).sum(axis=0) / wide.sum()
    inverse = np.linalg.inv(kernel + np.diag(penalty / wide))
    dual = inverse @ (truth - prior)
    left_out = truth - dual / np.diag(inverse)[:, None]
    return dual, prior.astype(np.float32), left_out.astype(np.float32)
