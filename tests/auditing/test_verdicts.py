"""Verdicts read from a spreadsheet, and what is corrected."""

import csv

import pytest

from reviewnlp.auditing import correct, read_verdicts, write_corrected
from reviewnlp.errors import InputError
from reviewnlp.reading import read_reviews
from reviewnlp.vocabulary import load_vocabulary

LISTING = (
    "Case reviews published in 2020\r\n\r\n"
    "2020 – Dunmere – Child A\r\nDeath of a baby.\r\nKeywords: infnat deaths, twins.\r\n> Read the report\r\n\r\n"
    "2020 – Elmstow – Child B\r\nNeglect of a child. Learning: none. Keywords: neglect; housing\r\n"
)


def verdicts_file(path, *rows):
    names = ["verdict", "kind", "terms", "raw", "reviews", "why"]
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
    return path


@pytest.fixture
def listing(tmp_path):
    path = tmp_path / "listing.txt"
    path.write_bytes(LISTING.encode())
    return path


def applied(listing, tmp_path, *rows):
    reviews = list(read_reviews([listing]))
    verdicts = read_verdicts(verdicts_file(tmp_path / "verdicts.csv", *rows))
    corrected, changes = correct(reviews, verdicts, load_vocabulary())
    written = write_corrected([listing], reviews, corrected, changes, tmp_path / "out")
    return written[0].read_bytes().decode(), changes


def test_accepted_findings_change_the_keyword_lines_and_nothing_else(listing, tmp_path):
    text, changes = applied(
        listing,
        tmp_path,
        ["yes", "typo", "infant deaths", "infnat deaths", "2020-dunmere-child-a", "slip"],
        ["Y", "punctuation", "", "", "2020-dunmere-child-a", "stop"],
        ["ok", "missing", "child neglect", "", "2020-elmstow-child-b", "told"],
        ["accept", "doubtful", "housing", "", "2020-elmstow-child-b", "not told"],
        ["no", "doubtful", "twins", "", "2020-dunmere-child-a", "x"],
        ["", "doubtful", "twins", "", "2020-dunmere-child-a", "x"],
    )
    expected = LISTING.replace("infnat deaths, twins.", "infant deaths, twins")
    assert text == expected.replace("neglect; housing", "neglect; child neglect")
    assert [change.done for change in changes] == [True] * 4
    assert listing.read_bytes() == LISTING.encode()


def test_what_a_person_must_decide_is_logged_and_changes_nothing(listing, tmp_path):
    text, changes = applied(
        listing, tmp_path, ["yes", "near_synonym", "neglect; child neglect", "", "2020-elmstow-child-b; gone", "close"]
    )
    assert text == LISTING
    assert [(change.review, change.done) for change in changes] == [("2020-elmstow-child-b", False), ("gone", False)]


def test_a_verdict_that_is_neither_yes_nor_no_is_refused_with_its_line(tmp_path):
    path = verdicts_file(tmp_path / "v.csv", ["yes", "typo", "a", "b", "c", ""], ["maybe", "typo", "a", "b", "c", ""])
    with pytest.raises(InputError, match="neither yes nor no") as caught:
        read_verdicts(path)
    assert caught.value.line == 3


def test_a_table_without_verdicts_is_refused(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("kind,terms\ntypo,a\n", "utf-8")
    with pytest.raises(InputError, match="no column raw, reviews, verdict"):
        read_verdicts(path)


def test_the_input_is_never_overwritten(listing):
    reviews = list(read_reviews([listing]))
    with pytest.raises(InputError, match="would be overwritten"):
        write_corrected([listing], reviews, reviews, [], listing.parent)
    assert listing.read_bytes() == LISTING.encode()
