"""The same paragraph, or nearly, in two reviews: a copying error of the source, or a record entered twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reviewnlp.auditing.collection import UncheckableError
from reviewnlp.evaluation.splits import near_duplicates
from reviewnlp.records import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.auditing.collection import Collection
    from reviewnlp.records import Review

FEWEST_WORDS = 12
"""A shorter paragraph, such as "Learning is embedded in the recommendations.", may be a set phrase."""


def find(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each group of reviews that share a paragraph.

    Raises
    ------
    UncheckableError
        There is only one review, or no paragraph is long enough to compare.
    """
    if len(collection.reviews) < 2:
        raise UncheckableError("there is only one review" if collection.reviews else "there are no reviews")
    places = [(row, part) for row, review in enumerate(collection.reviews) for part in _paragraphs(review)]
    if not places:
        raise UncheckableError(f"no paragraph has {FEWEST_WORDS} words or more")
    groups = defaultdict(list)
    for place, group in zip(places, near_duplicates([part.text for _, part in places]).tolist(), strict=True):
        groups[group].append(place)
    shared: dict[tuple[int, ...], list[Evidence]] = defaultdict(list)
    for group in groups.values():
        rows = tuple(dict.fromkeys(row for row, _ in group))
        if len(rows) > 1:
            shared[rows].append(group[0][1])
    for rows, parts in shared.items():
        many = len(parts) > 1
        yield Finding(
            kind="duplicate_text",
            terms=(),
            raw=(),
            reviews=tuple(collection.reviews[row].id for row in rows),
            suggestion="compare with the published reports and mend the copied text",
            score=0.95,
            why=f"{len(rows)} reviews share {f'{len(parts)} paragraphs' if many else 'a paragraph'}, word for word "
            "or nearly.",
            evidence=tuple(parts),
        )


def _paragraphs(review: Review) -> Iterator[Evidence]:
    start = 0
    # How a review was made is said in set phrases.
    methods = [(section.start, section.end) for section in review.sections if section.kind == "model"]
    for number, line in enumerate(review.text.split("\n")):
        # The title line is no paragraph; an untitled review has none.
        told = (number or review.title is None) and not any(
            first < start + len(line) and start < last for first, last in methods
        )
        if told and len(line.split()) >= FEWEST_WORDS:
            yield Evidence(line, start, start + len(line))
        start += len(line) + 1
