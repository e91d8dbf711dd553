"""``reviewnlp export``: reviews and vocabulary in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewnlp.cli.inputs import InputsArgument, VocabularyOption, reviews_of, warn

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def export_commands() -> None:
    """Write reviews, folds and vocabulary for other tools."""


@app.command()
def annif(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write.", show_default=False)],
    inputs: InputsArgument,
    folds: Annotated[int, typer.Option("--folds", min=2, help="Folds a repeat.")] = 5,
    repeats: Annotated[int, typer.Option("--repeats", min=1, help="How often the folds are dealt anew.")] = 1,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the first deal.")] = 0,
    vocabulary: VocabularyOption = None,
) -> None:
    """Write a vocabulary (SKOS), corpora (TSV) and projects for Annif.

    The folds are those of `reviewnlp evaluate` with the same numbers and seed, so that figures compare.
    """
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is a file; name the folder to write, then the inputs")
    from reviewnlp.evaluation.annif import write_annif
    from reviewnlp.vocabulary import load_vocabulary

    terms = load_vocabulary(vocabulary)
    with reviews_of(inputs, vocabulary=terms) as reviews:
        written = write_annif(list(reviews), terms, folder, folds=folds, repeats=repeats, seed=seed)
        warn(f"{len(written)} files in {folder}")
