"""Probabilities from scores, and what follows from probabilities: how many terms to suggest."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_EDGE = 1e-6


@dataclasses.dataclass
class BetaCalibration:
    """Beta calibration (Kull, Silva Filho and Flach 2017): keeps the order of scores, bends both ends.

    Attributes
    ----------
    weights_
        Of log p, of -log(1 - p) and the constant, (3,).
    """

    def fit(self, scores: Floats, truth: Floats, weight: Floats | None = None) -> Self:
        """Learn from log-odds of pairs that the scores were not fitted on, and their truth, of the same shape."""
        from scipy.optimize import minimize

        columns = _columns(scores.ravel())
        right = truth.ravel() > 0
        share = np.ones(len(right)) if weight is None else np.broadcast_to(weight, truth.shape).ravel()

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            score = columns @ weights
            value = (share * (np.logaddexp(0, score) - right * score)).sum()
            error = share * (1 / (1 + np.exp(-score)) - right)
            # A weak pull to the identity keeps tiny training sets sane.
            pull = weights - start
            return value + 0.5 * (pull @ pull), error @ columns + pull

        start = np.array([1.0, 1.0, 0.0])
        bounds = [(0.05, None), (0.05, None), (None, None)]
        self.weights_ = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x.astype(np.float32)
        return self

    def probabilities(self, scores: Floats) -> Floats:
        """Return probabilities in 0-1 for log-odds, of the same shape."""
        score = _columns(scores.ravel()) @ self.weights_.astype(np.float64)
        return np.asarray((1 / (1 + np.exp(-score))).reshape(scores.shape), dtype=np.float32)


def best_number(probabilities: Floats) -> int:
    """Return how many of the likeliest terms to give so that the expected F1 is greatest.

    The expectation of F1 is taken as the quotient of the expectations of hits and of the two sets' sizes
    (Lewis 1995).

    Parameters
    ----------
    probabilities
        Those of all terms of one review, in any order, (n_terms,).

    Returns
    -------
    int
        At least 1.

    Examples
    --------
    >>> best_number(np.array([0.9, 0.8, 0.1, 0.05]))
    2
    """
    ordered = np.sort(probabilities)[::-1]
    expected = 2 * np.cumsum(ordered) / (np.arange(1, len(ordered) + 1) + ordered.sum())
    return int(expected.argmax()) + 1


def _columns(scores: Floats) -> NDArray[np.float64]:
    chance = np.clip(1 / (1 + np.exp(-np.clip(scores.astype(np.float64), -30, 30))), _EDGE, 1 - _EDGE)
    return np.stack([np.log(chance), -np.log1p(-chance), np.ones_like(chance)], axis=1)
