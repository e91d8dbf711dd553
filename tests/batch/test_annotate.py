"""A run in this process: what stands in its folder, and what it refuses."""

import dataclasses
import json
import os
import random

import pytest

from reviewnlp import ConfigError, Review
from reviewnlp.batch import ExtractFacts, annotate
from reviewnlp.errors import OutputError
from reviewnlp.extraction import Extractor
from reviewnlp.reading import read_reviews
from reviewnlp.records import Facts, Record, Suggestion
from reviewnlp.suggestion import load_suggester
from reviewnlp.tables import read_rows, write_records


@dataclasses.dataclass(frozen=True)
class Stumbling:
    """A step that fails on some reviews and passes others through."""

    stumbles: tuple[str, ...] = ()
    column: str = "suggestion"
    record: type[Record] = Suggestion

    def options(self):
        return {"stumbles": self.stumbles}

    def load(self):
        def pass_on(reviews):
            for review in reviews:
                if review.id in self.stumbles:
                    raise RuntimeError(f"stumbled over {review.case_name}")
                yield Suggestion(review.id)

        return pass_on


def shards(folder):
    return sorted(folder.glob("*.parquet"))


def rows(folder):
    return [row for path in shards(folder) for row in read_rows(path)]


def test_a_shard_holds_the_reviews_with_their_facts_and_suggestions(inputs, tmp_path):
    summary = annotate(inputs, tmp_path / "out", chunk=15)
    reviews = list(read_reviews(inputs))
    assert (summary.reviews, summary.shards, summary.failures) == (40, 3, 0)
    assert list(read_reviews(shards(tmp_path / "out"))) == reviews
    assert [Facts.from_dict(row["facts"]) for row in rows(tmp_path / "out")] == list(Extractor().pipe(reviews))
    suggested = [Suggestion.from_dict(row["suggestion"]) for row in rows(tmp_path / "out")]
    assert [(one.id, one.keywords[0].term) for one in suggested] == [
        (one.id, one.keywords[0].term) for one in load_suggester().suggest(reviews)
    ]


def test_ids_are_unique_across_inputs_and_shards(inputs, tmp_path):
    annotate(inputs, tmp_path / "out", steps=(), chunk=7)
    ids = [row["id"] for row in rows(tmp_path / "out")]
    assert len(set(ids)) == 40
    assert ids[25] == "2019-northtown-child-11-2"


def test_datasets_and_pandas_read_the_shards(inputs, tmp_path):
    import datasets
    import pandas

    annotate(inputs, tmp_path / "out", steps=(ExtractFacts(), Stumbling()), chunk=30)
    files = [str(path) for path in shards(tmp_path / "out")]
    table = datasets.load_dataset("parquet", data_files=files, cache_dir=str(tmp_path / "cache"))["train"]
    assert table.num_rows == 40
    assert table[0]["facts"]["ages"][0]["min"] == "P2Y"
    frame = pandas.read_parquet(tmp_path / "out")
    assert frame.loc[39, "suggestion"]["id"] == frame.loc[39, "id"]


def test_records_and_parquet_are_inputs_too(inputs, tmp_path, contents):
    reviews = list(read_reviews(inputs))
    for name in ("reviews.jsonl", "reviews.parquet"):
        write_records(reviews, tmp_path / name, record=Review)
        annotate([tmp_path / name], tmp_path / f"from-{name}", steps=(), chunk=20)
    annotate(inputs, tmp_path / "out", steps=(), chunk=20)
    expected = contents(tmp_path / "out")
    for name in ("reviews.jsonl", "reviews.parquet"):
        found = contents(tmp_path / f"from-{name}")
        assert {path: data for path, data in found.items() if path.endswith("parquet")} == {
            path: data for path, data in expected.items() if path.endswith("parquet")
        }


def test_a_review_that_fails_is_told_and_keeps_its_row(inputs, tmp_path):
    stumbles = ("2019-northtown-child-3", "2019-northtown-child-12-2")
    summary = annotate(inputs, tmp_path / "out", steps=(Stumbling(stumbles),), chunk=15)
    told = [json.loads(line) for line in (tmp_path / "out/failures.jsonl").read_text("utf-8").splitlines()]
    assert summary.failures == 2
    assert [failure["id"] for failure in told] == list(stumbles)
    assert told[0]["source"] == {"path": str(inputs[0]), "start_line": 11, "end_line": 14}
    assert told[0]["error"] == "RuntimeError: stumbled over Child 3"
    annotated = {row["id"]: row["suggestion"] for row in rows(tmp_path / "out")}
    assert len(annotated) == 40
    assert {name for name, suggestion in annotated.items() if suggestion is None} == set(stumbles)


def test_a_finished_run_is_not_done_again(inputs, tmp_path, contents):
    annotate(inputs, tmp_path / "out", steps=(), chunk=9)
    before = contents(tmp_path / "out")
    summary = annotate(inputs, tmp_path / "out", steps=(), chunk=9)
    assert (summary.reviews, summary.done) == (40, 0)
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("change", ["inputs", "options"])
def test_a_folder_with_another_run_is_refused(inputs, tmp_path, change, contents):
    annotate(inputs, tmp_path / "out", steps=(), chunk=9)
    before = contents(tmp_path / "out")
    if change == "inputs":
        inputs[0].write_text("2019 – Northtown – Another\nDeath of a boy.", encoding="utf-8")
    with pytest.raises(ConfigError, match=f"other {change}"):
        annotate(inputs, tmp_path / "out", steps=(), chunk=9 if change == "inputs" else 8)
    assert contents(tmp_path / "out") == before


def test_a_folder_with_somebody_elses_tables_is_refused(inputs, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.parquet").write_bytes(b"PAR1")
    with pytest.raises(ConfigError, match="no _manifest"):
        annotate(inputs, tmp_path / "out", steps=())


@pytest.mark.parametrize("seed", range(6))
def test_a_run_goes_on_from_whatever_was_left(inputs, tmp_path, contents, seed):
    """Cut the folder back to what a kill could leave at any moment, and a little worse."""
    steps = (Stumbling(("2019-northtown-child-3", "2019-northtown-child-20")),)
    annotate(inputs, tmp_path / "out", steps=steps, chunk=4)
    whole = contents(tmp_path / "out")
    chance = random.Random(seed)
    manifest = tmp_path / "out/_manifest.jsonl"
    if seed:
        os.truncate(manifest, chance.randrange(manifest.stat().st_size))
    damaged = chance.choice(shards(tmp_path / "out"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    (tmp_path / "out/.reviews-000001.parquet.x.part").write_bytes(b"half")
    if not manifest.read_bytes().partition(b"\n")[1]:
        for shard in shards(tmp_path / "out"):
            shard.unlink()
    annotate(inputs, tmp_path / "out", steps=steps, chunk=4)
    assert contents(tmp_path / "out") == whole
    assert not list((tmp_path / "out").glob(".*.part"))


def test_an_input_that_cannot_be_read_is_told_and_the_others_are_read(inputs, tmp_path):
    (tmp_path / "broken.html").write_bytes(b"%PDF-1.7")
    names = [tmp_path / "missing.txt", inputs[0], tmp_path / "broken.html"]
    summary = annotate(names, tmp_path / "out", steps=())
    told = [json.loads(line) for line in (tmp_path / "out/failures.jsonl").read_text("utf-8").splitlines()]
    assert (summary.reviews, summary.failures) == (25, 2)
    assert [failure["source"]["path"] for failure in told] == [str(names[0]), str(names[2])]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_said(inputs, tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written to"):
        annotate(inputs, tmp_path / "out", steps=())
