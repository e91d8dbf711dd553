"""Suggests keywords and themes for reviews."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reviewnlp.records import KeywordSuggestion, Suggestion, ThemeSuggestion
from reviewnlp.suggestion.calibration import best_number
from reviewnlp.suggestion.evidence import evidence_for
from reviewnlp.suggestion.observation import stacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from reviewnlp.records import Evidence, Review
    from reviewnlp.suggestion.calibration import BetaCalibration
    from reviewnlp.suggestion.fusion import Fusion
    from reviewnlp.suggestion.learners import Added, BaseLearners, Pairs
    from reviewnlp.suggestion.observation import Observation, Observer, Stack
    from reviewnlp.suggestion.themes import ThemeModel
    from reviewnlp.vocabulary import Vocabulary

    Floats = NDArray[np.float32]

#: What scores pairs is quick for many at once, but more do not fit into a processor's cache.
_BATCH = 64
_DIGITS = 4
_LEAST_THEME = 0.05


class _Seen(NamedTuple):
    """A batch of reviews on its way to suggestions."""

    reviews: Sequence[Review]
    observations: list[Observation]
    stack: Stack
    pairs: Pairs
    scores: Floats
    added: Added
    probabilities: Floats


@dataclasses.dataclass(frozen=True, eq=False)
class Suggester:
    """A trained model; :func:`reviewnlp.suggestion.train` makes one, :func:`load_suggester` reads one.

    Parameters
    ----------
    vocabulary
        The terms and themes that can be suggested, whether they were seen in training or not.
    observer, learners, fusion, calibration
        From a review to its observation, to the rows of its pairs, to scores, to probabilities.
    themes
        From words and from the probabilities of terms to those of themes.
    manifest
        How it was made: training corpus, seed, versions, date.
    """

    vocabulary: Vocabulary
    observer: Observer
    learners: BaseLearners
    fusion: Fusion
    calibration: BetaCalibration
    themes: ThemeModel
    manifest: dict[str, Any]

    def scores(self, reviews: Iterable[Review], *, style_year: int | None = None) -> Floats:
        """Return the probabilities of all terms, float (n_reviews, n_terms), in the vocabulary's order."""
        batches = [self._seen(batch, style_year).probabilities for batch in _batches(reviews)]
        return np.concatenate(batches) if batches else np.zeros((0, len(self.vocabulary)), np.float32)

    def theme_scores(self, reviews: Iterable[Review], *, style_year: int | None = None) -> Floats:
        """Return the probabilities of all themes, float (n_reviews, n_themes), in the vocabulary's order."""
        batches = []
        for batch in _batches(reviews):
            seen = self._seen(batch, style_year)
            batches.append(self.themes.probabilities(seen.probabilities, seen.pairs.themes))
        return np.concatenate(batches) if batches else np.zeros((0, len(self.vocabulary.themes)), np.float32)

    def suggest(
        self,
        reviews: Iterable[Review],
        *,
        limit: int = 10,
        threshold: float | None = None,
        auto: bool = False,
        style_year: int | None = None,
    ) -> list[Suggestion]:
        """Suggest keywords and themes; the reviews' own keywords are never looked at.

        Parameters
        ----------
        reviews
            The reviews.
        limit
            At most so many keywords a review.
        threshold
            Only keywords of at least this probability (0-1).
        auto
            Only as many as make the expected F1 greatest.
        style_year
            Index in the habits of this year; by default that of the review's title.

        Returns
        -------
        list of Suggestion
            One a review, in order; keywords and themes best first, each keyword with up to three spans of the text.
        """
        return list(self.stream(reviews, limit=limit, threshold=threshold, auto=auto, style_year=style_year))

    def stream(
        self,
        reviews: Iterable[Review],
        *,
        limit: int = 10,
        threshold: float | None = None,
        auto: bool = False,
        style_year: int | None = None,
    ) -> Iterator[Suggestion]:
        """Yield what :meth:`suggest` returns, a batch of reviews at a time."""
        for batch in _batches(reviews):
            seen = self._seen(batch, style_year)
            themes = self.themes.probabilities(seen.probabilities, seen.pairs.themes)
            terms = [self._chosen(one, limit, threshold, auto) for one in seen.probabilities]
            spans = self._evidence(seen, terms)
            for place, review in enumerate(batch):
                keywords = tuple(
                    KeywordSuggestion(self.vocabulary.terms[term].label, _rounded(score), evidence)
                    for term, score, evidence in zip(
                        terms[place], seen.probabilities[place, terms[place]], spans[place], strict=True
                    )
                )
                yield Suggestion(review.id, keywords, self._named_themes(themes[place]))

    def evidence(self, review: Review, labels: Sequence[str]) -> list[tuple[Evidence, ...]]:
        """Return the spans of a review that speak most for each of some terms; empty where none does."""
        terms = np.array([self.vocabulary.position(label) for label in labels], dtype=np.intp)
        return self._evidence(self._seen([review], None), [terms])[0]

    def save(self, folder: Path | str) -> None:
        """Write the model bundle; see :mod:`reviewnlp.suggestion.bundle`."""
        from reviewnlp.suggestion.bundle import write_bundle

        write_bundle(self, folder)

    def _seen(self, reviews: Sequence[Review], style_year: int | None) -> _Seen:
        observations = self.observer.observe(reviews)
        if style_year is not None:
            observations = [dataclasses.replace(one, year=style_year) for one in observations]
        stack = stacked(observations)
        pairs, added = self.learners.pairs_and_added(observations, stack)
        scores = self.fusion.scores(pairs.rows)
        return _Seen(reviews, observations, stack, pairs, scores, added, self.calibration.probabilities(scores))

    def _evidence(self, seen: _Seen, terms: Sequence[NDArray[np.intp]]) -> list[list[tuple[Evidence, ...]]]:
        return evidence_for(
            seen.reviews,
            seen.observations,
            seen.stack,
            terms,
            seen.pairs.rows,
            seen.scores,
            seen.added,
            self.learners,
            self.fusion,
        )

    def _chosen(self, probabilities: Floats, limit: int, threshold: float | None, auto: bool) -> NDArray[np.intp]:
        count = min(limit, best_number(probabilities)) if auto else limit
        terms = np.argsort(-probabilities, kind="stable")[: max(count, 0)]
        return terms if threshold is None else terms[probabilities[terms] >= threshold]

    def _named_themes(self, probabilities: Floats) -> tuple[ThemeSuggestion, ...]:
        order = np.argsort(-probabilities, kind="stable")
        return tuple(
            ThemeSuggestion(self.vocabulary.themes[theme].id, _rounded(probabilities[theme]))
            for theme in order
            if probabilities[theme] >= _LEAST_THEME
        )


def _batches(reviews: Iterable[Review]) -> Iterator[list[Review]]:
    batch: list[Review] = []
    for review in reviews:
        batch.append(review)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rounded(probability: float) -> float:
    return round(float(probability), _DIGITS)
