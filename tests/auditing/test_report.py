"""The files of an audit, as a user gets them."""

import csv
import json
import re

import pytest
from tests.auditing.listings import collection_of, listing_review

from reviewnlp.auditing import audit, write_audit
from reviewnlp.cli import main


def report(reviews, folder):
    found = audit(reviews)
    write_audit(found, folder)
    return found, (folder / "report.html").read_text("utf-8")


def test_all_three_files_tell_the_same_findings(tmp_path):
    found, page = report(collection_of(["infnat deaths"], ["twins"]), tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "findings.jsonl").read_text("utf-8").splitlines()]
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [line["kind"] for line in lines] == [row["kind"] for row in rows] == [f.kind for f in found.findings]
    assert lines[0]["raw"] == ["infnat deaths"]
    assert rows[0]["verdict"] == ""
    assert page.count("<article") == len(lines)


def test_text_of_a_review_cannot_run_in_the_report(tmp_path):
    evil = (
        '<script>alert(1)</script><img src=x onerror="alert(1)"> said the note twice over in this long paragraph here.'
    )
    reviews = [listing_review(i, ['"><script>x</script>', "twins"], text=evil) for i in (1, 2)]
    _, page = report(reviews, tmp_path)
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src 'none'" in page


def test_the_report_fetches_nothing(tmp_path):
    _, page = report(collection_of(["twins"], ["siblings"]), tmp_path)
    assert not re.search(r"""(src|href|action)\s*=|url\(|@import|https?://""", page)


def test_a_report_that_would_be_too_large_shows_fewer_findings_and_says_so(tmp_path, monkeypatch):
    reviews = collection_of(*[[f"infnat deaths {'x' * number}", "Twins"] for number in range(19)])
    whole = report(reviews, tmp_path)[1]
    monkeypatch.setattr("reviewnlp.auditing.report.LARGEST", len(whole) - 2000)
    found, page = report(reviews, tmp_path)
    assert len(page) <= len(whole) - 2000
    assert "are shown; findings.csv has all" in page
    assert len((tmp_path / "findings.jsonl").read_text("utf-8").splitlines()) == len(found.findings)


def test_a_passage_without_end_is_cut_short(tmp_path):
    text = " ".join(f"word{i}" for i in range(5000))
    _, page = report([listing_review(i, ["twins"], text=text) for i in (1, 2)], tmp_path)
    assert "word100 " in page
    assert "word4000 " not in page


@pytest.mark.parametrize(
    ("reviews", "says"),
    [
        (collection_of(["twins"]), "only one review"),
        (collection_of([], []), "no review has a keyword"),
        (collection_of(["twins"], ["siblings"]), "not of different years"),
        ([], "no review has a keyword"),
    ],
)
def test_what_could_not_be_checked_is_said_with_its_reason(reviews, says, tmp_path):
    found, page = report(reviews, tmp_path)
    assert any(says in gap.reason for gap in found.not_checked)
    assert says.lower() in page.lower()


def test_without_keywords_one_reason_is_given_for_all_that_needs_them():
    gaps = audit(collection_of([], [])).not_checked
    (reason,) = [gap for gap in gaps if gap.reason == "no review has a keyword"]
    assert {"typo", "punctuation", "drift", "missing", "style", "consistency"} <= set(reason.kinds)
    assert {gap.reason for gap in gaps} == {reason.reason}


def test_a_kind_that_was_not_checked_is_not_said_to_have_no_findings(tmp_path):
    _, page = report(collection_of(["twins"]), tmp_path)
    assert "<b>–</b>Drift" in page
    assert "<b>0</b>Typos" in page
    assert "1 review of 2020, 1 keyword, 1 different term." in page


def test_the_command_writes_the_files_and_applies_verdicts(tmp_path, capsys):
    listing = tmp_path / "listing.txt"
    listing.write_text("2020 – Dunmere – Child A\nDeath of a baby.\nKeywords: infnat deaths, twins\n", "utf-8")
    with pytest.raises(SystemExit) as done:
        main(["audit", str(listing), "-o", str(tmp_path / "out")])
    assert done.value.code == 0
    table = tmp_path / "out" / "findings.csv"
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *(["yes", *row[1:]] for row in rows[1:])])
    with pytest.raises(SystemExit) as done:
        main(["audit", str(listing), "--apply", str(table), "-o", str(tmp_path / "corrected")])
    assert done.value.code == 0
    assert "Keywords: infant deaths, twins" in (tmp_path / "corrected" / "listing.txt").read_text("utf-8")
    assert "not checked" in capsys.readouterr().err


def test_an_output_that_is_a_file_is_wrong_usage(tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("", "utf-8")
    with pytest.raises(SystemExit) as done:
        main(["audit", str(taken), "-o", str(taken)])
    assert done.value.code == 2
