"""Splits of reviews into training and test sides, with near-duplicate texts never on both.

All are fixed by a seed and say positions in the given sequence of reviews.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from reviewnlp.records import Review

SHINGLE_WORDS = 4
ALIKE_FROM = 0.5
_ROWS = 64
"""Texts that are set beside all others at a time, and pairs that are compared at a time."""
_PAIRS = 20_000


@dataclasses.dataclass(frozen=True)
class Split:
    """Positions of the reviews on either side of one split, ascending.

    ``repeat`` counts the rounds of a repeated cross-validation from 0; in each, every review is tested once.
    """

    name: str
    repeat: int
    train: tuple[int, ...]
    test: tuple[int, ...]


def repeated_folds(
    reviews: Sequence[Review], *, folds: int = 5, repeats: int = 5, seed: int = 0, stratify: bool = True
) -> list[Split]:
    """Repeated cross-validation in which every fold has its share of every term.

    Iterative stratification (Sechidis et al. 2011) of groups of near-duplicate texts, which stay together.

    Parameters
    ----------
    reviews
        The reviews; their gold terms are what is stratified.
    folds
        Folds a repeat, at least 2 and at most the number of different texts.
    repeats
        How often the reviews are dealt anew.
    seed
        Repeat r is dealt with seed + r.
    stratify
        Whether terms are spread evenly; without it the groups are dealt at random.

    Returns
    -------
    list of Split
        ``folds * repeats`` of them, repeat by repeat.

    Raises
    ------
    ConfigError
        There are too few different reviews for that many folds.
    """
    groups = near_duplicates([review.text for review in reviews])
    members = [np.flatnonzero(groups == group) for group in range(groups.max(initial=-1) + 1)]
    if len(members) < 2:
        raise ConfigError(f"cross-validation needs at least two different reviews; there are {len(members)}")
    if not 2 <= folds <= len(members):
        raise ConfigError(
            f"split.folds is {folds}; with {len(members)} different reviews it lies in 2 to {len(members)}"
        )
    if repeats < 1:
        raise ConfigError(f"split.repeats is {repeats}; it counts from 1")
    labels = _group_labels(reviews, members)
    splits = []
    for repeat in range(repeats):
        dealt = _deal(labels if stratify else np.zeros_like(labels), folds, seed + repeat)
        for fold in range(folds):
            test = sorted(int(i) for group in np.flatnonzero(dealt == fold) for i in members[group])
            splits.append(_split(f"repeat {repeat + 1} fold {fold + 1}", repeat, len(reviews), test))
    return splits


def by_year(
    reviews: Sequence[Review],
    *,
    train: Collection[int],
    test: Collection[int],
    folds: int = 5,
    repeats: int = 1,
    seed: int = 0,
) -> list[Split]:
    """Train on the reviews of some years, test on those of others.

    Where the test years are training years as well, their reviews are cross-validated: each fold is tested with
    the other folds and the remaining training years. A training review whose text is nearly that of a test
    review is always left out of the training.

    Parameters
    ----------
    reviews
        The reviews; one without a year is on neither side.
    train, test
        The years of either side.
    folds, repeats, seed
        As for :func:`repeated_folds`; they matter only where years stand on both sides.

    Returns
    -------
    list of Split
        One, or ``folds * repeats`` where years stand on both sides.

    Raises
    ------
    ConfigError
        One side has no review, or some but not all of the test years are training years.
    """
    tested = [i for i, review in enumerate(reviews) if review.year in test]
    trained = [i for i, review in enumerate(reviews) if review.year in train]
    for side, years, found in (("train", train, trained), ("test", test, tested)):
        if not found:
            there = sorted({review.year for review in reviews if review.year is not None})
            raise ConfigError(
                f"no review of the years {sorted(years)} to {side} on; the corpus has {there or 'no years'}"
            )
    name = f"{_years(train)} to {_years(test)}"
    if set(train).isdisjoint(test):
        sides = [(name, 0, trained, tested)]
    elif set(test) <= set(train):
        dealt = repeated_folds([reviews[i] for i in tested], folds=folds, repeats=repeats, seed=seed)
        parts = [(fold, [tested[i] for i in fold.test]) for fold in dealt]
        sides = [(f"{name} {fold.name}", fold.repeat, sorted({*trained} - {*part}), part) for fold, part in parts]
    else:
        raise ConfigError(f"{name}: the test years must be all among the training years or all outside them")
    groups = near_duplicates([review.text for review in reviews])
    return [
        Split(name, repeat, _unlike(side, {groups[i] for i in part}, groups), tuple(part))
        for name, repeat, side, part in sides
    ]


def smaller(split: Split, size: int, *, seed: int = 0) -> Split:
    """Return the split with ``size`` of its training reviews, drawn at random.

    With the same seed a smaller training side is part of each larger one.

    Raises
    ------
    ConfigError
        The training side has fewer than ``size`` reviews.
    """
    if not 1 <= size <= len(split.train):
        raise ConfigError(
            f"split.sizes: {size} training reviews asked for; there are {len(split.train)} ({split.name})"
        )
    order = np.random.default_rng([seed, split.repeat]).permutation(len(split.train))[:size]
    train = tuple(sorted(split.train[i] for i in order))
    return dataclasses.replace(split, name=f"{split.name} size {size}", train=train)


def near_duplicates(texts: Sequence[str], *, alike_from: float = ALIKE_FROM) -> NDArray[np.intp]:
    """Group texts that are nearly the same.

    Two texts are when the Jaccard coefficient of their runs of four words (Broder 1997) is ``alike_from`` or
    more; a group is whatever such pairs connect. The coefficients are exact, and independent of any order.

    Parameters
    ----------
    texts
        The texts.
    alike_from
        Coefficient in 0-1 from which a pair counts.

    Returns
    -------
    numpy.ndarray
        Integer, (n_texts,): the group of each text, numbered from 0 in the order of their first texts.

    Examples
    --------
    >>> near_duplicates(["the child was known", "a review of care", "The child was known."]).tolist()
    [0, 1, 0]
    """
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    if not texts:
        return np.zeros(0, dtype=np.intp)
    # Copies are one text; a large listing may have thousands.
    numbers: dict[frozenset[str], int] = {}
    place = np.array([numbers.setdefault(frozenset(_shingles(text)), len(numbers)) for text in texts])
    runs = csr_matrix(CountVectorizer(binary=True, analyzer=list, dtype=np.int32).fit_transform(numbers))
    groups = _connected(runs, _rarest(runs, alike_from), alike_from)[place]
    _, first, numbered = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[numbered].astype(np.intp)


def _rarest(runs: csr_matrix, alike_from: float) -> csr_matrix:
    """Return of each text the runs that another must share one of to be alike: the rarest (Chaudhuri et al. 2006)."""
    from scipy.sparse import csr_matrix

    order = np.argsort(np.argsort(np.asarray(runs.sum(axis=0)).ravel(), kind="stable"))
    kept = []
    for start, end in itertools.pairwise(runs.indptr.tolist()):
        size = end - start
        number = size - int(np.ceil(alike_from * size - 1e-9)) + 1
        own = runs.indices[start:end]
        kept.append(own[np.argsort(order[own])[:number]])
    ends = np.cumsum([0, *map(len, kept)])
    return csr_matrix((np.ones(ends[-1], dtype=np.int32), np.concatenate(kept), ends), shape=runs.shape)


def _connected(runs: csr_matrix, rare: csr_matrix, alike_from: float) -> NDArray[np.intp]:
    """Return the group of each text, a few rows at a time so that a large listing needs no more memory."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    count, sizes, columns = runs.shape[0], np.diff(runs.indptr), rare.T.tocsr()
    groups = np.arange(count)
    for start in range(0, count, _ROWS):
        near = (rare[start : start + _ROWS] @ columns).tocoo()
        rows, others = near.row + start, near.col
        # Texts that are connected already need no comparison.
        asked = (rows < others) & (groups[rows] != groups[others])
        rows, others = rows[asked], others[asked]
        alike = np.zeros(len(rows), dtype=bool)
        for first in range(0, len(rows), _PAIRS):
            some = slice(first, first + _PAIRS)
            common = np.asarray(runs[rows[some]].multiply(runs[others[some]]).sum(axis=1)).ravel()
            alike[some] = common >= alike_from * (sizes[rows[some]] + sizes[others[some]] - common)
        if alike.any():
            links = (np.ones(alike.sum()), (groups[rows[alike]], groups[others[alike]]))
            groups = connected_components(coo_matrix(links, shape=(count, count)), directed=False)[1][groups]
    return groups


