"""``reviewnlp extract``: the facts of each review, one object a review."""

import csv
import io
import json

import pytest

from reviewnlp.extraction.child_rows import ChildRow
from reviewnlp.records import Facts
from reviewnlp.tables import read_records

LISTING = """\
2019 – Elmbury – Child K
Death of a 3-month-old infant girl while sleeping beside her mother.
Keywords: infant deaths

2019 – Elmbury – Child L
A boy aged 9 was neglected by his mother's partner, who was convicted of child cruelty in 2018.
"""


@pytest.fixture
def listing(tmp_path):
    path = tmp_path / "listing.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


def test_each_review_gives_one_object_in_the_form_of_the_records(run, listing):
    done = run("extract", listing)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [row["id"] for row in rows] == ["2019-elmbury-child-k", "2019-elmbury-child-l"]
    assert rows[0]["children"][0]["age_min"] == "P3M"
    assert "death" in [outcome["type"] for outcome in rows[0]["outcomes"]]
    assert [Facts.from_dict(row).to_dict() for row in rows] == rows


def test_json_holds_the_same_facts(run, listing, tmp_path):
    path = tmp_path / "facts.json"
    assert run("extract", listing, "-o", path).status == 0
    lines = run("extract", listing).out.splitlines()
    assert list(read_records(path, Facts)) == [Facts.from_dict(json.loads(line)) for line in lines]


def test_a_parquet_file_has_one_row_a_child(run, listing, tmp_path):
    path = tmp_path / "facts.parquet"
    assert run("extract", listing, "-o", path).status == 0
    first, second = read_records(path, ChildRow)
    assert (first.child, first.age_min, first.months_min, first.gender) == ("Child K", "P3M", 3.0, "female")
    assert (second.child, second.age_max, second.perpetrators) == ("Child L", "P9Y", "mothers_partner")


def test_the_columns_of_the_case_are_repeated_for_each_child(run, tmp_path):
    listing = tmp_path / "listing.txt"
    listing.write_text("2020 – Elmbury – Children R and S\nNeglect of two boys in 2019.\n", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(run("extract", listing, "--format", "csv").out)))
    assert [(row["child"], row["age_min"], row["causes"]) for row in rows] == [("Child R", "", ""), ("Child S", "", "")]
    assert [(row["outcomes"], row["incident_dates"]) for row in rows] == [("neglect", "2019")] * 2


def test_a_page_marks_the_words_of_the_facts(run, listing, tmp_path):
    path = tmp_path / "facts.html"
    assert run("extract", listing, "-o", path).status == 0
    page = path.read_text(encoding="utf-8")
    assert page.count("<section>") == 2
    assert [label for label in ("outcome", "age", "perpetrator") if label not in page] == []
    assert "sleeping" in page


def test_a_page_escapes_the_text(run, tmp_path):
    listing = tmp_path / "listing.txt"
    listing.write_text("2020 – Elmbury – Child K\nDeath of <script>alert(1)</script> a boy.\n", encoding="utf-8")
    assert "<script>alert" not in run("extract", listing, "--format", "html").out


def test_a_real_name_is_warned_of(run, tmp_path):
    listing = tmp_path / "listing.txt"
    listing.write_text("2020 – Elmbury – Morwenna Pask\nDeath of a girl.\n", encoding="utf-8")
    done = run("extract", listing)
    assert "real name" in done.err
    assert done.status == 0


def test_a_terminal_gets_ages_and_facts_in_words(run, listing):
    printed = run("extract", listing, width=120).out
    assert "Child K, 3 months, female" in printed
    assert "mother's partner" in printed
