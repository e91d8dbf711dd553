"""``reviewnlp evaluate``: experiments, with figures, intervals and a report."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewnlp.cli.inputs import reviews_of, warn
from reviewnlp.cli.output import Column, Format, FormatOption, write_results

if TYPE_CHECKING:
    from reviewnlp.evaluation.configuration import Experiment
    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary

ON_TERMINAL = 5
"""How many metrics, the first, a table on a terminal has; the other forms have all."""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def evaluate(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Listings with keywords: .txt .md .html .htm .jsonl .parquet, or - for standard input. Without "
            "any, those that the configuration names.",
            show_default=False,
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", metavar="FILE", help="The experiment (TOML); the leaderboard of all methods without it."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Folder for results.json, report.html, its plots, and the finished folds. With --config it is by "
            "default the folder beside it that has its name (and 'folds' for the folds of all experiments there); "
            "without either nothing is written.",
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=-1, help="Processes; -1 takes one for each processor.")] = -1,
    repeats: Annotated[
        int | None,
        typer.Option("--repeats", min=1, help="How often the folds are dealt anew, in place of the configuration's."),
    ] = None,
    plots: Annotated[
        bool, typer.Option("--plots/--no-plots", help="Draw plots; needs matplotlib, the extra 'plots'.")
    ] = True,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Measure methods by cross-validation.

    Prints each figure with its 95% interval and writes a report. A run that was stopped goes on where it was when
    it is started again with the same folder.
    """
    experiment, beside = _experiment(config, repeats)
    folder = output or (config.parent / config.stem if config else None)
    if folder and folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is a file; -o names a folder here")
    if folder and plots:
        _need_matplotlib()
    # The experiments beside each other share their folds: many have some in common.
    folds = output / "folds" if output else config.parent / "folds" if config else None
    vocabulary = _vocabulary(experiment, beside)
    with reviews_of(_inputs(inputs, experiment, beside), vocabulary=vocabulary) as found:
        results = _run(experiment, list(found), vocabulary, folds, jobs, beside)
        if folder:
            from reviewnlp.evaluation.report import write_report

            write_report(results, folder, plots=plots)
            warn(f"report in {folder / 'report.html'}")
        _print(results, format)


def _experiment(config: Path | None, repeats: int | None) -> tuple[Experiment, Path]:
    from reviewnlp.evaluation.configuration import read_experiment
    from reviewnlp.resources import shipped

    path = config or shipped("experiments", "leaderboard.toml")
    experiment = read_experiment(path)
    if repeats is None and config is None:
        repeats = 1
    if repeats is not None:
        split = dataclasses.replace(experiment.split, repeats=repeats)
        experiment = dataclasses.replace(experiment, split=split)
    return experiment, path.parent


def _inputs(inputs: list[str] | None, experiment: Experiment, beside: Path) -> list[str]:
    if inputs:
        return inputs
    found = []
    for pattern in experiment.corpus.reviews:
        matches = sorted(str(path) for path in beside.glob(pattern))
        # A pattern that matches nothing is passed on as it stands, so that reading it says what is missing.
        found += matches or [str(beside / pattern)]
    if not found:
        raise typer.BadParameter("name the listings to evaluate on, or give them in corpus.reviews of the config")
    return found


def _vocabulary(experiment: Experiment, beside: Path) -> Vocabulary:
    from reviewnlp.vocabulary import load_vocabulary

    own = experiment.corpus.vocabulary
    return load_vocabulary(beside / own if own else None)


def _need_matplotlib() -> None:
    from importlib.util import find_spec

    if find_spec("matplotlib") is None:
        raise typer.BadParameter(
            "plots need matplotlib: pip install 'reviewnlp[plots]', or ask for the report with --no-plots"
        )


def _run(
    experiment: Experiment,
    reviews: list[Review],
    vocabulary: Vocabulary,
    folds: Path | None,
    jobs: int,
    beside: Path,
) -> dict[str, Any]:
    from reviewnlp.evaluation.experiment import run

    with _progress(experiment.title) as on_progress:
        return run(
            experiment,
            reviews,
            vocabulary,
            folder=folds,
            jobs=jobs,
            on_progress=on_progress,
            beside=beside,
        )


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar with the time left on a terminal, a line for every tenth of the work elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False)
    if not sys.stderr.isatty():
        yield lambda done, of, name: warn(f"{done} of {of} folds") if done * 10 // of > (done - 1) * 10 // of else None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(title, total=None)
        yield lambda done, of, name: progress.update(bar, completed=done, total=of, description=name)


def _print(results: Mapping[str, Any], format: Format | None) -> None:  # noqa: A002
    table = (format or (Format.table if sys.stdout.isatty() else None)) == Format.table
    metrics = results["experiment"]["metrics"][:ON_TERMINAL]
    columns = [
        Column("method", lambda row: row["method"], width=2),
        *(Column(metric, _cell(metric), width=0, align="right") for metric in metrics),
    ]
    if len(results["figures"]) > 1:
        columns.insert(0, Column("setting", lambda row: row["setting"], width=2))
    write_results(_wide(results) if table else _long(results), columns, format=format)


def _long(results: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for setting, methods in results["figures"].items():
        for method, figures in methods.items():
            for metric, figure in figures.items():
                yield {"setting": setting, "method": method, "metric": metric, **figure}
    for analysis, found in results["analyses"].items():
        for name, figure in found["figures"].items():
            yield {"setting": analysis, "method": name, "metric": "value", **figure}


def _wide(results: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for setting, methods in results["figures"].items():
        for method, figures in methods.items():
            yield {"setting": setting, "method": method, "figures": figures}


def _cell(metric: str) -> Callable[[Any], object]:
    def cell(row: Any) -> object:
        figure = row["figures"].get(metric)
        return None if figure is None or figure["value"] is None else f"{figure['value']:.3f}"

    return cell
