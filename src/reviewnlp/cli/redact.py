"""``reviewnlp redact``: texts without the names in them."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewnlp.cli.inputs import InputsArgument, reviews_of
from reviewnlp.cli.output import Column, Format, OutputOption, write_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.records import Review

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class RedactFormat(StrEnum):
    """The forms of output of this command: plain text is one more."""

    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    table = "table"
    text = "text"


@app.command()
def redact(
    inputs: InputsArgument,
    output: OutputOption = None,
    format: Annotated[  # noqa: A002 - the option's name
        RedactFormat | None,
        typer.Option(
            "--format",
            help="text writes the texts with blank lines between; the others add what was replaced how often. "
            "Without it FILE's ending says it (.txt is text), and standard output gets text on a terminal, JSON Lines "
            "elsewhere.",
            show_default=False,
        ),
    ] = None,
    ages: Annotated[bool, typer.Option("--ages", help="Replace ages by bands as well, such as [AGE 1-5].")] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Write which words each placeholder stands for (.jsonl .json .csv .parquet). Keep it apart from the "
            "texts.",
        ),
    ] = None,
) -> None:
    """Replace the names and labels of people by placeholders.

    A person is [CHILD 1] or [ADULT 2] throughout a review; reviews are numbered in their order, since an id holds the
    name of the case. Places and dates stay. No tool finds every name: read the report before you share a text.
    """
    if format is None and ((output is None and sys.stdout.isatty()) or (output and output.suffix.lower() == ".txt")):
        format = RedactFormat.text  # noqa: A001
    reported: list[dict[str, Any]] = []
    with reviews_of(inputs) as reviews:
        rows = _redacted(reviews, reported, ages=ages)
        if format is RedactFormat.text:
            _write_texts(rows, output)
        else:
            write_results(rows, _COLUMNS, output=output, format=Format(format.value) if format else None)
        if report is not None:
            write_results(reported, _REPORT, output=report)


def _redacted(reviews: Iterator[Review], reported: list[dict[str, Any]], *, ages: bool) -> Iterator[dict[str, Any]]:
    from reviewnlp.extraction.redaction import redact as redacted

    for number, review in enumerate(reviews, start=1):
        result = redacted(review, ages=ages)
        reported += [{"review": number, "id": review.id, **item.to_dict()} for item in result.replacements]
        counts = [{"placeholder": item.placeholder, "count": item.count} for item in result.replacements]
        yield {"review": number, "text": result.text, "replaced": counts}


def _write_texts(rows: Iterator[dict[str, Any]], output: Path | None) -> None:
    from reviewnlp.tables import replacing

    if output is None or output == Path("-"):
        for row in rows:
            sys.stdout.write(f"{row['text']}\n\n")
    else:
        with replacing(output) as file:
            for row in rows:
                file.write(f"{row['text']}\n\n")


def _replaced(row: Any) -> list[str]:
    return [f"{item['placeholder']} {item['count']}" for item in row["replaced"]]


_COLUMNS = (
    Column("review", lambda row: row["review"], width=0, align="right"),
    Column("text", lambda row: row["text"], width=6),
    Column("replaced", _replaced, width=2),
)
_REPORT = (
    Column("review", lambda row: row["id"], width=2),
    Column("placeholder", lambda row: row["placeholder"], width=2),
    Column("forms", lambda row: row["forms"], width=4),
)
