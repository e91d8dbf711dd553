"""Small fictional collections for the tests of the audit."""

from __future__ import annotations

import itertools

from reviewnlp.records import Review
from reviewnlp.vocabulary import load_vocabulary

PLACES = ["Abbots Ford", "Alderley Green", "Brackwater", "Calder Vale", "Dunmere", "Elmstow", "Fernleigh", "Garrowby"]
STORIES = [
    "A baby was found unresponsive in a cot beside her sleeping parents.",
    "The school had noticed bruises on the boy and told nobody outside it.",
    "A teenager travelled by train to sell drugs for older men.",
    "Two brothers lived among rubbish, and appointments with doctors were missed.",
    "A girl told her aunt that her stepfather had touched her for years.",
    "The father had left a psychiatric ward a week before the fire.",
]


def listing_review(number: int, keywords: list[str], *, year: int = 2020, text: str | None = None) -> Review:
    """Return a review with its own words and the keywords as given."""
    place = PLACES[number % len(PLACES)]
    title = f"{year} – {place} – Child {number}"
    story = text or f"{STORIES[number % len(STORIES)]} It was the case numbered {number} that {place} looked at."
    return Review(
        id=f"review-{number}",
        text=f"{title}\n{story}",
        title=title,
        year=year,
        summary=story,
        keywords=tuple(load_vocabulary().match(raw) for raw in keywords),
    )


def collection_of(*keyword_lists: list[str], year: int = 2020) -> list[Review]:
    """Return one review for each list of keywords."""
    return [listing_review(number, keywords, year=year) for number, keywords in zip(itertools.count(), keyword_lists)]
