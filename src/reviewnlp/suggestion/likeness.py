"""How like a term a review's clauses are: cosines between static sentence vectors."""

from __future__ import annotations

import dataclasses
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
        out = np.zeros((len(observations), len(self.starts), len(FORMS)), dtype=np.float32)
        for row, observation in enumerate(observations):
            vectors = observation.vectors
            if len(vectors):
                # Greatest over clauses first: that leaves little to do for the entry terms.
                out[row, :, 0] = (vectors @ self.labels.T).max(axis=0)
                out[row, :, 1] = np.maximum.reduceat((vectors @ self.entries.T).max(axis=0), self.starts)
                out[row, :, 2] = (vectors @ self.notes.T).max(axis=0)
        return out

    def by_clause(self, vectors: Floats, terms: NDArray[np.intp]) -> Floats:
        """Return the cosines of clauses with some terms, (n_clauses, n_terms, 3)."""
        ends = np.append(self.starts[1:], len(self.entries))
        spans = [range(self.starts[term], ends[term]) for term in terms]
        starts = np.cumsum([0, *(len(span) for span in spans[:-1])])
        chosen = self.entries[[place for span in spans for place in span]]
        entries = np.maximum.reduceat(vectors @ chosen.T, starts, axis=1)
        return np.stack([vectors @ self.labels[terms].T, entries, vectors @ self.notes[terms].T], axis=2)

    def unusual(self, cosines: Floats) -> Floats:
        """Return the cosines as standard deviations from what is usual for the term, same shape."""
        return np.asarray((cosines - self.mean_) / self.spread_, dtype=np.float32)
