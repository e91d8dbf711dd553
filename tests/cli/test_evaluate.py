import json

import pytest

from reviewnlp.resources import shipped

CONFIG = """
title = "Small"
metrics = ["F1@5", "P@1"]
[split]
folds = 2
[[methods]]
name = "words"
method = "lexical"
"""


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(CONFIG)
    return path


@pytest.fixture
def listing(tmp_path):
    lines = (shipped("data", "fictional", "reviews-2018.txt")).read_text("utf-8").splitlines()
    path = tmp_path / "listing.txt"
    path.write_text("\n".join(lines[:40]), "utf-8")
    return path


def test_figures_go_to_standard_output_and_the_report_beside_the_configuration(run, config, listing):
    done = run("evaluate", listing, "--config", config, "--no-plots", "-j", 1)
    assert done.status == 0, done.err
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [(row["method"], row["metric"]) for row in rows] == [("words", "F1@5"), ("words", "P@1")]
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)
    results = json.loads((config.parent / "small" / "results.json").read_text("utf-8"))
    assert results["figures"]["all"]["words"]["F1@5"]["value"] == rows[0]["value"]
    assert "2 of 2 folds" in done.err


def test_a_terminal_gets_a_table(run, config, listing):
    done = run("evaluate", listing, "--config", config, "--no-plots", "-j", 1, width=100)
    assert "F1@5" in done.out
    assert "words" in done.out


def test_the_configuration_can_name_the_listings(run, config, listing):
    config.write_text(CONFIG + '[corpus]\nreviews = ["list*.txt"]\n')
    assert run("evaluate", "--config", config, "--no-plots", "-j", 1).status == 0


def test_no_listing_at_all_is_wrong_usage(run, config):
    done = run("evaluate", "--config", config, "--no-plots")
    assert done.status == 2
    assert "name the listings" in done.err


def test_a_wrong_configuration_is_wrong_usage_and_named(run, config, listing):
    config.write_text(CONFIG.replace("folds = 2", "fold = 2"))
    done = run("evaluate", listing, "--config", config)
    assert done.status == 2
    assert "small.toml: split.fold: no such key (did you mean 'folds'?)" in done.err


def test_an_input_that_cannot_be_read_is_named_and_the_rest_is_done(run, config, listing):
    done = run("evaluate", listing, listing.parent / "none.txt", "--config", config, "--no-plots", "-j", 1)
    assert done.status == 1
    assert "none.txt" in done.err
    assert len(done.out.splitlines()) == 2


def test_missing_matplotlib_is_said_before_anything_runs(run, config, listing, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = run("evaluate", listing, "--config", config)
    assert done.status == 2
    assert "reviewnlp[plots]" in done.err


def test_export_annif_writes_vocabulary_and_corpora(run, listing, tmp_path):
    done = run("export", "annif", tmp_path / "annif", listing, "--folds", 2)
    assert done.status == 0, done.err
    assert (tmp_path / "annif" / "vocabulary.ttl").is_file()
    assert (tmp_path / "annif" / "r1f2" / "test.tsv").read_text("utf-8").count("\t<urn:") > 0
