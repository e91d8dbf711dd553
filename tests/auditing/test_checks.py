"""What each check finds, and what it says when it cannot look."""

import pytest
from tests.auditing.listings import collection_of, listing_review

from reviewnlp.auditing import drift, duplicates, pairs, punctuation, spelling, style, synonyms
from reviewnlp.auditing.collection import Collection, UncheckableError
from reviewnlp.reading import parse_text
from reviewnlp.vocabulary import load_vocabulary


def found(check, reviews, vocabulary=None):
    return list(check.find(Collection(reviews, vocabulary)))


def test_a_typo_is_found_with_the_term_that_was_meant():
    finding = found(spelling, collection_of(["infnat deaths", "twins"]), load_vocabulary())[0]
    assert (finding.kind, finding.terms, finding.raw, finding.reviews) == (
        "typo",
        ("infant deaths",),
        ("infnat deaths",),
        ("review-0",),
    )


@pytest.mark.parametrize("raw", ["infant death", "non attendance", "New-born babies", "parental capacity"])
def test_another_form_of_a_term_is_found(raw):
    (finding,) = found(spelling, collection_of([raw]), load_vocabulary())
    assert finding.kind == "form_variant"
    assert finding.terms == (load_vocabulary().match(raw).term,)


def test_terms_rightly_written_are_not_reported():
    assert found(spelling, collection_of(["infant deaths", "twins"], ["foster care", "foster carers"])) == []
    assert found(spelling, collection_of(["infant deaths", "foster care"]), load_vocabulary()) == []


def test_without_a_vocabulary_the_commoner_form_is_preferred():
    reviews = collection_of(*[["harbour safety"]] * 3, ["harbour-safety"], ["harbour saefty"], ["harbours safety"])
    forms = {finding.raw[0]: (finding.kind, finding.terms[0]) for finding in found(spelling, reviews)}
    assert forms == {
        "harbour saefty": ("typo", "harbour safety"),
        "harbours safety": ("form_variant", "harbour safety"),
        "harbour-safety": ("form_variant", "harbour safety"),
    }


def test_without_a_vocabulary_two_right_words_are_two_terms():
    reviews = collection_of(*[["foster care"]] * 3, ["foster carers"], ["abusive mothers"], ["abusive fathers"])
    assert found(spelling, reviews) == []


def test_full_stops_and_mixed_separators_are_found():
    text = (
        "2020 – Dunmere – Child A\nDeath of a baby.\nKeywords: infant deaths, twins.\n\n"
        "2020 – Elmstow – Child B\nDeath of a child.\nKeywords: child deaths; twins, siblings\n\n"
        "2020 – Elmstow – Child C\nDeath of a child.\nKeywords: child deaths, siblings\n"
    )
    reviews = parse_text(text).reviews
    assert [finding.reviews[0] for finding in found(punctuation, reviews)] == [
        "2020-dunmere-child-a",
        "2020-elmstow-child-b",
    ]


def test_semicolons_are_found_where_most_reviews_use_commas():
    entries = [f"2020 – Dunmere – Child {c}\nDeath of a baby.\nKeywords: twins, housing\n" for c in "ABC"]
    entries.append("2020 – Elmstow – Child D\nDeath of a child.\nKeywords: twins; housing\n")
    (finding,) = found(punctuation, parse_text("\n".join(entries)).reviews)
    assert finding.reviews == ("2020-elmstow-child-d",)


def test_punctuation_of_records_without_a_listing_cannot_be_checked():
    with pytest.raises(UncheckableError, match="not read from a listing"):
        found(punctuation, collection_of(["twins"]))


def test_a_term_that_gives_way_to_another_is_found():
    old = [listing_review(i, ["family violence"], year=2017) for i in range(12)]
    new = [listing_review(i + 12, ["domestic abuse"], year=2025) for i in range(12)]
    findings = found(drift, old + new, load_vocabulary())
    assert findings[0].terms == ("family violence", "domestic abuse")
    assert "gives way" in findings[0].why
    assert len(findings[0].reviews) == 24


def test_a_steady_term_does_not_drift():
    reviews = [listing_review(i, ["child neglect"] * (i % 2), year=2017 + i % 4) for i in range(40)]
    assert found(drift, reviews, load_vocabulary()) == []


def test_drift_within_one_year_cannot_be_checked():
    with pytest.raises(UncheckableError, match="different years"):
        found(drift, collection_of(["twins"], ["siblings"]))


def test_close_terms_that_are_never_together_are_near_synonyms():
    reviews = collection_of(["alcohol misuse"], ["alcohol misuse"], ["alcohol abuse"], ["alcohol abuse"])
    assert [set(finding.terms) for finding in found(synonyms, reviews, load_vocabulary())] == [
        {"alcohol misuse", "alcohol abuse"}
    ]


def test_terms_for_different_people_are_no_synonyms():
    reviews = collection_of(["abusive men"], ["abusive men"], ["abusive women"], ["abusive women"])
    assert found(synonyms, reviews, load_vocabulary()) == []


def test_a_paragraph_in_two_reviews_is_found_with_its_place():
    text = "The health visitor had tried four times to see the family at home and had told her manager each time."
    changed = text.replace("four", "five")
    reviews = [
        listing_review(1, ["twins"], text=text),
        listing_review(2, ["twins"]),
        listing_review(3, [], text=changed),
    ]
    (finding,) = found(duplicates, reviews)
    assert finding.reviews == ("review-1", "review-3")
    evidence = finding.evidence[0]
    assert reviews[0].text[evidence.start : evidence.end] == evidence.text == text


def test_alike_texts_with_unlike_keywords_are_a_pair():
    reviews = []
    for i in range(80):
        story = " ".join(f"word{i // 2}{letter}" for letter in "abcdefgh")
        terms = ["twins", "siblings"] if i == 7 else ["burns", "housing", f"topic {i // 2}"]
        reviews.append(listing_review(i, terms, text=story))
    findings = found(pairs, reviews)
    assert [finding.reviews for finding in findings] == [("review-6", "review-7")]


def test_a_review_with_unusually_many_terms_is_found():
    reviews = collection_of(*[["twins", "siblings", "housing"]] * 15, ["twins", "siblings", *"abcdefgh"])
    findings = found(style, reviews)
    assert any(finding.reviews == ("review-15",) and "10 terms" in finding.why for finding in findings)


def test_reviews_without_keywords_among_others_are_found():
    findings = found(style, collection_of(*[["twins"]] * 10, [], []))
    assert findings[0].reviews == ("review-10", "review-11")
    assert findings[0].why == "2 of 12 reviews have no keywords."


def test_capitals_are_found():
    reviews = collection_of(*[["police"]] * 10, ["Police"])
    findings = found(style, reviews, load_vocabulary())
    assert [(finding.raw, finding.terms) for finding in findings] == [(("Police",), ("police",))]


@pytest.mark.parametrize("check", [spelling, punctuation, synonyms, drift, pairs, style])
def test_a_collection_without_keywords_is_said_to_be_uncheckable(check):
    with pytest.raises(UncheckableError):
        found(check, collection_of([], []))


def test_one_review_has_no_copies():
    with pytest.raises(UncheckableError, match="only one review"):
        found(duplicates, collection_of(["twins"]))
