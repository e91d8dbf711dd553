"""What a vocabulary and its use look like as arrays, terms in the vocabulary's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Review
    from reviewnlp.vocabulary.terms import Vocabulary


def label_matrix(reviews: Sequence[Review], vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Return which review was given which term, (n_reviews, n_terms).

    Keywords that the vocabulary does not know have no column.
    """
    labels = np.zeros((len(reviews), len(vocabulary)), dtype=bool)
    for row, review in enumerate(reviews):
        labels[row, [vocabulary.position(term) for term in review.terms if term in vocabulary]] = True
    return labels


def relation_matrix(vocabulary: Vocabulary, relation: Literal["broader", "related"]) -> NDArray[np.bool_]:
    """Return which terms the row's term names as broader or related, (n_terms, n_terms)."""
    linked = np.zeros((len(vocabulary), len(vocabulary)), dtype=bool)
    for row, term in enumerate(vocabulary.terms):
        linked[row, [vocabulary.position(other) for other in getattr(term, relation)]] = True
    return linked
