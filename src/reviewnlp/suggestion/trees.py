"""Boosted symmetric trees: what a weighted sum of columns cannot say.

All nodes of one level of a tree ask the same question, as in CatBoost (Prokhorenkova et al. 2018), so a tree is a few
columns, a few borders and a table of leaves: quick to use, plain to keep, and hard to overfit. Each tree takes a Newton
step on the logistic loss, with a share of the columns drawn for it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_BINS = 32


@dataclasses.dataclass
class SymmetricTrees:
    """A sum of symmetric trees that gives log-odds.

    Parameters
    ----------
    trees, depth
        Number of trees, and of questions in each.
    rate
        Share of each Newton step that is taken.
    penalty
        Added to the curvature of a leaf: leaves of few rows stay small.
    share
        Share of the columns drawn for each tree.

    Attributes
    ----------
    start_
        Log-odds before any tree, (1,).
    columns_, borders_
        The questions "is the column above the border?", (trees, depth).
    leaves_
        What each leaf adds, (trees, 2 ** depth).
    """

    trees: int = 200
    depth: int = 3
    rate: float = 0.05
    penalty: float = 10.0
    share: float = 0.3

    def fit(self, rows: Floats, right: NDArray[np.bool_], weight: Floats, seed: int) -> Self:
        """Learn from rows (n, n_columns), which are right (n,), and how much each counts (n,)."""
        generator = np.random.default_rng(seed)
        borders = _borders(rows)
        binned = np.stack([np.searchsorted(border, rows[:, c], "left") for c, border in enumerate(borders)])
        share = float((weight * right).sum() / weight.sum())
        self.start_ = np.array([np.log(share / (1 - share))], dtype=np.float32)
        score = np.full(len(rows), self.start_[0], dtype=np.float64)
        self.columns_ = np.zeros((self.trees, self.depth), dtype=np.int32)
        self.borders_ = np.zeros((self.trees, self.depth), dtype=np.float32)
        self.leaves_ = np.zeros((self.trees, 2**self.depth), dtype=np.float32)
        for tree in range(self.trees):
            chance = 1 / (1 + np.exp(-score))
            slope, bend = weight * (right - chance), weight * chance * (1 - chance)
            drawn = generator.choice(rows.shape[1], max(1, round(self.share * rows.shape[1])), replace=False)
            leaf = np.zeros(len(rows), dtype=np.intp)
            for level in range(self.depth):
                column, border = self._question(binned, np.sort(drawn), leaf, slope, bend)
                self.columns_[tree, level] = column
                self.borders_[tree, level] = borders[column][border]
                leaf = 2 * leaf + (binned[column] > border)
            size = 2**self.depth
            step = np.bincount(leaf, slope, size) / (np.bincount(leaf, bend, size) + self.penalty)
            self.leaves_[tree] = self.rate * step
            score += self.leaves_[tree][leaf]
        return self

    def scores(self, rows: Floats) -> Floats:
        """Return the log-odds of rows, (n,)."""
        columns = np.ascontiguousarray(rows.T)
        total = np.full(len(rows), self.start_[0], dtype=np.float32)
        for questions, borders, leaves in zip(self.columns_, self.borders_, self.leaves_, strict=True):
            leaf = np.zeros(len(rows), dtype=np.intp)
            for column, border in zip(questions, borders, strict=True):
                leaf = 2 * leaf + (columns[column] > border)
            total += leaves[leaf]
        return total

    def _question(
        self,
        binned: NDArray[np.intp],
        drawn: NDArray[np.intp],
        leaf: NDArray[np.intp],
        slope: NDArray[np.float64],
        bend: NDArray[np.float64],
    ) -> tuple[int, int]:
        """Return the column and the border that lower the loss of all leaves together most."""
        size, wide = int(leaf.max()) + 1, _BINS + 1
        offsets = np.arange(len(drawn))[:, None] * (size * wide)
        cells = (binned[drawn] + leaf * wide + offsets).ravel()

        def sums(values: NDArray[np.float64]) -> NDArray[np.float64]:
            """Add values up to each border: (columns, leaves, bins)."""
            added = np.bincount(cells, np.tile(values, len(drawn)), len(drawn) * size * wide)
            return np.asarray(added.reshape(len(drawn), size, wide).cumsum(axis=2))

        slopes, bends = sums(slope), sums(bend)
        below = slopes**2 / (bends + self.penalty)
        above = (slopes[:, :, -1:] - slopes) ** 2 / (bends[:, :, -1:] - bends + self.penalty)
        gain = (below + above)[:, :, :_BINS].sum(axis=1)
        column, border = np.unravel_index(gain.argmax(), gain.shape)
        return int(drawn[column]), int(border)


def _borders(rows: Floats) -> list[Floats]:
    """Return borders between about equally many rows, ``_BINS`` a column; the last ones repeat where values do."""
    shares = np.linspace(0, 1, _BINS + 2)[1:-1]
    # Rare values matter most here: half of the borders stand in the upper tail.
    tail = 1 - np.geomspace(0.5, 0.0005, _BINS // 2)
    shares = np.sort(np.concatenate([shares[::2], tail]))
    return [np.quantile(rows[:, column], shares).astype(np.float32) for column in range(rows.shape[1])]
