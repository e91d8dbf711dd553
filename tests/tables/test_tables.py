"""What is written reads back, and what cannot be read is said with its place."""

import csv
import io
import json
import os
import stat
import string
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp import Finding, InputError, Keyword, Review, Section, Suggestion
from reviewnlp.records import Child, Facts, Link, Outcome, Problem, Record, Source
from reviewnlp.tables import (
    FORMATS,
    flat_columns,
    flatten,
    from_dataset,
    read_records,
    read_rows,
    to_dataset,
    write_records,
)
from reviewnlp.tables.schema import schema_of

TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "\r",
        "=1+1",
        "'=1",
        "''@x",
        "-",
        "+44",
        "@a",
        "\t",
        "007",
        "-1",
        "1e5",
        "true",
        "null",
        "[",
        "[1]",
        '"',
        '"a"',
        "{}",
    ]
)
WORDS = st.lists(TEXT, max_size=3).map(tuple)
SECTIONS = st.builds(Section, st.sampled_from(["learning", "other"]), TEXT, TEXT, WORDS, st.integers(0, 9))
REVIEWS = st.builds(
    Review,
    id=TEXT,
    text=TEXT,
    title=st.none() | TEXT,
    year=st.none() | st.integers(1990, 2100),
    authorities=WORDS,
    case_name=st.none() | TEXT,
    summary=TEXT,
    sections=st.lists(SECTIONS, max_size=2).map(tuple),
    keywords=st.lists(st.builds(Keyword, TEXT, st.none() | TEXT), max_size=2).map(tuple),
    links=st.lists(st.builds(Link, TEXT, st.none() | TEXT), max_size=2).map(tuple),
    source=st.none() | st.builds(Source, TEXT, st.integers(1, 9), st.integers(1, 9)),
    problems=st.lists(st.builds(Problem, TEXT, TEXT, st.integers(1, 9)), max_size=1).map(tuple),
)


def _filled(record):
    """Build a strategy of records from their type hints, with every kind of nested record."""
    return st.builds(record, **{name: _values(hint) for name, hint in get_type_hints(record).items()})


def _values(hint):
    if isinstance(hint, type) and issubclass(hint, Record):
        return _facts_of_a_child() if hint is Child else _filled(hint)
    if hint is float:
        return st.floats(0, 1)
    if hint is str:
        return TEXT
    if hint is int:
        return st.integers(0, 99)
    if get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis:
        return st.lists(_values(get_args(hint)[0]), max_size=2).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(_values, get_args(hint)))
    if type(None) in get_args(hint):
        return st.none() | _values(next(part for part in get_args(hint) if part is not type(None)))
    return st.from_type(hint)


def _facts_of_a_child():
    one = st.builds(Child, TEXT, st.none() | TEXT, st.none() | TEXT)
    return one | st.builds(Child, group=st.just(True), count=st.none() | st.integers(2, 9), evidence=TEXT)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=25, deadline=None)
@given(reviews=st.lists(REVIEWS, max_size=3))
def test_reviews_come_back_equal_from_every_format(ending, reviews, tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / f"reviews.{ending}"
    write_records(reviews, path, record=Review)
    assert list(read_records(path, Review)) == reviews


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("record", [Facts, Suggestion, Finding])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_every_other_record_comes_back_equal_too(ending, record, data, tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / f"records.{ending}"
    records = data.draw(st.lists(_filled(record), max_size=2))
    write_records(records, path, record=record)
    assert list(read_records(path, record)) == records


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv"])
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.fixed_dictionaries({"a": JSON, "=b": JSON}), max_size=3))
def test_rows_of_any_json_values_come_back_equal(ending, rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / f"rows.{ending}"
    write_records(rows, path)
    assert list(read_rows(path)) == rows


@settings(max_examples=25, deadline=None)
@given(reviews=st.lists(REVIEWS, min_size=1, max_size=3))
def test_reviews_come_back_equal_from_a_dataset(reviews):
    assert list(from_dataset(to_dataset(reviews))) == reviews


def test_a_dataset_without_reviews_has_all_columns_with_their_types():
    features = to_dataset([]).features
    assert list(features) == list(Review.__dataclass_fields__)
    assert features["year"].dtype == "int64"
    assert features["keywords"].feature["term"].dtype == "string"


def test_a_dataset_row_that_is_no_review_is_named_by_its_number():
    dataset = to_dataset([Review(id="a", text="x")]).remove_columns("text")
    with pytest.raises(InputError, match=r"dataset:1: not a Review record: text: .*required"):
        list(from_dataset(dataset))


@given(st.text(max_size=20), st.sampled_from("=+-@\t\r"))
def test_no_cell_of_a_csv_begins_like_a_formula(rest, sign):
    out = io.StringIO()
    write_records([{sign + rest: sign + rest, "b": [sign]}], out, "csv")
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue(), newline="")) for cell in row]
    assert len(cells) == 4
    assert not any(cell[:1] and cell[0] in "=+-@\t\r" for cell in cells)


def test_a_csv_holds_plain_text_numbers_and_nested_values_as_a_reader_expects():
    out = io.StringIO()
    write_records([{"title": "2018 – Leeds – Child A", "year": 2018, "terms": ["neglect"], "case": None}], out, "csv")
    assert out.getvalue() == 'title,year,terms,case\n2018 – Leeds – Child A,2018,"[""neglect""]",\n'


