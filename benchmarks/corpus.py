"""Listings of any size, made of the fictional reviews that ship.

    python -m benchmarks.corpus 10000 -o listing.txt [--varied]

The reviews are repeated with a number added to each title, so that every entry is a review of its own. ``--varied``
adds a paragraph of names and words that stand in no other entry, which is what caches have to bear.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from reviewnlp.reading import read_reviews
from reviewnlp.resources import shipped

_SYLLABLES = [first + vowel for first in "bcdfghjklmnprstvwz" for vowel in ("a", "e", "i", "o", "u", "ai", "en", "or")]


def entries() -> list[list[str]]:
    """Return the lines of every fictional entry, its title first, in the order of their years."""
    found = []
    for path in sorted(shipped("data", "fictional").glob("reviews-*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        sources = [review.source for review in read_reviews([path]) if review.source and review.title]
        found += [[line for line in lines[at.start_line - 1 : at.end_line] if line] for at in sources]
    return found


def listing(reviews: int, *, varied: bool = False) -> Iterator[str]:
    """Yield the entries of a listing with so many reviews, each as text."""
    kept = entries()
    rounds = itertools.count(1)
    numbered = ((lines, number) for number in rounds for lines in kept)
    for lines, number in itertools.islice(numbered, reviews):
        more = [unseen(lines[0], number)] if varied else []
        yield "\n".join([f"{lines[0]} {number}", *more, *lines[1:], "", ""])


def unseen(title: str, number: int) -> str:
    """Return a sentence with an age, a year, names and words of its own."""
    chance = random.Random(f"{title} {number}")
    made = ["".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5))) for _ in range(8)]
    name, other, *words = made
    age = f"aged {chance.randint(1, 17)} in {chance.randint(1990, 2025)}"
    told = f"{', '.join(words)} at {made[0]}-{made[2]}"
    return f"{name.capitalize()}, {age}, lived with her aunt {other.capitalize()}: {told}."


def write_listing(path: Path, reviews: int, *, varied: bool = False) -> None:
    """Write a listing, an entry at a time."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(listing(reviews, varied=varied))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reviews", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--varied", action="store_true", help="add words that no other entry has")
    given = parser.parse_args()
    write_listing(given.output, given.reviews, varied=given.varied)
