"""How often each term is given, and in which years: terms come and go.

A new review is indexed in the style of its year; years near each other share their habits (a Gaussian kernel over
years), and what a few real reviews do not show is borrowed from the mean of all training reviews.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WIDTH = 2.5
_SMALLEST = 1e-4


@dataclasses.dataclass
class Habits:
    """Log shares of the terms: over all training reviews, over the real ones, and around a year.

    Parameters
    ----------
    shrinkage
        How many reviews the share of all training reviews counts for.

    Attributes
    ----------
    years_, uses_, reviews_
        The years of the training reviews (n_years,), the uses of each term (n_years, n_terms) and the weight
        of the reviews (n_years,), real and fictional.
    real_uses_, real_reviews_
        The same of the real reviews, all years together.
    """

    shrinkage: float = 10.0

    def fit(self, years: NDArray[np.intp], truth: Floats, weight: Floats, real: NDArray[np.bool_]) -> Self:
        """Count over training reviews: their years (n,), terms (n, n_terms), weights (n,) and which are real."""
        self.years_ = np.unique(years)
        member = (years[:, None] == self.years_) * weight[:, None]
        self.uses_ = (member.T @ truth).astype(np.float32)
        self.reviews_ = member.sum(axis=0).astype(np.float32)
        self.real_uses_ = truth[real].sum(axis=0).astype(np.float32)
        self.real_reviews_ = np.float32(real.sum())
        return self

    def logs(self, years: NDArray[np.intp]) -> Floats:
        """Return three log shares for each review's year: (n, n_terms, 3)."""
        nothing = np.zeros((len(years), self.uses_.shape[1]), dtype=np.float32)
        return self._logs(years, nothing, np.zeros(len(years), np.float32), np.zeros(len(years), bool))

    def left_out_logs(self, years: NDArray[np.intp], truth: Floats, weight: Floats, real: NDArray[np.bool_]) -> Floats:
        """Return the same for the training reviews, each left out."""
        return self._logs(years, truth, weight, real)

    def _logs(self, years: NDArray[np.intp], truth: Floats, weight: Floats, real: NDArray[np.bool_]) -> Floats:
        own = truth * weight[:, None]
        everywhere = (self.uses_.sum(axis=0) - own + 0.05) / (self.reviews_.sum() - weight + 1)[:, None]
        borrowed = self.shrinkage * everywhere
        own_real = truth * real[:, None]
        in_real = (self.real_uses_ - own_real + borrowed) / (self.real_reviews_ - real + self.shrinkage)[:, None]
        near = np.exp(-0.5 * ((years[:, None] - self.years_) / WIDTH) ** 2).astype(np.float32)
        around = (near @ self.uses_ - own + borrowed) / (near @ self.reviews_ - weight + self.shrinkage)[:, None]
        return np.log(np.stack([everywhere, in_real, around], axis=2) + _SMALLEST).astype(np.float32)
