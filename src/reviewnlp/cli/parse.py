"""``reviewnlp parse``: listings into records."""

from __future__ import annotations

from typing import Any

import typer

from reviewnlp.cli.inputs import InputsArgument, reviews_of
from reviewnlp.cli.output import Column, FormatOption, OutputOption, write_results
from reviewnlp.records import Review

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def parse(
    inputs: InputsArgument,
    output: OutputOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Read listings into records.

    One record a review: title, year, authorities, case name, summary, sections, keywords with the
    vocabulary's term for each, links, where it stands in its file, and the problems found in it.
    """
    with reviews_of(inputs) as reviews:
        write_results(reviews, _COLUMNS, output=output, format=format, record=Review)


def _keywords(row: Any) -> str:
    return "; ".join(_keyword(keyword) for keyword in row["keywords"])


def _keyword(keyword: dict[str, Any]) -> str:
    if keyword["match"] == "exact":
        return str(keyword["raw"])
    return f"{keyword['raw']} → {keyword['term'] or 'unknown'}"


_COLUMNS = (
    Column("review", lambda row: row["title"] or row["id"], width=4),
    Column("keywords", _keywords, width=5),
    Column("problems", lambda row: [problem["message"] for problem in row["problems"]], width=3, optional=True),
)
