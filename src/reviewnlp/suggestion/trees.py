"""Boosted symmetric trees: what a weighted sum of columns cannot say.

All nodes of one level of a tree ask the same question, as in CatBoost (Prokhorenkova et al. 2018), so a tree is a few
columns, a few borders and a table of leaves: plain to keep, hard to overfit, and quick to use
(:mod:`reviewnlp.suggestion.tree_tables`). Each tree takes a Newton step on the logistic loss, with a share of the
columns drawn for it.
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

    def fit(self, rows: Floats, right: NDArray[np.bool_], seed: int) -> Self:
        """Learn from rows (n, n_columns) and which of them are right (n,)."""
        generator = np.random.default_rng(seed)
        borders = _borders(rows)
        binned = np.stack([np.searchsorted(border, rows[:, c], "left") for c, border in enumerate(borders)])
        share = float(right.mean(dtype=np.float32))
        self.start_ = np.array([np.log(share / (1 - share))], dtype=np.float32)
        score = np.full(len(rows), self.start_[0], dtype=np.float64)
        self.columns_ = np.zeros((self.trees, self.depth), dtype=np.int32)
        self.borders_ = np.zeros((self.trees, self.depth), dtype=np.float32)
        self.leaves_ = np.zeros((self.trees, 2**self.depth), dtype=np.float32)
        for tree in range(self.trees):
            chance = 1 / (1 + np.exp(-score))
            slope, bend = right - chance, chance * (1 - chance)
            drawn = np.sort(generator.choice(rows.shape[1], max(1, round(self.share * rows.shape[1])), replace=False))
            leaf = np.zeros(len(rows), dtype=np.intp)
            steps = np.stack([slope, bend])
            sums = _sums(binned[drawn], leaf, 1, steps)
            for level in range(self.depth):
                place, border = self._question(sums)
                column = drawn[place]
                self.columns_[tree, level] = column
                self.borders_[tree, level] = borders[column][border]
                yes = binned[column] > border
                if level + 1 < self.depth:
                    # Few rows stand above most borders: theirs are added up, those of the others are what is left.
                    some = np.flatnonzero(yes)
                    above = _sums(binned[np.ix_(drawn, some)], leaf[some], sums.shape[2], steps[:, some])
                    sums = np.stack([sums - above, above], axis=3).reshape(2, len(drawn), -1, sums.shape[3])
                leaf = 2 * leaf + yes
            size = 2**self.depth
            step = np.bincount(leaf, slope, size) / (np.bincount(leaf, bend, size) + self.penalty)
            self.leaves_[tree] = self.rate * step
            score += self.leaves_[tree][leaf]
        return self

    def _question(self, sums: NDArray[np.float64]) -> tuple[int, int]:
        """Return the column and the border that lower the loss of all leaves together most: see :func:`_sums`."""
        slopes, bends = sums.cumsum(axis=3)
        below = slopes**2 / (bends + self.penalty)
        above = (slopes[:, :, -1:] - slopes) ** 2 / (bends[:, :, -1:] - bends + self.penalty)
        gain = (below + above)[:, :, :_BINS].sum(axis=1)
        column, border = np.unravel_index(gain.argmax(), gain.shape)
        return int(column), int(border)


def _sums(
    binned: NDArray[np.intp], leaf: NDArray[np.intp], leaves: int, steps: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return slopes and curvatures (``steps``, (2, n)) added up: (2, columns, leaves, bins).

    ``binned`` (columns, n) has the bins of rows, ``leaf`` (n,) their leaves.
    """
    columns, wide = len(binned), _BINS + 1
    cells = (binned + leaf * wide + np.arange(columns)[:, None] * (leaves * wide)).ravel()
    added = [np.bincount(cells, np.tile(values, columns), columns * leaves * wide) for values in steps]
    return np.array(added, dtype=np.float64).reshape(2, columns, leaves, wide)


def _borders(rows: Floats) -> list[Floats]:
    """Return borders between about equally many rows, ``_BINS`` a column; the last ones repeat where values do."""
    shares = np.linspace(0, 1, _BINS + 2)[1:-1]
    # Rare values matter most here: half of the borders stand in the upper tail.
    tail = 1 - np.geomspace(0.5, 0.0005, _BINS // 2)
    shares = np.sort(np.concatenate([shares[::2], tail]))
    return [np.quantile(rows[:, column], shares).astype(np.float32) for column in range(rows.shape[1])]
