"""Turns the results of an experiment into a page that stands alone, with its plots beside it as PNG."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from reviewnlp.evaluation.analyses import Plot, Point, Series
from reviewnlp.evaluation.scoring import lower_is_better
from reviewnlp.tables import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLOTTED_METRICS = 4


def write_report(results: Mapping[str, Any], folder: Path, *, plots: bool = True) -> list[Path]:
    """Write ``results.json``, ``report.html`` and one PNG a plot into a folder.

    Parameters
    ----------
    results
        What :func:`reviewnlp.evaluation.experiment.run` gave.
    folder
        Made when it is not there.
    plots
        False leaves the plots out, and needs no matplotlib.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    PlotsMissingError
        Plots are wanted and matplotlib is not installed; nothing is written then.
    """
    drawn = {plot["slug"]: _drawn(plot) for plot in all_plots(results)} if plots else {}
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        folder / "results.json": json.dumps(results, indent=1, ensure_ascii=False).encode() + b"\n",
        folder / "report.html": render(results, {slug: svg for slug, (svg, _) in drawn.items()}).encode(),
        **{folder / f"{slug}.png": png for slug, (_, png) in drawn.items()},
    }
    for path, content in written.items():
        with replacing(path, "wb") as file:
            file.write(content)
    return list(written)


def render(results: Mapping[str, Any], drawings: Mapping[str, str]) -> str:
    """Return the page: tables of all figures, with the drawings (SVG by slug) inline."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("reviewnlp.evaluation", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": _number, "interval": _interval, "cell": _cell}
    page = environment.get_template("report.html.jinja").render(
        results=results,
        drawings=drawings,
        main_plots=[plot["slug"] for plot in main_plots(results)],
        best={setting: _best(methods) for setting, methods in results["figures"].items()},
    )
    return page + "\n"


def all_plots(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every plot of the report as plain data, first those of the figures, then those of the analyses."""
    of_analyses = [plot for analysis in results["analyses"].values() for plot in analysis["plots"]]
    return [*main_plots(results), *of_analyses]


def main_plots(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a plot for each of the first metrics: lines over numbers of training reviews, dots elsewhere."""
    settings = results["figures"]
    plots = []
    for metric in results["experiment"]["metrics"][:PLOTTED_METRICS]:
        if not any(metric in figures for methods in settings.values() for figures in methods.values()):
            continue
        slug = metric.replace("@", "-at-").replace(":", "-seen-").replace("+", "").lower()
        if len(settings) > 1 and all(name.isdigit() for name in settings):
            plot = Plot(slug, "lines", metric, "training reviews", metric, _by_method(settings, metric))
        else:
            plot = Plot(slug, "dots", metric, f"{metric}, 95% interval", "method", _by_setting(settings, metric))
        plots.append(dataclasses.asdict(plot))
    return plots


def _by_method(settings: Mapping[str, Any], metric: str) -> tuple[Series, ...]:
    methods = dict.fromkeys(name for methods in settings.values() for name in methods)
    return tuple(
        Series(
            method,
            tuple(
                _point(float(size), figures[method][metric])
                for size, figures in settings.items()
                if metric in figures.get(method, {})
            ),
        )
        for method in methods
    )


def _by_setting(settings: Mapping[str, Any], metric: str) -> tuple[Series, ...]:
    return tuple(
        Series(
            setting,
            tuple(_point(name, figures[metric]) for name, figures in methods.items() if metric in figures),
        )
        for setting, methods in settings.items()
    )


def _point(x: float | str, figure: Mapping[str, Any]) -> Point:
    return Point(x, figure["value"], figure["low"], figure["high"])


def _best(methods: Mapping[str, Any]) -> dict[str, float]:
    """Return the best value of each metric over the methods."""
    values: dict[str, list[float]] = {}
    for figures in methods.values():
        for metric, figure in figures.items():
            if figure["value"] is not None:
                values.setdefault(metric, []).append(figure["value"])
    return {metric: (min if lower_is_better(metric) else max)(found) for metric, found in values.items()}


def _drawn(plot: Mapping[str, Any]) -> tuple[str, bytes]:
    from reviewnlp.evaluation.plots import draw

    return draw(plot)


def _number(value: float | None) -> str:
    return "\u2013" if value is None else f"{value:.3f}"


def _interval(figure: Mapping[str, Any]) -> str:
    if figure["low"] is None:
        return ""
    return f"{figure['low']:.3f}\u2013{figure['high']:.3f}"


def _cell(value: object) -> str:
    if value is None:
        return "\u2013"
    if isinstance(value, float):
        return "<0.001" if 0 < value < 0.001 else f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)
