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
    from reviewnlp.suggestion.observation import Observation, Stack

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


def signs_of(observations: Sequence[Observation], stack: Stack, knowledge: Knowledge) -> Signs:
    """Return the signs of all terms in each review; ``stack`` is that of the observations."""
    size = (len(observations), len(knowledge.supports))
    there = np.zeros((*size, len(SIGNS)), dtype=bool)
    shares = np.zeros((*size, 2), dtype=np.float32)
    first = np.ones(size, dtype=np.float32)
    facts = [seen.circumstances for seen in observations]
    there[:, :, _FACTS_SIGN], against = knowledge.spoken_for(facts), knowledge.spoken_against(facts)

    _, clause, begin, end, kind, term = stack.hits.T
    review, place = stack.reviews[clause], stack.places[clause]
    share = ((end - begin) / stack.lengths[clause]).astype(np.float32)
    before = np.append(0, np.cumsum(stack.lengths))
    opening, closing = before[stack.starts[:-1]][review], before[stack.starts[1:]][review]
    where = (before[clause] - opening + begin) / (closing - opening)
    named, cued = kind <= ENTRY, kind == STRONG
    there[review[named], term[named], place[named]] = True
    there[review[cued], term[cued], _CUE_SIGN + place[cued]] = True
    for sign, hits in ((_LABEL_SIGN, kind == LABEL), (_MOST_SIGN, named & (share > _MOST)), (_WEAK_SIGN, kind == WEAK)):
        there[review[hits], term[hits], sign] = True
    np.maximum.at(shares[:, :, 0], (review[named], term[named]), share[named])
    np.maximum.at(shares[:, :, 1], (review[cued], term[cued]), share[cued])
    np.minimum.at(first, (review, term), where.astype(np.float32))
    return Signs(there, shares, first, against)
