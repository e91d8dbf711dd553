"""Words and pairs of words, names and cues of terms, and circumstances of a review, as numbered features.

The three are blocks, each of which has its share of a review's vector however many features it has.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from reviewnlp.suggestion.knowledge import ENTRY
from reviewnlp.suggestion.observation import stacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from reviewnlp.suggestion.observation import Observation, Stack

    Places = NDArray[np.intp]
    _Key = str | tuple[str, str]

#: The blocks of features by how their names begin, the last one any other way, and the share of each.
BLOCKS = ("#", "@", "")
SHARES = (0.4, 0.2, 0.4)

_UNKNOWN = -1


class Occurrences(NamedTuple):
    """The features of some reviews, once for each time they occur, in the order of the parts.

    A review has a part for what belongs to the whole of it, then one for each clause; parts are numbered through.

    Parameters
    ----------
    features, parts
        Each feature and its part, (n,) both.
    reviews
        The review of each part, (n_parts,).
    """

    features: Places
    parts: Places
    reviews: Places

    def within(self, wanted: NDArray[np.bool_]) -> Occurrences:
        """Return those of some parts, ``wanted`` (n_parts,); the parts keep their numbers."""
        kept = wanted[self.parts]
        return self._replace(features=self.features[kept], parts=self.parts[kept])


def wholes(stack: Stack) -> Places:
    """Return the number of the part of each whole review, (n,)."""
    return stack.starts[:-1] + np.arange(len(stack.starts) - 1)


def clause_parts(stack: Stack) -> Places:
    """Return the number of the part of each clause, (n_clauses,)."""
    return np.arange(len(stack.reviews)) + stack.reviews + 1


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
        found: Counter[_Key] = Counter()
        for observation in observations:
            found.update({*itertools.chain(*_parts(observation)), *_mentions(stacked([observation]))[0]})
        return self.restore(sorted(_name(key) for key, count in found.items() if count >= self.rare))

    def restore(self, names: Sequence[str]) -> Self:
        """Take the features in this order."""
        self.names_ = tuple(names)
        self._number = {_key(name): number for number, name in enumerate(self.names_)}
        blocks = [BLOCKS.index(name[0]) if name[0] in BLOCKS else len(BLOCKS) - 1 for name in self.names_]
        self.blocks_ = np.array(blocks, dtype=np.intp)
        return self

    def occurrences(self, observations: Sequence[Observation], stack: Stack) -> Occurrences:
        """Return the known features of reviews; ``stack`` is that of the observations."""
        parts = [[self._numbers(part) for part in _parts(observation)] for observation in observations]
        written = list(itertools.chain(*parts))
        mentions, clauses = _mentions(stack)
        features = np.array([*itertools.chain(*written), *self._numbers(mentions)], dtype=np.intp)
        places = np.repeat(np.arange(len(written)), [len(part) for part in written])
        places = np.append(places, clause_parts(stack)[clauses])
        known = np.flatnonzero(features != _UNKNOWN)
        order = known[np.argsort(places[known], kind="stable")]
        reviews = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        return Occurrences(features[order], places[order], reviews)

    def _numbers(self, keys: Iterable[_Key]) -> list[int]:
        return list(map(self._number.get, keys, itertools.repeat(_UNKNOWN)))


def _parts(observation: Observation) -> list[Iterable[_Key]]:
    """Return the features of the whole review, then the words and pairs of each clause; a title has none."""
    parts: list[Iterable[_Key]] = [_circumstances(observation)]
    for clause in observation.clauses:
        stems = () if clause.title else clause.stems
        parts.append(itertools.chain(stems, itertools.pairwise(stems)))
    return parts


def _circumstances(observation: Observation) -> list[_Key]:
    names = sorted(observation.circumstances)
    marked = [f"@{name}" for name in names]
    pairs = [(one, other) for place, one in enumerate(marked, 1) for other in names[place:]]
    return [*marked, *pairs]


def _mentions(stack: Stack) -> tuple[list[_Key], Places]:
    """Return the names and cues of terms in clauses, each once in a clause, and the clauses."""
    _, clause, _, _, kind, term = stack.hits.T
    found = np.unique(np.stack([clause, kind <= ENTRY, term], axis=1), axis=0)
    return [(f"#{term}", "name" if named else "cue") for _, named, term in found.tolist()], found[:, 0]


def _key(name: str) -> _Key:
    """Return the key of a feature's name: pairs are looked up as pairs, which is quicker than to join them."""
    first, _, second = name.partition(" ")
    return (first, second) if second else first


def _name(key: _Key) -> str:
    return key if isinstance(key, str) else " ".join(key)
