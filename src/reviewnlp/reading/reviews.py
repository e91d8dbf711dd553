"""Reviews from texts and files: the entry points of reading."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reviewnlp.errors import InputError
from reviewnlp.reading.entry import unique_id
from reviewnlp.reading.files import RECORD_SUFFIXES, decode, read_bytes
from reviewnlp.reading.lines import Line, split_lines
from reviewnlp.reading.listing import Leftovers, Listing, iterate_reviews
from reviewnlp.reading.markup import html_lines, is_html, looks_like_markdown, markdown_lines
from reviewnlp.records import Review

if TYPE_CHECKING:
    from reviewnlp.vocabulary import Vocabulary


def parse_text(text: str, *, path: str = "-", vocabulary: Vocabulary | None = None) -> Listing:
    r"""Read the reviews of a text: a listing, or one review without a title.

    Parameters
    ----------
    text
        Plain text, Markdown or HTML.
    path
        The name that ``Review.source`` gives; its ending says what the text is.
    vocabulary
        The terms that keywords are matched to; None for those that ship.

    Returns
    -------
    Listing
        The reviews, the page furniture, and problems that belong to no review.

    Examples
    --------
    >>> listing = parse_text("2018 – Sunderland – Baby A\nDeath of a baby.\nKeywords: infant deaths")
    >>> listing.reviews[0].authorities, listing.reviews[0].terms
    (('Sunderland',), ('infant deaths',))
    """
    leftovers = Leftovers()
    reviews = tuple(iterate_reviews(_lines(text, path), path, _given(vocabulary), leftovers, {}))
    return Listing(reviews, tuple(leftovers.furniture), tuple(leftovers.problems))


def read_reviews(
    paths: Iterable[str | Path],
    *,
    vocabulary: Vocabulary | None = None,
    on_error: Callable[[InputError], None] | None = None,
    ids: dict[str, int] | None = None,
) -> Iterator[Review]:
    """Read the reviews of files, one after the other; ids are unique across them.

    Parameters
    ----------
    paths
        Files ``.txt .md .html .htm .jsonl .parquet``, or ``-`` for standard input.
    vocabulary
        The terms that keywords are matched to; None for those that ship.
    on_error
        Called for a file that cannot be read, and for lines that belong to no review; reading goes on. When None,
        the first file that cannot be read raises.
    ids
        How often each id was given, to go on from an earlier call; None to begin anew.

    Yields
    ------
    Review

    Raises
    ------
    InputError
        A file cannot be read, and there is no ``on_error``.
    """
    ids = {} if ids is None else ids
    for path in paths:
        name = os.fspath(path)
        try:
            if name.lower().endswith(RECORD_SUFFIXES):
                yield from _records(name, ids)
            else:
                yield from _listed(name, _given(vocabulary), ids, on_error)
        except InputError as error:
            if on_error is None:
                raise
            on_error(error)


def _listed(
    name: str, vocabulary: Vocabulary, ids: dict[str, int], on_error: Callable[[InputError], None] | None
) -> Iterator[Review]:
    text = decode(read_bytes(name), name)
    leftovers = Leftovers()
    empty, told = True, 0
    for review in iterate_reviews(_lines(text, name), name, vocabulary, leftovers, ids):
        # What stands before the first title is told with the review that follows it.
        stray, told = tuple(leftovers.problems[told:]), len(leftovers.problems)
        yield dataclasses.replace(review, problems=(*stray, *review.problems)) if stray else review
        empty = False
    if empty:
        raise InputError("holds no review" if text.strip() else "is empty", name)


def _records(name: str, ids: dict[str, int]) -> Iterator[Review]:
    from reviewnlp.tables import read_records

    for review in read_records(name, Review):
        yield dataclasses.replace(review, id=unique_id(review.id, ids))


def _lines(text: str, path: str) -> Iterator[Line]:
    suffix = os.path.splitext(path)[1].lower()
    if suffix in (".html", ".htm", ".xhtml") or is_html(text, fragment=not suffix):
        return html_lines(text)
    if suffix in (".md", ".markdown") or (not suffix and looks_like_markdown(text)):
        return markdown_lines(text)
    return split_lines(text)


def _given(vocabulary: Vocabulary | None) -> Vocabulary:
    if vocabulary is not None:
        return vocabulary
    from reviewnlp.vocabulary import load_vocabulary

    return load_vocabulary()
