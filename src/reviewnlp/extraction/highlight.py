"""Facts marked in the words of the review, as an HTML page drawn by displaCy."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from reviewnlp.extraction.knowledge import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewnlp.records import Facts, Review

_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Facts of case reviews</title>
<style>body{font-family:system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5}
h2{font-size:1.1rem;margin-top:2.5rem}.spans{line-height:2.5}</style></head><body>
<h1>Facts of case reviews</h1>
"""


def highlighted(reviews: Iterable[tuple[Review, Facts]]) -> Iterator[str]:
    """Yield the pieces of an HTML page, one a review, with every fact's words marked.

    Parameters
    ----------
    reviews
        Reviews with their facts; the offsets of the facts are those of ``Review.text``.

    Yields
    ------
    str
        HTML; the text of the reviews is escaped.
    """
    import spacy
    from spacy.displacy.render import SpanRenderer

    make_doc = spacy.blank("en").make_doc
    renderer = SpanRenderer({"colors": load("colours.toml")["colours"]})
    yield _HEAD
    for review, facts in reviews:
        yield f"<section><h2>{html.escape(review.title or review.id)}</h2>\n"
        doc = make_doc(review.text)
        spans = []
        for start, end, label in _marks(facts):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                spans.append({"start_token": span.start, "end_token": span.end, "label": label})
        yield renderer.render_spans([token.text for token in doc], spans, None)
        yield "</section>\n"
    yield "</body></html>\n"


def _marks(facts: Facts) -> Iterator[tuple[int, int, str]]:
    for person in facts.people:
        for start, end in person.mentions:
            yield start, end, "person"
    groups: dict[str, tuple[Any, ...]] = {
        "age": facts.ages,
        "outcome": facts.outcomes,
        "cause": facts.causes,
        "perpetrator": facts.perpetrators,
        "justice": facts.justice,
        "date": facts.incident_dates,
        "status": facts.service_status,
    }
    for label, items in groups.items():
        seen = set()
        for item in items:
            if (item.start, item.end) not in seen and item.end > item.start:
                seen.add((item.start, item.end))
                yield item.start, item.end, label
