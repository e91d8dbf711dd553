"""How every command reads its INPUT: what cannot be read is reported, and the rest is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reviewnlp.errors import InputError
    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary

InputsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Listings or single reviews: .txt .md .html .htm .jsonl .parquet, or - for standard input.",
        show_default=False,
    ),
]

VocabularyOption = Annotated[
    Path | None,
    typer.Option(
        "--vocabulary",
        metavar="FILE",
        help="A SKOS file (.ttl .rdf .nt .jsonld) to use instead of the vocabulary that ships.",
    ),
]

_MEGABYTES: ContextVar[int | None] = ContextVar("megabytes", default=None)


@contextmanager
def reviews_of(inputs: Sequence[str], *, vocabulary: Vocabulary | None = None) -> Iterator[Iterator[Review]]:
    """Give the reviews of all inputs, in their order, to the block.

    An input that cannot be read is named on standard error, the others are still read, and at the end of the
    block the command exits with status 1.

    Parameters
    ----------
    inputs
        Paths, or ``-`` for standard input.
    vocabulary
        The vocabulary that raw keywords are matched to; by default the one that ships.

    Examples
    --------
    ::

        with reviews_of(inputs) as reviews:
            write_results(map(step, reviews), COLUMNS, output=output, format=format)
    """
    from reviewnlp.reading import read_reviews

    unreadable: list[InputError] = []

    def report(error: InputError) -> None:
        unreadable.append(error)
        warn(str(error))

    yield read_reviews(inputs, vocabulary=vocabulary, on_error=report, largest=largest_piece())
    if unreadable:
        raise typer.Exit(1)


def limit_pieces(megabytes: int | None) -> None:
    """Keep for the command what ``--max-megabytes``, which stands before it, says; None for the default."""
    _MEGABYTES.set(megabytes)


def largest_piece() -> int:
    """Return the bytes of the largest piece to read at once."""
    from reviewnlp.tables import LARGEST

    asked = _MEGABYTES.get()
    return LARGEST if asked is None else asked * 1_000_000


def warn(message: str) -> None:
    """Write one line to standard error."""
    print("reviewnlp:", " ".join(message.split()), file=sys.stderr)
