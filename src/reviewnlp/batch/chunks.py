"""The reviews of all inputs in numbered chunks, read as they are needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reviewnlp.records import Review
from reviewnlp.tables import LARGEST

if TYPE_CHECKING:
    from reviewnlp.batch.inputs import Input
    from reviewnlp.errors import InputError
    from reviewnlp.vocabulary import Vocabulary

#: A chunk ends early at so many characters of text, so that long reviews do not fill the memory.
LONGEST = 8_000_000


@dataclasses.dataclass(frozen=True)
class Chunk:
    """Reviews that are annotated together and become one shard.

    ``unread`` tells of inputs that could not be read on the way; ``position`` is how much of the inputs (see
    ``Input.length``) had been read when the chunk was full.
    """

    number: int
    reviews: tuple[Review, ...]
    unread: tuple[dict[str, Any], ...] = ()
    position: int = 0


def chunks_of(
    inputs: Sequence[Input], size: int, *, vocabulary: Vocabulary | None = None, largest: int = LARGEST
) -> Iterator[Chunk]:
    """Yield the reviews of the inputs in chunks of ``size``; the same inputs give the same chunks.

    Parameters
    ----------
    inputs
        What to read, in order. Ids are unique across all of them.
    size
        Reviews a chunk.
    vocabulary
        The terms that keywords are matched to; None for those that ship.
    largest
        Bytes of the largest piece that is read at once.

    Yields
    ------
    Chunk
        An input that cannot be read is told in ``unread``, and the others are read.
    """
    from reviewnlp.reading import read_reviews

    number, before, position, characters = 0, 0, 0, 0
    reviews: list[Review] = []
    unread: list[dict[str, Any]] = []
    ids: dict[str, int] = {}

    def report(error: InputError) -> None:
        unread.append({"source": {"path": error.path, "line": error.line}, "error": error.message})

    for one in inputs:
        found = read_reviews([one.path], vocabulary=vocabulary, on_error=report, ids=ids, largest=largest)
        for count, review in enumerate(found, start=1):
            reviews.append(review)
            characters += len(review.text)
            if len(reviews) == size or characters >= LONGEST:
                read = review.source.end_line if one.in_lines and review.source else count
                position = max(position, before + min(read, one.length))
                yield Chunk(number, tuple(reviews), tuple(unread), position)
                number, characters = number + 1, 0
                reviews, unread = [], []
        before += one.length
    if reviews or unread:
        yield Chunk(number, tuple(reviews), tuple(unread), before)
