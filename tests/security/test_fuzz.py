"""Whatever bytes come in, the answer is a result or an error that the library raises on purpose.

``fuzz/`` has the same targets for atheris, which looks for new paths through the code by the hour.
"""

import csv
import json
import shutil

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviewnlp import BundleError, InputError, Review, ReviewNLPError, VocabularyError
from reviewnlp.extraction import Extractor
from reviewnlp.reading import parse_text, read_reviews
from reviewnlp.resources import shipped
from reviewnlp.suggestion import load_suggester
from reviewnlp.tables import write_records
from reviewnlp.vocabulary import read_skos

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.sampled_from(
    [
        "2018 – Kent – Child A\n",
        "Keywords: neglect; ",
        "<p>",
        "&amp;",
        "<!--",
        "{",
        '"id": "a"',
        "\n",
        "\r",
        "\x00",
        "PAR1",
    ]
)
BYTES = st.binary(max_size=80) | st.lists(WORDS | st.text(max_size=5)).map(
    lambda parts: "".join(parts).encode("utf-8", "replace")
)
SENTENCES = st.lists(
    st.sampled_from(
        [
            "Death of a ",
            "3-week-old",
            " boy",
            "'s mother",
            " in May 2019",
            ". ",
            "; ",
            "aged ",
            "two",
            "\n",
            " and ",
            "Child A",
        ]
    )
    | st.text(max_size=4)
).map("".join)


@QUICK
@given(content=BYTES, ending=st.sampled_from(["txt", "md", "html", "jsonl", "parquet"]))
@example(content=b"", ending="parquet")
@example(content=b'{"id": 1, "text": []}\n{"id": "a", "text": "b", "year": "no"}', ending="jsonl")
def test_reading_gives_reviews_or_an_input_error(content, ending, tmp_path):
    path = tmp_path / f"input.{ending}"
    path.write_bytes(content)
    errors: list[InputError] = []
    reviews = list(read_reviews([path], on_error=errors.append))
    assert reviews or errors or not content.strip()


def test_a_damaged_parquet_file_gives_reviews_or_an_input_error(tmp_path):
    """Arrow tells of damage by its own errors, OSError, RuntimeError and more, by where it is."""
    path = tmp_path / "damaged.parquet"
    write_records(parse_text("2018 – Kent – Child A\nDeath of a boy.").reviews, path, record=Review)
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 5):
        path.write_bytes(whole[:place] + bytes((whole[place] ^ 0x55,)) + whole[place + 1 :])
        try:
            list(read_reviews([path]))
        except InputError:
            refused += 1
    assert refused


@pytest.mark.parametrize("half", ["\\ud800", "\\uDFFF", "\\ude00\\ud83d"])
def test_half_a_character_in_json_is_replaced(half, tmp_path):
    path = tmp_path / "cut.jsonl"
    path.write_text(f'{{"id": "a", "text": "{half} \\ud83d\\ude00 {half}"}}', encoding="ascii")
    (review,) = read_reviews([path])
    lost = "\ufffd" * (len(half) // len("\\ud800"))
    assert review.text == f"{lost} \U0001f600 {lost}"


@pytest.fixture(scope="module")
def extractor():
    return Extractor()


@QUICK
@given(text=SENTENCES)
def test_every_fact_quotes_the_text(text, extractor):
    facts = extractor(text)
    for kind in ("ages", "outcomes", "causes", "perpetrators", "justice", "incident_dates"):
        for fact in getattr(facts, kind):
            assert 0 <= fact.start < fact.end <= len(text)
    assert [text[age.start : age.end] for age in facts.ages] == [age.text for age in facts.ages]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return shutil.copytree(shipped("models", "default"), tmp_path_factory.mktemp("bundle") / "model")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(QUICK, max_examples=25)
@given(key=st.sampled_from(["format", "version", "files", "digest", "seed", "extra"]), value=JSON)
def test_a_changed_manifest_is_refused(key, value, bundle):
    path = bundle / "manifest.json"
    whole = path.read_bytes()
    manifest = json.loads(whole)
    unchanged = manifest.get(key, ...) == value
    path.write_text(json.dumps({**manifest, key: value}), encoding="utf-8")
    try:
        if not unchanged:
            with pytest.raises(BundleError):
                load_suggester(bundle)
    finally:
        path.write_bytes(whole)


@QUICK
@given(content=BYTES, ending=st.sampled_from(["ttl", "rdf", "nt", "jsonld"]))
@example(content=b"[]", ending="jsonld")
@example(content=b"[" * 5000, ending="jsonld")
@example(content=b"(" * 5000, ending="ttl")
def test_a_vocabulary_is_read_or_refused(content, ending, tmp_path):
    path = tmp_path / f"terms.{ending}"
    path.write_bytes(content)
    with pytest.raises(VocabularyError):
        read_skos(path)


@QUICK
@given(
    rows=st.lists(st.fixed_dictionaries({"a": st.text(max_size=9), "=b": st.lists(st.text(max_size=4), max_size=2)}))
)
@example(rows=[{"a": "=1+1", "=b": ["@x"]}, {"a": "\t=1", "=b": ["-1"]}])
def test_no_cell_of_a_csv_is_a_formula(rows, tmp_path):
    path = tmp_path / "table.csv"
    write_records(rows, path)
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n") and cell]


def test_all_errors_have_one_base():
    assert issubclass(InputError, ReviewNLPError)
