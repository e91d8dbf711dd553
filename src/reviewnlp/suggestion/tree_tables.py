"""Scores rows with ensembles of symmetric trees, quickly.

Trees ask few different questions, again and again. Each is answered once, and trees that ask the same are put together:
the answers to a dozen questions are the place in a table of what all these trees add.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from reviewnlp.suggestion.trees import SymmetricTrees

    Floats = NDArray[np.float32]

#: Questions of one table, and so of a tree, at most.
QUESTIONS = 12
#: Answers that a byte holds, and rows that are scored at once.
_BYTE, _TOGETHER = 8, 32768


@dataclasses.dataclass(frozen=True, eq=False)
class _Table:
    """Some trees as one: their questions, and what they add by the answers, the first question's the highest bit."""

    questions: list[int]
    values: Floats


class TreeTables:
    """The mean of ensembles of trees.

    Parameters
    ----------
    ensembles
        Fitted trees, one entry an ensemble.
    """

    def __init__(self, ensembles: Sequence[SymmetricTrees]) -> None:
        self._start = np.float32(np.mean([trees.start_[0] for trees in ensembles]))
        columns = np.concatenate([trees.columns_ for trees in ensembles])
        borders = np.concatenate([trees.borders_ for trees in ensembles])
        leaves = np.concatenate([trees.leaves_ / np.float32(len(ensembles)) for trees in ensembles], dtype=np.float32)
        pairs = list(zip(columns.ravel().tolist(), borders.ravel().tolist(), strict=True))
        asked = sorted(set(pairs))
        self._columns, self._borders = [column for column, _ in asked], [np.float32(border) for _, border in asked]
        number = {pair: place for place, pair in enumerate(asked)}
        questions = np.array([number[pair] for pair in pairs]).reshape(columns.shape)
        self._tables = [_table(questions[group], leaves[group]) for group in _groups(questions.tolist())]

    def scores(self, rows: Floats) -> Floats:
        """Return the mean log-odds of rows (n, n_columns), (n,)."""
        total = np.full(len(rows), self._start, dtype=np.float32)
        for at in range(0, len(rows), _TOGETHER):
            self._add(np.ascontiguousarray(rows[at : at + _TOGETHER].T), total[at : at + _TOGETHER])
        return total

    def _add(self, columns: Floats, total: Floats) -> None:
        """Add what all trees say of rows, given as columns (n_columns, n), to their total."""
        answers = np.empty((len(self._columns), len(total)), dtype=bool)
        for answer, column, border in zip(answers, self._columns, self._borders, strict=True):
            np.greater(columns[column], border, out=answer)
        bits = answers.view(np.uint8)
        code = np.empty(len(total), dtype=np.uint8)
        for table in self._tables:
            place = np.zeros(len(total), dtype=np.intp)
            for begin in range(0, len(table.questions), _BYTE):
                some = table.questions[begin : begin + _BYTE]
                code[:] = bits[some[0]]
                for question in some[1:]:
                    np.add(code, code, out=code)
                    np.bitwise_or(code, bits[question], out=code)
                place <<= len(some)
                place += code
            total += table.values.take(place)


def _groups(trees: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the numbers of trees that ask at most ``QUESTIONS`` different questions together, like with like."""
    asked: set[int] = set()
    group: list[int] = []
    for number in sorted(range(len(trees)), key=lambda number: sorted(trees[number])):
        if group and len(asked.union(trees[number])) > QUESTIONS:
            yield group
            asked, group = set(), []
        asked.update(trees[number])
        group.append(number)
    if group:
        yield group


def _table(trees: NDArray[np.intp], leaves: Floats) -> _Table:
    """Return trees, given by their questions (n_trees, depth), as one table."""
    questions = np.unique(trees)
    codes = np.arange(2 ** len(questions))
    bits = codes >> np.arange(len(questions))[::-1, None] & 1
    values = np.zeros(len(codes), dtype=np.float32)
    for tree, added in zip(np.searchsorted(questions, trees), leaves, strict=True):
        leaf = np.zeros(len(codes), dtype=np.intp)
        for place in tree:
            leaf = 2 * leaf + bits[place]
        values += added[leaf]
    return _Table(questions.tolist(), values)