def test_a_row_with_a_new_column_is_not_cut_to_the_first_rows_columns():
    with pytest.raises(ValueError, match="one adds \\['b'\\]"):
        write_records([{"a": 1}, {"a": 1, "b": 2}], io.StringIO(), "csv")


def test_parquet_columns_have_the_types_of_the_record_even_where_all_are_empty(tmp_path):
    import pyarrow.parquet as pq

    write_records([Review(id="a", text="x")], tmp_path / "a.parquet", record=Review)
    assert pq.read_schema(tmp_path / "a.parquet").remove_metadata() == schema_of(Review)


def test_a_number_that_json_does_not_have_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        write_records([{"score": float("nan")}], io.StringIO(), "jsonl")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", '{"id": 1}\n\n{"id": }\n', ":3: not JSON: Expecting value at column 8"),
        ("a.jsonl", "[1]\n", r":1: a record must be an object \{…\}, not an array"),
        ("a.jsonl", '{"score": NaN}\n', ":1: not usable JSON: NaN"),
        ("a.jsonl", "[" * 100_000, ":1: not usable JSON"),
        ("a.json", '[\n{"id": "a"},\n{"id" "b"}]', ":3: not JSON"),
        ("a.json", '{"id": "a"}', ":1: the file must hold an array"),
        ("a.csv", 'id,text\na,x\n"b\nb",y,z\n', ":3: 3 cells for 2 columns"),
        ("a.csv", "id,id\n", ":1: two columns have the name 'id'"),
        ("a.csv", 'id\n"a\n', "not CSV"),
        ("a.parquet", "id", "not a Parquet file"),
        ("a.xlsx", "id", r"a table ends in .jsonl, .json, .csv, .parquet"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(name, content, said, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}{said}" if said.startswith(":") else said) as caught:
        list(read_rows(tmp_path / name))
    assert str(tmp_path / name) in str(caught.value)


def test_missing_and_wrongly_typed_fields_are_named_with_file_and_line(tmp_path):
    path = tmp_path / "reviews.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": "b", "year": "soon"}\n', encoding="utf-8")
    records = read_records(path, Review)
    assert next(records) == Review(id="a", text="x")
    with pytest.raises(InputError, match=r"reviews.jsonl:2: not a Review record: text: .*; year: ") as caught:
        next(records)
    assert (caught.value.path, caught.value.line) == (str(path), 2)


@pytest.mark.parametrize(("make", "said"), [(None, "no such file"), ("mkdir", "folder"), ("latin", "UTF-8")])
def test_a_file_that_cannot_be_opened_is_a_clear_error(make, said, tmp_path):
    path = tmp_path / "a.jsonl"
    if make == "mkdir":
        path.mkdir()
    elif make == "latin":
        path.write_bytes('{"a": "é"}'.encode("latin-1"))
    with pytest.raises(InputError, match=said):
        list(read_rows(path))


def test_a_byte_order_mark_and_line_separators_inside_strings_do_not_disturb(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('\ufeff{"a": "x\u2028y"}\r\n'.encode())
    assert list(read_rows(path)) == [{"a": "x\u2028y"}]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("old", encoding="utf-8")

    def rows():
        yield {"id": 1}
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        write_records(rows(), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="permission bits are those of POSIX")
def test_a_new_file_has_the_usual_permissions_and_a_replaced_one_keeps_its_own(tmp_path):
    path, plain = tmp_path / "a.jsonl", tmp_path / "plain"
    plain.touch()
    write_records([], path)
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o600)
    write_records([], path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_rows_are_taken_one_at_a_time():
    out, written = io.StringIO(), []

    def rows():
        for number in range(3):
            written.append(out.getvalue().count("\n"))
            yield {"n": number}

    write_records(rows(), out, "jsonl")
    assert written == [0, 1, 2]


def test_flat_rows_of_a_record_have_the_same_columns_whatever_they_hold():
    empty, full = (
        Facts("a"),
        Facts("b", outcomes=(Outcome("death", "confirmed", "Death"), Outcome("neglect", "suspected", "x"))),
    )
    rows = [flatten(facts.to_dict(), record=Facts) for facts in (empty, full)]
    assert list(rows[0]) == list(rows[1]) == flat_columns(Facts)
    assert (rows[0]["outcomes.type"], rows[1]["outcomes.type"]) == (None, "death; neglect")
    assert rows[1]["outcomes.start"] == "0; 0"


def test_flatten_leaves_only_plain_values():
    row = {
        "id": "a",
        "source": {"path": "x"},
        "terms": ["b", "c"],
        "people": [{"name": "Child A", "aliases": ["A"]}],
    }
    flat = flatten(row)
    assert flat == {
        "id": "a",
        "source.path": "x",
        "terms": "b; c",
        "people.name": "Child A",
        "people.aliases": "A",
    }


def test_json_is_an_array_with_letters_as_they_are(tmp_path):
    path = tmp_path / "a.json"
    write_records(({"a": letter} for letter in "é–"), path)
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == [{"a": "é"}, {"a": "–"}]
    assert "é" in text
    assert set(text) <= set(string.printable) | set("é–")
