"""The text of an entry, the mentions of people, and the pipeline that every kind of fact shares."""

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp import parse_text
from reviewnlp.extraction import Extractor, extract
from reviewnlp.extraction.case import Case
from reviewnlp.extraction.mentions import find_mentions
from reviewnlp.extraction.text import clauses
from reviewnlp.records import Age, Child, Facts, Review, ServiceStatus

ENTRY = (
    "2021 - Northtown - Child K\n"
    "Death of a 3-week-old boy in May 2019. Child K's mother, who was unwell, e.g. anxious, sought help.\n"
    "Background: the family was known. An older brother had been fostered.\n"
    "Learning: ask about sleep; listen to fathers.\n"
    "Recommendations: train staff."
)


def test_sentences_know_their_part():
    case = Case(ENTRY)
    parts = [(s.part, case.text[s.start : s.end].split()[0]) for s in case.sentences]
    assert parts == [
        ("title", "2021"),
        ("summary", "Death"),
        ("summary", "Child"),
        ("background", "Background:"),
        ("background", "An"),
        ("practice", "Learning:"),
        ("practice", "Recommendations:"),
    ]
    assert [s.part for s in case.narrative] == ["summary", "summary", "background", "background"]


def test_clauses_cover_the_sentence():
    text = "Mother, who was ill, left; the baby slept while she worked."
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == [
        "Mother",
        "who was ill, left",
        "the baby slept",
        "while she worked.",
    ]


def test_mentions_tell_the_relation_to_the_child():
    text = (
        "Injuries to a girl by her mother's new partner. Both parents, a friend of his father, the foster "
        "carers and Ann's half-brother were seen. Her stepfather's mother and two older boys left."
    )
    found = {text[m.start : m.end]: m.relation for m in find_mentions(Case(text))}
    assert found == {
        "a girl": "child",
        "her mother's new partner": "mothers_partner",
        "Both parents": "parents_unspecified",
        "a friend of his father": "acquaintance_or_stranger",
        "the foster carers": "foster_carer_or_guardian",
        "Ann's half-brother": "sibling",
        "Her stepfather's mother": "grandparent",
        "two older boys": "child",
    }


def test_a_component_works_in_any_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("reviewnlp_ages")
    doc = nlp("A boy aged two and a half.")
    (span,) = doc.spans["ages"]
    assert span.text == "two and a half"
    assert span._.fact == Age("two and a half", 1, "P2Y6M", "P2Y6M", "subject_child", 11, 25)


def test_published_facts_survive_serialisation():
    nlp = spacy.blank("en")
    nlp.add_pipe("reviewnlp_ages")
    doc = nlp("A boy aged 4.")
    copy = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy.spans["ages"].attrs["facts"][0]["min"] == "P4Y"


def test_offsets_count_characters_of_the_review():
    review = Review("x", ENTRY, title="2021 - Northtown - Child K", year=2021)
    facts = extract(review)
    assert [ENTRY[age.start : age.end] for age in facts.ages] == ["3-week-old"]
    assert facts.year == 2021


def test_facts_round_trip_through_plain_data():
    facts = Facts(
        "x",
        children=(Child("Ann", "P1Y", "P1Y", "female"), Child(group=True, count=3)),
        service_status=(ServiceStatus("looked_after", "fostered", 3, 11),),
    )
    plain = facts.to_dict()
    assert plain["service_status"] == ["looked_after"]
    assert plain["spans"] == [{"status": "looked_after", "evidence": "fostered", "start": 3, "end": 11}]
    assert "count" not in plain["children"][0]
    assert plain["children"][1]["count"] == 3
    assert Facts.from_dict(plain) == facts


def test_annotations_without_offsets_read_as_facts():
    facts = Facts.from_dict({"id": "x", "children": [{"name": None, "count": None}], "service_status": ["adopted"]})
    assert facts.children[0].group
    assert facts.service_status[0].status == "adopted"


def test_the_order_of_reviews_is_kept():
    texts = [f"A boy aged {n}." for n in range(2, 12)]
    assert [facts.ages[0].min for facts in Extractor().pipe(texts)] == [f"P{n}Y" for n in range(2, 12)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_extracts(text):
    facts = extract(text)
    assert Facts.from_dict(facts.to_dict()) == facts


def test_a_title_that_the_reader_found_is_no_part_of_the_story():
    (review,) = parse_text("2012Aberllyn – Child J\nSudden death of a baby of 9 weeks.\nKeywords: infant deaths")
    facts = extract(review)
    assert facts.incident_dates == ()
    assert "2012" not in facts.children[0].evidence
