"""How far a mention can be trusted, phrase by phrase and place by place.

"Adultification" in the learning nearly always leads to the term, "police" hardly ever. The share of training reviews
with a phrase that were given its term is shrunk towards the share of all phrases of its kind, so that a phrase seen
twice is not believed like one seen fifty times (an empirical Bayes estimate).
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewnlp.suggestion.observation import Stack

    Floats = NDArray[np.float32]
    Places = NDArray[np.intp]

_MOST = 0.95


@dataclasses.dataclass
class PhraseTrust:
    """The chance that a review with a phrase has the phrase's term.

    Parameters
    ----------
    kinds, targets
        Kind and term of each phrase, (n_phrases,) each.
    shrinkage
        How many reviews the share of the kind counts for.

    Attributes
    ----------
    found_, right_
        Weight of the training reviews with the phrase, and of those with its term as well, (n_phrases,).
    trust_
        The chance, (n_phrases,).
    """

    kinds: Places
    targets: Places
    shrinkage: float = 3.0

    def fit(self, reviews: Places, phrases: Places, truth: Floats, weight: Floats) -> Self:
        """Count over the training reviews: ``phrases`` (n,) that were found, each once in a review, and the reviews."""
        counts = weight[reviews].astype(np.float64)
        self.found_ = np.bincount(phrases, counts, len(self.targets))
        right = counts * truth[reviews, self.targets[phrases]]
        self.right_ = np.bincount(phrases, right, len(self.targets))
        return self._estimate()

    def _estimate(self) -> Self:
        right = np.bincount(self.kinds, self.right_) + 0.1
        found = np.bincount(self.kinds, self.found_) + 1.0
        self._pool = (right / found)[self.kinds]
        self.trust_ = (self.right_ + self.shrinkage * self._pool) / (self.found_ + self.shrinkage)
        return self

    def of(self, phrases: Places) -> Floats:
        """Return the trust in phrases, (n,)."""
        return np.asarray(self.trust_[phrases], dtype=np.float32)

    def left_out(self, reviews: Places, phrases: Places, truth: Floats, weight: Floats) -> Floats:
        """Return the trust in phrases of training reviews, each without the review that it was found in."""
        right = self.right_[phrases] - weight[reviews] * truth[reviews, self.targets[phrases]]
        found = self.found_[phrases] - weight[reviews]
        pool = self.shrinkage * self._pool[phrases]
        return np.asarray((right + pool) / (found + self.shrinkage), dtype=np.float32)


@dataclasses.dataclass
class SignTrust:
    """The chance that a review has a term when a sign for it is there, for a fixed number of signs a term.

    A sign is "named in the opening", "a cue in the learning" and the like; see :class:`PhraseTrust`.
    """

    shrinkage: float = 4.0

    def fit(self, signs: NDArray[np.bool_], truth: Floats, weight: Floats) -> Self:
        """Count over training reviews: ``signs`` (n, n_terms, n_signs)."""
        there = signs * weight[:, None, None]
        self.found_ = there.sum(axis=0)
        self.right_ = np.einsum("nts,nt->ts", there, truth)
        self._pool = (self.right_.sum(axis=0) + 0.1) / (self.found_.sum(axis=0) + 1)
        self.trust_ = ((self.right_ + self.shrinkage * self._pool) / (self.found_ + self.shrinkage)).astype(np.float32)
        return self

    def of(self, signs: NDArray[np.bool_]) -> Floats:
        """Return the trust in the signs that are there, 0 elsewhere: (n, n_terms, n_signs)."""
        return np.asarray(signs * self.trust_, dtype=np.float32)

    def left_out(self, signs: NDArray[np.bool_], truth: Floats, weight: Floats) -> Floats:
        """Return the same for the training reviews, each left out."""
        own = signs * weight[:, None, None]
        right = self.right_ - own * truth[:, :, None] + self.shrinkage * self._pool
        return np.asarray(signs * (right / (self.found_ - own + self.shrinkage)), dtype=np.float32)


def phrases_in(stack: Stack) -> tuple[Places, Places]:
    """Return the reviews that a phrase was found in and the phrase, each pair once, in order."""
    return distinct(stack.reviews[stack.hits[:, 1]], stack.hits[:, 0])


def distinct(first: Places, second: Places) -> tuple[Places, Places]:
    """Return the pairs of two columns of numbers, each once, in order."""
    size = int(second.max(initial=0)) + 1
    one, other = np.divmod(np.unique(first * size + second), size)
    return one, other


def either(chances: Floats, axis: int) -> Floats:
    """Return the chance of at least one of independent events (noisy-or)."""
    # A product of a few long columns is quicker than many products of a few numbers.
    neither = functools.reduce(np.multiply, np.moveaxis(1 - np.minimum(chances, _MOST), axis, 0))
    return np.asarray(1 - neither, dtype=np.float32)
