"""``reviewnlp extract``: the facts of each review, one object a review."""

import csv
import io
import json

import pytest

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


@pytest.mark.parametrize("ending", ["json", "csv", "parquet"])
def test_every_format_holds_the_same_facts(ending, run, listing, tmp_path):
    path = tmp_path / f"facts.{ending}"
    assert run("extract", listing, "-o", path).status == 0
    lines = run("extract", listing).out.splitlines()
    assert list(read_records(path, Facts)) == [Facts.from_dict(json.loads(line)) for line in lines]


def test_a_flat_csv_has_a_plain_cell_for_each_field_and_no_offsets(run, listing):
    first, second = csv.DictReader(io.StringIO(run("extract", listing, "--flat", "--format", "csv").out))
    assert (first["children.age_min"], second["children.age_min"]) == ("P3M", "P9Y")
    assert second["perpetrators.relation"] == "mothers_partner"
    assert not [name for name in first if name.endswith((".start", ".end"))]


def test_a_terminal_gets_ages_and_facts_in_words(run, listing):
    printed = run("extract", listing, width=120).out
    assert "Child K, 3 months, female" in printed
    assert "mother's partner" in printed
