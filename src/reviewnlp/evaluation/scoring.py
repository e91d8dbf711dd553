"""From the scores of finished folds to figures, by the names that metrics have in a configuration."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.evaluation import figures, metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reviewnlp.evaluation.figures import Tally

METRIC_NAMES = (
    "P@k", "recall@k", "F1@k", "nDCG@k", "PSP@k", "micro-F1@k", "macro-F1@k", "coverage@k", "ECE@k", "LRAP",
    "recall@k:0", "recall@k:1-2", "recall@k:3-9", "recall@k:10+", "themes-micro-F1",
)  # fmt: skip
"""``k`` stands for a number; ``recall@10:1-2`` counts terms seen once or twice in training only."""

BANDS = {"0": (0, 0), "1-2": (1, 2), "3-9": (3, 9), "10+": (10, 10**9)}
THEME_FROM = 0.5

_NAME = re.compile(
    r"(?P<kind>P|recall|F1|nDCG|PSP|micro-F1|macro-F1|coverage|ECE)@(?P<k>[1-9]\d{0,3})(:(?P<band>0|1-2|3-9|10\+))?"
)


@dataclasses.dataclass(frozen=True)
class Predictions:
    """What a method said of every tested document, in every repeat.

    Parameters
    ----------
    documents
        Positions of the documents in the corpus.
    truth
        Boolean, (n_documents, n_terms).
    scores
        Float, (n_repeats, n_documents, n_terms).
    uses
        Integer, same shape: how many training reviews had the term when the document was tested.
    trained
        Integer, (n_repeats, n_documents): on how many reviews the method was trained.
    probabilistic
        Whether the scores are probabilities.
    themes
        The gold themes (n_documents, n_themes) and their scores (n_repeats, n_documents, n_themes), or None.
    """

    documents: tuple[int, ...]
    truth: NDArray[np.bool_]
    scores: NDArray[np.float64]
    uses: NDArray[np.int_]
    trained: NDArray[np.int_]
    probabilistic: bool = False
    themes: tuple[NDArray[np.bool_], NDArray[np.float64]] | None = None


def is_metric(name: str) -> bool:
    """Tell whether a metric has this name."""
    match = _NAME.fullmatch(name)
    banded = match is None or not match["band"] or match["kind"] == "recall"
    return name in {"LRAP", "themes-micro-F1"} or (match is not None and banded)


def lower_is_better(name: str) -> bool:
    """Tell whether a lower value of the metric is the better one."""
    return name.startswith("ECE@")


def tally(name: str, predictions: Predictions) -> Tally | None:
    """Return what each document adds to a metric, or None where the method has no such figure.

    A method that gives no probabilities has no calibration error, one without themes no figure of themes.

    Raises
    ------
    ValueError
        No metric has this name.
    """
    if not is_metric(name):
        raise ValueError(f"{name!r} is not a metric; metrics: {', '.join(METRIC_NAMES)}")
    if name == "LRAP":
        return figures.mean_tally(_by_repeat(metrics.ranking_precision, predictions))
    if name == "themes-micro-F1":
        return _themes(predictions)
    match = _NAME.fullmatch(name)
    assert match is not None  # noqa: S101 - is_metric saw to it
    k = int(match["k"])
    if match["band"]:
        return _band_recall(predictions, k, *BANDS[match["band"]])
    if match["kind"] in _PER_DOCUMENT:
        metric = _PER_DOCUMENT[match["kind"]]
        return figures.mean_tally(_by_repeat(lambda truth, scores: metric(truth, scores, k), predictions))
    return _POOLED[match["kind"]](predictions, k)


def _by_repeat(
    metric: Callable[[NDArray[np.bool_], NDArray[np.float64]], NDArray[np.float64]], predictions: Predictions
) -> NDArray[np.float64]:
    return np.stack([metric(predictions.truth, scores) for scores in predictions.scores])


def _assigned(predictions: Predictions, k: int) -> NDArray[np.bool_]:
    return np.stack([metrics.top(scores, k) for scores in predictions.scores])


def _truth(predictions: Predictions) -> NDArray[np.bool_]:
    return np.broadcast_to(predictions.truth, predictions.scores.shape)


def _band_recall(predictions: Predictions, k: int, least: int, most: int) -> Tally:
    wanted = _truth(predictions) & (predictions.uses >= least) & (predictions.uses <= most)
    found = wanted & _assigned(predictions, k)
    return figures.quotient_tally(found.sum(axis=-1), wanted.sum(axis=-1))


def _propensity_scored(predictions: Predictions, k: int) -> Tally:
    gained, best = [], []
    for scores, uses, trained in zip(predictions.scores, predictions.uses, predictions.trained, strict=True):
        # The model of propensities is not defined below three training reviews; there, all terms count alike.
        propensity = [
            metrics.propensities(row, int(n)) if n >= 3 else np.ones(len(row))
            for row, n in zip(uses, trained, strict=True)
        ]
        gains = metrics.propensity_gains_at(predictions.truth, scores, np.stack(propensity), k)
        gained.append(gains[0])
        best.append(gains[1])
    return figures.quotient_tally(gained, best)


def _calibration(predictions: Predictions, k: int) -> Tally | None:
    if not predictions.probabilistic:
        return None
    order = np.stack([metrics.ranking(scores)[:, :k] for scores in predictions.scores])
    right = np.take_along_axis(_truth(predictions), order, axis=-1)
    return figures.calibration_tally(right, np.take_along_axis(predictions.scores, order, axis=-1))


def _themes(predictions: Predictions) -> Tally | None:
    if predictions.themes is None:
        return None
    truth, scores = predictions.themes
    return figures.micro_f1_tally(np.broadcast_to(truth, scores.shape), scores >= THEME_FROM)


_PER_DOCUMENT = {
    "P": metrics.precision_at,
    "recall": metrics.recall_at,
    "F1": metrics.f1_at,
    "nDCG": metrics.ndcg_at,
}
_POOLED: dict[str, Callable[[Predictions, int], Tally | None]] = {
    "PSP": _propensity_scored,
    "micro-F1": lambda p, k: figures.micro_f1_tally(_truth(p), _assigned(p, k)),
    "macro-F1": lambda p, k: figures.macro_f1_tally(_truth(p), _assigned(p, k)),
    "coverage": lambda p, k: figures.coverage_tally(_assigned(p, k)),
    "ECE": _calibration,
}
