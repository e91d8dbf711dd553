"""Words and pairs of words, names and cues of terms, and circumstances of a review, as numbered features.

The three are blocks, each of which has its share of a review's vector however many features it has.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from reviewnlp.suggestion.clauses import ACCOUNT, OPENING
from reviewnlp.suggestion.knowledge import ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from reviewnlp.suggestion.observation import Observation

    Places = NDArray[np.intp]

#: The clause of a feature that belongs to the whole review.
NOWHERE = -1

#: The blocks of features by how their names begin, the last one any other way, and the share of each.
BLOCKS = ("#", "@", "")
SHARES = (0.4, 0.2, 0.4)


class Occurrences(NamedTuple):
    """The features of a review, once for each time they occur, and the clause of each: (n,) both."""

    features: Places
    clauses: Places

    def within(self, wanted: NDArray[np.bool_]) -> Occurrences:
        """Return those of some clauses, ``wanted`` (n_clauses,), and those of the whole review."""
        kept = np.append(wanted, True)[self.clauses]
        return Occurrences(self.features[kept], self.clauses[kept])


@dataclasses.dataclass
class FeatureIndex:
    """Numbers the features that enough reviews have.

    Parameters
    ----------
    rare
        Features of fewer training reviews are left out.

    Attributes
    ----------
    names_
        The features, in the order of their numbers.
    blocks_
        The block of each feature, (n_features,): positions in :data:`BLOCKS`.
    """

    rare: int = 3

    def fit(self, observations: Iterable[Observation]) -> Self:
        """Give each feature of training reviews a number."""
        found: dict[str, int] = {}
        for observation in observations:
            for name in {name for part in _parts(observation) for name in part}:
                found[name] = found.get(name, 0) + 1
        return self.restore(sorted(name for name, count in found.items() if count >= self.rare))

    def restore(self, names: Sequence[str]) -> Self:
        """Take the features in this order."""
        self.names_ = tuple(names)
        self._number = {name: number for number, name in enumerate(self.names_)}
        blocks = [BLOCKS.index(name[0]) if name[0] in BLOCKS else len(BLOCKS) - 1 for name in self.names_]
        self.blocks_ = np.array(blocks, dtype=np.intp)
        return self

    def occurrences(self, observation: Observation) -> Occurrences:
        """Return the known features of a review."""
        number = self._number
        features: list[int] = []
        clauses: list[int] = []
        for clause, part in enumerate(_parts(observation), NOWHERE):
            known = [number[name] for name in part if name in number]
            features += known
            clauses += [clause] * len(known)
        return Occurrences(np.array(features, dtype=np.intp), np.array(clauses, dtype=np.intp))


def told(observation: Observation) -> NDArray[np.bool_]:
    """Return which clauses tell what happened (those before the learning), (n_clauses,)."""
    return np.array([clause.place in (OPENING, ACCOUNT) for clause in observation.clauses], dtype=bool)


def _parts(observation: Observation) -> list[list[str]]:
    """Return the features of the whole review, then those of each clause; a title has none."""
    parts = [_circumstances(observation)]
    for clause in observation.clauses:
        if clause.title:
            parts.append([])
        else:
            stems = [word.stem for word in clause.words]
            parts.append([*stems, *[f"{one} {next_}" for one, next_ in itertools.pairwise(stems)]])
    told_ = {(place, kind <= ENTRY, term) for _, place, _, _, kind, term in observation.hits.tolist()}
    for place, named, term in sorted(told_):
        parts[place + 1].append(f"#{term} {'name' if named else 'cue'}")
    return parts


def _circumstances(observation: Observation) -> list[str]:
    names = sorted(observation.circumstances)
    pairs = [f"@{one} {other}" for place, one in enumerate(names) for other in names[place + 1 :]]
    return [*(f"@{name}" for name in names), *pairs]
