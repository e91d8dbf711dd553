"""Reviews in, facts out: the pipeline with its results gathered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from reviewnlp.extraction.pipeline import KINDS, build_pipeline, prepare, read_facts
from reviewnlp.records import Facts, Review

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: spaCy keeps every string that it has met, some 800 bytes each with its tokens. With so many the pipeline is built
#: anew, in 0.06 s: names and misspellings have no end.
_MOST_STRINGS = 200_000


class Extractor:
    """Extracts the facts of reviews.

    Its memory does not grow with the number of reviews: the pipeline, ``nlp``, is built anew when its vocabulary is
    large.

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
        head = review if isinstance(review, Review) else Review("untitled", review)
        if len(self.nlp.vocab.strings) > _MOST_STRINGS:
            self.nlp = build_pipeline()
        # A title that the reader found may have a form that its words alone do not show ("2012Aberllyn – Child J").
        doc = self.nlp(prepare(self.nlp, head.text, title=head.title is not None or None, case_name=head.case_name))
        found: dict[str, Any] = {kind: read_facts(doc, kind, record) for kind, record in KINDS.items()}
        return Facts(head.id, head.year, head.authorities, head.case_name, **found)

    def pipe(self, reviews: Iterable[Review | str]) -> Iterator[Facts]:
        """Yield the facts of each review or text, in order."""
        return map(self, reviews)


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
