"""Figures with their intervals, and tests between two methods, over reviews that were tested several times.

Every figure is a function of sums over documents (a mean, a quotient of counts, an F1 a term). Keeping what
each document adds to these sums makes the bootstrap and the permutation test one matrix product each, and
treats repeats right: a review that was tested in five repeats is drawn, or swapped, once with all five.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.evaluation import metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 2000


@dataclasses.dataclass(frozen=True)
class Tally:
    """What each document adds to the sums of a figure, and the figure of the sums.

    Parameters
    ----------
    parts
        Float, (n_repeats, n_documents, n_sums). The documents stand in the same order in every repeat.
    of_sums
        The figure of sums: from (..., n_sums) to (...).
    resampled
        False for a figure that depends on the number of different documents (coverage, macro F1): drawing
        documents with replacement would shift it, so it has no interval.
    """

    parts: Floats
    of_sums: Callable[[Floats], Floats]
    resampled: bool = True

    def __post_init__(self) -> None:
        if self.parts.ndim != 3 or not self.parts.size:
            raise ValueError(f"parts are (repeats, documents, sums), at least one of each, not {self.parts.shape}")


@dataclasses.dataclass(frozen=True)
class Figure:
    """A value with its 95% interval (None where it has none) and the documents that it rests on."""

    value: float
    low: float | None
    high: float | None
    documents: int


@dataclasses.dataclass(frozen=True)
class Comparison:
    """How far one method stands above another on the same documents, with a 95% interval and a p-value."""

    difference: float
    low: float | None
    high: float | None
    p: float | None


def mean_tally(values: ArrayLike) -> Tally:
    """Tally of the mean over documents: float (n_repeats, n_documents), NaN for documents left out."""
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    counted = ~np.isnan(table)
    return Tally(np.stack([np.where(counted, table, 0), counted], axis=-1), _quotient)


def quotient_tally(above: ArrayLike, below: ArrayLike) -> Tally:
    """Tally of sum(above) / sum(below): float (n_repeats, n_documents) each, NaN for documents left out."""
    top, bottom = (np.atleast_2d(np.asarray(side, dtype=np.float64)) for side in (above, below))
    counted = ~(np.isnan(top) | np.isnan(bottom))
    return Tally(np.stack([np.where(counted, top, 0), np.where(counted, bottom, 0)], axis=-1), _quotient)


def micro_f1_tally(truth: ArrayLike, assigned: ArrayLike) -> Tally:
    """Tally of :func:`metrics.micro_f1`: boolean (n_repeats, n_documents, n_terms) each."""
    gold, given = np.asarray(truth, dtype=bool), np.asarray(assigned, dtype=bool)
    return quotient_tally(2.0 * (gold & given).sum(axis=-1), gold.sum(axis=-1) + given.sum(axis=-1).astype(float))


def macro_f1_tally(truth: ArrayLike, assigned: ArrayLike) -> Tally:
    """Tally of :func:`metrics.macro_f1`: boolean (n_repeats, n_documents, n_terms) each."""
    gold, given = np.asarray(truth, dtype=bool), np.asarray(assigned, dtype=bool)
    return Tally(np.concatenate([gold & given, gold, given], axis=-1).astype(float), _macro_f1, resampled=False)


def coverage_tally(assigned: ArrayLike) -> Tally:
    """Tally of :func:`metrics.coverage`: boolean (n_repeats, n_documents, n_terms)."""
    return Tally(np.asarray(assigned, dtype=float), _share_above_zero, resampled=False)


def calibration_tally(outcome: ArrayLike, probability: ArrayLike, *, bins: int = 10) -> Tally:
    """Tally of :func:`metrics.calibration_error`: (n_repeats, n_documents, n_suggestions) each."""
    right, sure = np.asarray(outcome, dtype=float), np.asarray(probability, dtype=float)
    inside = np.eye(bins)[metrics.calibration_bins(sure, bins)]
    distance = ((right - sure)[..., None] * inside).sum(axis=-2)
    return Tally(np.concatenate([distance, inside.sum(axis=-2)], axis=-1), _calibration_error)


def estimate(tally: Tally, *, seed: int = 0, resamples: int = RESAMPLES) -> Figure:
    """Return the figure, its mean over the repeats that have one, with a bootstrap 95% interval over documents.

    Parameters
    ----------
    tally
        What each document adds.
    seed
        Seed of the draws; the same seed draws the same documents for every figure of the same size.
    resamples
        How many bootstrap samples; the interval is that of their percentiles (Efron 1979).

    Returns
    -------
    Figure
        Its interval is None when the figure is not resampled or rests on fewer than 2 documents.
    """
    documents = int(tally.parts.any(axis=(0, 2)).sum())
    value = float(_mean_over_repeats(tally, None))
    if not tally.resampled or documents < 2:
        return Figure(value, None, None, documents)
    low, high = _percentiles(_mean_over_repeats(tally, _draws(tally, seed, resamples)))
    return Figure(value, low, high, documents)


def compare(first: Tally, second: Tally, *, seed: int = 0, resamples: int = RESAMPLES) -> Comparison:
    """Compare two methods on the same documents and folds.

    The interval is the paired bootstrap's; the p-value is that of the paired permutation test, two-sided,
    which swaps the two methods' results of a document with chance 1/2 (Fisher 1935; Good 2005). Both say what
    another draw of reviews would change, not what another draw of training folds would.

    Raises
    ------
    ValueError
        The two tallies do not stand on the same documents and sums.
    """
    if first.parts.shape != second.parts.shape:
        raise ValueError(f"not the same documents and sums: {first.parts.shape} and {second.parts.shape}")
    difference = float(_mean_over_repeats(first, None) - _mean_over_repeats(second, None))
    if first.parts.shape[1] < 2:
        return Comparison(difference, None, None, None)
    low, high = None, None
    if first.resampled:
        drawn = _draws(first, seed, resamples)
        low, high = _percentiles(_mean_over_repeats(first, drawn) - _mean_over_repeats(second, drawn))
    swaps = np.random.default_rng(seed).integers(0, 2, size=(resamples, first.parts.shape[1])).astype(float)
    moved = first.parts - second.parts
    swapped = np.zeros(resamples)
    for one, other, apart in zip(first.parts, second.parts, moved, strict=True):
        exchanged = swaps @ apart
        swapped += first.of_sums(one.sum(axis=0) - exchanged) - first.of_sums(other.sum(axis=0) + exchanged)
    extreme = np.abs(swapped / len(moved)) >= abs(difference) - 1e-12
    return Comparison(difference, low, high, float((1 + extreme.sum()) / (1 + resamples)))


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Correct p-values for their number (Holm 1979); None stays None.

    Examples
    --------
    >>> holm([0.01, 0.04, None, 0.03])
    [0.03, 0.06, None, 0.06]
    """
    known = sorted((p, i) for i, p in enumerate(p_values) if p is not None)
    corrected: list[float | None] = [None] * len(p_values)
    least = 0.0
    for rank, (p, i) in enumerate(known):
        least = max(least, min(1.0, p * (len(known) - rank)))
        corrected[i] = least
    return corrected


