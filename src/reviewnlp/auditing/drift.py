"""Terms whose use changes between years: they rise, fall, or give way to another.

The years are cut where the reviews divide most evenly. A term's use on either side is compared by Fisher's exact
test; for two terms close in meaning, so is which of the two is chosen. The p-values are corrected for the number of
tests by the procedure of Benjamini and Hochberg (1995); a term or pair too rare to be significant whatever its years
is not tested (Tarone 1990).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reviewnlp.auditing.collection import UncheckableError
from reviewnlp.auditing.kinship import closeness
from reviewnlp.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reviewnlp.auditing.collection import Collection

FALSE_DISCOVERIES = 0.2
"""Share of the reported changes that may be chance."""

SIGNIFICANT = 0.05
"""Highest p-value that is reported, whatever its correction gives."""

FEWEST = 5
"""Reviews needed on either side of the cut."""

TESTABLE = 0.01
"""What is tested could reach this p-value, given how often it is used."""

CLOSE = 0.25
"""Closeness in meaning from which one term may give way to another."""


class Eras(NamedTuple):
    """The two sides of the cut: the rows of the earlier and of the later reviews, and their names."""

    early: NDArray[np.bool_]
    late: NDArray[np.bool_]
    names: tuple[str, str]


def find(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each change that is unlikely to be chance.

    Raises
    ------
    UncheckableError
        The reviews are of one year, or too few on one side of the cut.
    """
    eras = cut(collection)
    uses = collection.assigned
    counts = {label: (_count(uses[:, i], eras)) for i, label in enumerate(collection.labels)}
    sizes = (int(eras.early.sum()), int(eras.late.sum()))

    replaced = list(_replacements(collection, eras))
    told = {term for finding in replaced for term in finding.terms}
    yield from replaced

    tables = {label: [(a, b), (sizes[0] - a, sizes[1] - b)] for label, (a, b) in counts.items()}
    tested = [label for label, table in tables.items() if _testable(table)]
    p_values = np.array([_exact(tables[label]) for label in tested])
    for label, p, q in zip(tested, p_values, corrected(p_values), strict=True):
        if q > FALSE_DISCOVERIES or p > SIGNIFICANT or label in told:
            continue
        (early, late), (all_early, all_late) = counts[label], sizes
        rises = late / all_late > early / all_early
        yield Finding(
            kind="drift",
            terms=(label,),
            raw=(),
            reviews=_reviews(collection, uses[:, collection.labels.index(label)]),
            suggestion=f"check whether earlier reviews want “{label}” too"
            if rises
            else f"decide whether “{label}” is still to be used, and record until when it was",
            score=0.5 + 0.15 * (1 - q) + 0.15 * min(1.0, 5 * abs(late / all_late - early / all_early)),
            why=f"“{label}” {'rises' if rises else 'falls'}: in {early} of {all_early} reviews of {eras.names[0]}, "
            f"in {late} of {all_late} of {eras.names[1]} (Fisher's exact test, p = {p:.2g}, corrected {q:.2g}).",
        )


def cut(collection: Collection) -> Eras:
    """Cut the reviews that have keywords and a year into an earlier and a later era."""
    rows = np.zeros(len(collection.reviews), dtype=bool)
    rows[collection.indexed] = True
    rows &= collection.years > 0
    years = sorted(set(collection.years[rows].tolist()))
    if len(years) < 2:
        raise UncheckableError("the reviews with keywords are not of different years")
    total = rows.sum()
    last = min(years[:-1], key=lambda year: abs((collection.years[rows] <= year).sum() - total / 2))
    early, late = rows & (collection.years <= last), rows & (collection.years > last)
    if min(early.sum(), late.sum()) < FEWEST:
        raise UncheckableError(f"fewer than {FEWEST} reviews stand before or after {last}")
    return Eras(early, late, (_span([y for y in years if y <= last]), _span([y for y in years if y > last])))


def corrected(p_values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p-values corrected for their number (Benjamini and Hochberg 1995)."""
    from scipy.stats import false_discovery_control

    values: NDArray[np.float64] = false_discovery_control(p_values) if len(p_values) else p_values
    return values


def _replacements(collection: Collection, eras: Eras) -> Iterator[Finding]:
    uses, found = collection.assigned, []
    close = closeness(collection.labels, collection.vocabulary)
    for i, j in itertools.combinations(range(len(collection.labels)), 2):
        old, new = collection.labels[i], collection.labels[j]
        if close[i, j] < CLOSE:
            continue
        either = [_count(uses[:, k] & ~uses[:, m], eras) for k, m in ((i, j), (j, i))]
        if _testable(either):
            found.append((old, new, either, uses[:, i] | uses[:, j]))
    p_values = np.array([_exact(either) for _, _, either, _ in found])
    for (old, new, either, rows), p, q in zip(found, p_values, corrected(p_values), strict=True):
        if q > FALSE_DISCOVERIES or p > SIGNIFICANT:
            continue
        if either[0][1] * either[1][0] > either[0][0] * either[1][1]:
            old, new, either = new, old, either[::-1]
        yield Finding(
            kind="drift",
            terms=(old, new),
            raw=(),
            reviews=_reviews(collection, rows),
            suggestion=f"agree on “{old}” or “{new}” and record the other as an entry term",
            score=0.65 + 0.2 * (1 - q),
            why=f"“{old}” gives way to “{new}”: {either[0][0]} to {either[1][0]} in {eras.names[0]}, "
            f"{either[0][1]} to {either[1][1]} in {eras.names[1]} "
            f"(Fisher's exact test, p = {p:.2g}, corrected {q:.2g}).",
        )


def _count(used: NDArray[np.bool_], eras: Eras) -> tuple[int, int]:
    return int((used & eras.early).sum()), int((used & eras.late).sum())


def _testable(table: list[tuple[int, int]]) -> bool:
    """Tell whether the most uneven table with the same margins is rare enough by chance."""
    from scipy.stats import hypergeom

    first, column, total = sum(table[0]), table[0][0] + table[1][0], sum(map(sum, table))
    fewest, most = max(0, first + column - total), min(first, column)
    chances = hypergeom.pmf([fewest, most], total, column, first)
    return bool(min(chances) <= TESTABLE)


def _exact(table: list[tuple[int, int]]) -> float:
    from scipy.stats import fisher_exact

    return float(fisher_exact(table).pvalue)


def _reviews(collection: Collection, rows: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(collection.reviews[i].id for i in np.flatnonzero(rows))


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
