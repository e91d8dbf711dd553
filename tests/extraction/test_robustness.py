"""Any text of any length and script extracts."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp import parse, redact
from reviewnlp.extraction import Extractor, extract
from reviewnlp.records import Facts

WORDS = [
    "Death",
    "of",
    "a",
    "5-year-old",
    "boy",
    "girl,",
    "Child",
    "A",
    "B",
    "and",
    "mother",
    "mother's",
    "partner",
    "aged",
    "2",
    "1/2",
    "under",
    "18s",
    "between",
    "2014",
    "May",
    "in",
    "(then",
    "16)",
    "was",
    "charged",
    "with",
    "murder.",
    "She",
    "Polly",
    "Polly’s",
    "weeks",
    "old",
    "to",
    "-",
    "–",
    "½",
    "twins",
    "İ",
    "ﬀ",
    "子供",
    "\u202e",
    "\n",
    "Learning:",
    "16+",
    ";",
    "2018 - Northtown - Children",
    "aka",
    "'A'",
    "FJ",
    "one",
    "hundred",
    "31 February 2015",
    "1990s",
    "not",
    "guilty",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_order_of_telling_words_extracts_and_redacts(text):
    facts = extract(text)
    assert Facts.from_dict(facts.to_dict()) == facts
    for age in facts.ages:
        assert text[age.start : age.end] == age.text
    for group in (facts.outcomes, facts.causes, facts.perpetrators, facts.justice):
        for fact in group:
            assert text[fact.start : fact.end] == fact.evidence
    redact(text, ages=True)


@pytest.mark.parametrize("unit", ["x", "’", "aged 5, ", "Child A and Polly left, ", "May 2014 ", "’s mother ", "子"])
def test_a_very_long_sentence_extracts(unit):
    assert extract(unit * (20_000 // len(unit))).id == "untitled"


@pytest.mark.parametrize(
    ("told", "offences"),
    [
        ("His father was charged with", {"father": None}),
        ("His father was convicted of and", {"father": None}),
        ("His father was convicted of murder, and her partner of", {"father": "murder"}),
        ("His father was convicted of murder, and mother of.", {"father": "murder"}),
    ],
)
def test_an_offence_that_a_text_breaks_off_before_is_not_told(told, offences):
    steps = extract(f"Death of a boy aged 2. {told}").justice
    assert {step.relation: step.offence for step in steps} == offences


@settings(deadline=None)
@given(st.integers(0, 79), st.floats(0, 1))
def test_a_review_that_breaks_off_anywhere_extracts(number, share):
    text = fictional()[number]
    facts = extract(text[: round(share * len(text))])
    assert all(fact.evidence for group in (facts.outcomes, facts.justice) for fact in group)


@cache
def fictional():
    found = parse(Path(__file__).parents[2] / "data" / "fictional" / "house-style-2016.txt")
    return [review.text for review in found][:80]


def test_an_empty_text_has_no_facts():
    assert extract("") == Facts("untitled")


def test_words_without_end_are_not_kept(monkeypatch):
    """Each review has twenty words that no other has; the vocabulary stays as small as it may be."""
    texts = [
        "Death of a 3-week-old boy, " + " ".join(f"{letter}{number}ing" for letter in "abcdefghijklmnopqrst")
        for number in range(200)
    ]
    expected = list(Extractor().pipe(texts))
    monkeypatch.setattr("reviewnlp.extraction.extractor._MOST_STRINGS", 2000)
    extractor, held = Extractor(), []
    for text, facts in zip(texts, expected, strict=True):
        assert extractor(text) == facts
        held.append(len(extractor.nlp.vocab.strings))
    assert max(held) < 2200
