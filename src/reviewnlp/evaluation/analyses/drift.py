"""What changes between years, and which terms are to blame when a method is carried over."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.errors import ConfigError
from reviewnlp.evaluation import figures, metrics
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Plot, Point, Series, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewnlp.evaluation.configuration import YearsConfig
    from reviewnlp.evaluation.scoring import Predictions

SHOWN = 10
PLOTTED = 15
LISTED = 40
LEAST = 3


def drift(context: Context) -> Analysis:
    """Compare the use of terms between the years, and say what crossing them costs, term by term."""
    pairs = [years for years in context.experiment.split.years if set(years.train).isdisjoint(years.test)]
    if not pairs:
        raise ConfigError('analyses: "drift" needs split.years with training and test years that are disjoint')
    tables, plots, found = [], [], {}
    used, plot = _uses(context, pairs[0])
    tables.append(used)
    plots.append(plot)
    for setting, predictions in context.predictions.items():
        if setting[1] == context.main("drift"):
            table, share = _blame(context, setting[0], predictions)
            tables.append(table)
            found[f"{setting[0]}/keywords never seen in training"] = figures.estimate(
                share, seed=context.experiment.seed
            )
    note = (
        "Shares of the reviews that have a term, on either side of the years, with Fisher's exact test, corrected "
        "for the number of terms (Holm). Then, for each setting, the keywords missed among the first "
        f"{SHOWN} suggestions of {context.main('drift')!r}, worst first."
    )
    return Analysis("Terms that come and go", note, found, tuple(tables), tuple(plots))


def _uses(context: Context, pair: YearsConfig) -> tuple[Table, Plot]:
    from scipy.stats import fisher_exact

    sides = [
        context.truth[[i for i, review in enumerate(context.reviews) if review.year in years]]
        for years in (pair.train, pair.test)
    ]
    names = ["+".join(map(str, sorted(years))) for years in (pair.train, pair.test)]
    counts, sizes = [side.sum(axis=0) for side in sides], [len(side) for side in sides]
    changes = []
    for column, term in enumerate(context.vocabulary.terms):
        before, after = (int(count[column]) for count in counts)
        if before + after >= LEAST:
            odds = [[before, after], [sizes[0] - before, sizes[1] - after]]
            shares = (before / sizes[0], after / sizes[1])
            changes.append(_Change(term.label, (before, after), shares, float(fisher_exact(odds).pvalue)))
    corrected = dict(zip((c.term for c in changes), figures.holm([c.p for c in changes]), strict=True))
    changes.sort(key=lambda change: (change.p, change.term))
    table = Table(
        f"Use of terms, most changed first (terms of at least {LEAST} reviews)",
        (
            *("term", f"reviews {names[0]}", f"reviews {names[1]}", f"share {names[0]}", f"share {names[1]}"),
            *("p (Fisher)", "p (Holm)"),
        ),
        tuple((c.term, *c.reviews, *c.shares, c.p, corrected[c.term]) for c in changes[:LISTED]),
    )
    shown = changes[:PLOTTED]
    series = tuple(
        Series(names[side], tuple(Point(change.term, change.shares[side]) for change in shown)) for side in (0, 1)
    )
    plot = Plot(
        "terms-that-changed", "dots", f"The {len(shown)} terms whose use changed most",
        "share of the reviews", "term", series, joined=True,
    )  # fmt: skip
    return table, plot


@dataclasses.dataclass(frozen=True)
class _Change:
    term: str
    reviews: tuple[int, int]
    shares: tuple[float, float]
    p: float


def _blame(context: Context, setting: str, predictions: Predictions) -> tuple[Table, figures.Tally]:
    truth, repeats = predictions.truth, len(predictions.scores)
    missed = np.zeros(truth.shape)
    for scores in predictions.scores:
        missed += (truth & ~metrics.top(scores, SHOWN)) / repeats
    unseen = np.broadcast_to(truth, predictions.uses.shape) & (predictions.uses == 0)
    seen: NDArray[np.float64] = predictions.uses.mean(axis=(0, 1))
    by_term = missed.sum(axis=0)
    rows = [
        (
            context.vocabulary.terms[i].label,
            round(float(seen[i]), 1),
            int(truth[:, i].sum()),
            round(float(by_term[i]), 2),
        )
        for i in np.argsort(-by_term, kind="stable")[:20]
        if by_term[i] > 0
    ]
    table = Table(
        f"Keywords missed, {setting}",
        ("term", "training reviews with it", "test reviews with it", "missed"),
        tuple(rows),
    )
    return table, figures.quotient_tally(unseen.sum(axis=-1), np.tile(truth.sum(axis=-1), (repeats, 1)))
