"""Titles as librarians wrote them from 2012 to 2025."""

from __future__ import annotations

import pytest

from reviewnlp import parse_text


@pytest.mark.parametrize(
    ("title", "year", "month", "authorities", "case_name"),
    [
        ("2017-Anonymous-Child Y", 2017, None, (), "Child Y"),
        ("2018 – Wolverhampton- Child G", 2018, None, ("Wolverhampton",), "Child G"),
        ("2018 - Anonymous- Children F, G and H", 2018, None, (), "Children F, G and H"),
        ("2017—Kent—Shi-Ling Moor", 2017, None, ("Kent",), "Shi-Ling Moor"),
        ("2018 – City of London and Hackney", 2018, None, ("City of London and Hackney",), None),
        ("December 2014 – Blackpool - Child BR", 2014, 12, ("Blackpool",), "Child BR"),
        ("Sept 2013 - Leeds: Baby W", 2013, 9, ("Leeds",), "Baby W"),
        ("2012Ceredigion – Child J", 2012, None, ("Ceredigion",), "Child J"),
        ("2012 Ceredigion – Child J", 2012, None, ("Ceredigion",), "Child J"),
        ("2012 Blackpool Child BW", 2012, None, ("Blackpool",), "Child BW"),
        ("2019Northmoor – Child J", 2019, None, ("Northmoor",), "Child J"),
        ("2017 – Croydon and Lewisham – Claire", 2017, None, ("Croydon", "Lewisham"), "Claire"),
        ("2017 – Brighton and Hove - 'A'", 2017, None, ("Brighton and Hove",), "'A'"),
        ("2016 – Greenwich Safeguarding Children Board – Child A", 2016, None, ("Greenwich",), "Child A"),
        ("2013 – London Borough of Greenwich: Child X", 2013, None, ("Greenwich",), "Child X"),
        ("2014 – Kent (Child A)", 2014, None, ("Kent",), "Child A"),
        ("2012 – Stoke-on-Trent-Child A", 2012, None, ("Stoke-on-Trent",), "Child A"),
        ("2014 - Child D", 2014, None, (), "Child D"),
        ("2020 – Upper Vale and Northmoor - Baby Z", 2020, None, ("Upper Vale and Northmoor",), "Baby Z"),
        (
            "2017 – Leeds – Ana Moor [birth name]: AKA Ana Vale",
            2017,
            None,
            ("Leeds",),
            "Ana Moor [birth name]: AKA Ana Vale",
        ),
    ],
)
def test_a_title_gives_year_month_authorities_and_case_name(
    title: str, year: int, month: int | None, authorities: tuple[str, ...], case_name: str | None
) -> None:
    (review,) = parse_text(f"{title}\nDeath of a baby.\nKeywords: infant deaths")
    assert (review.title, review.year, review.month) == (title, year, month)
    assert (review.authorities, review.case_name) == (authorities, case_name)
    assert review.summary == "Death of a baby."
