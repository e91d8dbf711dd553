"""``reviewnlp extract``: the facts of each case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewnlp.cli.inputs import InputsArgument, reviews_of
from reviewnlp.cli.output import Column, FormatOption, OutputOption, Row, write_results

if TYPE_CHECKING:
    from reviewnlp.records import Facts

app = typer.Typer(add_completion=False, rich_markup_mode=None)

FlatOption = Annotated[
    bool,
    typer.Option(
        "--flat",
        help="Plain columns only, such as outcomes.type, the values of several facts joined: for a spreadsheet.",
    ),
]


@app.command()
def extract(
    inputs: InputsArgument,
    output: OutputOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    flat: FlatOption = False,
) -> None:
    """Extract the facts of each case.

    One object a review: people, children, ages, outcomes, causes, perpetrators, justice, incident dates and the
    child's status with services, each with its words and their offsets in the review's text.
    """
    from reviewnlp.extraction import Extractor
    from reviewnlp.records import Facts

    with reviews_of(inputs) as reviews:
        facts = Extractor().pipe(reviews)
        if flat:
            write_results(map(_flat, facts), _FLAT_COLUMNS, output=output, format=format)
        else:
            write_results(facts, _COLUMNS, output=output, format=format, record=Facts)


def _flat(facts: Facts) -> dict[str, Any]:
    """Flatten the facts without their offsets, which say nothing in a spreadsheet."""
    from reviewnlp.tables import flatten

    flat = flatten(facts.to_dict(), record=type(facts))
    return {name: value for name, value in flat.items() if not _OFFSETS.search(name)}


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


_OFFSETS = re.compile(r"\b(start|end|mentions|spans)\b")
_COLUMNS = (
    Column("review", _review, width=3),
    Column("children", _children, width=3),
    Column("outcomes", _types("outcomes"), width=2),
    Column("causes", _types("causes"), width=2, optional=True),
    Column("by whom", _types("perpetrators", "relation"), width=2, optional=True),
)
_FLAT_COLUMNS = (
    Column("review", lambda row: row["id"], width=2),
    Column("outcomes", lambda row: row["outcomes.type"]),
    Column("causes", lambda row: row["causes.type"]),
)
