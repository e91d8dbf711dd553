"""Kernel ridge regression of all terms at once, with exact leave-one-out scores.

One matrix is inverted for all terms. The score that a training review would get without itself follows from
the same inverse (Cawley and Talbot 2003, eq. 6; here with a weight for each review), so that what is learned
on top never sees a score that knew the answer.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from reviewnlp.suggestion.features import SHARES
from reviewnlp.suggestion.rounding import rounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewnlp.suggestion.features import Occurrences

    Floats = NDArray[np.float32]
    Places = NDArray[np.intp]


class Weighted(NamedTuple):
    """Reviews as vectors of unit length: the features of each, their values, and what of these each occurrence makes.

    Parameters
    ----------
    reviews, features, values
        Each feature of each review once, in order, (n,).
    shares
        The part of the values that each occurrence has, (n_occurrences,).
    """

    reviews: Places
    features: Places
    values: Floats
    shares: Floats


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

    def fit(self, found: Occurrences, truth: Floats, weight: Floats) -> Self:
        """Learn from training reviews: ``truth`` (n, n_columns) of 0 and 1, ``weight`` (n,)."""
        from scipy.sparse import csr_matrix

        size = len(self.blocks)
        times = np.bincount(np.unique(_keys(found, size)) % size, minlength=size)
        self.idf_ = np.where(times > 0, np.log((len(truth) + 1) / (times + 1)) + 1, 0).astype(np.float32)
        rows = self.weighted(found)
        matrix = csr_matrix((rows.values.astype(np.float64), (rows.reviews, rows.features)), (len(truth), size))
        dual, self.prior_, self.left_out_ = solve((matrix @ matrix.T).toarray(), truth, weight, self.penalty)
        self.weights_ = rounded(np.asarray(matrix.T @ dual, dtype=np.float32))
        return self

    def weighted(self, found: Occurrences) -> Weighted:
        """Return reviews as vectors."""
        size = len(self.blocks)
        keys, of, counts = np.unique(_keys(found, size), return_inverse=True, return_counts=True)
        reviews, features = np.divmod(keys, size)
        values = (1 + np.log(counts.astype(np.float32))) * self.idf_[features]
        blocks = self.blocks[features]
        cells = reviews * len(SHARES) + blocks
        squares = np.bincount(cells, values * values)
        scale = np.sqrt(np.array(SHARES)[blocks] / np.where(squares > 0, squares, 1)[cells])
        values = np.asarray(values * scale, dtype=np.float32)
        return Weighted(reviews, features, values, (values / counts).astype(np.float32)[of])

    def scores(self, found: Occurrences) -> tuple[Floats, Floats]:
        """Return the scores of reviews, (n, n_columns), and what each part adds to them, (n_parts, n_columns).

        A feature of several parts is divided among them; that without one of them the rest would be brought to unit
        length anew is left out of account.
        """
        from scipy.sparse import csr_matrix

        # The occurrences stand in the order of their parts: they are the rows of a sparse matrix as they are.
        ends = np.append(0, np.cumsum(np.bincount(found.parts, minlength=len(found.reviews))))
        shape = (len(found.reviews), len(self.blocks))
        added = csr_matrix((self.weighted(found).shares, found.features, ends), shape) @ self.weights_
        first = np.flatnonzero(np.diff(found.reviews, prepend=-1))
        return self.prior_ + np.add.reduceat(added, first, axis=0), added


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


def _keys(found: Occurrences, size: int) -> Places:
    """Return one number for the review and the feature of each occurrence."""
    return found.reviews[found.parts] * size + found.features


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
