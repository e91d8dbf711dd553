"""What is tried as evidence, and that it does not depend on the other reviews of a batch."""

import dataclasses

import numpy as np
import pytest

from reviewnlp.reading import parse_text
from reviewnlp.suggestion import load_suggester
from reviewnlp.suggestion.clauses import clauses_of
from reviewnlp.suggestion.evidence import LEAST
from reviewnlp.suggestion.observation import stacked
from reviewnlp.suggestion.trials import Trials, trials_of
from reviewnlp.suggestion.words import spans_of


@pytest.fixture
def two_pairs():
    """Return trials of two pairs, with three clauses and with one."""
    places = np.array
    return Trials(places([0, 1]), places([5, 5]), places([0, 3]), places([0, 0, 0, 1]), places([0, 1, 2, 3]))


@pytest.mark.parametrize(
    ("values", "loss"),
    [([1, 4, 3, 2], [0, 1, 0, 2]), ([4, 4, 1, 0], [0, 0, 0, 0]), ([0, 0, 2, -1], [0, 0, 2, -1])],
)
def test_the_greatest_value_falls_to_the_next_without_the_clause_that_has_it(two_pairs, values, loss):
    assert two_pairs.loss(np.array(values, dtype=np.float32)).tolist() == loss


def test_only_one_clause_of_a_pair_gives_a_sign(two_pairs):
    assert two_pairs.only(np.array([True, True, False, True])).tolist() == [False, False, False, True]
    assert two_pairs.only(np.array([False, True, False, False])).tolist() == [False, True, False, False]


def test_each_clause_of_a_review_is_tried_for_each_of_its_terms(suggester, reviews):
    seen = suggester.observer.observe(reviews[:2])
    stack = stacked(seen)
    trials = trials_of(np.array([0, 0, 1]), np.array([2, 3, 2]), stack)
    first, second = (len(observation.clauses) for observation in seen)
    assert np.bincount(trials.pairs).tolist() == [first, first, second]
    assert trials.clauses.tolist() == [*range(first), *range(first), *range(first, first + second)]


def test_suggestions_do_not_depend_on_the_other_reviews(suggester, reviews):
    bare = dataclasses.replace(reviews[0], id="bare", text="", title=None, summary="", sections=())
    *together, last = suggester.suggest([*reviews, bare])
    assert last.id == "bare"
    assert not any(keyword.evidence for keyword in last.keywords)
    for review, found in zip(reviews, together, strict=True):
        alone = suggester.suggest([review])[0]
        assert [(k.term, k.evidence) for k in found.keywords] == [(k.term, k.evidence) for k in alone.keywords]
        assert [k.score for k in found.keywords] == pytest.approx([k.score for k in alone.keywords], abs=2e-4)


def test_evidence_has_a_least_fall(suggester, baby, monkeypatch):
    monkeypatch.setattr("reviewnlp.suggestion.evidence.LEAST", 100 * LEAST)
    assert not any(keyword.evidence for keyword in suggester.suggest([baby])[0].keywords)


def test_words_stand_where_their_stems_come_from(baby):
    for clause in clauses_of(baby):
        spans = spans_of(baby.text, clause.start, clause.end)
        assert len(spans) == len(clause.stems)
        assert all(clause.start <= start < end <= clause.end for start, end in spans)


def test_an_observation_without_clauses_keeps_the_phrases_of_the_others(suggester, reviews):
    (seen,) = suggester.observer.observe(reviews[:1])
    gone = np.array([1, 2])
    left = seen.without(gone)
    assert left.clauses == seen.clauses[:1] + seen.clauses[3:]
    assert len(left.vectors) == len(left.clauses)
    stays = ~np.isin(seen.hits[:, 1], gone)
    assert left.hits[:, 0].tolist() == seen.hits[stays, 0].tolist()
    for before, after in zip(seen.hits[stays, 1], left.hits[:, 1], strict=True):
        assert seen.clauses[before] == left.clauses[after]


def test_what_a_review_says_again_and_again_is_evidence_all_the_same():
    (review,) = parse_text(
        "2023 – Northmoor – Child Teal\nDeath of a 5-week-old boy, found lifeless in a pram in which he slept.\n"
        "Learning: safe sleep away from home; safe sleep advice.\nRecommendations: safe sleep advice at every visit."
    ).reviews
    (evidence,) = load_suggester().evidence(review, ["sleeping behaviour"])
    assert len(evidence) > 1
    assert all("sle" in found.text for found in evidence)
