"""How every command gives its results: a file by its ending, a table on a terminal, else JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Literal

import typer

from reviewnlp.records.record import Record

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]


class Format(StrEnum):
    """The forms of output that every command has."""

    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    table = "table"


OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE (.jsonl .json .csv .parquet) instead of standard output.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="Form of the output; without it FILE's ending says it, and standard output gets a table on a "
        "terminal, JSON Lines elsewhere.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Column:
    """A column of the table for people.

    ``value`` gives the cell's text for a row (JSON values); ``width`` is the share of the width that is left
    for columns which may wrap, and 0 keeps the column on one line. An ``optional`` column is left out where no row
    has anything in it.
    """

    heading: str
    value: Callable[[Row], object]
    width: int = 1
    align: Literal["left", "right"] = "left"
    optional: bool = False


def write_results(
    results: Iterable[Row | Record],
    columns: Sequence[Column],
    *,
    output: Path | None = None,
    format: Format | None = None,  # noqa: A002 - the option's name
    record: type[Record] | None = None,
) -> None:
    """Write a command's results where and how its user asked.

    Parameters
    ----------
    results
        Records or rows of JSON values; they are taken one at a time where the format allows.
    columns
        The columns of the table for people.
    output, format
        What the options of the same names hold.
    record
        The kind of record that the results are (the columns of CSV, the types of Parquet).
    """
    from reviewnlp.tables import write_records

    if output == Path("-"):
        output = None
    chosen = _choose(output, format)
    if chosen == "table":
        _write_table(results, columns, output)
    else:
        target = output or (_bytes_out() if chosen == "parquet" else sys.stdout)
        try:
            write_records(results, target, chosen, record=record)
        except BrokenPipeError:
            # Whoever reads has seen enough, as `head` does: that is no failure.
            raise typer.Exit from None


def _choose(output: Path | None, asked: Format | None) -> str:
    """Name the format, or end with a usage error that says what is wrong with the options."""
    if output is None:
        return asked or (Format.table if sys.stdout.isatty() else Format.jsonl)
    from reviewnlp.tables import FORMATS, format_of

    named = format_of(output)
    if named is None and asked is None:
        endings = " ".join(f".{ending}" for ending in FORMATS)
        raise typer.BadParameter(f"the ending of {output} is none of {endings}; name the form with --format")
    if named and asked and named != asked:
        raise typer.BadParameter(f"-o {output} and --format {asked} contradict each other")
    if output.is_dir():
        raise typer.BadParameter(f"{output} is a folder; -o names a file here")
    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent} to write {output.name} in")
    return asked or str(named)


def _bytes_out() -> IO[bytes]:
    if sys.stdout.isatty():
        raise typer.BadParameter("Parquet is not for a terminal: write it to a file with -o FILE.parquet")
    return sys.stdout.buffer


def _write_table(results: Iterable[Row | Record], columns: Sequence[Column], output: Path | None) -> None:
    from rich.console import Console

    from reviewnlp.tables import replacing

    rows = [result.to_dict() if isinstance(result, Record) else result for result in results]
    if output is None:
        _print_table(rows, columns, Console(highlight=False))
    else:
        with replacing(output) as file:
            _print_table(rows, columns, Console(file=file, width=120, highlight=False))


def _print_table(rows: Sequence[Row], columns: Sequence[Column], console: Console) -> None:
    from rich import box
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    # Text, not str: a bracket in a review is no markup.
    cells = [[Text(_printed(column.value(row))) for row in rows] for column in columns]
    shown = [(column, texts) for column, texts in zip(columns, cells, strict=True) if any(texts) or not column.optional]
    for column, _ in shown:
        table.add_column(
            column.heading,
            justify=column.align,
            ratio=column.width or None,
            no_wrap=not column.width,
            overflow="fold",
        )
    for texts in zip(*(texts for _, texts in shown), strict=True):
        table.add_row(*texts)
    # The shares of the width count only in a table that fills it.
    unbounded = console.options.update(width=10_000)
    table.expand = Measurement.get(console, unbounded, table).maximum > console.width
    console.print(table)


def _printed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
