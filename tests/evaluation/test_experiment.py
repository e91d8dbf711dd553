import dataclasses
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from reviewnlp import ConfigError
from reviewnlp.evaluation import baselines, metrics, runs
from reviewnlp.evaluation.configuration import experiment_from_dict
from reviewnlp.evaluation.experiment import plan, run
from reviewnlp.evaluation.splits import repeated_folds
from reviewnlp.tables import write_records
from reviewnlp.vocabulary.arrays import label_matrix


def without_times(results):
    return {name: part for name, part in results.items() if name != "seconds"}


def test_figures_are_those_of_the_plain_metric(experiment, reviews, vocabulary):
    truth = label_matrix(reviews, vocabulary)
    expected = []
    for repeat in (0, 1):
        scores = np.zeros(truth.shape)
        for split in repeated_folds(reviews, folds=3, repeats=2, seed=3):
            if split.repeat == repeat:
                method = baselines.Popularity(vocabulary).fit([reviews[i] for i in split.train])
                scores[list(split.test)] = method.scores([reviews[i] for i in split.test])
        expected.append(np.nanmean(metrics.f1_at(truth, scores, 5)))
    figure = run(experiment, reviews, vocabulary)["figures"]["all"]["popular terms"]["F1@5"]
    assert figure["value"] == pytest.approx(np.mean(expected), abs=1e-6)
    assert figure["documents"] == 15
    assert figure["low"] <= figure["value"] <= figure["high"]


def test_run_twice_and_in_parallel_gives_the_same_figures(experiment, reviews, vocabulary):
    once = run(experiment, reviews, vocabulary)
    again = run(experiment, reviews, vocabulary, jobs=2)
    assert without_times(once) == without_times(again)


def test_results_are_plain_json_and_hold_no_text(experiment, reviews, vocabulary):
    written = json.dumps(run(experiment, reviews, vocabulary), allow_nan=False)
    for review in reviews:
        assert review.text[:40] not in written
        assert review.summary[:40] not in written


def test_finished_folds_are_taken_up_again(experiment, reviews, vocabulary, tmp_path, monkeypatch):
    first = run(experiment, reviews, vocabulary, folder=tmp_path)
    monkeypatch.setattr(runs, "execute", lambda *_: pytest.fail("a finished fold was made again"))
    assert run(experiment, reviews, vocabulary, folder=tmp_path) == first


def test_only_what_changed_is_made_again(settings, reviews, vocabulary, tmp_path, monkeypatch):
    run(experiment_from_dict(settings), reviews, vocabulary, folder=tmp_path)
    made = []
    execute = runs.execute
    monkeypatch.setattr(runs, "execute", lambda task, *rest: made.append(task.method.name) or execute(task, *rest))
    settings["methods"][1]["text"] = ["summary"]
    run(experiment_from_dict(settings), reviews, vocabulary, folder=tmp_path)
    assert made == ["words"] * 6
    made.clear()
    changed = [dataclasses.replace(reviews[0], text=reviews[0].text + " More."), *reviews[1:]]
    run(experiment_from_dict(settings), changed, vocabulary, folder=tmp_path)
    assert len(made) == 12


def test_damaged_fold_is_made_again(experiment, reviews, vocabulary, tmp_path):
    first = run(experiment, reviews, vocabulary, folder=tmp_path)
    files = sorted(tmp_path.glob("*.npz"))
    files[0].write_bytes(files[0].read_bytes()[:50])
    files[1].write_bytes(b"")
    assert without_times(run(experiment, reviews, vocabulary, folder=tmp_path)) == without_times(first)


