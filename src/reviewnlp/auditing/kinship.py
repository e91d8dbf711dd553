"""How close terms are in meaning, from their words and from the vocabulary."""

from __future__ import annotations

import itertools
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.vocabulary.forms import bag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.vocabulary import Vocabulary

RELATED = 0.2
"""What a relation in the vocabulary adds to the likeness of two terms' words."""

LABEL_WEIGHT = 3
"""How many times a term's own words count beside those of its entry terms and its note."""


def closeness(labels: Sequence[str], vocabulary: Vocabulary | None) -> NDArray[np.float64]:
    """Return how close each term is to each other in 0-1, (n_labels, n_labels).

    It is the cosine of the TF-IDF weights of the terms' words (label, entry terms, scope note), more for terms that
    the vocabulary relates. Terms of which one is broader, and terms that name different people, have 0: one does
    not stand for the other.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = [_words(label, vocabulary) or "-" for label in labels]
    weights = TfidfVectorizer(sublinear_tf=True, analyzer=str.split).fit_transform(words)
    close: NDArray[np.float64] = (weights @ weights.T).toarray()
    populations = frozenset(
        tomllib.loads(files("reviewnlp.auditing").joinpath("populations.toml").read_text("utf-8"))["words"]
    )
    people = [populations.intersection(bag(label).split()) for label in labels]
    for i, j in itertools.combinations(range(len(labels)), 2):
        one, other = labels[i], labels[j]
        if (people[i] and people[j] and not people[i] & people[j]) or _linked("broader", one, other, vocabulary):
            close[i, j] = 0.0
        elif _linked("related", one, other, vocabulary):
            close[i, j] = min(1.0, close[i, j] + RELATED)
        close[j, i] = close[i, j]
    np.fill_diagonal(close, 0.0)
    return close


def _words(label: str, vocabulary: Vocabulary | None) -> str:
    words = [bag(label)] * LABEL_WEIGHT
    if vocabulary and label in vocabulary:
        term = vocabulary[label]
        words += [bag(form) for form in (*term.entry_terms, term.note)]
    return " ".join(words)


def _linked(relation: str, one: str, other: str, vocabulary: Vocabulary | None) -> bool:
    if vocabulary is None or one not in vocabulary or other not in vocabulary:
        return False
    return other in getattr(vocabulary[one], relation) or one in getattr(vocabulary[other], relation)
