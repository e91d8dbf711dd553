"""``--max-megabytes``: what is refused, and how the limit is raised."""

import pytest


@pytest.fixture
def long_line(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("2019 – Northtown – Child A\n" + "word " * 400_000, encoding="utf-8")
    return path


def test_a_line_above_the_limit_is_refused_with_advice(long_line, run):
    done = run("--max-megabytes", "1", "parse", long_line)
    assert (done.status, done.out) == (1, "")
    assert "larger than the limit of 1 MB" in done.err
    assert "--max-megabytes" in done.err


def test_a_higher_limit_reads_it(long_line, run):
    assert run("--max-megabytes", "3", "parse", long_line).status == 0
