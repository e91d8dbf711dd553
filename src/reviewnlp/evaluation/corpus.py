"""What an experiment takes from its reviews: gold labels, parts of the text, a fingerprint."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from reviewnlp.records.review import SectionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Review, Section
    from reviewnlp.vocabulary import Vocabulary

TextPart = Literal["title", "summary"] | SectionKind
TEXT_PARTS: tuple[str, ...] = ("title", "summary", *get_args(SectionKind))


def theme_matrix(reviews: Sequence[Review], vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Return the themes of the gold terms as a boolean array (n_reviews, n_themes), in the vocabulary's order."""
    held = np.zeros((len(reviews), len(vocabulary.themes)), dtype=bool)
    places = {theme.id: place for place, theme in enumerate(vocabulary.themes)}
    for row, review in enumerate(reviews):
        known = [term for term in review.terms if term in vocabulary]
        held[row, [places[theme] for theme in vocabulary.themes_of(known)]] = True
    return held


def restricted(review: Review, parts: Collection[str]) -> Review:
    """Return the review with some parts of its text only; its keywords stay.

    Parameters
    ----------
    review
        The review.
    parts
        Names of :data:`TEXT_PARTS` to keep.

    Returns
    -------
    Review
        Its text, and the offsets of its sections, are those of the kept parts.
    """
    lines = [review.title] if "title" in parts and review.title else []
    if "summary" in parts and review.summary:
        lines.append(review.summary)
    sections: list[Section] = []
    length = sum(len(line) + 1 for line in lines)
    for section in review.sections:
        if section.kind in parts:
            heading = f"{section.heading}: " if section.heading else ""
            start = length + len(heading)
            sections.append(dataclasses.replace(section, start=start, end=start + len(section.text)))
            lines.append(heading + section.text)
            length += len(lines[-1]) + 1
    return dataclasses.replace(
        review,
        text="\n".join(lines),
        title=review.title if "title" in parts else None,
        summary=review.summary if "summary" in parts else "",
        sections=tuple(sections),
    )


def fingerprint(reviews: Iterable[Review]) -> str:
    """Return a short hash of the reviews, in their order.

    Where a review was read, and what was said about its lines, makes no difference to any figure.
    """
    digest = hashlib.sha256()
    for review in reviews:
        bare = dataclasses.replace(review, source=None, problems=(), links=())
        digest.update(json.dumps(bare.to_dict(), sort_keys=True).encode())
    return digest.hexdigest()[:16]
