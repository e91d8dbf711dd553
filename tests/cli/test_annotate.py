"""``reviewnlp annotate``: what it says and how it ends."""

from pathlib import Path

import pytest

from reviewnlp.batch.folder import open_folder
from reviewnlp.reading import read_reviews

LISTING = Path(__file__).parents[2] / "data/examples/listing.txt"


def reviews(folder):
    return list(read_reviews(sorted(folder.glob("*.parquet"))))


def test_it_annotates_and_says_how_much(tmp_path, run):
    done = run("annotate", LISTING, "-o", tmp_path / "out")
    assert (done.status, done.out) == (0, "")
    assert len(reviews(tmp_path / "out")) == len(list(read_reviews([LISTING])))
    assert "1 shards in" in done.err


def test_an_input_that_cannot_be_read_gives_status_1(tmp_path, run):
    done = run("annotate", tmp_path / "missing.txt", LISTING, "-o", tmp_path / "out")
    assert done.status == 1
    assert "1 failures are told in" in done.err
    assert reviews(tmp_path / "out")


def test_a_second_run_in_the_same_folder_is_refused(tmp_path, run):
    with open_folder(tmp_path / "out", {"inputs": []}):
        done = run("annotate", LISTING, "-o", tmp_path / "out")
    assert done.status == 2
    assert "another run is at work in this folder" in done.err


def test_standard_input_is_annotated_but_cannot_go_on(tmp_path, run):
    data = LISTING.read_bytes()
    assert run("annotate", "-", "-o", tmp_path / "out", stdin=data).status == 0
    assert len(reviews(tmp_path / "out")) == len(list(read_reviews([LISTING])))
    again = run("annotate", "-", "-o", tmp_path / "out", stdin=data)
    assert again.status == 2
    assert "standard input cannot go on" in again.err


def test_a_folder_that_cannot_be_made_is_said(tmp_path, run):
    (tmp_path / "file").touch()
    done = run("annotate", LISTING, "-o", tmp_path / "file" / "out")
    assert done.status == 1
    assert "cannot be written to: Not a directory" in done.err


@pytest.mark.parametrize("jobs", ["0", "-2"])
def test_no_jobs_at_all_is_wrong_usage(tmp_path, run, jobs):
    assert run("annotate", LISTING, "-o", tmp_path / "out", "--jobs", jobs).status == 2
