"""Separators and full stops in the keyword lines, as the reader met them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.auditing.collection import UncheckableError
from reviewnlp.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.auditing.collection import Collection

COMMAS = "the keywords are parted by commas, with no full stop"
STOP, MIXED, SEMICOLONS = "keyword_full_stop", "mixed_separators", "semicolons"


def find(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each keyword line with a full stop at its end or a separator unlike the others'.

    Raises
    ------
    UncheckableError
        The reviews do not come from a listing, so that their keyword lines are not known.
    """
    if not any(collection.reviews[i].source for i in collection.indexed):
        raise UncheckableError(
            "the reviews were not read from a listing, so the punctuation of their keywords is not known"
        )
    with_code = {
        code: [r.id for r in collection.reviews if any(problem.code == code for problem in r.problems)]
        for code in (STOP, MIXED, SEMICOLONS)
    }
    for review in with_code[STOP]:
        yield _finding(review, "take the full stop away", "A full stop ends the keywords.")
    for review in with_code[MIXED]:
        yield _finding(review, "use one separator", "Both commas and semicolons part the keywords.")
    odd = with_code[SEMICOLONS]
    if len(odd) < len(collection.indexed) / 2:
        for review in odd:
            yield _finding(
                review, "part the keywords by commas", "Semicolons part the keywords; most reviews use commas."
            )


def _finding(review: str, suggestion: str, why: str) -> Finding:
    return Finding("punctuation", (), (), (review,), suggestion, 0.8, why)
