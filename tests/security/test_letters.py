"""Letters and spaces that patterns take for others: none keeps a text from being read."""

import re
import string

import pytest

from reviewnlp.extraction import Extractor
from reviewnlp.reading import parse_text
from reviewnlp.reading.wordlists import as_listed
from reviewnlp.resources import shipped

ALIKE = {
    "long s": ("s", "ſ"),
    "i with a dot in upper case": ("i", "İ"),
    "i without a dot": ("i", "ı"),
    "the kelvin sign": ("k", "\u212a"),
    "ends of lines": (" ", "\n"),
    "spaces that do not break": (" ", "\xa0"),
    "separators of lines": (" ", "\u2028"),
    "digits of another script": ("1", "١"),
    "superscripts": ("2", "²"),
    "halves of characters": ("e", "\ud800"),
}


@pytest.fixture(scope="module")
def extractor():
    return Extractor()


@pytest.fixture(scope="module")
def listing():
    return "".join(path.read_text("utf-8") for path in sorted(shipped("data", "fictional").glob("reviews-*.txt"))[:2])


@pytest.mark.parametrize("name", ALIKE)
def test_letters_taken_for_others_are_read(name, extractor, listing):
    assert parse_text(listing.replace(*ALIKE[name])).reviews
    for review in parse_text(listing).reviews[:40]:
        text = review.text.replace(*ALIKE[name])
        facts = extractor(text)
        assert [age.text for age in facts.ages] == [text[age.start : age.end] for age in facts.ages]


def test_all_letters_alike_are_known():
    for letter in string.ascii_lowercase:
        alike = re.compile(letter, re.IGNORECASE)
        for other in filter(alike.fullmatch, map(chr, range(0x3000))):
            assert as_listed(other) == letter


def test_names_over_two_lines_are_two(extractor):
    facts = extractor(
        "2019 – Northtown – Hannah\nHannah, aged 14, was hurt. Young\xa0Person B and his sister, Ann, were not."
    )
    assert [person.name for person in facts.people] == ["Hannah", "Young Person B", "Ann"]


def test_a_name_is_found_behind_one_that_begins_alike(extractor):
    facts = extractor("His sisters, Anna The Ann, were told. Ann was well.")
    assert all(facts_text in ("Anna", "Ann") for facts_text in (person.name for person in facts.people))


def test_a_day_that_the_month_has_not_is_left_out(extractor):
    facts = extractor("He died between 29 February and 3 March 2015.")
    assert [date.edtf for date in facts.incident_dates] == ["2015-02/2015-03-03"]
