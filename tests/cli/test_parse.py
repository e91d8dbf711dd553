"""``reviewnlp parse``: records on standard output, everything else on standard error."""

import json

import pytest

from reviewnlp import Review
from reviewnlp.tables import read_records

LISTING = """\
2019 – Elmbury – Child K
Death of a 3-month-old infant while sleeping beside a parent.
Learning: safer sleep advice; the voice of the child.
Keywords: infant deaths, parental neglect
> Read the overview report

2019 – Elmbury – Child L
A boy aged 9 was found alone at home.
"""


@pytest.fixture
def listing(tmp_path):
    path = tmp_path / "listing.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


def test_each_review_is_one_json_object_in_the_order_of_the_input(run, listing):
    done = run("parse", listing)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [row["id"] for row in rows] == ["2019-elmbury-child-k", "2019-elmbury-child-l"]
    assert rows[0]["keywords"][0] == {"raw": "infant deaths", "term": "infant deaths", "match": "exact"}
    assert rows[0]["source"] == {"path": str(listing), "start_line": 1, "end_line": 5}
    assert [Review.from_dict(row).to_dict() for row in rows] == rows


def test_standard_input_is_read_for_a_hyphen(run):
    done = run("parse", "-", stdin=LISTING.encode())
    assert [json.loads(line)["source"]["path"] for line in done.out.splitlines()] == ["-", "-"]


def test_an_input_that_cannot_be_read_is_named_and_the_others_are_read(run, listing, tmp_path):
    done = run("parse", tmp_path / "missing.txt", listing, tmp_path)
    assert done.status == 1
    assert len(done.out.splitlines()) == 2
    said = done.err.splitlines()
    assert [line.startswith("reviewnlp: ") for line in said] == [True, True]
    assert f"{tmp_path}/missing.txt: no such file" in said[0]
    assert str(tmp_path) in said[1]


def test_a_record_that_is_no_review_is_named_with_file_and_line(run, tmp_path):
    path = tmp_path / "reviews.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": "b"}\n', encoding="utf-8")
    done = run("parse", path)
    assert done.status == 1
    assert json.loads(done.out)["id"] == "a"
    assert f"{path}:2: not a Review record: text: Field required" in done.err


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_what_parse_wrote_can_be_parsed_again_unchanged(ending, run, listing, tmp_path):
    path = tmp_path / f"reviews.{ending}"
    assert run("parse", listing, "-o", path).status == 0
    assert run("parse", path).out == run("parse", listing).out


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "parquet"])
def test_every_format_holds_the_same_records(ending, run, listing, tmp_path):
    path = tmp_path / f"reviews.{ending}"
    run("parse", listing, "-o", path)
    lines = run("parse", listing).out.splitlines()
    assert list(read_records(path, Review)) == [Review.from_dict(json.loads(line)) for line in lines]


@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_gets_a_table_as_wide_as_it_is(width, run, listing):
    done = run("parse", listing, width=width)
    lines = [line.rstrip() for line in done.out.splitlines()]
    assert lines[0].split() == ["review", "keywords", "problems"]
    assert max(map(len, lines)) == (width if width == 80 else 96), "no wider than its content either"
    assert lines[2].startswith("2019 – Elmbury – Child")
    assert "infant deaths" in done.out
    assert "unknown" in done.out
