"""Keywords of an entry."""

from __future__ import annotations

import pytest

from reviewnlp import parse_text
from reviewnlp.records import Review


def entry(*last: str) -> Review:
    (review,) = parse_text("\n".join(["2020 – Northmoor – Child A", "Death of a baby.", *last]))
    return review


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        ("Keywords: infant deaths, child neglect", ["infant deaths", "child neglect"]),
        ("Keywords: infant deaths; child neglect", ["infant deaths", "child neglect"]),
        ("Keywords: infant deaths, housing; child neglect", ["infant deaths", "housing", "child neglect"]),
        ("Keywords: infant deaths, sleeping behaviour.", ["infant deaths", "sleeping behaviour"]),
        ("Key words – suicide, housing", ["suicide", "housing"]),
        ("KEYWORDS: suicide,, housing,", ["suicide", "housing"]),
        (
            "Keywords: suicide, special educational needs, additional needs and disabilities, housing",
            ["suicide", "special educational needs, additional needs and disabilities", "housing"],
        ),
        ("Keywords: assessment [social work, courts], housing", ["assessment [social work, courts]", "housing"]),
        ("Keywords: housing > Read the overview report", ["housing"]),
    ],
)
def test_keywords_are_parted(line: str, raw: list[str]) -> None:
    assert [keyword.raw for keyword in entry(line).keywords] == raw


def test_a_label_on_its_own_line_and_a_list_cut_by_a_line_end_are_read() -> None:
    assert [k.raw for k in entry("Keywords:", "housing, suicide").keywords] == ["housing", "suicide"]
    assert [k.raw for k in entry("Keywords: housing,", "suicide").keywords] == ["housing", "suicide"]


def test_the_last_line_of_terms_without_a_label_is_keywords() -> None:
    review = entry("Learning: listen.", "infant deaths, alcohol misuse, unheard terms", "> Read the overview report")
    assert [k.match for k in review.keywords] == ["exact", "exact", "unknown"]
    assert review.text.endswith("Learning: listen.")


@pytest.mark.parametrize(
    "line",
    ["He was known to housing, schools and the police.", "The child, his mother, her partner and others were seen"],
)
def test_a_last_line_of_prose_is_no_keywords(line: str) -> None:
    review = entry(line)
    assert review.keywords == ()
    assert [p.code for p in review.problems] == ["no_keywords"]
    assert line in review.summary


def test_keywords_are_matched_to_terms() -> None:
    review = entry("Keywords: Infant Deaths, non accidental head injury, discguised compliance, quibbling")
    assert [(k.term, k.match) for k in review.keywords] == [
        ("infant deaths", "exact"),
        ("non-accidental head injuries", "variant"),
        ("disguised compliance", "typo"),
        (None, "unknown"),
    ]
    assert review.terms == ("infant deaths", "non-accidental head injuries", "disguised compliance")


def test_a_full_stop_and_mixed_separators_are_named() -> None:
    review = entry("Keywords: housing; suicide, fractures.")
    assert [p.code for p in review.problems] == ["keyword_full_stop", "mixed_separators"]


def test_semicolons_alone_are_named() -> None:
    review = entry("Keywords: housing; suicide; special educational needs, additional needs and disabilities")
    assert len(review.terms) == 3
    assert [p.code for p in review.problems] == ["semicolons"]


def test_brackets_around_the_whole_list_are_no_part_of_it() -> None:
    assert entry("Keywords: [housing, suicide]").terms == ("housing", "suicide")
    assert entry("Keywords: assessment [social work], housing").terms == ("assessment [social work]", "housing")
