"""One score from a pair's row: a logistic regression and boosted trees, averaged.

Both are learned on the rows of all pairs together. Fictional reviews teach the base learners as much as real ones do,
but how to weigh the learners is learned from real ones wherever there are any: habits of indexing cannot be invented.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self

import numpy as np

from reviewnlp.suggestion.trees import SymmetricTrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_CLIP = 6.0
_KEPT = 0.25
_FEW = 20


@dataclasses.dataclass
class Fusion:
    """Learned combination of the columns of :data:`reviewnlp.suggestion.columns.COLUMNS`.

    Parameters
    ----------
    fictional
        What a fictional review counts for in the logistic regression, where a real one counts 1. The trees learn
        from real reviews alone, unless there are fewer than 20.
    ensembles
        How many times the trees are grown, from other draws of columns.
    seed
        Of all that is drawn.

    Attributes
    ----------
    mean_, spread_
        Of each column, (n_columns,).
    linear_
        Weights of the logistic regression, (n_columns + 1,), the last one constant.
    trees_
        The trees, one entry an ensemble.
    """

    fictional: float = 0.01
    ensembles: int = 2
    seed: int = 0

    def fit(self, rows: Floats, truth: Floats, real: NDArray[np.bool_]) -> Self:
        """Learn from rows (n, n_terms, n_columns), ``truth`` (n, n_terms) and which reviews are real (n,)."""
        from sklearn.linear_model import LogisticRegression

        generator = np.random.default_rng(self.seed)
        flat, right = rows.reshape(-1, rows.shape[2]), truth.ravel() > 0
        weight = np.repeat(np.where(real, 1.0, self.fictional if real.any() else 1.0), truth.shape[1])
        # Most pairs are wrong: a quarter of those is enough, each counted four times.
        drawn = right | (generator.random(len(right)) < _KEPT)
        weight = (weight * np.where(right, 1, 1 / _KEPT)).astype(np.float32)
        self.mean_ = flat[drawn].mean(axis=0, dtype=np.float64).astype(np.float32)
        self.spread_ = flat[drawn].std(axis=0, dtype=np.float64).astype(np.float32) + np.float32(1e-6)
        model = LogisticRegression(C=0.1, max_iter=300)
        model.fit(self._scaled(flat[drawn]), right[drawn], sample_weight=weight[drawn])
        self.linear_ = np.append(model.coef_[0], model.intercept_).astype(np.float32)
        judged = np.repeat(real, truth.shape[1]) if real.sum() >= _FEW else drawn
        even = np.where(real.sum() >= _FEW, 1.0, weight[judged]).astype(np.float32)
        self.trees_ = [
            SymmetricTrees().fit(flat[judged], right[judged], even, self.seed + number)
            for number in range(self.ensembles)
        ]
        return self

    def scores(self, rows: Floats) -> Floats:
        """Return log-odds, (...,), of rows (..., n_columns)."""
        flat = rows.reshape(-1, rows.shape[-1])
        linear = self._scaled(flat) @ self.linear_[:-1] + self.linear_[-1]
        if self.trees_:
            linear = (linear + np.mean([trees.scores(flat) for trees in self.trees_], axis=0)) / 2
        return np.asarray(linear, dtype=np.float32).reshape(rows.shape[:-1])

    def _scaled(self, rows: Floats) -> Floats:
        return np.asarray(np.clip((rows - self.mean_) / self.spread_, -_CLIP, _CLIP), dtype=np.float32)
