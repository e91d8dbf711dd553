"""How far the indexing can be predicted from like reviews: agreement between near neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.evaluation import figures, metrics
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Plot, Point, Series, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDE = 5


def neighbours(context: Context) -> Analysis:
    """Consistency of the librarians between a review and the reviews most like it in wording.

    Beside it stand the consistency with the average other review (chance), and with the best matching keyword set
    of any other review, which no copying of keywords from another review can pass.
    """
    kept = np.flatnonzero(context.truth.any(axis=1)).tolist()
    if len(kept) < 3:
        return Analysis("Near neighbours", "Fewer than three reviews have keywords: nothing can be compared.")
    truth = context.truth[kept]
    likeness = _likeness([context.reviews[i].text for i in kept])
    years = np.array([context.reviews[i].year or 0 for i in kept])
    same_year = years[:, None] == years[None, :]
    rows, points, found = [], [], {}
    for measure, consistency in (("Hooper", metrics.hooper), ("Rolling", metrics.rolling)):
        agreement = consistency(truth[:, None, :], truth[None, :, :])
        np.fill_diagonal(agreement, np.nan)
        sources = {
            "nearest neighbour": _of_nearest(agreement, likeness, 1),
            f"nearest {WIDE}, mean": _of_nearest(agreement, likeness, WIDE),
            "any review of the same year": _mean_where(agreement, same_year),
            "any other review": np.nanmean(agreement, axis=1),
            "best match among all": np.nanmax(agreement, axis=1),
        }
        series = []
        for name, values in sources.items():
            figure = figures.estimate(figures.mean_tally(values), seed=context.experiment.seed)
            found[f"{name}/{measure}"] = figure
            rows.append((name, measure, figure.value, figure.low, figure.high))
            series.append(Point(name, figure.value, figure.low, figure.high))
        points.append(Series(measure, tuple(series)))
    note = (
        "Consistency of keywords between a review and others; near means alike in wording (cosine of TF-IDF weights "
        "of words and pairs of words). The best match is the best that copying the keywords of one other review "
        "could do."
    )
    table = Table("Agreement of the librarians", ("with", "measure", "consistency", "from", "to"), tuple(rows))
    plot = Plot(
        "neighbours", "dots", "Keywords of a review and of others", "consistency", "compared with", tuple(points)
    )
    return Analysis("Near neighbours", note, found, (table,), (plot,))


def _likeness(texts: list[str]) -> NDArray[np.float64]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2).fit_transform(texts)
    likeness = np.asarray((weights @ weights.T).todense(), dtype=np.float64)
    np.fill_diagonal(likeness, -1)
    return likeness


def _of_nearest(agreement: NDArray[np.float64], likeness: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, : min(count, len(likeness) - 1)]
    return np.asarray(np.take_along_axis(agreement, nearest, axis=1).mean(axis=1))


def _mean_where(agreement: NDArray[np.float64], where: NDArray[np.bool_]) -> NDArray[np.float64]:
    wanted = where & ~np.isnan(agreement)
    total = np.where(wanted, agreement, 0).sum(axis=1)
    return np.where(wanted.any(axis=1), total / np.maximum(wanted.sum(axis=1), 1), np.nan)
