"""What happened, how, by whom, what the law did, and what services knew: on fictional sentences and on any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp.extraction import extract
from reviewnlp.records import Facts

CASES = tomllib.loads(Path(__file__).with_name("events.toml").read_text(encoding="utf-8"))["case"]
EVENTS = ("outcomes", "causes", "perpetrators", "justice", "service_status")
PIECES = st.sampled_from(
    [
        *(
            "Death",
            "of",
            "a",
            "boy",
            "suspected",
            "injuries",
            "by",
            "his",
            "mother",
            "'s",
            "partner",
            "who",
            "was",
            "convicted",
        ),
        *(
            "of",
            "murder",
            "and",
            ",",
            ";",
            ".",
            "\n",
            "(",
            ")",
            "she",
            "they",
            "İ",
            "’s",
            "–",
            "not",
            "child",
            "protection",
        ),
        *(
            "plan",
            "in",
            "the",
            "care",
            "killed",
            "arrested",
            "neither",
            "both",
            "parents",
            "Learning:",
            "2018 - X - Child A\n",
        ),
    ]
)


def told(facts: Facts, field: str) -> list[str]:
    """Return the facts of a field in the notation of ``events.toml``."""
    if field == "service_status":
        return [status.status for status in facts.service_status]
    if field == "justice":
        return [f"{step.type} {step.relation}" for step in facts.justice]
    name = "relation" if field == "perpetrators" else "type"
    return [getattr(fact, name) + ("?" if fact.certainty == "suspected" else "") for fact in getattr(facts, field)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_sentence_gives_the_events_it_tells(case):
    facts = extract(case["text"])
    assert {field: sorted(told(facts, field)) for field in EVENTS if field in case} == {
        field: sorted(case[field]) for field in EVENTS if field in case
    }


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map(" ".join)))
def test_every_event_is_copied_letter_for_letter(text):
    facts = extract(text)
    for field in EVENTS:
        for fact in getattr(facts, field):
            assert fact.evidence
            assert text[fact.start : fact.end] == fact.evidence


def test_the_title_tells_no_event():
    assert extract("2021 - Northtown - Murder of a child").outcomes == ()


def test_learning_and_recommendations_tell_no_event():
    practice = "Learning: the suicide of a child; death of a baby by her mother."
    facts = extract(f"2021 - Northtown - Child K\nChild K was seen.\n{practice}")
    assert (facts.outcomes, facts.perpetrators) == ((), ())


def test_an_offence_is_given_in_the_words_of_the_text():
    facts = extract("Death of a boy. His father was charged with causing or allowing the death of a child in 2019.")
    assert [step.offence for step in facts.justice] == ["causing or allowing the death of a child"]


@pytest.mark.parametrize(
    "unit",
    [
        "suspected death of a boy by his mother ",
        "his mother was convicted of murder and ",
        "allegations of physical, sexual and emotional abuse against ",
        "she killed her ",
        "死亡 ",
    ],
)
def test_a_very_long_sentence_extracts(unit):
    facts = extract(unit * (40_000 // len(unit)))
    assert len(facts.outcomes) <= len({outcome.type for outcome in facts.outcomes}) <= 3
