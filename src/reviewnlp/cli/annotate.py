"""``reviewnlp annotate``: parse, extract and suggest over corpora of any size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewnlp.cli.inputs import InputsArgument, largest_piece, warn
from reviewnlp.cli.suggest import LimitOption, ModelOption, ThresholdOption

if TYPE_CHECKING:
    from reviewnlp.batch import Progress, Summary
    from reviewnlp.vocabulary import Vocabulary

app = typer.Typer(add_completion=False, rich_markup_mode=None)

FolderOption = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help="Folder for the Parquet shards.", show_default=False),
]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", metavar="N", help="Processes; -1 for one a core.")]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Work on the Dask cluster whose scheduler is at ADDRESS, such as tcp://10.0.0.1:8786.",
        show_default=False,
    ),
]
ChunkOption = Annotated[int, typer.Option("--chunk", metavar="N", min=1, help="Reviews a shard.")]


@app.command()
def annotate(
    inputs: InputsArgument,
    output: FolderOption,
    jobs: JobsOption = 1,
    scheduler: SchedulerOption = None,
    chunk: ChunkOption = 1000,
    model: ModelOption = None,
    limit: LimitOption = 10,
    threshold: ThresholdOption = None,
) -> None:
    """Annotate corpora of any size, on many cores or machines.

    Writes DIR/reviews-*.parquet, a row a review: its record, its facts, the suggested keywords and themes. A run that
    was stopped goes on where it was when the same command is given again. What failed is in DIR/failures.jsonl.
    """
    if jobs == 0 or jobs < -1:
        raise typer.BadParameter("--jobs is a number of processes, or -1 for one a core")
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file; -o names a folder here")
    from reviewnlp.batch import ExtractFacts, SuggestSubjects
    from reviewnlp.batch import annotate as run

    with _ProgressBar() as bar:
        summary = run(
            inputs,
            output,
            steps=(ExtractFacts(), SuggestSubjects(str(model) if model else None, limit, threshold)),
            jobs=jobs,
            scheduler=scheduler,
            chunk=chunk,
            vocabulary=_vocabulary(model),
            largest=largest_piece(),
            on_progress=bar,
        )
    _summarise(summary)
    if summary.failures:
        raise typer.Exit(1)


def _vocabulary(model: Path | None) -> Vocabulary | None:
    """Return the vocabulary of a model of the user's own: keywords are matched to what it suggests."""
    if model is None:
        return None
    from reviewnlp.suggestion import load_suggester

    return load_suggester(model).vocabulary


class _ProgressBar:
    """A bar on standard error while there is a terminal: the share read, the rate, and the time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("Annotating"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[reviews]} reviews, {task.fields[rate]:.0f}/s"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, reviews=0, rate=0.0)

    def __enter__(self) -> _ProgressBar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        elapsed = self._bar.tasks[0].elapsed or 1e-9
        self._bar.update(
            self._task,
            completed=progress.position,
            total=progress.length or None,
            reviews=progress.reviews,
            rate=progress.reviews / elapsed,
        )


def _summarise(summary: Summary) -> None:
    rate = f" in {summary.seconds:.1f} s ({summary.done / summary.seconds:.0f} a second)" if summary.done else ""
    kept = summary.reviews - summary.done
    before = f", {kept} were there before" if kept else ""
    warn(f"{summary.done} reviews annotated{rate}{before}; {summary.shards} shards in {summary.folder}")
    if summary.failures:
        warn(f"{summary.failures} failures are told in {summary.folder / 'failures.jsonl'}")
