"""The manner of indexing: how many terms, in what order, with what capitals, and where it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.auditing.collection import UncheckableError
from reviewnlp.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewnlp.auditing.collection import Collection
    from reviewnlp.records import Review

FEWEST = 10
"""Reviews of a year needed to speak of its manner."""


def find(collection: Collection) -> Iterator[Finding]:
    """Yield findings about the manner of indexing.

    Raises
    ------
    UncheckableError
        Too few reviews have keywords.
    """
    yield from _without(collection)
    reviews = [collection.reviews[i] for i in collection.indexed]
    if len(reviews) < FEWEST:
        raise UncheckableError(f"fewer than {FEWEST} reviews have keywords")
    years = {year: [r for r in reviews if r.year == year] for year in sorted({r.year for r in reviews if r.year})}
    large = {year: group for year, group in years.items() if len(group) >= FEWEST}
    yield from _numbers(large)
    yield from _unusual_numbers(large)
    yield from _orders(large)
    yield from _capitals(collection)


def _without(collection: Collection) -> Iterator[Finding]:
    without = [review for review in collection.reviews if not review.keywords]
    if without and len(without) < len(collection.reviews):
        one = len(without) == 1
        why = f"{len(without)} of {len(collection.reviews)} reviews {'has' if one else 'have'} no keywords."
        yield _finding(without, 0.7, f"index {'it' if one else 'them'}", why)


def _numbers(years: dict[int, list[Review]]) -> Iterator[Finding]:
    from scipy.stats import mannwhitneyu

    for (before, old), (after, new) in zip(list(years.items()), list(years.items())[1:], strict=False):
        counts = [[len(r.keywords) for r in group] for group in (old, new)]
        p = float(mannwhitneyu(*counts).pvalue)
        if p < 0.01:
            yield _finding(
                new,
                0.6,
                f"agree how many terms a review should have, and note that {before} and {after} are not comparable",
                f"A review had {_range(counts[0])} terms in {before} and {_range(counts[1])} in {after} "
                f"(Mann-Whitney test, p = {p:.2g}).",
            )


def _unusual_numbers(years: dict[int, list[Review]]) -> Iterator[Finding]:
    for year, group in years.items():
        counts = np.array([len(r.keywords) for r in group])
        low, high = np.percentile(counts, [25, 75])
        margin = max(1.5 * (high - low), 1.5)  # Tukey's fences; terms come in whole numbers
        for review, count in zip(group, counts.tolist(), strict=True):
            if low - margin <= count <= high + margin:
                continue
            few = count < low
            yield _finding(
                [review],
                0.5,
                "look for terms that were forgotten" if few else "look for terms that say little of this review",
                f"The review has {count} {'term' if count == 1 else 'terms'}; those of {year} have {_range(counts)}.",
            )


def _orders(years: dict[int, list[Review]]) -> Iterator[Finding]:
    for year, group in years.items():
        sortable = [r for r in group if len(r.keywords) >= 4]
        ordered = [r for r in sortable if _alphabetical(r)]
        # Four terms are in alphabetical order by chance once in 24.
        if len(sortable) < FEWEST or not 0.15 < len(ordered) / len(sortable) < 0.85:
            continue
        minority = ordered if len(ordered) <= len(sortable) / 2 else [r for r in sortable if not _alphabetical(r)]
        yield _finding(
            minority,
            0.45,
            "agree on one order of terms",
            f"In {year}, {len(ordered)} of {len(sortable)} reviews with four terms or more have them in alphabetical "
            "order, the others do not: two hands or two rules were at work.",
        )


def _capitals(collection: Collection) -> Iterator[Finding]:
    for raw, reviews in collection.forms.items():
        known = collection.vocabulary.match(raw) if collection.vocabulary else None
        if known and known.match == "exact":
            label = known.term
        else:
            # Of two spellings of an unknown keyword, the one in small letters is usual.
            label = raw.lower() if raw.lower() in collection.forms else None
        if label and raw != label and raw.casefold() == label.casefold():
            why = f"“{raw}” differs from “{label}” in capitals alone."
            yield Finding("style", (label,), (raw,), reviews, f"write {label}", 0.5, why)


def _alphabetical(review: Review) -> bool:
    raws = [keyword.raw.casefold() for keyword in review.keywords]
    return raws == sorted(raws)


def _range(counts: Sequence[int] | np.ndarray) -> str:
    low, middle, high = (round(float(v), 1) for v in np.percentile(counts, [10, 50, 90]))
    return f"{low:g} to {high:g} (median {middle:g})"


def _finding(reviews: Sequence[Review], score: float, suggestion: str, why: str) -> Finding:
    return Finding("style", (), (), tuple(review.id for review in reviews), suggestion, score, why)
