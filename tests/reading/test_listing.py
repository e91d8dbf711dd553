"""Entries of a listing, page furniture, links, and that nothing is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp.reading import Listing, parse_text
from reviewnlp.records import Review


def test_entries_begin_at_titles_and_know_their_lines() -> None:
    listing = parse_text(
        "Case reviews published in 2018\n\n2018 – Kent – Child A\n\nDeath of a baby.\nKeywords: infant deaths\n\n"
        "2018 – Leeds – Child B\nNeglect.\nKeywords: child neglect\n> Read the overview report\n",
        path="a.txt",
    )
    assert [(r.id, r.source.start_line, r.source.end_line) for r in listing.reviews if r.source] == [
        ("2018-kent-child-a", 3, 6),
        ("2018-leeds-child-b", 8, 11),
    ]
    assert [line.number for line in listing.furniture] == [1]


def test_a_repeated_title_gets_a_number() -> None:
    listing = parse_text("2018 – Kent – Child A\nOne.\n2018 – Kent – Child A\nTwo.\n2018 – Kent - Child A\nThree.")
    assert [r.id for r in listing.reviews] == ["2018-kent-child-a", "2018-kent-child-a-2", "2018-kent-child-a-3"]


def test_a_text_without_a_title_is_one_review() -> None:
    (review,) = parse_text("Death of a baby in 2021.\n\nLearning themes include: sleep; advice.").reviews
    assert (review.id, review.title, review.year, review.case_name) == ("untitled", None, None, None)
    assert review.text == "Death of a baby in 2021.\nLearning themes include: sleep; advice."
    assert [s.points for s in review.sections] == [("sleep", "advice.")]


def test_a_title_with_nothing_under_it_is_named() -> None:
    listing = parse_text("2018 – Kent – Child A\n2018 – Leeds – Child B\nNeglect.\nKeywords: child neglect")
    assert [[p.code for p in r.problems] for r in listing.reviews] == [["empty_entry"], []]


def test_a_text_of_one_term_stays_a_text() -> None:
    (review,) = parse_text("infant deaths").reviews
    assert (review.text, review.keywords) == ("infant deaths", ())


@pytest.mark.parametrize(
    "line",
    [
        "2017 saw a rise in referrals - and in closures.",
        "2015 – family moved to the coast.",
        "March 2016 - initial conference held",
        "2015 – Family moved to Leeds",
        "2018-19 – referrals rose",
        "In 2017 – Kent – a review began.",
        "January 2014 – the mother was seen at home.",
    ],
)
def test_a_line_of_prose_or_chronology_starts_no_entry(line: str) -> None:
    (review,) = parse_text(f"2018 – Kent – Child A\nDeath of a baby.\n{line}\nKeywords: infant deaths").reviews
    assert review.summary == f"Death of a baby.\n{line}"


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 04 Sep 2018",
        "Case reviews published in 2018",
        "Serious case reviews 2013",
        "Skip to content.",
        "Home",
        "Back to top",
        "Share this page",
        "Home > Learning > Case reviews",
        "\u00a0",
        "A chronological list of the executive summaries or full overview reports of serious case reviews",
        "If you have any concerns about children or need support, please contact the helpline on 0000 000 0000.",
        "Page 2 of 7",
        "© 2024 A charity. All rights reserved.",
    ],
)
def test_page_furniture_is_in_no_review(line: str) -> None:
    listing = parse_text(f"{line}\n2018 – Kent – Child A\nDeath of a baby.\nKeywords: suicide\n{line}\n")
    (review,) = listing.reviews
    assert review.text == "2018 – Kent – Child A\nDeath of a baby."
    assert {f.text for f in listing.furniture} == ({line} if line.strip() else set())
    assert listing.problems == ()


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("> Read the overview report", [("Read the overview report", None)]),
        ("Read the executive summary", [("Read the executive summary", None)]),
        ("Read the in-depth report", [("Read the in-depth report", None)]),
        ("> Read the overview report link", [("Read the overview report link", None)]),
        ("> Read the report > Read the summary", [("Read the report", None), ("Read the summary", None)]),
        ("> Read the report (https://x.example/a.pdf)", [("Read the report", "https://x.example/a.pdf")]),
    ],
)
def test_links_are_read(line: str, links: list[tuple[str, str | None]]) -> None:
    (review,) = parse_text(f"2018 – Kent – Child A\nDeath.\nKeywords: suicide\n{line}").reviews
    assert [(link.text, link.url) for link in review.links] == links
    assert review.text == "2018 – Kent – Child A\nDeath."


def test_a_stray_line_before_the_first_title_is_a_problem_with_its_line() -> None:
    listing = parse_text("Case reviews published in 2018\nZebra crossing\n\n2018 – Kent – Child A\nDeath.")
    assert [(p.code, p.line) for p in listing.problems] == [("stray_text", 2)]
    assert "Zebra crossing" in listing.problems[0].message


def test_an_entry_that_lost_its_title_is_a_review_of_its_own() -> None:
    listing = parse_text(
        "2018 – Kent – Child A\nDeath of a baby.\nKeywords: suicide\n> Read the overview report\n"
        "Neglect of a girl.\nKeywords: child neglect\n2018 – Leeds – Child B\nNeglect of a boy."
    )
    assert [(r.title, r.summary) for r in listing.reviews] == [
        ("2018 – Kent – Child A", "Death of a baby."),
        (None, "Neglect of a girl."),
        ("2018 – Leeds – Child B", "Neglect of a boy."),
    ]
    assert [(p.code, p.line) for p in listing.reviews[1].problems] == [("no_title", 5)]


PIECES = st.sampled_from(
    [
        *(
            "2018 – Kent – Child A",
            "2012Leeds - Baby B",
            "December 2014 –",
            "2017 saw",
            "2016",
            "Death of a baby.",
            "Zebra",
        ),
        *(
            "Learning:",
            "Learning themes include:",
            "includes:",
            "Recommends that",
            "Learning",
            "• one;",
            "- two",
            "(a; b)",
        ),
        *("Keywords:", "Keywords", "infant deaths, suicide", "child neglect; housing.", "assessment [social work]"),
        "special educational needs, additional needs and disabilities",
        *("> Read the overview report", "Read the executive summary", "Home", "Last updated: 1 May 2019", "“c; d”"),
        *("–", ":", ";", ",", "and", "'", "\u00a0", "\u00ad", "\r", "\t", "\u2028", "\x0b", "https://x.example/a"),
        *("# ", "**", "[a](http://b)", "<p>", "</p>", "<br>", "Case reviews published in 2018"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.lists(PIECES, min_size=1, max_size=6).map(" ".join), max_size=14).map("\n".join),
)


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.replace("\u00ad", "").lower()))


def words_of(review: Review) -> set[str]:
    parts = [review.text, *(k.raw for k in review.keywords)]
    parts += [f"{link.text} {link.url or ''}" for link in review.links]
    return words(" ".join(parts))


def lost_lines(text: str, listing: Listing) -> list[int]:
    """Return the numbers of the lines some of whose words are in no review, furniture or problem."""
    lost = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if not line.strip():
            continue
        kept = {"keywords", "keyword", "and"}  # the label, and the "and" before the last of a list
        for item in listing.furniture:
            kept |= words(item.text) if item.number == number else set()
        for problem in listing.problems:
            kept |= words(line) if problem.line == number else set()
        for review in listing.reviews:
            if review.source and review.source.start_line <= number <= review.source.end_line:
                kept |= words_of(review)
        if words(line) - kept:
            lost.append(number)
    return lost


@settings(deadline=None)
@given(TEXTS)
def test_no_line_of_any_text_is_lost(text: str) -> None:
    cleaned = re.sub("[\u200b-\u200f\u2060\ufeff\x00]", "", text)
    assert lost_lines(cleaned, parse_text(cleaned, path="a.txt")) == []


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["a.txt", "a.md", "a.html", "-"]))
def test_any_text_parses_and_its_reviews_are_the_same_after_a_trip_through_dicts(text: str, path: str) -> None:
    listing = parse_text(text, path=path)
    for review in listing.reviews:
        assert Review.from_dict(review.to_dict()) == review
        assert all(review.text[s.start : s.end] == s.text for s in review.sections)
    assert len({r.id for r in listing.reviews}) == len(listing.reviews)
