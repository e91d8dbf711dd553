"""Reviews in, facts out: the pipeline with its results gathered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from reviewnlp.extraction.pipeline import KINDS, build_pipeline, prepare, read_facts
from reviewnlp.records import Facts, Review

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Extractor:
    """Extracts the facts of reviews.

    Examples
    --------
    >>> facts = Extractor()("Death of a 3-week-old boy.")
    >>> [(age.text, age.min, age.holder) for age in facts.ages]
    [('3-week-old', 'P3W', 'subject_child')]
    """

    def __init__(self) -> None:
        self.nlp = build_pipeline()

    def __call__(self, review: Review | str) -> Facts:
        """Return the facts of one review or text."""
        return next(self.pipe([review]))

    def pipe(self, reviews: Iterable[Review | str]) -> Iterator[Facts]:
        """Yield the facts of each review or text, in order."""
        heads = (review if isinstance(review, Review) else Review("untitled", review) for review in reviews)
        # A title that the reader found may have a form that its words alone do not show ("2012Aberllyn – Child J").
        docs = (
            (prepare(self.nlp, head.text, title=head.title is not None or None, case_name=head.case_name), head)
            for head in heads
        )
        for doc, head in self.nlp.pipe(docs, as_tuples=True):
            found: dict[str, Any] = {kind: read_facts(doc, kind, record) for kind, record in KINDS.items()}
            yield Facts(head.id, head.year, head.authorities, head.case_name, **found)


def extract(review_or_text: Review | str) -> Facts:
    """Return the facts of a review, or of a text.

    Parameters
    ----------
    review_or_text
        A parsed review, or the words of one; a first line such as ``2018 - Sunderland - Baby A`` is a title.

    Returns
    -------
    Facts
        Offsets count the characters of ``Review.text``, or of the text as given.
    """
    return _default()(review_or_text)


@cache
def _default() -> Extractor:
    return Extractor()
