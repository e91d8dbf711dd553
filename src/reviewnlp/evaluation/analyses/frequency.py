"""How well rare terms are found, beside common ones."""

from __future__ import annotations

from reviewnlp.evaluation import figures, scoring
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Plot, Point, Series, Table


def frequency(context: Context) -> Analysis:
    """Recall among the first ten, by how many training reviews had the term."""
    plots, rows, found = [], [], {}
    for setting in context.settings:
        points: dict[str, list[Point]] = {band: [] for band in scoring.BANDS}
        for method, predictions in context.of_setting(setting).items():
            values: list[float | None] = []
            for band in scoring.BANDS:
                tally = scoring.tally(f"recall@10:{band}", predictions)
                assert tally is not None  # noqa: S101 - every method has a recall
                figure = figures.estimate(tally, seed=context.experiment.seed)
                found[f"{setting}/{method}/{band}"] = figure
                values.append(figure.value if figure.documents else None)
                if figure.documents:
                    points[band].append(Point(method, figure.value, figure.low, figure.high))
            rows.append((*([setting] if len(context.settings) > 1 else []), method, *values))
        plots.append(
            Plot(
                f"frequency-{setting}".replace(" ", "-"),
                "dots",
                "Keywords found, by how often they were seen in training",
                "recall among the first 10 suggestions",
                "method",
                tuple(Series(f"seen {band} times", tuple(marks)) for band, marks in points.items()),
            )
        )
    columns = (
        *(["setting"] if len(context.settings) > 1 else []),
        "method",
        *(f"seen {band} times" for band in scoring.BANDS),
    )
    note = "Share of gold keywords among the first ten suggestions, by the number of training reviews that had them."
    return Analysis("Rare and common terms", note, found, (Table("Recall@10", columns, tuple(rows)),), tuple(plots))
