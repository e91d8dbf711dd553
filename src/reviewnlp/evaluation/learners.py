"""The suggester and its parts as methods of an experiment."""

from __future__ import annotations

import dataclasses
import fnmatch
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from reviewnlp.evaluation.corpus import theme_matrix
from reviewnlp.vocabulary.arrays import label_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Review
    from reviewnlp.suggestion.learners import BaseLearners
    from reviewnlp.vocabulary import Vocabulary

    Floats = NDArray[np.float32]


class TrainedSuggester:
    """The suggester as `reviewnlp train` makes it.

    Parameters
    ----------
    vocabulary
        The terms.
    seed
        Seed of the training.
    fictional
        Fictional reviews that join the training.
    """

    def __init__(self, vocabulary: Vocabulary, *, seed: int = 0, fictional: Sequence[Review] = ()) -> None:
        self.vocabulary = vocabulary
        self.seed = seed
        self.fictional = fictional

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Train on the reviews."""
        from reviewnlp.suggestion import train

        self.suggester_ = train(reviews, seed=self.seed, fictional=self.fictional, vocabulary=self.vocabulary)
        return self

    def scores(self, reviews: Sequence[Review]) -> Floats:
        """Return the probabilities of all terms."""
        return self.suggester_.scores(reviews)

    def theme_scores(self, reviews: Sequence[Review]) -> Floats:
        """Return the probabilities of all themes."""
        return self.suggester_.theme_scores(reviews)


class FusedLearners:
    """The suggester up to its fusion, with some of its evidence taken away; its scores are log-odds.

    What it leaves out, the calibration, changes no ranking.

    Parameters
    ----------
    vocabulary, seed, fictional
        As for :class:`TrainedSuggester`.
    without
        Patterns of the names of columns (:data:`reviewnlp.suggestion.columns.COLUMNS`) that the fusion does not
        see, such as ``"like its *"``.
    ensembles
        How many ensembles of trees the fusion averages with its regression (0: none); by default as many as
        the suggester.
    real_weight
        For how many fictional reviews a real one counts; by default as in the suggester.
    real_reviews
        Whether real reviews are learned from at all; without them all is learned from fictional ones alone.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        seed: int = 0,
        fictional: Sequence[Review] = (),
        without: Sequence[str] = (),
        ensembles: int | None = None,
        real_weight: float | None = None,
        real_reviews: bool = True,
    ) -> None:
        self.vocabulary = vocabulary
        self.seed = seed
        self.fictional = fictional
        self.without = without
        self.ensembles = ensembles
        self.real_weight = real_weight
        self.real_reviews = real_reviews
        self._kept = ~_columns(without)

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Fit the base learners, then the fusion on the columns that are left."""
        from reviewnlp.suggestion.fusion import Fusion

        options = {} if self.ensembles is None else {"ensembles": self.ensembles}
        learned = tuple(reviews) if self.real_reviews else ()
        self.base_ = _fitted(self.vocabulary, learned, tuple(self.fictional), self.real_weight)
        rows = self.base_.training_rows[:, :, self._kept]
        self.fusion_ = Fusion(seed=self.seed, **options).fit(rows, self.base_.truth, self.base_.real)
        return self

    def scores(self, reviews: Sequence[Review]) -> Floats:
        """Return the log-odds of all terms."""
        return self.fusion_.scores(self.base_.rows(reviews)[:, :, self._kept])


class BaseLearner:
    """One base learner of the suggester alone: a column of what the fusion sees.

    Parameters
    ----------
    vocabulary, fictional
        As for :class:`TrainedSuggester`.
    seed
        Unused: the base learners have no chance in them.
    column
        One of :data:`reviewnlp.suggestion.columns.COLUMNS`.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        seed: int = 0,
        fictional: Sequence[Review] = (),
        column: str = "whole text",
    ) -> None:
        self.vocabulary = vocabulary
        self.seed = seed
        self.fictional = fictional
        self.column = column
        self._place = int(np.flatnonzero(_columns([column]))[0])

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Fit all base learners, of which one is then asked."""
        self.base_ = _fitted(self.vocabulary, tuple(reviews), tuple(self.fictional), None)
        return self

    def scores(self, reviews: Sequence[Review]) -> Floats:
        """Return the column of the reviews, (n_reviews, n_terms)."""
        return self.base_.rows(reviews)[:, :, self._place]


@dataclasses.dataclass(frozen=True, eq=False)
class _Base:
    """Fitted base learners, and the rows of the reviews that they were fitted on, each left out."""

    workshop: _Workshop
    learners: BaseLearners
    training_rows: Floats
    truth: Floats
    real: NDArray[np.bool_]

    def rows(self, reviews: Sequence[Review]) -> Floats:
        return self.learners.pairs(self.workshop.observe(reviews)).rows


class _Workshop:
    """What all fits of one vocabulary share: its knowledge, and what was observed in each review."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        from reviewnlp.suggestion.knowledge import read_knowledge
        from reviewnlp.suggestion.likeness import TermLikeness
        from reviewnlp.suggestion.observation import Observer
        from reviewnlp.suggestion.vectors import StaticVectors

        vectors = StaticVectors()
        self.knowledge = read_knowledge(vocabulary)
        self.likeness = TermLikeness.of_terms(vocabulary, vectors)
        self._observer = Observer(self.knowledge, vectors)
        self._seen: dict[Review, Any] = {}

    def observe(self, reviews: Sequence[Review]) -> list[Any]:
        new = [review for review in dict.fromkeys(reviews) if review not in self._seen]
        self._seen.update(zip(new, self._observer.observe(new), strict=True))
        return [self._seen[review] for review in reviews]


# The methods of one split that differ only in what they make of the base learners share the fit of these.
@lru_cache(maxsize=1)
def _fitted(
    vocabulary: Vocabulary,
    reviews: tuple[Review, ...],
    fictional: tuple[Review, ...],
    real_weight: float | None,
) -> _Base:
    from reviewnlp.suggestion.learners import BaseLearners

    workshop = _workshop(vocabulary)
    given = [review for review in reviews if any(term in vocabulary for term in review.terms)]
    together = [*given, *fictional]
    truth = label_matrix(together, vocabulary).astype(np.float32)
    real = np.arange(len(together)) < len(given)
    likeness = dataclasses.replace(workshop.likeness)
    learners = BaseLearners.of(vocabulary, workshop.knowledge, likeness)
    if real_weight is not None:
        learners.real_weight = real_weight
    themes = theme_matrix(together, vocabulary).astype(np.float32)
    pairs = learners.fit(workshop.observe(together), truth, themes, real)
    return _Base(workshop, learners, pairs.rows, truth, real)


@lru_cache(maxsize=1)
def _workshop(vocabulary: Vocabulary) -> _Workshop:
    return _Workshop(vocabulary)


def _columns(patterns: Sequence[str]) -> NDArray[np.bool_]:
    from reviewnlp.suggestion.columns import COLUMNS

    chosen = np.zeros(len(COLUMNS), dtype=bool)
    for pattern in patterns:
        hits = np.array([fnmatch.fnmatchcase(name, pattern) for name in COLUMNS])
        if not hits.any():
            raise ValueError(f"no column matches {pattern!r}; columns: {', '.join(COLUMNS)}")
        chosen |= hits
    return chosen
