"""Numbers of words and of pairs of words, looked up by arrays: a string or a tuple for each pair would take long."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Places = NDArray[np.intp]

#: Stands for the number of what has none.
UNKNOWN = -1


class StemPairs:
    """Looks up stems, and two stems that stand side by side.

    Parameters
    ----------
    stems, pairs
        The number of each.

    Examples
    --------
    >>> known = StemPairs({"baby": 0}, {("baby", "die"): 1})
    >>> [found.tolist() for found in known.find([("the", "baby", "die"), ("baby",)])]
    [[-1, 0, -1, 0], [-1, 1]]
    """

    def __init__(self, stems: Mapping[str, int], pairs: Mapping[tuple[str, str], int]) -> None:
        every = sorted({*stems, *itertools.chain(*pairs)})
        self._place = {stem: place for place, stem in enumerate(every)}
        # The last of each array is what an unknown stem or pair finds.
        self._single = np.array([*(stems.get(stem, UNKNOWN) for stem in every), UNKNOWN])
        codes = sorted((self._place[one] * len(every) + self._place[other], pairs[one, other]) for one, other in pairs)
        self._codes, self._pair = np.array([*codes, (len(every) ** 2, UNKNOWN)]).T.copy()

    def find(self, clauses: Sequence[Sequence[str]]) -> tuple[Places, Places]:
        """Return the number of each stem of the clauses, and of each two stems side by side in one clause."""
        places = np.fromiter(map(self._place.get, itertools.chain(*clauses), itertools.repeat(UNKNOWN)), np.intp)
        lengths = np.array([len(clause) for clause in clauses if clause], dtype=np.intp)
        firsts = np.delete(np.arange(len(places)), np.cumsum(lengths) - 1)
        one, other = places[firsts], places[firsts + 1]
        codes = np.where((one != UNKNOWN) & (other != UNKNOWN), one * len(self._place) + other, UNKNOWN)
        found = np.searchsorted(self._codes, codes)
        return self._single[places], np.where(self._codes[found] == codes, self._pair[found], UNKNOWN)
