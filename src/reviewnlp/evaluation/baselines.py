"""Simple methods that a suggester has to beat.

A method has ``fit(reviews)`` and ``scores(reviews)``, which gives a float array (n_reviews, n_terms) in the order
of the vocabulary; a higher score is a better suggestion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Self

import numpy as np

from reviewnlp.vocabulary.arrays import label_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W_]+")


class Popularity:
    """Suggests the terms that are used most, whatever the text."""

    def __init__(self, vocabulary: Vocabulary, *, seed: int = 0) -> None:
        self.vocabulary = vocabulary
        self.seed = seed

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Count how many reviews have each term."""
        self.shares_ = label_matrix(reviews, self.vocabulary).mean(axis=0)
        return self

    def scores(self, reviews: Sequence[Review]) -> NDArray[np.float64]:
        """Return the share of training reviews that have each term, the same for every review."""
        return np.tile(self.shares_, (len(reviews), 1))


class TfidfOneVsRest:
    """One logistic regression a term on the TF-IDF weights of words and pairs of words.

    Parameters
    ----------
    vocabulary
        The terms.
    seed
        Unused: the fit has no chance in it.
    strength
        Inverse of the regularisation (scikit-learn's ``C``).
    """

    def __init__(self, vocabulary: Vocabulary, *, seed: int = 0, strength: float = 10.0) -> None:
        self.vocabulary = vocabulary
        self.seed = seed
        self.strength = strength

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Fit one classifier for each term that some, but not all, of the reviews have."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        labels = label_matrix(reviews, self.vocabulary)
        self.features_ = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=min(2, len(reviews)))
        known = self.features_.fit_transform([review.text for review in reviews])
        self.shares_ = labels.mean(axis=0)
        self.columns_ = np.flatnonzero((self.shares_ > 0) & (self.shares_ < 1))
        self.weights_ = np.zeros((known.shape[1], len(self.columns_)))
        self.offsets_ = np.zeros(len(self.columns_))
        for position, column in enumerate(self.columns_):
            learner = LogisticRegression(C=self.strength, solver="liblinear", random_state=0)
            learner.fit(known, labels[:, column])
            self.weights_[:, position], self.offsets_[position] = learner.coef_[0], learner.intercept_[0]
        return self

    def scores(self, reviews: Sequence[Review]) -> NDArray[np.float64]:
        """Return probabilities; a term never seen, or always, has its share of the training reviews."""
        texts = self.features_.transform([review.text for review in reviews])
        values = np.tile(self.shares_, (len(reviews), 1)).astype(np.float64)
        values[:, self.columns_] = 1 / (1 + np.exp(-(texts @ self.weights_ + self.offsets_)))
        return values


class LexicalMatch:
    """Suggests the terms whose label or entry terms stand in the text; it learns nothing.

    A form counts once for each time that it occurs, longer forms more: the words of a form of n words count n
    each time. Words are compared without their plural endings.
    """

    def __init__(self, vocabulary: Vocabulary, *, seed: int = 0) -> None:
        self.vocabulary = vocabulary
        self.seed = seed

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Index the forms of the terms by their words."""
        self.forms_: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for column, term in enumerate(self.vocabulary.terms):
            for form in (term.label, *term.entry_terms):
                if words := _words(form):
                    self.forms_[tuple(words)].add(column)
        self.longest_ = max(map(len, self.forms_), default=0)
        return self

    def scores(self, reviews: Sequence[Review]) -> NDArray[np.float64]:
        """Return the number of matched words of each term, square-rooted."""
        counts = np.zeros((len(reviews), len(self.vocabulary.terms)))
        for row, review in enumerate(reviews):
            words = _words(review.text)
            for start in range(len(words)):
                for length in range(1, min(self.longest_, len(words) - start) + 1):
                    for column in self.forms_.get(tuple(words[start : start + length]), ()):
                        counts[row, column] += length
        return np.asarray(np.sqrt(counts))


def _words(text: str) -> list[str]:
    words = _WORD.findall(text.casefold().replace("\u2019", "").replace("'", ""))
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]
