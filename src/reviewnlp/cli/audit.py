"""``reviewnlp audit``: checks the indexing, and applies a librarian's verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewnlp.cli.inputs import InputsArgument, reviews_of, warn

if TYPE_CHECKING:
    from reviewnlp.auditing import Audit
    from reviewnlp.records import Review

app = typer.Typer(add_completion=False, rich_markup_mode=None)

FolderOption = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for findings.jsonl, findings.csv and report.html; with --apply, for the corrected input.",
        show_default=False,
    ),
]
ApplyOption = Annotated[
    Path | None,
    typer.Option(
        "--apply",
        metavar="VERDICTS",
        help="Correct the keywords by the findings accepted in VERDICTS (findings.csv with yes or no in its column "
        "verdict) and log every change; the input is never overwritten.",
        show_default=False,
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", help="Fixes the folds in which the suggester learns.")]


@app.command()
def audit(inputs: InputsArgument, output: FolderOption, apply: ApplyOption = None, seed: SeedOption = 0) -> None:
    """Check the indexing for inconsistency.

    Typos and forms of terms, punctuation, near synonyms, drift between years, terms that are missing or doubtful,
    copied text, alike reviews with unlike keywords, style. Each finding says why, and what to do.
    """
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file; -o names a folder here")
    with reviews_of(inputs) as reviews:
        collection = list(reviews)
        if apply is None:
            _audit(collection, output, seed)
        else:
            _apply(collection, inputs, apply, output)


def _audit(reviews: list[Review], folder: Path, seed: int) -> None:
    from rich.console import Console

    from reviewnlp.auditing import audit as run
    from reviewnlp.auditing import write_audit

    with Console(stderr=True).status("Auditing", spinner="line") as status:
        found = run(reviews, seed=seed, progress=lambda step: status.update(f"Auditing: {step}"))
        written = write_audit(found, folder)
    _summarise(found)
    for path in written:
        print(path)


def _summarise(found: Audit) -> None:
    from collections import Counter

    counts = Counter(finding.kind for finding in found.findings)
    told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in counts.most_common())
    findings, reviews = len(found.findings), len(found.collection.reviews)
    warn(f"{findings} finding{'s'[: findings != 1]} in {reviews} review{'s'[: reviews != 1]}{told and ': '}{told}")
    for gap in found.not_checked:
        warn(f"not checked: {', '.join(gap.kinds).replace('_', ' ')}: {gap.reason}")


def _apply(reviews: list[Review], inputs: Sequence[str], verdicts: Path, folder: Path) -> None:
    from reviewnlp.auditing import correct, read_verdicts, write_corrected
    from reviewnlp.vocabulary import load_vocabulary

    if "-" in inputs:
        raise typer.BadParameter("--apply corrects files; standard input has no name to be written under")
    corrected, changes = correct(reviews, read_verdicts(verdicts), load_vocabulary())
    written = write_corrected([Path(path) for path in inputs], reviews, corrected, changes, folder)
    left = sum(not change.done for change in changes)
    warn(f"{len(changes) - left} changes made, {left} left to a person; see {written[-1]}")
    for path in written:
        print(path)
