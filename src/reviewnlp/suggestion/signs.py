"""Signs of a term in a review: where it is named, where a cue stands, which circumstances speak for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.suggestion.clauses import PLACES
from reviewnlp.suggestion.knowledge import ENTRY, LABEL, STRONG, WEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.suggestion.knowledge import Knowledge
    from reviewnlp.suggestion.observation import Observation

    Floats = NDArray[np.float32]
    Booleans = NDArray[np.bool_]

#: The signs, in the order of every array over signs.
SIGNS = (
    *(f"named in the {place}" for place in PLACES),
    "named by its label",
    "named as most of a clause",
    *(f"cue in the {place}" for place in PLACES),
    "weak cue",
    "circumstances",
)
_LABEL_SIGN = len(PLACES)
_MOST_SIGN = _LABEL_SIGN + 1
_CUE_SIGN = _MOST_SIGN + 1
_WEAK_SIGN = _CUE_SIGN + len(PLACES)
_FACTS_SIGN = _WEAK_SIGN + 1
_MOST = 0.45


@dataclasses.dataclass(frozen=True, eq=False)
class Signs:
    """The signs of all terms in reviews, (n, n_terms, ...).

    ``there`` (…, n_signs) says which signs are there; ``shares`` (…, 2) how much of a clause is a name of the term,
    and a cue for it, at most; ``first`` (…) where in the text it is first named or cued (0-1; 1 when
    it is not); ``against`` (…) the number of circumstances that speak against it.
    """

    there: Booleans
    shares: Floats
    first: Floats
    against: Floats


def signs_of(observations: Sequence[Observation], knowledge: Knowledge) -> Signs:
    """Return the signs of all terms in each review."""
    size = (len(observations), len(knowledge.supports))
    there = np.zeros((*size, len(SIGNS)), dtype=bool)
    shares = np.zeros((*size, 2), dtype=np.float32)
    first = np.ones(size, dtype=np.float32)
    against = np.zeros(size, dtype=np.float32)
    for row, seen in enumerate(observations):
        facts = seen.circumstances
        for term, (supports, opposes) in enumerate(zip(knowledge.supports, knowledge.opposes, strict=True)):
            if supports and any(together <= facts for together in supports):
                there[row, term, _FACTS_SIGN] = True
            if opposes:
                against[row, term] = len(opposes & facts)
        if not len(seen.hits):
            continue
        _, clause, begin, end, kind, term = seen.hits.T
        lengths = np.array([len(one.words) for one in seen.clauses])
        places = np.array([one.place for one in seen.clauses])[clause]
        share = ((end - begin) / lengths[clause]).astype(np.float32)
        where = ((np.cumsum(lengths) - lengths)[clause] + begin) / lengths.sum()
        named, cued = kind <= ENTRY, kind == STRONG
        there[row, term[named], places[named]] = True
        there[row, term[kind == LABEL], _LABEL_SIGN] = True
        there[row, term[named & (share > _MOST)], _MOST_SIGN] = True
        there[row, term[cued], _CUE_SIGN + places[cued]] = True
        there[row, term[kind == WEAK], _WEAK_SIGN] = True
        np.maximum.at(shares[row, :, 0], term[named], share[named])
        np.maximum.at(shares[row, :, 1], term[cued], share[cued])
        np.minimum.at(first[row], term, where.astype(np.float32))
    return Signs(there, shares, first, against)
