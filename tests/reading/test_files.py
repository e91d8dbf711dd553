"""Files of any encoding and kind, and what is said of those that cannot be read."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import reviewnlp
from reviewnlp.errors import InputError
from reviewnlp.reading import parse_text, read_reviews
from reviewnlp.resources import shipped

TEXT = (
    "2018 – Kent – Réaltín\r\n\r\nA child\u2019s \u201cvoice\u201d; neg\u00adlect\u00a0and more.\r\n"
    "Keywords: child neglect\r\n"
)
PLAIN = "2018 – Kent – Réaltín\nA child\u2019s \u201cvoice\u201d; neglect and more."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_a_file_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    (review,) = reviewnlp.parse(tmp_path / "a.txt")
    assert review.text == PLAIN
    assert review.id == "2018-kent-realtin"


def test_utf8_with_a_few_foreign_bytes_keeps_its_own_letters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode() + "> Read the mother\u2019s report".encode("cp1252"))
    (review,) = reviewnlp.parse(tmp_path / "a.txt")
    assert review.text == PLAIN
    assert review.links[0].text == "Read the mother\u2019s report"


def test_a_page_that_names_its_charset_is_read_in_it(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="iso-8859-2"></head><body><h2>2018 – Kent – Łucja</h2><p>Zażółć.</p></body></html>'
    )
    (tmp_path / "a.html").write_bytes(page.replace("–", "-").encode("iso-8859-2"))
    (review,) = reviewnlp.parse(tmp_path / "a.html")
    assert (review.case_name, review.summary) == ("Łucja", "Zażółć.")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"PK\x03\x04 word", "Word"),
        (bytes(range(256)) * 20, "binary"),
        (b"caf\x81 \x8d text", "unknown encoding"),
        (b'<html><meta charset="klingon-8"><p>caf\xe9', "unknown encoding klingon-8"),
        (b"", "empty"),
        (b"Home\nContact us\n", "no review"),
    ],
)
def test_a_file_that_holds_no_text_is_named_and_the_others_are_read(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_bytes(TEXT.encode())
    paths = [tmp_path / name for name in ("bad.txt", "missing.txt", "good.txt")]
    errors: list[InputError] = []
    reviews = list(read_reviews([*paths, tmp_path], on_error=errors.append))
    assert [review.case_name for review in reviews] == ["Réaltín"]
    assert [error.path for error in errors] == [str(p) for p in (paths[0], paths[1], tmp_path)]
    assert message in str(errors[0])
    assert "no such file" in str(errors[1])
    assert "folder" in str(errors[2])


def test_without_on_error_the_first_bad_file_raises(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        reviewnlp.parse([tmp_path / "missing.txt"])


def test_ids_are_unique_across_files_and_sources_name_them(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"A girl was hurt.\n")
    reviews = reviewnlp.parse([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert [(r.id, Path(r.source.path).name) for r in reviews if r.source] == [
        ("untitled", "a.txt"),
        ("untitled-2", "b.txt"),
    ]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (review,) = reviewnlp.parse("-")
    assert review.text == PLAIN
    assert review.source is not None
    assert review.source.path == "-"


def test_a_markdown_listing_reads_as_the_same_text() -> None:
    markdown = (
        "# Case reviews published in 2018\n\n## 2018 – Kent – Child A\n\nDeath of a *baby*.\n\n"
        "**Learning includes:**\n\n"
        "- sleep\n- advice\n\n**Keywords:** infant deaths, fathers\n\n> [Read the overview report](https://x.example/a.pdf)\n"
    )
    (review,) = parse_text(markdown, path="a.md").reviews
    assert review.text == "2018 – Kent – Child A\nDeath of a baby.\nLearning includes:\nsleep\nadvice"
    assert [(s.heading, s.points) for s in review.sections] == [("Learning includes", ("sleep", "advice"))]
    assert review.terms == ("infant deaths", "fathers")
    assert [(link.text, link.url) for link in review.links] == [("Read the overview report", "https://x.example/a.pdf")]


def test_the_example_page_gives_its_reviews_without_navigation_and_scripts() -> None:
    larch, family = reviewnlp.parse(shipped("data", "examples", "page.html"))
    assert larch.id == "2024-northmoor-baby-larch"
    assert [s.kind for s in larch.sections] == ["learning", "recommendations"]
    assert [(link.text, link.url) for link in larch.links] == [
        ("Read the overview report", "https://library.example/reports/larch.pdf")
    ]
    assert family.summary == "Chronic neglect of five children, who were removed from home in August 2022."
    assert [len(s.points) for s in family.sections] == [2, 2]
    assert [link.text for link in family.links] == ["Read the executive summary", "Read the overview report"]
    assert all("Privacy" not in r.text and "Nowhere" not in r.text and not r.problems for r in (larch, family))


def test_the_example_listing_parses_completely() -> None:
    listing = parse_text(shipped("data", "examples", "listing.txt").read_text(encoding="utf-8"))
    assert len(listing.reviews) == 12
    assert listing.problems == ()
    assert all(r.title and r.summary and r.keywords for r in listing.reviews)
    assert {r.month for r in listing.reviews} == {None, 12}
    assert [r.id for r in listing.reviews if any(k.match == "unknown" for k in r.keywords)] == []


def test_records_written_as_json_lines_are_read_back(tmp_path: Path) -> None:
    import json

    (review,) = parse_text(TEXT, path="a.txt").reviews
    (tmp_path / "a.jsonl").write_text(json.dumps(review.to_dict()) + "\n", encoding="utf-8")
    assert reviewnlp.parse(tmp_path / "a.jsonl") == [review]


def test_the_fictional_corpus_parses_completely() -> None:
    for year, count in ((2017, 99), (2018, 111), (2025, 490)):
        path = shipped("data", "fictional", f"reviews-{year}.txt")
        listing = parse_text(path.read_text(encoding="utf-8"))
        assert len(listing.reviews) == count
        assert listing.problems == ()
        assert all(r.year == year and r.summary and r.case_name for r in listing.reviews)
        assert all(k.match in ("exact", "variant") for r in listing.reviews for k in r.keywords)
        assert not [p for r in listing.reviews for p in r.problems]
