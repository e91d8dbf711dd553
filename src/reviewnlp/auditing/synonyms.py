"""Terms that stand for each other: close in meaning, alike in context, hardly ever given together."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.auditing.collection import UncheckableError
from reviewnlp.auditing.kinship import closeness
from reviewnlp.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reviewnlp.auditing.collection import Collection

CLOSE = 0.45
"""Closeness in meaning from which two terms may be names of one thing."""

APART = 0.75
"""Share of the rarer term's reviews that must lack the other."""


def find(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each pair of terms that may be two names of one thing.

    Raises
    ------
    UncheckableError
        Fewer than two terms are in use.
    """
    if len(collection.labels) < 2:
        raise UncheckableError("fewer than two different keywords are in use")
    together = collection.assigned.T.astype(np.int32) @ collection.assigned.astype(np.int32)
    uses = np.diag(together)
    close = closeness(collection.labels, collection.vocabulary)
    contexts = _contexts(collection)
    for i, j in itertools.combinations(range(len(collection.labels)), 2):
        apart = 1 - together[i, j] / min(uses[i], uses[j])
        if close[i, j] < CLOSE or apart < APART or uses[i] + uses[j] < 3:
            continue
        degree = float(close[i, j] * apart * (0.5 + 0.5 * (contexts[i] @ contexts[j])))
        first, second = collection.labels[i], collection.labels[j]
        if uses[i] < uses[j]:
            first, second = second, first
        rows = collection.assigned[:, i] | collection.assigned[:, j]
        yield Finding(
            kind="near_synonym",
            terms=(first, second),
            raw=(),
            reviews=tuple(collection.reviews[row].id for row in np.flatnonzero(rows)),
            suggestion=f"say in the scope notes when “{first}” and when “{second}” is meant, or use one of them",
            score=0.45 + 0.4 * degree,
            why=f"“{first}” ({max(uses[i], uses[j])} uses) and “{second}” ({min(uses[i], uses[j])}) are close in "
            f"meaning and are {_together(int(together[i, j]))}.",
        )


def _together(times: int) -> str:
    return {0: "never given together", 1: "given together once"}.get(times, f"given together {times} times")


def _contexts(collection: Collection) -> NDArray[np.float64]:
    """Return the mean TF-IDF weights of the reviews that have each term, of length one, (n_labels, n_words)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    texts = [review.text.split("\n", 1)[-1] for review in collection.reviews]
    weights = TfidfVectorizer(sublinear_tf=True, stop_words="english", max_features=20_000).fit_transform(texts)
    mean: NDArray[np.float64] = normalize((weights.T @ collection.assigned.astype(float)).T)
    return mean
