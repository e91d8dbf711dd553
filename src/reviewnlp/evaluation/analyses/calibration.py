"""Whether a score of 0.8 is right eight times in ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.evaluation import figures, metrics
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Plot, Point, Series, Table

if TYPE_CHECKING:
    from reviewnlp.evaluation.scoring import Predictions

SHOWN = 10
BINS = 10


def calibration(context: Context) -> Analysis:
    """Compare the probabilities of the first ten suggestions with how often they are right."""
    plots, rows, found = [], [], {}
    several = len(context.settings) > 1
    for setting in context.settings:
        sure = {m: p for m, p in context.of_setting(setting).items() if p.probabilistic}
        series = []
        for method, predictions in sure.items():
            right, probability = shown(predictions, SHOWN)
            series.append(_reliability(method, right, probability, context.experiment.seed))
            figure = figures.estimate(
                figures.calibration_tally(right, probability, bins=BINS), seed=context.experiment.seed
            )
            found[f"{setting}/{method}"] = figure
            rows.append((*([setting] if several else []), method, figure.value, figure.low, figure.high))
        if series:
            plots.append(
                Plot(
                    f"calibration-{setting}".replace(" ", "-"),
                    "lines",
                    f"Calibration of the first {SHOWN} suggestions",
                    "probability given",
                    "share that is right",
                    tuple(series),
                    diagonal=True,
                )
            )
    note = (
        f"Bins of width {1 / BINS:g} over the first {SHOWN} suggestions of each review. A method on the line says "
        "how sure it may be. Methods whose scores are no probabilities are left out."
    )
    table = Table(
        "Expected calibration error", (*(["setting"] if several else []), "method", "error", "from", "to"), tuple(rows)
    )
    return Analysis("Calibration", note, found, (table,), tuple(plots))


def shown(predictions: Predictions, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return whether each of the first ``k`` suggestions is right, and its score: (repeats, documents, k)."""
    order = np.stack([metrics.ranking(scores)[:, :k] for scores in predictions.scores])
    truth = np.broadcast_to(predictions.truth, predictions.scores.shape)
    return np.take_along_axis(truth, order, axis=-1), np.take_along_axis(predictions.scores, order, axis=-1)


def _reliability(method: str, right: np.ndarray, probability: np.ndarray, seed: int) -> Series:
    where = metrics.calibration_bins(probability, BINS)
    points = []
    for place in range(BINS):
        inside = where == place
        if inside.sum() >= 5:
            # Pooled over the repeats, for a bin may be empty in one of them.
            pooled = figures.quotient_tally((right & inside).sum(axis=(0, 2)), inside.sum(axis=(0, 2)))
            share = figures.estimate(pooled, seed=seed)
            points.append(Point(float(probability[inside].mean()), share.value, share.low, share.high))
    return Series(method, tuple(points))
