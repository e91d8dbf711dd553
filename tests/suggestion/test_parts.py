"""Clauses, phrases, circumstances, and the learners that score them."""

import tomllib

import numpy as np
import pytest

from reviewnlp.errors import ConfigError
from reviewnlp.reading import parse_text
from reviewnlp.resources import shipped
from reviewnlp.suggestion.calibration import BetaCalibration, best_number
from reviewnlp.suggestion.circumstances import ages_in
from reviewnlp.suggestion.clauses import ACCOUNT, LEARNING, OPENING, RECOMMENDATIONS, clauses_of
from reviewnlp.suggestion.knowledge import read_knowledge
from reviewnlp.suggestion.observation import Observer
from reviewnlp.suggestion.phrases import PhraseIndex, read_phrase
from reviewnlp.suggestion.ridge import VectorRidge
from reviewnlp.suggestion.vectors import StaticVectors
from reviewnlp.suggestion.words import spans_of, stem_of
from reviewnlp.vocabulary import load_vocabulary

TEXT = (
    "2025 – Westhaven – Baby T\n"
    "Death of a 3-month-old girl. Her mother was alone; she asked for help.\n"
    "Background: the family moved often.\n"
    "Learning: talk to fathers; know the household.\n"
    "Recommendations: write it down.\n"
    "Keywords: burns"
)


def clauses(text):
    review = parse_text(text).reviews[0]
    return review, clauses_of(review)


def test_clauses_know_their_place_and_their_words():
    review, found = clauses(TEXT)
    told = [(clause.place, review.text[clause.start : clause.end]) for clause in found]
    assert told == [
        (OPENING, "2025 – Westhaven – Baby T"),
        (OPENING, "Death of a 3-month-old girl"),
        (ACCOUNT, "Her mother was alone"),
        (ACCOUNT, "she asked for help"),
        (ACCOUNT, "the family moved often"),
        (LEARNING, "talk to fathers"),
        (LEARNING, "know the household"),
        (RECOMMENDATIONS, "write it down"),
    ]
    assert all(
        review.text[slice(*word)].strip()
        for clause in found
        for word in spans_of(review.text, clause.start, clause.end)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("babies", "baby"), ("stopped", "stopping"), ("assessments", "assessment"), ("neglected", "neglect")],
)
def test_inflections_have_one_stem(one, other):
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("missed appointments", "many missed appointments", True),
        ("missed appointments", "missed many appointments", False),
        ("missed ~ appointments|visits", "missed very many visits", True),
        ("missed ~ visits", "missed one two three four five six seven visits", False),
        ("radicalis*", "radicalisation of a boy", True),
        ("@child alone", "a girl alone", True),
    ],
)
def test_phrases_allow_gaps_choices_prefixes_and_groups(phrase, text, found):
    index = PhraseIndex([read_phrase(phrase, {"child": "boy|girl"})])
    assert bool(index.find(clauses(text)[1])) is found


def test_a_phrase_with_an_unknown_group_says_so():
    with pytest.raises(ConfigError, match="@nobody"):
        read_phrase("@nobody alone")


def test_every_cue_belongs_to_a_term_and_every_term_has_one():
    cues = tomllib.loads(shipped("data", "cues.toml").read_text(encoding="utf-8"))
    assert set(cues) - {"groups"} == {term.label for term in load_vocabulary().terms}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Death of a 3-month-old girl", [3]),
        ("A boy aged 14", [168]),
        ("Injuries to a six-week-old boy", [6 * 7 / 30.4]),
        ("In 2014 two children", []),
    ],
)
def test_ages_are_told_in_months(text, months):
    assert ages_in(clauses(text)[1][0]) == pytest.approx(months)


def test_circumstances_of_an_opening():
    review = parse_text(TEXT).reviews[0]
    seen = Observer(read_knowledge(load_vocabulary()), StaticVectors()).observe([review])[0]
    assert {"death", "infant", "girl"} <= seen.circumstances
    assert not {"boy", "teen", "nodeath"} & seen.circumstances


def test_left_out_scores_are_those_of_a_model_without_the_review():
    generator = np.random.default_rng(0)
    vectors = generator.normal(size=(12, 5)).astype(np.float32)
    truth = (generator.random((12, 3)) < 0.4).astype(np.float32)
    truth -= truth.mean(axis=0)  # so that the prior is 0: it would move with the review left out
    whole = VectorRidge(0.5).fit(vectors, truth, np.ones(12, dtype=np.float32))
    rest = np.arange(12) != 4
    kernel = vectors[rest] @ vectors[rest].T + 0.5 * np.eye(11)
    expected = vectors[4] @ vectors[rest].T @ np.linalg.solve(kernel, truth[rest])
    assert np.allclose(whole.left_out_[4], expected, atol=1e-4)


def test_like_texts_have_like_vectors():
    same, like, unlike = StaticVectors().encode(
        ["the baby died in bed", "death of an infant while sleeping", "tax law for boats"]
    )
    assert same @ like > same @ unlike


def test_calibrated_probabilities_are_right_as_often_as_they_say():
    generator = np.random.default_rng(1)
    chance = generator.random((400, 20)).astype(np.float32) * 0.5
    truth = (generator.random(chance.shape) < chance).astype(np.float32)
    odds = 3 * np.log(chance / (1 - chance))  # overconfident
    fitted = BetaCalibration().fit(odds, truth).probabilities(odds)
    assert abs(fitted - chance).mean() < 0.02


def test_expected_f1_chooses_as_many_terms_as_are_likely():
    assert best_number(np.array([0.95, 0.9, 0.85, 0.02, 0.01])) == 3
    assert best_number(np.array([0.01, 0.02])) >= 1
