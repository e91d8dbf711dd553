"""What a raw keyword becomes."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewnlp.vocabulary import Term, Vocabulary, load_vocabulary

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("raw", "term", "match"),
    [
        ("infant deaths", "infant deaths", "exact"),
        ("  Infant  Deaths ", "infant deaths", "exact"),
        ("Local safeguarding children board", "Local Safeguarding Children Board", "exact"),
        ("non attendance", "non-attendance", "variant"),
        ("infant deaths.", "infant deaths", "variant"),
        ("new-born babies", "newborn babies", "variant"),
        ("deaths, infant", "infant deaths", "variant"),
        ("infant death", "infant deaths", "variant"),
        ("assessment (social work)", "assessment [social work]", "variant"),
        ("children's views", "children’s views", "variant"),
        ("parental behavior", "parental behaviour", "variant"),
        ("parents with mental health problems", "parents with a mental health problem", "variant"),
        ("children with a chronic illness", "children who have a chronic illness", "variant"),
        ("SEND", "special educational needs, additional needs and disabilities", "variant"),
        ("discguised compliance", "disguised compliance", "typo"),
        ("non-arttendance", "non-attendance", "typo"),
        ("infnat deaths", "infant deaths", "typo"),
        ("mental heath", "mental health", "typo"),
        ("parents with a mental problem", "parents with a mental health problem", "typo"),
        ("gardening", None, "unknown"),
        ("", None, "unknown"),
        ("...", None, "unknown"),
    ],
)
def test_a_raw_keyword_becomes_its_term(raw, term, match):
    found = load_vocabulary().match(raw)
    assert (found.raw, found.term, found.match) == (raw.strip(), term, match)


@pytest.mark.parametrize(
    ("raw", "only_term"),
    [
        ("foster care", "foster carers"),
        ("foster parents", "foster carers"),
        ("infant deaths", "child deaths"),
        ("child abusers", "child abuse"),
        ("abusive fathers", "abusive mothers"),
        ("paternal depression", "maternal depression"),
        ("choking", "shaking"),
        ("child health", "child death"),
        ("child sexual abuse", "child abuse"),
        ("child abuse", "child sexual abuse"),
        ("adults abused as children", "adults sexually abused as children"),
        ("rap", "rape"),
    ],
)
def test_a_word_spelt_correctly_is_no_slip_of_another(raw, only_term):
    assert Vocabulary((Term(only_term),)).match(raw).term is None


def test_a_form_that_leads_to_two_terms_leads_to_none():
    vocabulary = Vocabulary((Term("self-harm", entry_terms=("harm",)), Term("injuries", entry_terms=("harm",))))
    assert vocabulary.match("harm").match == "unknown"


def test_a_preferred_label_wins_over_an_entry_term_of_another():
    vocabulary = Vocabulary((Term("neglect", entry_terms=("child neglect",)), Term("child neglects")))
    assert vocabulary.match("child-neglect").term == "child neglects"


def test_every_label_and_entry_term_of_the_shipped_vocabulary_finds_its_own_term():
    vocabulary = load_vocabulary()
    for term in vocabulary.terms:
        assert vocabulary.match(term.label).term == term.label
        assert vocabulary.match(term.label.upper()).match == "exact"
        for entry_term in term.entry_terms:
            assert vocabulary.match(entry_term).term == term.label, entry_term


@given(st.text())
def test_any_text_is_matched_or_unknown(raw):
    found = load_vocabulary().match(raw)
    assert found.raw == raw.strip()
    assert (found.term is None) == (found.match == "unknown")
    assert found.term is None or found.term in load_vocabulary()


@given(st.data())
def test_a_slip_of_the_keyboard_never_leads_to_a_different_term(data):
    vocabulary = load_vocabulary()
    label = data.draw(st.sampled_from([term.label for term in vocabulary.terms if len(term.label) >= 12]))
    place = data.draw(st.integers(1, len(label) - 2))
    kind = data.draw(st.sampled_from(["swap", "drop", "double"]))
    slip = {
        "swap": label[:place] + label[place + 1] + label[place] + label[place + 2 :],
        "drop": label[:place] + label[place + 1 :],
        "double": label[:place] + label[place] + label[place:],
    }[kind]
    assert vocabulary.match(slip).term in {label, None}


def test_all_raw_keywords_of_the_real_listings_have_a_term():
    if not SHARED.is_dir():
        pytest.skip("the real listings lie in ../shared, which is not here")
    vocabulary = load_vocabulary()
    comma = "special educational needs, additional needs and disabilities"
    matches = Counter()
    for path in sorted((SHARED / "corpus").glob("*.txt")):
        for line in re.findall(r"(?m)^Keywords:(.*)$", path.read_text("utf-8")):
            for raw in re.split(r"[;,]", line.replace(comma, "SEND")):
                found = vocabulary.match(raw.strip().rstrip("."))
                assert found.term, raw
                matches[found.match] += 1
    assert sum(matches.values()) == 531
    assert matches["typo"] == 3


def test_the_shipped_vocabulary_is_that_of_the_source():
    source = SHARED / "vocabulary" / "authority.jsonl"
    if not source.is_file():
        pytest.skip("the source of the vocabulary lies in ../shared, which is not here")
    rows = {row["label"]: row for row in map(json.loads, source.read_text("utf-8").splitlines())}
    vocabulary = load_vocabulary()
    assert {term.label for term in vocabulary.terms} == set(rows)
    for term in vocabulary.terms:
        row = rows[term.label]
        assert set(term.entry_terms) == set(row["alt"])
        assert set(term.broader) == set(row["broader"])
        assert set(term.related) == set(row["related"])
        assert set(term.themes) == set(row["themes"])
        assert term.note == row["note"]
