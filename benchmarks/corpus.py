"""Listings of any size, made of the fictional reviews that ship.

    python -m benchmarks.corpus 10000 -o listing.txt

The reviews are repeated with a number added to each title, so that every entry is a review of its own.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path

from reviewnlp.reading import read_reviews
from reviewnlp.resources import shipped


def entries() -> list[list[str]]:
    """Return the lines of every fictional entry, its title first, in the order of their years."""
    found = []
    for path in sorted(shipped("data", "fictional").glob("reviews-*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        sources = [review.source for review in read_reviews([path]) if review.source and review.title]
        found += [[line for line in lines[at.start_line - 1 : at.end_line] if line] for at in sources]
    return found


def listing(reviews: int) -> Iterator[str]:
    """Yield the entries of a listing with so many reviews, each as text."""
    kept = entries()
    rounds = itertools.count(1)
    numbered = ((lines, number) for number in rounds for lines in kept)
    for lines, number in itertools.islice(numbered, reviews):
        yield "\n".join([f"{lines[0]} {number}", *lines[1:], "", ""])


def write_listing(path: Path, reviews: int) -> None:
    """Write a listing, an entry at a time."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(listing(reviews))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reviews", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    write_listing(given.output, given.reviews)
