"""Themes from the probabilities of their terms and from the text."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclasses.dataclass
class ThemeModel:
    """The chance that a review has a theme; a theme holds when one of its terms was given.

    Parameters
    ----------
    members
        Which terms have which theme, (n_terms, n_themes) of 0 and 1.

    Attributes
    ----------
    mean_, spread_
        Of the columns, (n_columns,).
    weights_
        Of the columns and a constant, (n_columns + 1,).
    prior_
        Log-odds of each theme among the training reviews, (n_themes,).
    """

    members: Floats

    def fit(self, probabilities: Floats, linear: Floats, truth: Floats) -> Self:
        """Learn from training reviews, each left out.

        Parameters
        ----------
        probabilities
            Of the terms, (n, n_terms).
        linear
            Scores of the themes from the words of the text, (n, n_themes).
        truth
            The themes, (n, n_themes) of 0 and 1.
        """
        from sklearn.linear_model import LogisticRegression

        share = (truth.sum(axis=0) + 0.5) / (len(truth) + 1)
        self.prior_ = np.log(share / (1 - share)).astype(np.float32)
        columns = self._columns(probabilities, linear)
        flat = columns.reshape(-1, columns.shape[2])
        if truth.size == 0 or truth.min() == truth.max():
            # No theme, or all reviews alike: the prior, which is the last column, says all that there is to learn.
            self.mean_, self.spread_ = np.zeros(flat.shape[1], np.float32), np.ones(flat.shape[1], np.float32)
            self.weights_ = np.eye(flat.shape[1] + 1, dtype=np.float32)[-2]
            return self
        self.mean_, self.spread_ = flat.mean(axis=0), flat.std(axis=0) + np.float32(1e-6)
        model = LogisticRegression(C=1.0, max_iter=300).fit((flat - self.mean_) / self.spread_, truth.ravel() > 0)
        self.weights_ = np.append(model.coef_[0], model.intercept_).astype(np.float32)
        return self

    def probabilities(self, probabilities: Floats, linear: Floats) -> Floats:
        """Return the chance of each theme, (n, n_themes)."""
        scaled = (self._columns(probabilities, linear) - self.mean_) / self.spread_
        return np.asarray(1 / (1 + np.exp(-(scaled @ self.weights_[:-1] + self.weights_[-1]))), dtype=np.float32)

    def of_terms(self, truth: Floats) -> Floats:
        """Return the themes that hold, (n, n_themes) of 0 and 1, for terms given, (n, n_terms) of 0 and 1."""
        return (truth @ self.members > 0).astype(np.float32)

    def _columns(self, probabilities: Floats, linear: Floats) -> Floats:
        chances = np.minimum(probabilities, 0.98)
        any_ = -np.expm1(np.log1p(-chances) @ self.members)
        greatest = np.zeros_like(any_)
        for theme, member in enumerate(self.members.T):
            greatest[:, theme] = (chances * member).max(axis=1)
        odds = np.log(np.clip(any_, 1e-4, 1 - 1e-4)) - np.log1p(-np.clip(any_, 1e-4, 1 - 1e-4))
        expected = np.log(probabilities @ self.members + 1e-3)
        prior = np.broadcast_to(self.prior_, any_.shape)
        return np.stack([odds, any_, greatest, expected, linear, prior], axis=2).astype(np.float32)
