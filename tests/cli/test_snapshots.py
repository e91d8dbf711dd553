"""What commands print, letter for letter.

After a wanted change, run these tests with UPDATE_SNAPSHOTS=1 and read the diff.
"""

import os
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"
EXAMPLES = Path("data/examples")


@pytest.mark.parametrize(
    ("name", "width", "words"),
    [
        ("parse-table-80", 80, ["parse", EXAMPLES / "listing.txt"]),
        ("parse-table-120", 120, ["parse", EXAMPLES / "listing.txt"]),
        ("parse-page-jsonl", None, ["parse", EXAMPLES / "page.html"]),
        ("parse-page-csv", None, ["parse", EXAMPLES / "page.html", "--format", "csv"]),
        ("extract-table-80", 80, ["extract", EXAMPLES / "new-review.txt"]),
        ("extract-jsonl", None, ["extract", EXAMPLES / "new-review.txt"]),
        ("vocabulary-show-table-80", 80, ["vocabulary", "show", "infant deaths", "neglect"]),
        ("vocabulary-show-table-120", 120, ["vocabulary", "show", "infant deaths", "neglect"]),
        ("vocabulary-show-jsonl", None, ["vocabulary", "show", "infant deaths"]),
        ("vocabulary-match-table-80", 80, ["vocabulary", "match", "Infant death", "neglekt", "no such thing"]),
    ],
)
def test_a_command_prints_what_it_printed(name, width, words, run, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[2])
    done = run(*words, width=width)
    printed = "".join(line.rstrip() + "\n" for line in done.out.splitlines())
    snapshot = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_text(printed, encoding="utf-8")
    assert (done.status, done.err) == (0, "")
    assert printed == snapshot.read_text(encoding="utf-8")
