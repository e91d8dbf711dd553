"""``reviewnlp extract``: the facts of each case."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewnlp.cli.inputs import InputsArgument, reviews_of, warn
from reviewnlp.cli.output import Column, Format, OutputOption, Row, write_results

if TYPE_CHECKING:
    from reviewnlp.extraction.child_rows import ChildRow
    from reviewnlp.records import Facts, Review

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class ExtractFormat(StrEnum):
    """The forms of output of this command: a page of marked text is one more."""

    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    table = "table"
    html = "html"


FlatOption = Annotated[
    bool,
    typer.Option(
        "--flat",
        help="One row a child in plain columns, the case's repeated: what CSV and Parquet always hold.",
    ),
]
ExtractFormatOption = Annotated[
    ExtractFormat | None,
    typer.Option(
        "--format",
        help="jsonl and json hold every fact with its words; csv and parquet one row a child; html marks the facts in "
        "the text. Without it FILE's ending says it, and standard output gets a table on a terminal, JSON Lines "
        "elsewhere.",
        show_default=False,
    ),
]


@app.command()
def extract(
    inputs: InputsArgument,
    output: OutputOption = None,
    format: ExtractFormatOption = None,  # noqa: A002 - the option's name
    flat: FlatOption = False,
) -> None:
    """Extract the facts of each case.

    One object a review: people, children, ages, outcomes, causes, perpetrators, justice, incident dates and the
    child's status with services, each with its words and their offsets in the review's text. A review that names
    somebody by a real name is reported on standard error.
    """
    from reviewnlp.records import Facts

    ending = output.suffix.lower() if output else ""
    if format is ExtractFormat.html or (format is None and ending in (".html", ".htm")):
        with reviews_of(inputs) as reviews:
            _write_page(_extracted(reviews), output)
        return
    form = Format(format.value) if format else None
    with reviews_of(inputs) as reviews:
        found = _extracted(reviews)
        if flat or form in (Format.csv, Format.parquet) or (form is None and ending in (".csv", ".parquet")):
            from reviewnlp.extraction.child_rows import ChildRow, child_rows

            rows = (row for _, facts in found for row in child_rows(facts))
            if form is Format.csv or (form is None and ending == ".csv"):
                write_results(map(_cells, rows), _FLAT_COLUMNS, output=output, format=form)
            else:
                write_results(rows, _FLAT_COLUMNS, output=output, format=form, record=ChildRow)
        else:
            write_results((facts for _, facts in found), _COLUMNS, output=output, format=form, record=Facts)


def _extracted(reviews: Iterator[Review]) -> Iterator[tuple[Review, Facts]]:
    """Yield each review with its facts; warn of real names."""
    from reviewnlp.extraction import Extractor

    reviews, copies = tee(reviews)
    for review, facts in zip(copies, Extractor().pipe(reviews), strict=True):
        real = sum(person.kind == "real" for person in facts.people)
        if real:
            people = "a person by a real name" if real == 1 else f"{real} people by real names"
            warn(f"{review.id}: names {people}; share it with care (reviewnlp redact)")
        yield review, facts


def _cells(row: ChildRow) -> Row:
    """Give a lone year as a number: CSV sets text that looks like one in quotes of its own."""
    return {
        name: int(cell) if isinstance(cell, str) and cell.isdecimal() else cell for name, cell in row.to_dict().items()
    }


def _write_page(found: Iterator[tuple[Review, Facts]], output: Path | None) -> None:
    from reviewnlp.extraction.highlight import highlighted
    from reviewnlp.tables import replacing

    if output is None or output == Path("-"):
        sys.stdout.writelines(highlighted(found))
        return
    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent} to write {output.name} in")
    with replacing(output) as file:
        file.writelines(highlighted(found))


def _review(row: Row) -> str:
    parts = (row["year"], ", ".join(row["authorities"]), row["case_name"])
    return " – ".join(str(part) for part in parts if part) or str(row["id"])


def _children(row: Row) -> list[str]:
    return [", ".join(filter(None, _child(child))) for child in row["children"]]


def _child(child: Mapping[str, Any]) -> list[str]:
    group = f"{child['count'] or 'several'} children" if child["group"] else ""
    gender = child["gender"] if child["gender"] != "unknown" else ""
    ages = dict.fromkeys(_age(child[end]) for end in ("age_min", "age_max") if child[end])
    return [child["name"] or "", group, "–".join(ages), gender]


def _age(duration: str) -> str:
    """Say an ISO 8601 duration in words, such as 2 years 4 months."""
    units = {"Y": "year", "M": "month", "W": "week", "D": "day"}
    parts = re.findall(r"([0-9]+)([YMWD])", duration)
    return " ".join(f"{number} {units[unit]}{'s' if number != '1' else ''}" for number, unit in parts)


def _types(kind: str, key: str = "type") -> Callable[[Row], list[str]]:
    """Name the facts of a kind, with their certainty where they are not confirmed."""

    def named(row: Row) -> list[str]:
        doubt = [fact.get("certainty", "confirmed") for fact in row[kind]]
        names = [re.sub(r"\b(mother|father)s_", r"\1's_", fact[key]).replace("_", " ") for fact in row[kind]]
        return [f"{name} ({sure})" if sure != "confirmed" else name for name, sure in zip(names, doubt, strict=True)]

    return named


_COLUMNS = (
    Column("review", _review, width=3),
    Column("children", _children, width=3),
    Column("outcomes", _types("outcomes"), width=2),
    Column("causes", _types("causes"), width=2, optional=True),
    Column("by whom", _types("perpetrators", "relation"), width=2, optional=True),
)
_FLAT_COLUMNS = (
    Column("review", lambda row: row["id"], width=3),
    Column("child", lambda row: row["child"], width=2),
    Column("age", lambda row: list(dict.fromkeys(filter(None, (row["age_min"], row["age_max"]))))),
    Column("gender", lambda row: row["gender"]),
    Column("outcomes", lambda row: row["outcomes"], width=3),
    Column("causes", lambda row: row["causes"], width=3, optional=True),
)