def _shingles(text: str) -> set[str]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    # A text of fewer words is one run, so that two short equal texts are still found.
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(count)}


def _group_labels(reviews: Sequence[Review], members: Sequence[NDArray[np.intp]]) -> NDArray[np.int_]:
    terms = {term: i for i, term in enumerate(sorted({term for review in reviews for term in review.terms}))}
    labels = np.zeros((len(members), max(len(terms), 1)), dtype=int)
    for row, group in enumerate(members):
        for i in group:
            labels[row, [terms[term] for term in reviews[i].terms]] = 1
    return labels


def _deal(labels: NDArray[np.int_], folds: int, seed: int) -> NDArray[np.intp]:
    from iterstrat.ml_stratifiers import IterativeStratification

    state = np.random.RandomState(seed)
    order = state.permutation(len(labels))
    dealt = np.empty(len(labels), dtype=np.intp)
    dealt[order] = IterativeStratification(labels[order].astype(bool), np.full(folds, 1 / folds), state)
    if len(np.unique(dealt)) < folds:
        # Terms of very few reviews can pull all of them into the same folds; an empty fold tests nothing.
        dealt[order] = np.arange(len(labels)) % folds
    return dealt


def _split(name: str, repeat: int, size: int, test: Sequence[int]) -> Split:
    tested = set(test)
    return Split(name, repeat, tuple(i for i in range(size) if i not in tested), tuple(test))


def _unlike(positions: Iterable[int], known: set[int], groups: NDArray[np.intp]) -> tuple[int, ...]:
    return tuple(i for i in positions if groups[i] not in known)


def _years(years: Iterable[int]) -> str:
    known = sorted(years)
    return f"{known[0]}" if len(known) == 1 else f"{known[0]}-{known[-1]}"
