"""Missing and doubtful terms, from the facts and from what a suggester expects."""

from types import SimpleNamespace

import numpy as np
import pytest
from tests.auditing.listings import collection_of, listing_review

from reviewnlp.auditing import expectations
from reviewnlp.auditing.collection import Collection, Predictions, UncheckableError
from reviewnlp.auditing.rules import months
from reviewnlp.records import Evidence
from reviewnlp.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def one(keywords, text):
    return Collection([listing_review(1, keywords, text=text)], VOCABULARY)


def expecting(reviews, probabilities):
    """Return a collection whose suggester expects the given terms and shows the first word of the text for each."""
    scores = np.full((len(reviews), len(VOCABULARY)), 0.01, dtype=np.float32)
    for label, probability in probabilities.items():
        scores[:, VOCABULARY.position(label)] = probability
    lacking = scores.copy()
    for row, review in enumerate(reviews):
        lacking[row, [VOCABULARY.position(term) for term in review.terms]] = 0
    suggester = SimpleNamespace(evidence=lambda review, labels: [(Evidence(review.text[:4], 0, 4),) for _ in labels])
    return Collection(reviews, VOCABULARY, Predictions(scores, suggester), lacking)


@pytest.mark.parametrize(
    ("keywords", "text", "term"),
    [
        (["twins"], "Death of a 5-week-old girl in May 2020 while asleep in her cot.", "infant deaths"),
        (["twins"], "Death of a 6-year-old boy in May 2020 following a fall.", "child deaths"),
        (["self-harm"], "Death of a 15-year-old girl by suicide in May 2020.", "suicide"),
        (["schools"], "Sexual abuse of a 9-year-old girl by her uncle.", "child sexual abuse"),
    ],
)
def test_the_event_of_the_case_is_expected_among_the_terms(keywords, text, term):
    collection = one(keywords, text)
    finding = next(iter(expectations.find_missing(collection)))
    assert finding.terms == (term,)
    evidence = finding.evidence[0]
    assert collection.reviews[0].text[evidence.start : evidence.end] == evidence.text


def test_a_narrower_term_for_the_event_is_enough():
    assert list(expectations.find_missing(one(["filicide"], "Death of a 6-year-old boy, killed by his father."))) == []


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("infant deaths", "Death of a 14-year-old boy by drowning in May 2020."),
        ("adolescents", "Serious injuries to a 5-month-old girl in May 2020."),
        ("child deaths", "Neglect of a 4-year-old boy."),
    ],
)
def test_a_term_that_the_facts_speak_against_is_doubtful(term, text):
    findings = list(expectations.find_doubtful(one([term, "twins"], text)))
    assert [finding.terms for finding in findings] == [(term,)]


def test_likely_terms_are_missing_in_the_order_of_their_probability():
    reviews = collection_of(["twins"], ["siblings"])
    findings = list(expectations.find_missing(expecting(reviews, {"housing": 0.4, "police": 0.6, "twins": 0.9})))
    told = [finding.terms[0] for finding in findings if finding.reviews == ("review-0",)]
    assert told == ["police", "housing"]
    assert all(finding.evidence for finding in findings)


def test_no_more_than_three_terms_a_review_are_missing_by_likeness():
    likely = dict.fromkeys(["housing", "police", "schools", "siblings", "burns"], 0.4)
    assert len(list(expectations.find_missing(expecting(collection_of(["twins"]), likely)))) == 3


def test_a_term_less_likely_than_most_that_are_not_given_is_doubtful():
    reviews = collection_of(["twins", "police"], ["siblings", "housing"])
    findings = list(expectations.find_doubtful(expecting(reviews, {"twins": 0.001})))
    assert [finding.terms for finding in findings] == [("twins",)]


def test_in_a_large_collection_passages_are_sought_for_the_likeliest(monkeypatch):
    monkeypatch.setattr(expectations, "MOST_WITH_PASSAGES", 1)
    collection = expecting(collection_of(["twins"], ["siblings"]), {"housing": 0.4})
    collection.lacking[1, VOCABULARY.position("police")] = 0.6
    passages = {finding.reviews[0]: bool(finding.evidence) for finding in expectations.find_missing(collection)}
    assert passages == {"review-0": False, "review-1": True}


def test_few_reviews_are_too_few_to_learn_from():
    with pytest.raises(UncheckableError, match="fewer than 20"):
        expectations.predict(Collection(collection_of(["twins"]), VOCABULARY), seed=0)


@pytest.mark.parametrize(("duration", "value"), [("P3M", 3), ("P2Y6M", 30), ("P1Y", 12), ("nonsense", 0)])
def test_durations_are_read_in_months(duration, value):
    assert months(duration) == value
