"""The real listings, where they are beside the checkout: expected facts of entries, and the gold texts and titles."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reviewnlp.reading import Listing, parse_text
from reviewnlp.records import Review

SHARED = Path(__file__).parents[2].parent / "shared"
EXPECTED = json.loads(Path(__file__).with_name("real_entries.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="needs the real listings in ../shared, whose text is not in the repository"
)


@cache
def listings() -> dict[str, Listing]:
    paths = sorted((SHARED / "corpus").glob("*.txt"))
    return {path.name: parse_text(path.read_text(encoding="utf-8"), path=path.name) for path in paths}


@cache
def reviews() -> dict[str, Review]:
    return {review.id: review for listing in listings().values() for review in listing.reviews}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", EXPECTED)
def test_an_entry_has_its_title_summary_sections_keywords_and_links(name: str) -> None:
    review, expected = reviews()[name], EXPECTED[name]
    assert review.source is not None
    assert review.source.path == expected["file"]
    assert [review.source.start_line, review.source.end_line] == expected["lines"]
    assert (digest(review.title or ""), review.year) == (expected["title_sha256"], expected["year"])
    assert digest(review.summary) == expected["summary_sha256"]
    sections = [(s.kind, s.heading, len(s.points), digest(s.text)) for s in review.sections]
    assert sections == [(s["kind"], s["heading"], s["points"], s["sha256"]) for s in expected["sections"]]
    assert [keyword.raw for keyword in review.keywords] == expected["keywords"]
    assert len(review.links) == expected["links"]


def test_every_review_parses_with_a_known_term_for_every_keyword() -> None:
    assert len(reviews()) == 105
    for review in reviews().values():
        assert review.summary
        assert review.sections
        assert review.links
        assert all(keyword.term for keyword in review.keywords)


def test_no_line_of_the_listings_is_left_over() -> None:
    for listing in listings().values():
        assert listing.problems == ()
        for line in listing.furniture:
            assert line.text.startswith(("Case reviews", "A chronological list", "A list of", "Last updated"))


def test_text_is_the_gold_text_letter_for_letter() -> None:
    gold: dict[str, str] = {}
    for block in (SHARED / "gold" / "dev.txt").read_text(encoding="utf-8").split("### id: ")[1:]:
        name, _, text = block.partition("\n")
        gold[name] = text.strip("\n")
    assert gold.keys() == reviews().keys()
    assert [name for name in gold if gold[name] != reviews()[name].text] == []


def test_titles_give_the_gold_year_authorities_and_case_name() -> None:
    lines = (SHARED / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold: list[dict[str, Any]] = [json.loads(line) for line in lines]
    parsed = [reviews()[entry["id"]] for entry in gold]
    assert [(r.year, list(r.authorities), r.case_name) for r in parsed] == [
        (entry["year"], entry["authorities"], entry["case_name"]) for entry in gold
    ]
