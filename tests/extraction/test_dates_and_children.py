"""When the incident happened, and which children it befell."""

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp.extraction import extract
from reviewnlp.extraction.date_expressions import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Death of a boy in May 2014.", ["2014-05"]),
        ("Death of a boy on 3 May 2014.", ["2014-05-03"]),
        ("Death of a boy on the 3rd of May 2014.", ["2014-05-03"]),
        ("Death of a boy in the summer of 2014.", ["2014-22"]),
        ("Death of a boy in winter 2014-15.", ["2014-24"]),
        ("Death of a boy in early 2014.", ["2014"]),
        ("Death of a boy on Boxing Day 2014.", ["2014-12-26"]),
        ("Deaths of two boys in 2014 and 2015.", ["2014", "2015"]),
        ("Deaths of two boys in March and April 2015.", ["2015-03", "2015-04"]),
        ("Abuse of girls between January 2013 and August 2015.", ["2013-01/2015-08"]),
        ("Abuse of girls from 2013 to 2015.", ["2013/2015"]),
        ("Abuse of girls in the 1990s.", ["199X"]),
        ("Death of a boy. He died in May 2014; the inquest was held in 2016.", ["2014-05"]),
        ("Death of a boy in 2014. He was found hanged in May 2014.", ["2014-05"]),
        ("Death of a boy in May 2014. Father was convicted in June 2015.", ["2014-05"]),
        ("Injuries to a boy who had been on a plan since March 2012.", []),
        ("Death of a boy. Mother may have been ill; in 300 cases.", []),
    ],
)
def test_dates_of_the_incident_are_edtf(text, expected):
    found = [date.edtf for date in extract(text).incident_dates]
    assert found == expected
    for edtf in found:
        parse_edtf(edtf)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 MayJunespring-/andtobetween,", max_size=60))
def test_whatever_is_emitted_is_edtf(text):
    for date in dates(text):
        parse_edtf(date.edtf)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Child K", "Death of a 3-month-old girl.", [("Child K", "P3M", "P3M", "female", None)]),
        ("Child K", "Injuries to a child by his father.", [("Child K", None, None, "male", None)]),
        (
            "Child K",
            "Death of a child. Child K's mother was ill; she had told a nurse.",
            [("Child K", None, None, "unknown", None)],
        ),
        (
            "Wren",
            "Suicide of a 15-year-old. Wren, registered male at birth, lived as a girl.",
            [("Wren", "P15Y", "P15Y", "trans", None)],
        ),
        (
            "Children P and Q",
            "Deaths of a 2-year-old boy (Child P) and a 7-month-old girl (Child Q).",
            [("Child P", "P2Y", "P2Y", "male", None), ("Child Q", "P7M", "P7M", "female", None)],
        ),
        (
            "Leo and Ada",
            "Neglect of a brother and sister aged 4 and 6.",
            [("Leo", "P4Y", "P4Y", "male", None), ("Ada", "P6Y", "P6Y", "female", None)],
        ),
        ("Family T", "Neglect of three siblings aged 1 to 9 years.", [(None, "P1Y", "P9Y", "unknown", 3)]),
        (
            "Family T",
            "Removal of three children aged 2, 5 and 8.",
            [
                (None, "P2Y", "P2Y", "unknown", None),
                (None, "P5Y", "P5Y", "unknown", None),
                (None, "P8Y", "P8Y", "unknown", None),
            ],
        ),
        ("Exploitation", "Exploitation of 14 boys.", [(None, None, None, "male", 14)]),
        ("Neglect", "A thematic review.", [(None, None, None, "unknown", None)]),
        ("Child K", "A girl of 9 was hurt. She had been fostered at six.", [("Child K", "P9Y", "P9Y", "female", None)]),
    ],
)
def test_children_have_age_and_gender_from_the_words(title, text, expected):
    children = extract(f"2021 - Northtown - {title}\n{text}").children
    assert [(c.name, c.age_min, c.age_max, c.gender, c.count) for c in children] == expected
