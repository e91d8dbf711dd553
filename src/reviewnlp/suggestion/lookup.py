"""Numbers of words, of pairs of words and of mentions, looked up in arrays: a key made for each would take long."""

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


class CodeTable:
    """Looks up numbers by codes.

    Parameters
    ----------
    rows
        What each code, not negative, stands for: a number or several.
    width
        How many numbers a code stands for.

    Examples
    --------
    >>> CodeTable({7: [0, 1], 2: [2, 3]}, 2)[np.array([2, 3, 7])].tolist()
    [[2, 3], [-1, -1], [0, 1]]
    """

    def __init__(self, rows: Mapping[int, Sequence[int]], width: int) -> None:
        codes = sorted(rows)
        self._codes = np.array([*codes, np.iinfo(np.intp).max], dtype=np.intp)
        # The last row is what an unknown code finds.
        self._rows = np.array([*(rows[code] for code in codes), [UNKNOWN] * width], dtype=np.intp)

    def __getitem__(self, codes: Places) -> Places:
        """Return the numbers of codes (n,), (n, width)."""
        places = np.searchsorted(self._codes, codes)
        return self._rows[np.where(self._codes[places] == codes, places, len(self._rows) - 1)]


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
        # The last number is what an unknown stem finds.
        self._single = np.array([*(stems.get(stem, UNKNOWN) for stem in every), UNKNOWN], dtype=np.intp)
        codes = {self._place[one] * len(every) + self._place[other]: [number] for (one, other), number in pairs.items()}
        self._pairs = CodeTable(codes, 1)

    def find(self, clauses: Sequence[Sequence[str]]) -> tuple[Places, Places]:
        """Return the number of each stem of the clauses, and of each two stems side by side in one clause."""
        places = np.fromiter(map(self._place.get, itertools.chain(*clauses), itertools.repeat(UNKNOWN)), np.intp)
        lengths = np.array([len(clause) for clause in clauses if clause], dtype=np.intp)
        firsts = np.delete(np.arange(len(places)), np.cumsum(lengths) - 1)
        one, other = places[firsts], places[firsts + 1]
        codes = np.where((one != UNKNOWN) & (other != UNKNOWN), one * len(self._place) + other, UNKNOWN)
        return self._single[places], self._pairs[codes][:, 0]
