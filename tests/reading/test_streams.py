"""Long files are read in blocks, with the same result, and too large pieces are refused."""

import io
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp import InputError, Review
from reviewnlp.reading import parse_text, read_reviews, streams
from reviewnlp.tables import write_records

ENTRY = "2019 – Northtown – Child {0}\r\n\r\nDeath of a “boy”.{1}\nKeywords: neglect\n\n"
LISTING = "".join(ENTRY.format(number, " Café." * (number % 5)) for number in range(40))


@pytest.fixture
def in_blocks(monkeypatch):
    """Read every file as if it were long, a few bytes at a time."""
    monkeypatch.setattr(streams, "WHOLE", 0)
    monkeypatch.setattr(streams, "_BLOCK", 37)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_a_long_listing_gives_what_it_gives_whole(ending, encoding, tmp_path, monkeypatch):
    path = tmp_path / f"listing.{ending}"
    text = "<html><body><p>" + LISTING.replace("\n", "<p>") if ending == "html" else LISTING
    path.write_bytes(text.encode(encoding))
    whole = list(read_reviews([path]))
    monkeypatch.setattr(streams, "WHOLE", 0)
    monkeypatch.setattr(streams, "_BLOCK", 37)
    assert list(read_reviews([path])) == whole
    assert len(whole) == 40
    assert "Café" in whole[1].text


def test_a_long_listing_with_foreign_bytes_is_mended(tmp_path, in_blocks):
    path = tmp_path / "listing.txt"
    path.write_bytes(LISTING.encode() + b"2020 \x96 Kent \x96 Child \x93Q\x94\nDeath of a girl.")
    assert list(read_reviews([path]))[-1].title == "2020 – Kent – Child “Q”"


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("ab \n\r\x0b\u2028é"), max_size=60), block=st.integers(1, 9))
def test_blocks_join_to_the_text(text, block, tmp_path_factory):
    path = tmp_path_factory.mktemp("blocks") / "text.txt"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "WHOLE", 0)
        patch.setattr(streams, "_BLOCK", block)
        with streams.text_blocks(str(path), 1000) as (_, blocks):
            joined = "\n".join(blocks)
    assert joined.rstrip("\n") == text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def test_standard_input_may_be_long(monkeypatch, in_blocks):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LISTING.encode())))
    assert [review.text for review in read_reviews(["-"])] == [review.text for review in parse_text(LISTING).reviews]


@pytest.mark.parametrize("whole", [0, 1_000_000])
def test_a_giant_line_is_refused_by_a_limit_that_can_be_raised(tmp_path, monkeypatch, whole):
    path = tmp_path / "listing.txt"
    path.write_text(LISTING + "x" * 5000, encoding="utf-8")
    monkeypatch.setattr(streams, "WHOLE", whole)
    monkeypatch.setattr(streams, "_BLOCK", 37)
    with pytest.raises(InputError, match=r"larger than the limit of 0\.002 MB"):
        list(read_reviews([path], largest=2000))
    assert len(list(read_reviews([path], largest=6000))) == 40


@pytest.mark.parametrize("name", ["page.html", "reviews.jsonl"])
def test_other_giant_pieces_are_refused_too(tmp_path, name):
    path = tmp_path / name
    if name == "page.html":
        path.write_text(f"<html><body><p>{'x ' * 5000}</body></html>", encoding="utf-8")
    else:
        write_records([Review("a", "x " * 5000)], path)
    with pytest.raises(InputError, match=r"larger than the limit of 0\.002 MB"):
        list(read_reviews([path], largest=2000))
    assert len(list(read_reviews([path], largest=30_000))) == 1


def test_a_small_parquet_file_that_unpacks_to_very_much_is_refused(tmp_path):
    path = tmp_path / "bomb.parquet"
    write_records([Review(f"r{number}", "x" * 20_000) for number in range(200)], path, record=Review)
    assert path.stat().st_size < 50_000
    with pytest.raises(InputError, match="64 rows is larger than the limit of 1 MB"):
        list(read_reviews([path], largest=1_000_000))
    assert len(list(read_reviews([path], largest=4_000_000))) == 200


def test_an_entry_without_end_is_refused(tmp_path):
    path = tmp_path / "endless.txt"
    path.write_text(
        "2018 – Kent – Child A\nDeath of a boy.\n\n2019 – Kent – Child B\n" + "Death of a boy.\n" * 5000, "utf-8"
    )
    told: list[InputError] = []
    reviews = list(read_reviews([path], on_error=told.append, largest=50_000))
    assert [review.case_name for review in reviews] == ["Child A"]
    assert "between two titles is larger than the limit of 0.05 MB" in told[0].message


def test_a_parquet_file_packed_two_hundredfold_is_refused(tmp_path):
    path = tmp_path / "bomb.parquet"
    table = pa.table({"id": ["a"], "text": ["x" * 2_000_000]})
    pq.write_table(table, path, compression="zstd")
    with pytest.raises(InputError, match="unpacked, is larger than the limit of 1 MB"):
        list(read_reviews([path], largest=1_000_000))


def test_a_wrong_line_of_records_is_told_and_the_others_are_read(tmp_path):
    path = tmp_path / "reviews.jsonl"
    lines = ['{"id": "a", "text": "x"}', "{not json", '{"id": "b"}', "[1]", '{"id": "c", "text": "y", "more": 1}']
    path.write_text("\n".join(lines), encoding="utf-8")
    told = []
    assert [review.id for review in read_reviews([path], on_error=told.append)] == ["a", "c"]
    assert [error.line for error in told] == [2, 3, 4]
