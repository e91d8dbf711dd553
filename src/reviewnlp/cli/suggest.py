"""``reviewnlp suggest``: keywords and themes for reviews."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from reviewnlp.cli.inputs import InputsArgument, reviews_of
from reviewnlp.cli.output import Column, FormatOption, OutputOption, write_results

app = typer.Typer(add_completion=False, rich_markup_mode=None)

ModelOption = Annotated[
    Path | None,
    typer.Option("--model", metavar="DIR", help="A model bundle; without it the one that ships.", show_default=False),
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most N keywords a review.")]
ThresholdOption = Annotated[
    float | None,
    typer.Option(
        "--threshold", min=0, max=1, metavar="P", help="Only keywords of at least this probability.", show_default=False
    ),
]
AutoOption = Annotated[
    bool, typer.Option("--auto", help="Only as many keywords as make the expected F1 greatest (at most --limit).")
]
StyleOption = Annotated[
    int | None,
    typer.Option(
        "--style-year",
        min=1990,
        max=2100,
        metavar="YEAR",
        help="Index in the habits of YEAR; without it in those of the year in the title.",
        show_default=False,
    ),
]


@app.command()
def suggest(
    inputs: InputsArgument,
    model: ModelOption = None,
    limit: LimitOption = 10,
    threshold: ThresholdOption = None,
    auto: AutoOption = False,
    style_year: StyleOption = None,
    output: OutputOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Suggest keywords and themes.

    Each keyword has its probability and the words of the review that speak for it. A review's own keywords are
    never looked at. A theme counts as assigned from 0.5.
    """
    from reviewnlp.records import Suggestion
    from reviewnlp.suggestion import load_suggester

    suggester = load_suggester(model)
    with reviews_of(inputs, vocabulary=suggester.vocabulary) as reviews:
        suggestions = suggester.stream(reviews, limit=limit, threshold=threshold, auto=auto, style_year=style_year)
        write_results(suggestions, _COLUMNS, output=output, format=format, record=Suggestion)


def _keywords(row: Any) -> str:
    return "; ".join(f"{keyword['term']} {keyword['score']:.2f}" for keyword in row["keywords"])


def _themes(row: Any) -> str:
    return "; ".join(theme["theme"] for theme in row["themes"] if theme["score"] >= 0.5)


_COLUMNS = (
    Column("review", lambda row: row["id"], width=3),
    Column("keywords", _keywords, width=6),
    Column("themes", _themes, width=4),
)
