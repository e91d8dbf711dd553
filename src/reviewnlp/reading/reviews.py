"""Reviews from texts and files: the entry points of reading."""

from __future__ import annotations

import dataclasses
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reviewnlp.errors import InputError
from reviewnlp.reading.entry import unique_id
from reviewnlp.reading.files import RECORD_SUFFIXES
from reviewnlp.reading.lines import Line, split_blocks
from reviewnlp.reading.listing import Leftovers, Listing, iterate_reviews
from reviewnlp.reading.markup import html_lines, is_html, looks_like_markdown, markdown_lines
from reviewnlp.reading.streams import size_of, text_blocks
from reviewnlp.records import Review
from reviewnlp.tables import LARGEST, read_records, refuse_larger

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
    reviews = tuple(iterate_reviews(_lines(text, iter((text,)), path), path, _given(vocabulary), leftovers, {}))
    return Listing(reviews, tuple(leftovers.furniture), tuple(leftovers.problems))


def read_reviews(
    paths: Iterable[str | Path],
    *,
    vocabulary: Vocabulary | None = None,
    on_error: Callable[[InputError], None] | None = None,
    ids: dict[str, int] | None = None,
    largest: int = LARGEST,
) -> Iterator[Review]:
    """Read the reviews of files, one after the other; ids are unique across them.

    Parameters
    ----------
    paths
        Files ``.txt .md .html .htm .jsonl .parquet``, or ``-`` for standard input.
    vocabulary
        The terms that keywords are matched to; None for those that ship.
    on_error
        Called for a file, or a line of JSON Lines, that cannot be read; reading goes on. When None, the first raises.
    ids
        How often each id was given, to go on from an earlier call; None to begin anew.
    largest
        Bytes of the largest piece that is read at once; see :data:`reviewnlp.tables.LARGEST`.

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
                yield from _records(name, ids, on_error, largest)
            else:
                yield from _listed(name, _given(vocabulary), ids, largest)
        except InputError as error:
            if on_error is None:
                raise
            on_error(error)


def _listed(name: str, vocabulary: Vocabulary, ids: dict[str, int], largest: int) -> Iterator[Review]:
    # What belongs to no review is told with one, or not kept: a file may hold any number of such lines.
    leftovers = Leftovers(furniture=deque(maxlen=0))
    empty = True
    with text_blocks(name, largest) as (head, blocks):
        if _is_page(head, name):
            refuse_larger("an HTML page, which is read whole,", size_of(name), largest, name)
            head = "\n".join(blocks)
            blocks = iter((head,))
        lines = _lines(head, blocks, name)
        for review in iterate_reviews(lines, name, vocabulary, leftovers, ids, largest=largest):
            # What stands before the first title is told with the review that follows it.
            stray = tuple(leftovers.problems)
            leftovers.problems.clear()
            yield dataclasses.replace(review, problems=(*stray, *review.problems)) if stray else review
            empty = False
    if empty:
        raise InputError("holds no review" if head.strip() else "is empty", name)


def _records(
    name: str, ids: dict[str, int], on_error: Callable[[InputError], None] | None, largest: int
) -> Iterator[Review]:
    for review in read_records(name, Review, on_error=on_error, largest=largest):
        yield dataclasses.replace(review, id=unique_id(review.id, ids))


def _lines(head: str, blocks: Iterator[str], path: str) -> Iterator[Line]:
    """Yield the lines of a text that begins with ``head`` and stands in ``blocks``; a page is one block."""
    if _is_page(head, path):
        return html_lines(next(blocks))
    suffix = _suffix(path)
    if suffix in (".md", ".markdown") or (not suffix and looks_like_markdown(head)):
        return markdown_lines(blocks)
    return split_blocks(blocks)


def _is_page(head: str, path: str) -> bool:
    suffix = _suffix(path)
    return suffix in (".html", ".htm", ".xhtml") or is_html(head, fragment=not suffix)


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _given(vocabulary: Vocabulary | None) -> Vocabulary:
    if vocabulary is not None:
        return vocabulary
    from reviewnlp.vocabulary import load_vocabulary

    return load_vocabulary()
