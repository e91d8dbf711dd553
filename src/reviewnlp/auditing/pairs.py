"""Reviews alike in text whose keywords differ more than those of such pairs usually do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.auditing.collection import UncheckableError, name
from reviewnlp.evaluation.metrics import rolling
from reviewnlp.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reviewnlp.auditing.collection import Collection
    from reviewnlp.records import Review

FEWEST = 20
"""Reviews needed to know what is usual."""

UNUSUAL = 0.1
"""A pair is reported when at most this share of equally alike pairs agrees as little."""


def find(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each pair that agrees unusually little.

    Raises
    ------
    UncheckableError
        Too few reviews have keywords.
    """
    if len(collection.indexed) < FEWEST:
        raise UncheckableError(f"fewer than {FEWEST} reviews have keywords, too few to know what is usual")
    near = collection.neighbours(5)
    pairs = sorted(
        {
            (min(row, other), max(row, other), round(float(likeness), 6))
            for row, (others, likenesses) in enumerate(zip(near.positions.tolist(), near.similarity, strict=True))
            for other, likeness in zip(others, likenesses, strict=True)
        },
        key=lambda pair: (-pair[2], pair[0], pair[1]),
    )
    uses = collection.assigned[collection.indexed]
    first, second = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    agreement = rolling(uses[first], uses[second])
    # Only the most alike tenth is looked at, and set beside the quarter of pairs that are most alike.
    usual = agreement[: max(FEWEST, len(pairs) // 4)]
    for (one, other, likeness), agreed in list(zip(pairs, agreement, strict=True))[: max(5, len(pairs) // 10)]:
        share = float((usual <= agreed).mean())
        if share > UNUSUAL:
            continue
        reviews = [collection.reviews[collection.indexed[row]] for row in (one, other)]
        yield _finding(reviews, likeness, agreed, share, usual)


def _finding(
    reviews: list[Review], likeness: float, agreed: float, share: float, usual: NDArray[np.float64]
) -> Finding:
    terms = [dict.fromkeys(map(name, review.keywords)) for review in reviews]
    differing = [term for one, other in (terms, terms[::-1]) for term in one if term not in other]
    return Finding(
        kind="inconsistent_pair",
        terms=tuple(differing),
        raw=(),
        reviews=tuple(review.id for review in reviews),
        suggestion="read the two side by side and decide which terms both should have",
        score=min(0.75, 0.45 + 0.5 * likeness),
        why=f"The texts are alike (cosine {likeness:.2f}), the keywords agree by {agreed:.2f} (Rolling); pairs as "
        f"alike agree by {float(np.mean(usual)):.2f} on average, and {share:.0%} of them by so little.",
    )
