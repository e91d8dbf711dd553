"""The collection under audit, and what several checks ask of it, computed once."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.vocabulary.forms import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Facts, Keyword, Review
    from reviewnlp.suggestion import Suggester
    from reviewnlp.vocabulary import Vocabulary


MOST_NEIGHBOURS = 5

WORKING_MEMORY = 128
"""MiB that the search for neighbours may take beside its result."""


class UncheckableError(Exception):
    """A check has too little to work on; the message says what is missing, in the user's words."""


@dataclasses.dataclass(frozen=True)
class Predictions:
    """What a suggester that never saw a review's keywords expects of it.

    ``scores`` are calibrated probabilities from the text, float (n_reviews, n_terms), the terms in the order of the
    vocabulary; rows of reviews without keywords are 0. ``suggester`` tells the words that speak for a term.
    """

    scores: NDArray[np.float32]
    suggester: Suggester


@dataclasses.dataclass(frozen=True)
class Neighbours:
    """The most alike reviews of each review: ``positions`` and cosine ``similarity``, both (n_reviews, k)."""

    positions: NDArray[np.intp]
    similarity: NDArray[np.float64]


class Collection:
    """Reviews with their keywords.

    Parameters
    ----------
    reviews
        The reviews, in the order of the listing.
    vocabulary
        The terms that their keywords were matched to, or None when the vocabulary is unknown.
    predictions
        Out-of-fold scores, or None when there are none.
    lacking
        The chances, of the same shape, that a term ought to stand beside those given, 0 for a term that does.
    """

    def __init__(
        self,
        reviews: Sequence[Review],
        vocabulary: Vocabulary | None = None,
        predictions: Predictions | None = None,
        lacking: NDArray[np.float32] | None = None,
    ) -> None:
        self.reviews = tuple(reviews)
        self.vocabulary = vocabulary
        self.predictions = predictions
        self.lacking = lacking

    @cached_property
    def forms(self) -> dict[str, tuple[str, ...]]:
        """Each raw keyword as written, with the ids of the reviews that have it."""
        uses: dict[str, list[str]] = defaultdict(list)
        for review in self.reviews:
            for keyword in review.keywords:
                uses[keyword.raw].append(review.id)
        return {raw: tuple(ids) for raw, ids in uses.items()}

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The terms in use, in alphabetical order; a keyword without a term stands for itself."""
        return tuple(sorted({name(keyword) for review in self.reviews for keyword in review.keywords}))

    @cached_property
    def assigned(self) -> NDArray[np.bool_]:
        """Which review has which term, (n_reviews, n_labels)."""
        column = {label: i for i, label in enumerate(self.labels)}
        table = np.zeros((len(self.reviews), len(self.labels)), dtype=bool)
        for row, review in enumerate(self.reviews):
            table[row, [column[name(keyword)] for keyword in review.keywords]] = True
        return table

    @cached_property
    def years(self) -> NDArray[np.int_]:
        """The year of each review, 0 where it has none."""
        return np.array([review.year or 0 for review in self.reviews], dtype=int)

    @cached_property
    def indexed(self) -> NDArray[np.intp]:
        """Positions of the reviews that have keywords."""
        return np.flatnonzero([bool(review.keywords) for review in self.reviews])

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """The extracted facts of each review."""
        from reviewnlp.extraction import Extractor

        return tuple(Extractor().pipe(self.reviews))

    def neighbours(self, k: int) -> Neighbours:
        """Return the k (at most ``MOST_NEIGHBOURS``) reviews with keywords that are most alike in text to each of them.

        Rows are in the order of :attr:`indexed`, and positions count in it. Likeness is the cosine of TF-IDF
        weights of the words of title-less text.
        """
        if len(self.indexed) < 2:
            raise UncheckableError("there are fewer than two reviews with keywords to compare")
        near = self._neighbours
        return Neighbours(near.positions[:, :k], near.similarity[:, :k])

    @cached_property
    def _neighbours(self) -> Neighbours:
        from sklearn import config_context
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.neighbors import NearestNeighbors

        texts = [self.reviews[i].text.split("\n", 1)[-1] for i in self.indexed]
        k = min(MOST_NEIGHBOURS, len(texts) - 1)
        weights = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=1).fit_transform(texts)
        with config_context(working_memory=WORKING_MEMORY):
            distances, positions = NearestNeighbors(n_neighbors=k + 1, metric="cosine").fit(weights).kneighbors(weights)
        # A review is its own nearest neighbour, or a copy of it is: take the review itself out, wherever it stands.
        own = positions == np.arange(len(texts))[:, None]
        own[~own.any(axis=1), -1] = True
        shape = (len(texts), k)
        return Neighbours(positions[~own].reshape(shape), 1 - distances[~own].reshape(shape))


def name(keyword: Keyword) -> str:
    """Return the term of a keyword, or what was written when it has none."""
    return keyword.term or folded(keyword.raw)
