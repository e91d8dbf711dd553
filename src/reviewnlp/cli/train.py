"""``reviewnlp train``: a model bundle from indexed reviews."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewnlp.cli.inputs import InputsArgument, VocabularyOption, reviews_of, warn

app = typer.Typer(add_completion=False, rich_markup_mode=None)

FolderOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the model bundle.", show_default=False)
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="Fixes all that is drawn.")]
FictionalOption = Annotated[
    bool, typer.Option(help="Whether the fictional reviews that ship join in: they teach the rare terms.")
]


@app.command()
def train(
    inputs: InputsArgument,
    output: FolderOption,
    seed: SeedOption = 0,
    fictional: FictionalOption = True,
    vocabulary: VocabularyOption = None,
) -> None:
    """Learn from indexed reviews, write a model bundle.

    Reviews without a keyword of the vocabulary are left out. The same reviews and seed give the same
    bundle, the date in its manifest aside.
    """
    from reviewnlp.suggestion import train as learn
    from reviewnlp.vocabulary import load_vocabulary

    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file; -o names a folder here")
    terms = load_vocabulary(vocabulary)
    with reviews_of(inputs, vocabulary=terms) as reviews:
        collection = list(reviews)
        bare = sum(not review.terms for review in collection)
        if bare:
            warn(f"{bare} of {len(collection)} reviews have no keyword of the vocabulary and are left out")
        suggester = learn(collection, seed=seed, fictional=fictional, vocabulary=terms)
        suggester.save(output)
        learned = suggester.manifest["training"]
        warn(f"{output}: learned from {learned['reviews']} reviews and {learned['fictional']} fictional ones")
