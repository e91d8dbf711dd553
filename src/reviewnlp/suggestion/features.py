"""Words and pairs of words, names and cues of terms, and circumstances and era of a review, as numbered features.

The three are blocks, each of which has its share of a review's vector however many features it has.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from reviewnlp.suggestion.knowledge import ENTRY
from reviewnlp.suggestion.lookup import UNKNOWN, CodeTable, StemPairs
from reviewnlp.suggestion.mentions import distinct
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

#: Year from which reviews are indexed in the present manner: in September 2019 the safeguarding partnerships of
#: Working Together 2018 had taken over from the boards, and with them the words of listings changed.
ERA_BEGINS = 2020
ERAS = ("then", "now")


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
            stems = _stems([observation])
            pairs = itertools.chain.from_iterable(map(itertools.pairwise, stems))
            found.update({*_circumstances(observation), *itertools.chain(*stems), *pairs, *_told(observation)})
        return self.restore(sorted(_name(key) for key, count in found.items() if count >= self.rare))

    def restore(self, names: Sequence[str]) -> Self:
        """Take the features in this order."""
        self.names_ = tuple(names)
        blocks = [BLOCKS.index(name[0]) if name[0] in BLOCKS else len(BLOCKS) - 1 for name in self.names_]
        self.blocks_ = np.array(blocks, dtype=np.intp)
        self._number = {_key(name): number for number, name in enumerate(self.names_)}
        words = {key: number for key, number in self._number.items() if key[0][0] not in BLOCKS}
        self._words = StemPairs(
            {key: number for key, number in words.items() if isinstance(key, str)},
            {key: number for key, number in words.items() if not isinstance(key, str)},
        )
        terms = {int(key[0][1:]) for key in self._number if key[0][0] == "#"}
        mentions = itertools.chain.from_iterable((2 * term, 2 * term + 1) for term in terms)
        self._mentions = CodeTable(
            {one: [self._number.get(key, UNKNOWN) for key in _mention_keys(one)] for one in mentions}, 1 + len(ERAS)
        )
        return self

    def occurrences(self, observations: Sequence[Observation], stack: Stack) -> Occurrences:
        """Return the known features of reviews; ``stack`` is that of the observations."""
        facts = [_circumstances(seen) for seen in observations]
        told = np.fromiter(map(self._number.get, itertools.chain(*facts), itertools.repeat(UNKNOWN)), np.intp)
        words, pairs = self._words.find(_stems(observations))
        mentions, clauses = _mentions(stack)
        eras = np.array([ERAS.index(era_of(seen)) for seen in observations], dtype=np.intp)
        forms = np.column_stack([np.zeros_like(clauses), 1 + eras[stack.reviews[clauses]]])
        mentioned = np.take_along_axis(self._mentions[mentions], forms, axis=1)
        places, lengths = clause_parts(stack), np.where(stack.titles, 0, stack.lengths)
        features = np.concatenate([told, words, pairs, mentioned.ravel()])
        parts = np.concatenate(
            [
                np.repeat(wholes(stack), [len(some) for some in facts]),
                np.repeat(places, lengths),
                np.repeat(places, np.maximum(lengths - 1, 0)),
                np.repeat(places[clauses], 2),
            ]
        )
        known = np.flatnonzero(features != UNKNOWN)
        order = known[np.argsort(parts[known], kind="stable")]
        counts = np.diff(stack.starts) + 1
        return Occurrences(features[order], parts[order], np.repeat(np.arange(len(counts)), counts))


def era_of(observation: Observation) -> str:
    """Return the era in whose manner a review is indexed; one without a year belongs to the present."""
    return ERAS[observation.year is None or observation.year >= ERA_BEGINS]


def _stems(observations: Sequence[Observation]) -> list[tuple[str, ...]]:
    """Return the stems of the words of each clause; a title's do not count."""
    return [() if clause.title else clause.stems for seen in observations for clause in seen.clauses]


def _circumstances(observation: Observation) -> list[_Key]:
    names = sorted(observation.circumstances)
    marked = [f"@{name}" for name in names]
    pairs = [(one, other) for place, one in enumerate(marked, 1) for other in names[place:]]
    return [*marked, f"@{era_of(observation)}", *pairs]


def _mentions(stack: Stack) -> tuple[Places, Places]:
    """Return the names and cues of terms in clauses, each once in a clause, and the clauses.

    A cue is told by twice the number of its term, a name by one more.
    """
    _, clause, _, _, kind, term = stack.hits.T
    clauses, found = distinct(clause, 2 * term + (kind <= ENTRY))
    return found, clauses


def _mention_keys(mention: int) -> list[tuple[str, str]]:
    """Return the keys of a name or cue for any year and for each era.

    The same words led to other terms then and now.
    """
    term, kind = f"#{mention // 2}", "name" if mention % 2 else "cue"
    return [(term, kind), *((term, f"{kind} {era}") for era in ERAS)]


def _told(observation: Observation) -> set[_Key]:
    """Return the keys of the names and cues of a review, for any year and for its era."""
    era = 1 + ERAS.index(era_of(observation))
    keys = map(_mention_keys, _mentions(stacked([observation]))[0].tolist())
    return {key for forms in keys for key in (forms[0], forms[era])}


def _key(name: str) -> _Key:
    """Return the key of a feature's name: pairs are looked up as pairs, which is quicker than to join them."""
    first, _, second = name.partition(" ")
    return (first, second) if second else first


def _name(key: _Key) -> str:
    return key if isinstance(key, str) else " ".join(key)
