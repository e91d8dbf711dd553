"""``reviewnlp redact``: names replaced, and a report of them apart."""

import json

import pytest

LISTING = """\
2019 – Elmbury – Wren and Ivo
Death of a 3-month-old girl, Wren. Her brother Ivo, aged 7, and her mother's partner (Adult Z) were in. Wren was loved.
Keywords: infant deaths
"""


@pytest.fixture
def listing(tmp_path):
    path = tmp_path / "listing.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


def test_no_name_is_left_in_the_output(run, listing):
    done = run("redact", listing)
    assert done.status == 0
    assert not [name for name in ("Wren", "Ivo", "Adult Z", "wren") if name in done.out]
    (row,) = [json.loads(line) for line in done.out.splitlines()]
    assert row["text"].splitlines()[0] == "2019 – Elmbury – [CHILD 1] and [CHILD 2]"
    assert {"placeholder": "[CHILD 1]", "count": 3} in row["replaced"]


def test_ages_become_bands_when_asked(run, listing):
    done = run("redact", listing, "--ages", "--format", "text")
    assert "Death of a [AGE under 1] girl" in done.out
    assert "aged [AGE 6-10]" in done.out


def test_the_report_says_what_each_placeholder_stands_for(run, listing, tmp_path):
    report = tmp_path / "report.jsonl"
    assert run("redact", listing, "--report", report).status == 0
    rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert {row["placeholder"]: row["forms"] for row in rows}["[ADULT 1]"] == ["Adult Z"]
