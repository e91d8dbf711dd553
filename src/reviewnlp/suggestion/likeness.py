"""How like a term a review's clauses are: cosines between static sentence vectors."""

from __future__ import annotations

import dataclasses
import itertools
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from reviewnlp.suggestion.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.suggestion.observation import Observation
    from reviewnlp.suggestion.vectors import StaticVectors
    from reviewnlp.vocabulary import Vocabulary

    Floats = NDArray[np.float32]

#: What of a term a clause is compared with, in the order of every array over them.
FORMS = ("label", "entry terms", "note")


@dataclasses.dataclass
class TermLikeness:
    """The greatest cosine between a clause of a review and a term's label, its entry terms and its scope note.

    Parameters
    ----------
    labels, notes
        Unit vectors, (n_terms, size).
    entries
        Unit vectors of the labels and entry terms, those of a term side by side, (n_entries, size).
    starts
        Where each term's entries begin, (n_terms,).

    Attributes
    ----------
    mean_, spread_
        Mean and standard deviation over training reviews, (n_terms, 3): some terms are like every text.
    """

    labels: Floats
    notes: Floats
    entries: Floats
    starts: NDArray[np.intp]

    @classmethod
    def of_terms(cls, vocabulary: Vocabulary, vectors: StaticVectors) -> Self:
        """Encode the terms of a vocabulary."""
        entries = [(term.label, *term.entry_terms) for term in vocabulary.terms]
        starts = np.cumsum([0, *(len(forms) for forms in entries[:-1])])
        return cls(
            rounded(vectors.encode([term.label for term in vocabulary.terms])),
            rounded(vectors.encode([term.note or term.label for term in vocabulary.terms])),
            rounded(vectors.encode([form for forms in entries for form in forms])),
            starts.astype(np.intp),
        )

    def fit(self, cosines: Floats) -> Self:
        """Learn what is usual from the cosines of training reviews."""
        self.mean_ = cosines.mean(axis=0)
        self.spread_ = cosines.std(axis=0) + np.float32(1e-3)
        return self

    def cosines(self, observations: Sequence[Observation]) -> Floats:
        """Return the greatest cosine over a review's clauses, (n, n_terms, 3)."""
        table, terms = self._table, len(self.starts)
        greatest = np.zeros((len(observations), len(table)), dtype=np.float32)
        for row, observation in enumerate(observations):
            if len(observation.vectors):
                # One review at a time, though all together were quicker: sums then do not depend on the batch.
                greatest[row] = (_in_fours(observation.vectors) @ table.T)[: len(observation.vectors)].max(axis=0)
        # Greatest over clauses first: that leaves little to do for the entry terms.
        entries = np.maximum.reduceat(greatest[:, terms:-terms], self.starts, axis=1)
        return np.stack([greatest[:, :terms], entries, greatest[:, -terms:]], axis=2)

    def by_clause(self, vectors: Floats, terms: NDArray[np.intp]) -> Floats:
        """Return the cosines of clauses with some terms, (n_terms, n_clauses, 3)."""
        count, first, last = len(self.starts), self.starts[terms], self._ends[terms]
        spans = map(range, (first + count).tolist(), (last + count).tolist())
        rows = np.array([*terms.tolist(), *itertools.chain(*spans), *(terms - count).tolist()])
        starts = len(terms) + np.append(0, np.cumsum(last - first))
        out = np.empty((len(terms), len(vectors), len(FORMS)), dtype=np.float32)
        cosines = self._table[rows] @ vectors.T
        out[:, :, 0], out[:, :, 2] = cosines[: len(terms)], cosines[starts[-1] :]
        out[:, :, 1] = np.maximum.reduceat(cosines[: starts[-1]], starts[:-1], axis=0)
        return out

    @cached_property
    def _ends(self) -> NDArray[np.intp]:
        return np.append(self.starts[1:], len(self.entries))

    @cached_property
    def _table(self) -> Floats:
        """Labels, entries and notes, one below the other, for one product with all."""
        return np.concatenate([self.labels, self.entries, self.notes])

    def unusual(self, cosines: Floats) -> Floats:
        """Return the cosines as standard deviations from what is usual for the term, same shape."""
        return np.asarray((cosines - self.mean_) / self.spread_, dtype=np.float32)


def _in_fours(vectors: Floats) -> Floats:
    """Return vectors with rows of zeros up to a multiple of four: products of other sizes take a quarter longer."""
    out = np.zeros((len(vectors) + -len(vectors) % 4, vectors.shape[1]), dtype=np.float32)
    out[: len(vectors)] = vectors
    return out
