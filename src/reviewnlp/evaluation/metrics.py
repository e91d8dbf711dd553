"""Figures of subject indexing, one value a document, and the agreement between two indexers.

``truth`` is a boolean array (n_documents, n_terms), ``scores`` a finite float array of the same shape. A
higher score is a better suggestion; of equal scores the term that stands first in the vocabulary goes first.
A document without gold terms can be neither right nor wrong: its value is NaN, and every mean leaves it out.
scikit-learn gives means over documents only; where a value for each is needed (to draw an interval, to pair
two methods) it is computed here and tested against scikit-learn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]


def precision_at(truth: ArrayLike, scores: ArrayLike, k: int) -> Floats:
    """Share of the first ``k`` suggestions that are gold terms (P@k), one value a document.

    Parameters
    ----------
    truth
        Boolean, (n_documents, n_terms): the gold terms.
    scores
        Float, same shape: the scores of the terms.
    k
        How many suggestions count, from 1.

    Returns
    -------
    numpy.ndarray
        Float, (n_documents,), in 0-1; NaN for a document without gold terms.

    Examples
    --------
    >>> precision_at([[True, False, True]], [[0.9, 0.8, 0.1]], k=2)
    array([0.5])
    """
    gold, values = _checked(truth, scores, k)
    return _defined(_hits_at(gold, values, k) / k, gold)


def recall_at(truth: ArrayLike, scores: ArrayLike, k: int) -> Floats:
    """Share of the gold terms that stand among the first ``k`` suggestions; see :func:`precision_at`."""
    gold, values = _checked(truth, scores, k)
    return _defined(_hits_at(gold, values, k) / np.maximum(gold.sum(axis=1), 1), gold)


def f1_at(truth: ArrayLike, scores: ArrayLike, k: int) -> Floats:
    """Return 2 * hits / (k + number of gold terms), one value a document; see :func:`precision_at`."""
    gold, values = _checked(truth, scores, k)
    return _defined(2 * _hits_at(gold, values, k) / (k + gold.sum(axis=1)), gold)


def ndcg_at(truth: ArrayLike, scores: ArrayLike, k: int) -> Floats:
    """Normalised discounted cumulative gain of the first ``k`` suggestions; see :func:`precision_at`.

    A hit at rank r gains 1 / log2(r + 1); the best possible ranking has the value 1
    (Järvelin and Kekäläinen 2002).
    """
    gold, values = _checked(truth, scores, k)
    discounts = 1 / np.log2(np.arange(2, k + 2))
    gained = (_ranked_hits(gold, values, k) * discounts[: gold.shape[1]]).sum(axis=1)
    best = np.concatenate([[0.0], np.cumsum(discounts)])[np.minimum(gold.sum(axis=1), k)]
    return _defined(gained / np.where(best > 0, best, 1), gold)


def ranking_precision(truth: ArrayLike, scores: ArrayLike) -> Floats:
    """Label-ranking average precision, one value a document (Schapire and Singer 2000).

    For each gold term, the share of gold terms among the terms that score at least as high; their mean.
    """
    from scipy.stats import rankdata

    gold, values = _checked(truth, scores, 1)
    among_all = rankdata(-values, method="max", axis=1)
    among_gold = rankdata(np.where(gold, -values, np.inf), method="max", axis=1)
    shares = np.where(gold, among_gold / among_all, 0).sum(axis=1)
    return _defined(shares / np.maximum(gold.sum(axis=1), 1), gold)


def propensities(uses: ArrayLike, documents: int, *, a: float = 0.55, b: float = 1.5) -> Floats:
    """Chance that a term which holds was also given, by how often it is used (Jain et al. 2016, eq. 2).

    Parameters
    ----------
    uses
        Integer, (n_terms,): in how many training documents each term occurs.
    documents
        Number of training documents, at least 3 (below that the model's constant is not positive).
    a, b
        The model's parameters; the defaults are those of the paper.

    Returns
    -------
    numpy.ndarray
        Float, (n_terms,), in 0-1.
    """
    if documents < 3:
        raise ValueError(f"propensities need at least 3 training documents, not {documents}")
    c = (np.log(documents) - 1) * (b + 1) ** a
    return np.asarray(1 / (1 + c * np.exp(-a * np.log(np.asarray(uses) + b))), dtype=np.float64)


def propensity_gains_at(truth: ArrayLike, scores: ArrayLike, propensity: ArrayLike, k: int) -> tuple[Floats, Floats]:
    """Gain of the first ``k`` suggestions where rare terms count more, and the best gain there is.

    A hit gains 1 / propensity. Propensity-scored P@k is the sum of the first divided by the sum of the second
    over all documents (Jain et al. 2016, section 4).

    Parameters
    ----------
    truth, scores, k
        As for :func:`precision_at`.
    propensity
        Float, (n_terms,) or (n_documents, n_terms): see :func:`propensities`.

    Returns
    -------
    tuple of numpy.ndarray
        Two float arrays (n_documents,); NaN in both for a document without gold terms.
    """
    gold, values = _checked(truth, scores, k)
    weights = np.where(gold, 1 / np.broadcast_to(np.asarray(propensity, dtype=np.float64), gold.shape), 0)
    gained = (weights * top(values, k)).sum(axis=1) / k
    best = np.sort(weights, axis=1)[:, ::-1][:, :k].sum(axis=1) / k
    return _defined(gained, gold), _defined(best, gold)


def top(scores: ArrayLike, k: int) -> Booleans:
    """Return which terms are the first ``k`` suggestions: boolean, (n_documents, n_terms)."""
    values = np.asarray(scores, dtype=np.float64)
    chosen = np.zeros(values.shape, dtype=bool)
    np.put_along_axis(chosen, ranking(values)[:, :k], True, axis=1)
    return chosen


def ranking(scores: ArrayLike) -> NDArray[np.intp]:
    """Return the positions of the terms, best first: integer, (n_documents, n_terms)."""
    return np.argsort(-np.asarray(scores, dtype=np.float64), axis=1, kind="stable")


def micro_f1(truth: ArrayLike, assigned: ArrayLike) -> float:
    """F1 over all (document, term) pairs; NaN when no term is gold and none is assigned."""
    return _f1(truth, assigned, "micro")


def macro_f1(truth: ArrayLike, assigned: ArrayLike) -> float:
    """Mean F1 of the terms that are gold somewhere; NaN when there is none.

    A term that nobody gave has no F1, and counting it as 0 would measure the size of the vocabulary.
    """
    used = np.asarray(truth, dtype=bool).any(axis=0)
    return _f1(np.asarray(truth)[:, used], np.asarray(assigned)[:, used], "macro")


def coverage(assigned: ArrayLike) -> float:
    """Share of the vocabulary that is assigned to at least one document."""
    return float(np.asarray(assigned, dtype=bool).any(axis=0).mean())


def calibration_error(outcome: ArrayLike, probability: ArrayLike, *, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width (Guo et al. 2017, eq. 5), in 0-1.

    Parameters
    ----------
    outcome
        Boolean, any shape: whether each suggestion was right.
    probability
        Float in 0-1, same shape: how sure the method was of it.
    bins
        How many bins; a probability of 1 falls into the last.

    Returns
    -------
    float
        The mean distance between share right and mean probability, weighted by the size of the bins;
        NaN when there is no suggestion.
    """
    right, sure = np.asarray(outcome, dtype=np.float64).ravel(), np.asarray(probability).ravel()
    if not right.size:
        return float("nan")
    where = calibration_bins(sure, bins)
    distance = np.bincount(where, weights=right - sure, minlength=bins)
    return float(np.abs(distance).sum() / right.size)


def calibration_bins(probability: ArrayLike, bins: int = 10) -> NDArray[np.intp]:
    """Return the bin, from 0, of each probability; a value outside 0-1 is an error."""
    sure = np.asarray(probability, dtype=np.float64)
    if sure.size and not (sure.min() >= 0 and sure.max() <= 1):
        raise ValueError(f"probabilities lie in 0-1, not in {sure.min():g} to {sure.max():g}")
    return np.minimum((sure * bins).astype(np.intp), bins - 1)


def hooper(first: ArrayLike, second: ArrayLike) -> Floats:
    """Consistency of two indexings: terms in common / terms that either gave (Hooper 1965), in 0-1.

    Parameters
    ----------
    first, second
        Boolean, (..., n_terms): the terms of each indexer.

    Returns
    -------
    numpy.ndarray
        Float, the shape without its last axis; NaN where neither gave a term.

    Examples
    --------
    >>> float(hooper([True, True, False], [True, False, True]).round(3))
    0.333
    """
    one, other = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    return _quotient((one & other).sum(axis=-1), (one | other).sum(axis=-1))


def rolling(first: ArrayLike, second: ArrayLike) -> Floats:
    """Consistency as 2 * terms in common / terms of both (Rolling 1981); see :func:`hooper`."""
    one, other = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    return _quotient(2 * (one & other).sum(axis=-1), one.sum(axis=-1) + other.sum(axis=-1))


def _checked(truth: ArrayLike, scores: ArrayLike, k: int) -> tuple[Booleans, Floats]:
    gold, values = np.asarray(truth, dtype=bool), np.asarray(scores, dtype=np.float64)
    if gold.ndim != 2 or gold.shape != values.shape:
        raise ValueError(f"truth and scores are one row a document, one column a term: {gold.shape} and {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError(f"scores are finite numbers; row {np.argwhere(~np.isfinite(values))[0][0]} has another")
    if k < 1:
        raise ValueError(f"k counts from 1, not {k}")
    return gold, values


def _ranked_hits(gold: Booleans, values: Floats, k: int) -> Booleans:
    return np.take_along_axis(gold, ranking(values)[:, :k], axis=1)


def _hits_at(gold: Booleans, values: Floats, k: int) -> NDArray[np.int_]:
    return np.asarray(_ranked_hits(gold, values, k).sum(axis=1))


def _defined(values: Floats, gold: Booleans) -> Floats:
    return np.where(gold.any(axis=1), values, np.nan)


def _quotient(above: NDArray[np.int_], below: NDArray[np.int_]) -> Floats:
    return np.where(below > 0, above / np.maximum(below, 1), np.nan)


def _f1(truth: ArrayLike, assigned: ArrayLike, average: str) -> float:
    from sklearn.metrics import f1_score

    gold, given = np.asarray(truth, dtype=bool), np.asarray(assigned, dtype=bool)
    if not gold.size or not (gold | given).any():
        return float("nan")
    # scikit-learn reads a single column as two classes: a second one, never used, keeps it a table of terms.
    if gold.shape[1] == 1:
        labels = [0]
        gold, given = np.pad(gold, ((0, 0), (0, 1))), np.pad(given, ((0, 0), (0, 1)))
    else:
        labels = None
    return float(f1_score(gold, given, labels=labels, average=average, zero_division=0))
