"""One score from a pair's row: a listwise regression and boosted trees, averaged.

The regression orders the terms of a review: it is fitted on whole lists (ListNet with the top-one probabilities; Cao et
al. 2007), so that what all terms of a review share cannot count. The trees judge each pair for itself. Fictional
reviews teach the base learners as much as real ones do, but how to weigh the learners is learned from real ones
wherever there are enough: habits of indexing cannot be invented.
"""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from reviewnlp.suggestion.tree_tables import TreeTables
from reviewnlp.suggestion.trees import SymmetricTrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_CLIP = 6.0
_FEW = 20
#: Reviews that the fusion learns from at most: some fifty weights need no more.
_MOST = 300


@dataclasses.dataclass
class Fusion:
    """Learned combination of the columns of :data:`reviewnlp.suggestion.columns.COLUMNS`.

    It learns from real reviews alone, unless there are fewer than 20.

    Parameters
    ----------
    penalty
        Of the squared weights of the regression, which are of columns brought to unit spread.
    ensembles
        How many times the trees are grown, from other draws of columns.
    seed
        Of all that is drawn.

    Attributes
    ----------
    mean_, spread_
        Of each column, (n_columns,).
    linear_
        Weights of the regression, (n_columns + 1,), the last one constant: it makes log-odds of its scores.
    trees_
        The trees, one entry an ensemble.
    """

    penalty: float = 10.0
    ensembles: int = 2
    seed: int = 0

    def fit(self, rows: Floats, truth: Floats, real: NDArray[np.bool_]) -> Self:
        """Learn from rows (n, n_terms, n_columns), ``truth`` (n, n_terms) and which reviews are real (n,)."""
        judged = np.flatnonzero(real) if real.sum() >= _FEW else np.arange(len(rows))
        judged = np.sort(np.random.default_rng(self.seed).permutation(judged)[:_MOST])
        rows, truth = rows[judged], truth[judged]
        flat, right = rows.reshape(-1, rows.shape[2]), truth.ravel() > 0
        self.mean_ = flat.mean(axis=0, dtype=np.float64).astype(np.float32)
        self.spread_ = flat.std(axis=0, dtype=np.float64).astype(np.float32) + np.float32(1e-6)
        self.linear_ = _listwise(self._scaled(rows), truth, self.penalty)
        self.trees_ = [SymmetricTrees().fit(flat, right, self.seed + number) for number in range(self.ensembles)]
        self.__dict__.pop("_tables", None)
        return self

    def scores(self, rows: Floats) -> Floats:
        """Return log-odds, (...,), of rows (..., n_columns)."""
        flat = rows.reshape(-1, rows.shape[-1])
        linear = self._scaled(flat) @ self.linear_[:-1] + self.linear_[-1]
        if self.trees_:
            linear = (linear + self._tables.scores(flat)) / 2
        return np.asarray(linear, dtype=np.float32).reshape(rows.shape[:-1])

    @cached_property
    def _tables(self) -> TreeTables:
        return TreeTables(self.trees_)

    def _scaled(self, rows: Floats) -> Floats:
        return np.asarray(np.clip((rows - self.mean_) / self.spread_, -_CLIP, _CLIP), dtype=np.float32)


def _listwise(rows: Floats, truth: Floats, penalty: float) -> Floats:
    """Return the weights under which the terms of each review together are likeliest, and the constant.

    The loss of a review is the cross entropy between an even share for each of its terms and the softmax of the scores
    of all terms.
    """
    from scipy.optimize import brentq, minimize
    from scipy.special import expit, log_softmax

    flat = rows.reshape(-1, rows.shape[2]).astype(np.float64)
    shares = truth / np.maximum(truth.sum(axis=1, keepdims=True), 1)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logs = log_softmax((flat @ weights).reshape(shares.shape), axis=1)
        slope = (np.exp(logs) * shares.sum(axis=1, keepdims=True) - shares).ravel() @ flat
        return penalty / 2 * weights @ weights - (shares * logs).sum(), slope + penalty * weights

    weights = minimize(loss, np.zeros(rows.shape[2]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    scores = flat @ weights
    far = np.abs(scores).max() + 30
    constant = brentq(lambda value: float(expit(scores + value).sum() - truth.sum()), -far, far)
    return np.append(weights, constant).astype(np.float32)
