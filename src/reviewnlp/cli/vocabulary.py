"""``reviewnlp vocabulary``: a term with its relations, what a raw keyword becomes, SKOS out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewnlp.cli.inputs import VocabularyOption, warn
from reviewnlp.cli.output import Column, FormatOption, OutputOption, write_results
from reviewnlp.records import Keyword

if TYPE_CHECKING:
    from reviewnlp.vocabulary import Vocabulary

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def vocabulary_commands() -> None:
    """Look up terms, match raw keywords, export SKOS."""


@app.command()
def show(
    terms: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TERM", help="Terms in any of their forms; all terms when none is given.", show_default=False
        ),
    ] = None,
    vocabulary: VocabularyOption = None,
    output: OutputOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Show terms with their entry terms, relations and themes."""
    known = _load(vocabulary)
    labels = [known.match(term).term for term in terms] if terms else [term.label for term in known.terms]
    found = (_with_narrower(known, label) for label in dict.fromkeys(labels) if label is not None)
    write_results(found, _TERM_COLUMNS, output=output, format=format)
    unknown = [term for term, label in zip(terms or (), labels, strict=False) if label is None]
    if unknown:
        warn(f"no term of the vocabulary: {', '.join(unknown)}")
        raise typer.Exit(1)


@app.command()
def match(
    keywords: Annotated[
        list[str],
        typer.Argument(
            metavar="KEYWORD", help="Raw keywords, or - for one a line of standard input.", show_default=False
        ),
    ],
    vocabulary: VocabularyOption = None,
    output: OutputOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """Say which term each raw keyword stands for.

    How it was found: exact (after case folding), variant (punctuation, number, word order, an entry term), typo, or
    unknown, which has no term.
    """
    known = _load(vocabulary)
    write_results(map(known.match, _lines(keywords)), _MATCH_COLUMNS, output=output, format=format, record=Keyword)


@app.command()
def export(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to FILE; its ending (.ttl .rdf .nt .jsonld) says the syntax. Standard output gets Turtle.",
        ),
    ] = None,
    vocabulary: VocabularyOption = None,
) -> None:
    """Write the vocabulary as SKOS."""
    from reviewnlp.vocabulary import write_skos
    from reviewnlp.vocabulary.skos import to_turtle

    known = _load(vocabulary)
    if output is None or str(output) == "-":
        sys.stdout.write(to_turtle(known))
    else:
        write_skos(known, output)


def _load(path: Path | None) -> Vocabulary:
    from reviewnlp.vocabulary import load_vocabulary

    return load_vocabulary(path)


def _lines(keywords: list[str]) -> Iterator[str]:
    for keyword in keywords:
        if keyword == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield keyword


def _with_narrower(known: Vocabulary, label: str) -> Mapping[str, Any]:
    narrower = [term.label for term in known.terms if label in term.broader]
    return {**known[label].to_dict(), "narrower": narrower}


def _relations(row: Mapping[str, Any]) -> str:
    names = ("entry_terms", "broader", "narrower", "related", "themes")
    lines = [f"{name.replace('_', ' ')}: {'; '.join(row[name])}" for name in names if row[name]]
    return "\n".join([*lines, row["note"]]).strip()


_TERM_COLUMNS = (
    Column("term", lambda row: row["label"], width=1),
    Column("relations", _relations, width=3),
)
_MATCH_COLUMNS = (
    Column("keyword", lambda row: row["raw"]),
    Column("match", lambda row: row["match"], width=0),
    Column("term", lambda row: row["term"]),
)
