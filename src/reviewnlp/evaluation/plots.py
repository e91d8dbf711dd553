"""Draws the plots of a report with matplotlib (the extra ``plots``), as SVG and PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from reviewnlp.errors import ReviewNLPError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Okabe and Ito's palette, which colour-blind readers tell apart; marks differ in shape as well.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")
MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
_RULES = {
    # The page shows words as words, in its own fonts where this one is absent.
    "font.family": ["DejaVu Sans", "sans-serif"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "svg.hashsalt": "reviewnlp",
    "svg.fonttype": "none",
}


class PlotsMissingError(ReviewNLPError):
    """The extra ``plots`` is not installed."""


def draw(plot: Mapping[str, Any]) -> tuple[str, bytes]:
    """Draw one plot.

    Parameters
    ----------
    plot
        A :class:`~reviewnlp.evaluation.analyses.Plot` as plain data.

    Returns
    -------
    tuple of str and bytes
        An ``<svg>`` element for a page, and a PNG file. The same plot gives the same bytes.

    Raises
    ------
    PlotsMissingError
        matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError as error:
        raise PlotsMissingError(
            "plots need matplotlib: pip install 'reviewnlp[plots]', or ask for the report without plots"
        ) from error
    plot = {**plot, "series": [_defined(one) for one in plot["series"]]}
    with rc_context(_RULES):
        figure = Figure(figsize=_size(plot), layout="constrained")
        axes = figure.add_subplot()
        (_dots if plot["kind"] == "dots" else _lines)(axes, plot)
        axes.set_title(plot["title"], loc="left")
        axes.set_xlabel(plot["x_label"])
        axes.set_ylabel(plot["y_label"])
        if len(plot["series"]) > 1 or plot["diagonal"]:
            # Below the axes: a legend inside them would hide marks.
            figure.legend(*axes.get_legend_handles_labels(), loc="outside lower left", ncols=3, frameon=False)
        svg, png = io.StringIO(), io.BytesIO()
        FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None, "Creator": None})
        FigureCanvasAgg(figure)
        figure.savefig(png, format="png", dpi=130, metadata={"Software": None})
    text = svg.getvalue()
    return text[text.index("<svg") :], png.getvalue()


def _defined(series: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the marks that have no value."""
    return {**series, "points": [point for point in series["points"] if point["y"] is not None]}


def _size(plot: Mapping[str, Any]) -> tuple[float, float]:
    below = 0.27 * ((len(plot["series"]) + 2) // 3)
    if plot["kind"] == "lines":
        return 6.4, 4.2 + below
    names, series = len(_names(plot["series"])), 1 if plot["joined"] else len(plot["series"])
    return 6.9, 1.3 + below + names * max(0.3, 0.14 * series + 0.12)


def _names(series: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(str(point["x"]) for one in series for point in one["points"]))


def _dots(axes: Any, plot: Mapping[str, Any]) -> None:
    series, names = plot["series"], _names(plot["series"])
    rows = {name: row for row, name in enumerate(names)}
    step = 0 if plot["joined"] else 0.7 / len(series)
    if plot["joined"]:
        for name in names:
            ends = [point["y"] for one in series for point in one["points"] if str(point["x"]) == name]
            axes.plot([min(ends), max(ends)], [rows[name]] * 2, color="#BBBBBB", linewidth=2, zorder=1)
    for place, one in enumerate(series):
        offset = (place - (len(series) - 1) / 2) * step
        axes.errorbar(
            [point["y"] for point in one["points"]],
            [rows[str(point["x"])] + offset for point in one["points"]],
            xerr=_errors(one["points"]),
            fmt=_mark(place),
            color=COLOURS[place % len(COLOURS)],
            markersize=5,
            capsize=2,
            linewidth=1.2,
            label=one["name"],
            zorder=2,
        )
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    highest = max((p["high"] or p["y"] for one in series for p in one["points"]), default=1)
    # A little room to the left of 0, so that a mark on it is whole.
    axes.set_xlim(-0.02 * highest, 1.05 * highest)
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)


def _lines(axes: Any, plot: Mapping[str, Any]) -> None:
    if plot["diagonal"]:
        axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1, label="_")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
    for place, one in enumerate(plot["series"]):
        colour = COLOURS[place % len(COLOURS)]
        axes.errorbar(
            [float(point["x"]) for point in one["points"]],
            [point["y"] for point in one["points"]],
            yerr=_errors(one["points"]),
            fmt=_mark(place) + "-",
            color=colour,
            markersize=5,
            capsize=2,
            linewidth=1.4,
            elinewidth=1,
            label=one["name"],
        )
    if not plot["diagonal"]:
        axes.set_ylim(bottom=0)
        axes.set_xticks(sorted({float(point["x"]) for one in plot["series"] for point in one["points"]}))
    axes.grid(color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)


def _mark(place: int) -> str:
    """Shift the marks once the colours are used up, so that no two series look alike."""
    return MARKS[(place + place // len(COLOURS)) % len(MARKS)]


def _errors(points: Sequence[Mapping[str, Any]]) -> list[list[float]] | None:
    """Return how far the intervals reach below and above; a percentile interval may leave its value out."""
    if not any(point["low"] is not None for point in points):
        return None
    return [
        [0 if point["low"] is None else max(0, point["y"] - point["low"]) for point in points],
        [0 if point["high"] is None else max(0, point["high"] - point["y"]) for point in points],
    ]
