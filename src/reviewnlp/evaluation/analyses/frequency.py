"""How well rare terms are found, beside common ones."""

from __future__ import annotations

from reviewnlp.evaluation import figures, scoring
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Plot, Point, Series, Table


def frequency(context: Context) -> Analysis:
    """Recall among the first ten, by how many training reviews had the term."""
    plots, rows, found = [], [], {}
    for setting in context.settings:
        series = []
        for method, predictions in context.of_setting(setting).items():
            points = []
            for band in scoring.BANDS:
                tally = scoring.tally(f"recall@10:{band}", predictions)
                assert tally is not None  # noqa: S101 - every method has a recall
                figure = figures.estimate(tally, seed=context.experiment.seed)
                if figure.documents:
                    found[f"{setting}/{method}/{band}"] = figure
                    points.append(Point(band, figure.value, figure.low, figure.high))
            series.append(Series(method, tuple(points)))
            rows.append((setting, method, *(_value(points, band) for band in scoring.BANDS)))
        plots.append(
            Plot(
                f"frequency-{setting}".replace(" ", "-"),
                "dots",
                "Terms by their number of training reviews",
                "recall among the first 10 suggestions",
                "training reviews with the term",
                tuple(series),
            )
        )
    columns = ("setting", "method", *(f"seen {band} times" for band in scoring.BANDS))
    note = "Share of gold keywords among the first ten suggestions, by the number of training reviews that had them."
    return Analysis("Rare and common terms", note, found, (Table("Recall@10", columns, tuple(rows)),), tuple(plots))


def _value(points: list[Point], band: str) -> float | None:
    return next((point.y for point in points if point.x == band), None)
