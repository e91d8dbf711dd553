"""One score from a pair's row: a logistic regression and small networks, averaged.

All are learned on the rows of all pairs together. Fictional reviews teach the base learners as much as real ones, but
how to weigh the learners is learned mostly from real ones.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_CLIP = 6.0
_KEPT = 0.25


@dataclasses.dataclass
class Fusion:
    """Learned combination of the columns of :data:`reviewnlp.suggestion.learners.COLUMNS`.

    Parameters
    ----------
    fictional
        What a fictional review counts for, where a real one counts 1.
    hidden, networks, passes
        Units of a network, number of networks, passes over the pairs.
    seed
        Of the draws of pairs and of the networks' first weights.

    Attributes
    ----------
    mean_, spread_
        Of each column, (n_columns,).
    linear_
        Weights of the logistic regression, (n_columns + 1,), the last one constant.
    first_, second_
        Weights of the networks: (networks, n_columns + 1, hidden) and (networks, hidden + n_columns + 1).
    """

    fictional: float = 0.1
    hidden: int = 24
    networks: int = 2
    passes: int = 8
    seed: int = 0

    def fit(self, rows: Floats, truth: Floats, real: NDArray[np.bool_]) -> Self:
        """Learn from rows (n, n_terms, n_columns), ``truth`` (n, n_terms) and which reviews are real (n,)."""
        from sklearn.linear_model import LogisticRegression

        generator = np.random.default_rng(self.seed)
        flat, right = rows.reshape(-1, rows.shape[2]), truth.ravel() > 0
        weight = np.repeat(np.where(real, 1.0, self.fictional if real.any() else 1.0), truth.shape[1])
        # Most pairs are wrong: a quarter of those is enough, each counted four times.
        drawn = right | (generator.random(len(right)) < _KEPT)
        flat, right, weight = flat[drawn], right[drawn], (weight * np.where(right, 1, 1 / _KEPT))[drawn]
        self.mean_ = flat.mean(axis=0, dtype=np.float64).astype(np.float32)
        self.spread_ = flat.std(axis=0, dtype=np.float64).astype(np.float32) + np.float32(1e-6)
        scaled = self._scaled(flat)
        model = LogisticRegression(C=0.1, max_iter=300).fit(scaled, right, sample_weight=weight)
        self.linear_ = np.append(model.coef_[0], model.intercept_).astype(np.float32)
        weight = (weight / weight.mean()).astype(np.float32)
        trained = [self._network(scaled, right, weight, generator) for _ in range(self.networks)]
        self.first_ = np.array([first for first, _ in trained], dtype=np.float32)
        self.second_ = np.array([second for _, second in trained], dtype=np.float32)
        return self

    def scores(self, rows: Floats) -> Floats:
        """Return log-odds, (...,), of rows (..., n_columns)."""
        scaled = self._scaled(rows.reshape(-1, rows.shape[-1]))
        total = _affine(scaled, self.linear_)
        for first, second in zip(self.first_, self.second_, strict=True):
            total += _pass(scaled, first, second)[0]
        return np.asarray(total / (1 + len(self.first_)), dtype=np.float32).reshape(rows.shape[:-1])

    def _scaled(self, rows: Floats) -> Floats:
        return np.asarray(np.clip((rows - self.mean_) / self.spread_, -_CLIP, _CLIP), dtype=np.float32)

    def _network(
        self, rows: Floats, right: NDArray[np.bool_], weight: Floats, generator: np.random.Generator
    ) -> tuple[Floats, Floats]:
        """Train one hidden layer with a direct path beside it (Adam, Kingma and Ba 2015)."""
        columns = rows.shape[1]
        first = generator.normal(0, columns**-0.5, (columns + 1, self.hidden)).astype(np.float32)
        first[-1] = 0
        second = np.zeros(self.hidden + columns + 1, dtype=np.float32)
        second[: self.hidden] = generator.normal(0, 0.5 * self.hidden**-0.5, self.hidden)
        second[-1] = np.log(right.mean() / (1 - right.mean()))
        steps = _Adam((first, second), self.passes * (len(rows) // _BATCH + 1))
        for _ in range(self.passes):
            order = generator.permutation(len(rows))
            for begin in range(0, len(rows), _BATCH):
                batch = order[begin : begin + _BATCH]
                part = rows[batch]
                score, active = _pass(part, first, second)
                error = ((1 / (1 + np.exp(-score)) - right[batch]) * weight[batch] / len(batch)).astype(np.float32)
                back = np.outer(error, second[: self.hidden]) * (active > 0)
                slope_first = np.vstack([part.T @ back, back.sum(axis=0)])
                slope_second = np.concatenate([active.T @ error, part.T @ error, [error.sum()]])
                steps.step((slope_first + _DECAY * first, slope_second + _DECAY * second))
        return first, second


_BATCH = 512
_DECAY = np.float32(1e-4)


class _Adam:
    """Steps that change the given arrays in place; the rate rises for 50 steps, then falls to a twentieth."""

    def __init__(self, arrays: tuple[Floats, ...], total: int, rate: float = 2e-3) -> None:
        self._arrays = arrays
        self._first = [np.zeros_like(array) for array in arrays]
        self._second = [np.zeros_like(array) for array in arrays]
        self._total = total
        self._rate = rate
        self._done = 0

    def step(self, slopes: tuple[Floats, ...]) -> None:
        self._done += 1
        rate = self._rate * min(1, self._done / 50) * (1 - 0.95 * self._done / self._total)
        for array, slope, first, second in zip(self._arrays, slopes, self._first, self._second, strict=True):
            first += np.float32(0.1) * (slope - first)
            second += np.float32(0.001) * (slope * slope - second)
            even = np.sqrt(second / np.float32(1 - 0.999**self._done)) + np.float32(1e-8)
            array -= np.float32(rate / (1 - 0.9**self._done)) * first / even


def _pass(rows: Floats, first: Floats, second: Floats) -> tuple[Floats, Floats]:
    active = np.maximum(rows @ first[:-1] + first[-1], 0)
    hidden = active.shape[1]
    return active @ second[:hidden] + _affine(rows, second[hidden:]), active


def _affine(rows: Floats, weights: Floats) -> Floats:
    return np.asarray(rows @ weights[:-1] + weights[-1], dtype=np.float32)