def _mean_over_repeats(tally: Tally, weights: Floats | None) -> Floats:
    values = [tally.of_sums(part.sum(axis=0) if weights is None else weights @ part) for part in tally.parts]
    known = ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=0)
    return np.asarray(np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan))


def _draws(tally: Tally, seed: int, resamples: int) -> Floats:
    documents = tally.parts.shape[1]
    generator = np.random.default_rng(seed)
    return generator.multinomial(documents, np.full(documents, 1 / documents), size=resamples).astype(float)


def _percentiles(values: Floats) -> tuple[float | None, float | None]:
    known = values[~np.isnan(values)]
    if not known.size:
        return None, None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def _quotient(sums: Floats) -> Floats:
    above, below = sums[..., 0], sums[..., 1]
    return np.where(below > 0, above / np.where(below > 0, below, 1), np.nan)


def _macro_f1(sums: Floats) -> Floats:
    hits, gold, given = np.split(sums, 3, axis=-1)
    scores = 2 * hits / np.maximum(gold + given, 1)
    terms = (gold > 0).sum(axis=-1)
    return np.where(terms > 0, np.where(gold > 0, scores, 0).sum(axis=-1) / np.maximum(terms, 1), np.nan)


def _share_above_zero(sums: Floats) -> Floats:
    return np.asarray((sums > 0).mean(axis=-1), dtype=np.float64)


def _calibration_error(sums: Floats) -> Floats:
    distance, sizes = np.split(sums, 2, axis=-1)
    total = sizes.sum(axis=-1)
    return np.where(total > 0, np.abs(distance).sum(axis=-1) / np.maximum(total, 1), np.nan)
