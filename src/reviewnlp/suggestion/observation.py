"""What can be seen in a review without having learned anything: clauses, phrases, circumstances, vectors."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.suggestion.circumstances import circumstances_of
from reviewnlp.suggestion.clauses import Clause, clauses_of
from reviewnlp.suggestion.knowledge import CIRCUMSTANCE, Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Review
    from reviewnlp.suggestion.vectors import StaticVectors

    Places = NDArray[np.intp]


@dataclasses.dataclass(frozen=True, eq=False)
class Observation:
    """A review as the learners see it.

    ``hits`` (n_hits, 6) are the phrases found for terms: number of the phrase, of its clause, its first word and
    the one after its last, its kind and its term; ``vectors`` (n_clauses, size) are those of the clauses.
    """

    id: str
    year: int | None
    clauses: tuple[Clause, ...]
    hits: NDArray[np.intp]
    circumstances: frozenset[str]
    vectors: NDArray[np.float32]

    @property
    def length(self) -> int:
        """Number of words."""
        return sum(len(clause.stems) for clause in self.clauses)

    def without(self, clauses: Places) -> Observation:
        """Return the observation of the review without some of its clauses; its circumstances stay."""
        kept = np.ones(len(self.clauses), dtype=bool)
        kept[clauses] = False
        hits = self.hits[kept[self.hits[:, 1]]]
        hits[:, 1] = (np.cumsum(kept) - 1)[hits[:, 1]]
        left = tuple(itertools.compress(self.clauses, kept))
        return dataclasses.replace(self, clauses=left, hits=hits, vectors=self.vectors[kept])


@dataclasses.dataclass(frozen=True, eq=False)
class Stack:
    """The clauses and the hits of several reviews in one array each, for work on all of them at once.

    Parameters
    ----------
    starts
        Where the clauses of each review begin, and where the last ones end, (n + 1,).
    reviews, places, lengths
        Review, place and number of words of each clause, (n_clauses,).
    titles
        Which clauses are of a title, (n_clauses,).
    vectors
        Those of the clauses, (n_clauses, size).
    hits
        As in :class:`Observation`, with clauses numbered through, (n_hits, 6).
    """

    starts: Places
    reviews: Places
    places: Places
    lengths: Places
    titles: NDArray[np.bool_]
    vectors: NDArray[np.float32]
    hits: Places


def stacked(observations: Sequence[Observation]) -> Stack:
    """Return the clauses and the hits of observations, one after the other."""
    counts = np.array([len(seen.clauses) for seen in observations], dtype=np.intp)
    starts = np.append(0, np.cumsum(counts))
    reviews = np.repeat(np.arange(len(counts)), counts)
    clauses = [clause for seen in observations for clause in seen.clauses]
    hits = np.concatenate([np.zeros((0, 6), np.intp), *(seen.hits for seen in observations)])
    hits[:, 1] += np.repeat(starts[:-1], [len(seen.hits) for seen in observations])
    return Stack(
        starts,
        reviews,
        np.array([clause.place for clause in clauses], dtype=np.intp),
        np.array([len(clause.stems) for clause in clauses], dtype=np.intp),
        np.array([clause.title for clause in clauses], dtype=bool),
        np.concatenate([seen.vectors for seen in observations]),
        hits,
    )


class Observer:
    """Makes observations.

    Parameters
    ----------
    knowledge
        The phrases and circumstances that are looked for.
    vectors
        Encodes clauses.
    """

    def __init__(self, knowledge: Knowledge, vectors: StaticVectors) -> None:
        self.knowledge = knowledge
        self.vectors = vectors
        self._terms_end = sum(kind != CIRCUMSTANCE for kind in knowledge.kinds)
        self._kinds, self._targets = np.array(knowledge.kinds), np.array(knowledge.targets)

    def observe(self, reviews: Iterable[Review]) -> list[Observation]:
        """Return an observation of each review; its keywords are never looked at."""
        reviews = list(reviews)
        clauses = [clauses_of(review) for review in reviews]
        vectors = self.vectors.encode(
            [
                review.text[clause.start : clause.end]
                for review, found in zip(reviews, clauses, strict=True)
                for clause in found
            ]
        )
        ends = np.cumsum([len(found) for found in clauses])
        return [
            self._observe(review, found, vectors[end - len(found) : end])
            for review, found, end in zip(reviews, clauses, ends.tolist(), strict=True)
        ]

    def _observe(self, review: Review, clauses: tuple[Clause, ...], vectors: NDArray[np.float32]) -> Observation:
        found = self.knowledge.index.find(clauses)
        hits = np.fromiter(itertools.chain(*found), np.intp, 4 * len(found)).reshape(-1, 4)
        of_terms = hits[:, 0] < self._terms_end
        told = [(phrase - self._terms_end, clause) for phrase, clause, _, _ in hits[~of_terms].tolist()]
        hits = hits[of_terms]
        return Observation(
            review.id,
            review.year,
            clauses,
            np.column_stack([hits, self._kinds[hits[:, 0]], self._targets[hits[:, 0]]]),
            circumstances_of(clauses, told, self.knowledge.circumstances),
            vectors,
        )


def years_of(observations: Sequence[Observation], default: int) -> NDArray[np.intp]:
    """Return the year of each observation, ``default`` where its title gives none."""
    return np.array([observation.year or default for observation in observations], dtype=np.intp)
