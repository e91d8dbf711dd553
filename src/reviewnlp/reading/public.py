"""The public functions of reading, which give plain lists of reviews."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reviewnlp.reading.reviews import parse_text as parse_listing
from reviewnlp.reading.reviews import read_reviews
from reviewnlp.records import Review

if TYPE_CHECKING:
    from reviewnlp.vocabulary import Vocabulary


def parse(source: str | Path | Iterable[str | Path], *, vocabulary: Vocabulary | None = None) -> list[Review]:
    """Read the reviews of a file, or of several.

    Parameters
    ----------
    source
        A path, ``-`` for standard input, or several.
    vocabulary
        The terms that keywords are matched to; None for those that ship.

    Raises
    ------
    InputError
        A file cannot be read.
    """
    paths = [source] if isinstance(source, (str, Path)) else source
    return list(read_reviews(paths, vocabulary=vocabulary))


def parse_text(text: str, *, vocabulary: Vocabulary | None = None) -> list[Review]:
    r"""Read the reviews of a text: those of a listing, or one review without a title.

    What the page holds besides is in :func:`reviewnlp.reading.parse_text`, which gives a whole ``Listing``.

    Parameters
    ----------
    text
        Plain text, Markdown or HTML.
    vocabulary
        The terms that keywords are matched to; None for those that ship.

    Examples
    --------
    >>> [review.case_name for review in parse_text("2018 – Sunderland – Baby A\nDeath of a baby.")]
    ['Baby A']
    """
    return list(parse_listing(text, vocabulary=vocabulary).reviews)