def test_killed_experiment_ends_with_the_figures_of_one_that_ran_through(settings, reviews, vocabulary, tmp_path):
    listing, config, out = tmp_path / "reviews.jsonl", tmp_path / "small.toml", tmp_path / "out"
    write_records(reviews, listing, "jsonl")
    config.write_text(
        'title = "Two baselines"\nseed = 3\nmetrics = ["F1@5"]\n[split]\nfolds = 3\nrepeats = 8\n'
        '[[methods]]\nname = "words"\nmethod = "lexical"\n'
    )
    command = [
        sys.executable,
        "-c",
        "import reviewnlp.cli as c; c.main()",
        "evaluate",
        str(listing),
        "--config",
        str(config),
    ]
    command += ["-o", str(out), "--jobs", "1", "--no-plots"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(list((out / "folds").glob("*.npz"))) < 3 and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    kept = {path.name: path.stat().st_mtime_ns for path in (out / "folds").glob("*.npz")}
    assert 3 <= len(kept) < 24
    assert not (out / "results.json").exists()

    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    resumed = json.loads((out / "results.json").read_text())
    for name, written in kept.items():
        assert (out / "folds" / name).stat().st_mtime_ns == written
    settings |= {"metrics": ["F1@5"], "split": {"folds": 3, "repeats": 8}, "compare_to": None}
    settings["methods"] = settings["methods"][1:]
    through = run(experiment_from_dict(settings), reviews, vocabulary)
    assert without_times(resumed) == without_times(through)


def test_methods_see_no_keyword_of_a_test_review(experiment, reviews, vocabulary, monkeypatch):
    seen = []

    def scores(self, shown):
        seen.extend(shown)
        return np.zeros((len(shown), len(vocabulary.terms)))

    monkeypatch.setattr(baselines.Popularity, "scores", scores)
    run(experiment, reviews, vocabulary)
    assert seen
    assert all(review.keywords == () for review in seen)


def test_restricted_method_sees_its_parts_only(settings, reviews, vocabulary, monkeypatch):
    settings["methods"] = [{"name": "words", "method": "lexical", "text": ["title", "learning"]}]
    seen = []
    fit = baselines.LexicalMatch.fit
    monkeypatch.setattr(baselines.LexicalMatch, "fit", lambda self, shown: seen.extend(shown) or fit(self, shown))
    run(experiment_from_dict(settings), reviews, vocabulary)
    for review in seen:
        assert review.summary == ""
        assert review.text.startswith(review.title)
        assert {section.kind for section in review.sections} <= {"learning"}
        for section in review.sections:
            assert review.text[section.start : section.end] == section.text


def test_fictional_reviews_join_the_training_where_asked(settings, reviews, vocabulary, monkeypatch):
    settings["methods"] = [
        {"name": "words", "method": "popularity"},
        {"name": "more", "method": "popularity", "fictional": True},
    ]
    settings["split"]["repeats"] = 1
    sizes = []
    fit = baselines.Popularity.fit
    monkeypatch.setattr(baselines.Popularity, "fit", lambda self, shown: sizes.append(len(shown)) or fit(self, shown))
    results = run(experiment_from_dict(settings), reviews, vocabulary)
    assert max(sizes[:3]) < len(reviews) < 600 <= min(sizes[3:])
    assert results["figures"]["all"]["more"]["F1@5"] != results["figures"]["all"]["words"]["F1@5"]


def test_comparisons_are_with_the_named_method_and_corrected(settings, reviews, vocabulary):
    settings["methods"].append({"name": "summary", "method": "lexical", "text": ["summary"]})
    results = run(experiment_from_dict(settings), reviews, vocabulary)
    compared, figures = results["comparisons"]["all"], results["figures"]["all"]
    assert set(compared) == {"popular terms", "summary"}
    for name, rows in compared.items():
        gap = figures[name]["F1@5"]["value"] - figures["words"]["F1@5"]["value"]
        assert rows["F1@5"]["difference"] == pytest.approx(gap, abs=2e-6)
        assert rows["F1@5"]["p"] <= rows["F1@5"]["p_holm"] <= 1


def test_sizes_of_the_training_side_are_settings_of_their_own(settings, reviews, vocabulary):
    settings["split"] = {"folds": 4, "sizes": [3, 9]}
    results = run(experiment_from_dict(settings), reviews, vocabulary)
    assert list(results["figures"]) == ["3", "9"]
    tasks = plan(experiment_from_dict(settings), reviews)
    assert {(task.setting, len(task.split.train)) for task in tasks} == {("3", 3), ("9", 9)}


def test_years_are_settings_of_their_own(settings, reviews, vocabulary):
    settings["split"] = {
        "kind": "years",
        "folds": 2,
        "years": [{"train": [2017], "test": [2025]}, {"train": [2017, 2025], "test": [2025]}],
    }
    settings["analyses"] = ["drift"]
    results = run(experiment_from_dict(settings), reviews, vocabulary)
    assert list(results["figures"]) == ["2017 to 2025", "2017+2025 to 2025"]
    assert results["figures"]["2017 to 2025"]["words"]["F1@5"]["documents"] == 7
    unseen = results["analyses"]["drift"]["figures"]
    assert (
        unseen["2017 to 2025/keywords never seen in training"]["value"]
        > unseen["2017+2025 to 2025/keywords never seen in training"]["value"]
    )


def test_no_reviews_or_no_keywords_is_an_error(experiment, reviews, vocabulary):
    with pytest.raises(ConfigError, match="no review"):
        run(experiment, [], vocabulary)
    bare = [dataclasses.replace(review, keywords=()) for review in reviews]
    with pytest.raises(ConfigError, match="no review has a keyword"):
        run(experiment, bare, vocabulary)


def test_option_that_a_method_does_not_have_is_named(settings, reviews, vocabulary):
    settings["methods"][0] = {"name": "x", "method": "tfidf", "options": {"strengths": 2}}
    with pytest.raises(ConfigError, match=r"'tfidf' has no option 'strengths'; it has: strength"):
        run(experiment_from_dict(settings), reviews, vocabulary)
