"""Sections and points of an entry."""

from __future__ import annotations

import pytest

from reviewnlp import parse_text
from reviewnlp.records import Review


def entry(*paragraphs: str) -> Review:
    (review,) = parse_text("\n".join(["2020 – Northmoor – Child A", "Death of a baby.", *paragraphs]))
    return review


@pytest.mark.parametrize(
    ("paragraph", "kind", "heading", "text"),
    [
        ("Learning: listen to the child.", "learning", "Learning", "listen to the child."),
        ("Learning themes include: a; b.", "learning", "Learning themes include", "a; b."),
        ("Learning explores: a.", "learning", "Learning explores", "a."),
        ("Learning: includes: advice on sleep.", "learning", "Learning", "includes: advice on sleep."),
        ("Key issues: a.", "key_issues", "Key issues", "a."),
        ("Key findings: a.", "key_findings", "Key findings", "a."),
        ("Background: a.", "background", "Background", "a."),
        ("Model: hybrid.", "model", "Model", "hybrid."),
        ("Methodology: hybrid.", "model", "Methodology", "hybrid."),
        ("Recommendations: LA1: a.", "recommendations", "Recommendations", "LA1: a."),
        ("Recommendations to partners include: a.", "recommendations", "Recommendations to partners include", "a."),
        ("National recommendations include: a.", "recommendations", "National recommendations include", "a."),
        ("Recommends that boards meet.", "recommendations", "", "Recommends that boards meet."),
        ("Learning is embedded in them.", "learning", "", "Learning is embedded in them."),
        ("includes: advice on sleep.", "learning", "includes", "advice on sleep."),
    ],
)  # fmt: skip
def test_a_paragraph_with_a_heading_is_a_section(paragraph: str, kind: str, heading: str, text: str) -> None:
    (section,) = entry(paragraph).sections
    assert (section.kind, section.heading, section.text) == (kind, heading, text)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Learning disabilities were known to the school.",
        "Background checks were not made: nobody asked.",
        "Model railways were his hobby.",
    ],
)
def test_prose_that_begins_like_a_heading_is_no_section(paragraph: str) -> None:
    review = entry(paragraph)
    assert review.sections == ()
    assert review.summary == f"Death of a baby.\n{paragraph}"


def test_sections_and_keywords_in_one_paragraph_are_told_apart() -> None:
    (review,) = parse_text(
        "2023 – Northmoor – Child A\n"
        "Death of a baby in 2021. He was 3 weeks old. Learning focuses on: sleep; and advice. "
        "Recommendations include: ask fathers; give advice twice. Keywords: infant deaths, fathers"
    )
    assert review.summary == "Death of a baby in 2021. He was 3 weeks old."
    assert [(s.kind, s.heading, s.points) for s in review.sections] == [
        ("learning", "Learning focuses on", ("sleep", "advice.")),
        ("recommendations", "Recommendations include", ("ask fathers", "give advice twice.")),
    ]
    assert [keyword.raw for keyword in review.keywords] == ["infant deaths", "fathers"]
    assert "Keywords" not in review.text


def test_the_offsets_of_a_section_are_those_of_its_text() -> None:
    review = entry("Learning themes include: a; b.", "Recommendations include:", "• one", "• two")
    assert [review.text[s.start : s.end] for s in review.sections] == ["a; b.", "• one\n• two"]
    assert [s.text for s in review.sections] == ["a; b.", "• one\n• two"]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("a; b; and c.", ("a", "b", "c.")),
        ("sands and seas; and and-gates.", ("sands and seas", "and-gates.")),
        ("a (early; often); b [x; y].", ("a (early; often)", "b [x; y].")),
        ("what “one; two” means; b", ("what “one; two” means", "b")),
        ('what "one; two" means; b', ('what "one; two" means', "b")),
        ("the 'Think; child' model; parents' views; b", ("the 'Think; child' model", "parents' views", "b")),
        ("a; and", ("a",)),
        ("“don’t ask; don’t tell”; b", ("“don’t ask; don’t tell”", "b")),
        ("a (never closed; b; c", ("a (never closed", "b", "c")),
        ("boys' homes; girls' homes", ("boys' homes", "girls' homes")),
    ],
)
def test_points_are_parted_at_semicolons_outside_brackets_and_quotes(text: str, points: tuple[str, ...]) -> None:
    assert entry(f"Learning: {text}").sections[0].points == points


def test_a_heading_on_a_line_of_its_own_opens_a_section() -> None:
    review = entry("Learning", "listen to the child; and to the school")
    assert [(s.heading, s.points) for s in review.sections] == [("Learning", ("listen to the child", "to the school"))]


@pytest.mark.parametrize("mark", ["• ", "- ", "* ", "– ", "1. ", "a) ", ""])
def test_bullet_lines_are_points(mark: str) -> None:
    review = entry("Learning includes:", f"{mark}the view of the child", f"{mark}the part of the father")
    (section,) = review.sections
    assert section.points == ("the view of the child", "the part of the father")


def test_a_section_without_text_is_a_problem() -> None:
    review = entry("Learning:", "Recommendations: a.")
    assert [s.text for s in review.sections] == ["", "a."]
    assert ("empty_section", 3) in [(p.code, p.line) for p in review.problems]
