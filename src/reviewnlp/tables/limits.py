"""The stated limit on what is read at once, so that a hostile file is refused and does not fill the memory."""

from __future__ import annotations

from reviewnlp.errors import InputError

#: Bytes of the largest piece that has to stand in memory at once: a line of text or of JSON Lines, an entry of
#: a listing, a whole HTML page or JSON array, a batch of a Parquet file's rows. Files may be of any size.
LARGEST = 64_000_000


def refuse_larger(what: str, size: int, largest: int, path: str, line: int | None = None) -> None:
    """Raise an InputError when a piece of ``size`` bytes is larger than the limit."""
    if size > largest:
        told = f"{what} is larger than the limit of {largest / 1e6:g} MB; if it is sound, raise the limit"
        raise InputError(f"{told} (--max-megabytes)", path, line)
