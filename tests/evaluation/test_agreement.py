import copy
import importlib.util
import json
import random
from pathlib import Path

import pytest

from reviewnlp import ConfigError, Review
from reviewnlp.evaluation import agreement
from reviewnlp.evaluation.analyses.extraction import half_of
from reviewnlp.evaluation.configuration import experiment_from_dict
from reviewnlp.evaluation.experiment import run
from reviewnlp.reading import read_reviews

SHARED = Path(__file__).parents[3] / "shared" / "gold"

GOLD = {
    "id": "2019-anywhere-child-q",
    "authorities": ["Anywhere"],
    "case_name": "Child Q",
    "people": [{"name": "Child Q", "aliases": ["Q"], "role": "subject_child", "kind": "label"}],
    "children": [{"name": "Child Q", "age_min": "P3Y", "age_max": "P3Y", "gender": "female"}],
    "ages": [
        {"text": "3-year-old", "n": 1, "min": "P3Y", "max": "P3Y", "holder": "subject_child"},
        {"text": "30", "n": 1, "min": "P30Y", "max": "P30Y", "holder": "parent"},
    ],
    "outcomes": [{"type": "death", "certainty": "confirmed", "evidence": "Death"}],
    "causes": [],
    "perpetrators": [{"relation": "mother", "certainty": "suspected", "evidence": "mother"}],
    "justice": [{"type": "arrested", "relation": "mother", "offence": None, "evidence": "arrested"}],
    "incident_dates": [{"edtf": "2015", "text": "2015"}],
    "service_status": ["looked_after"],
}


def test_what_equals_the_annotation_is_all_right():
    found = agreement.counts(GOLD, GOLD)
    assert all(extra == missing == 0 for _, extra, missing in found.fields.values())
    assert all(right == of for right, of in found.attributes.values())


def test_partial_agreement_by_hand():
    found = copy.deepcopy(GOLD)
    found["people"] = [{"name": "q", "aliases": [], "role": "parent", "kind": "label"}]
    found["ages"] = [{"text": "aged 3", "n": 2, "min": "P3Y", "max": "P3Y", "holder": "parent"}]
    found["outcomes"].append({"type": "neglect", "certainty": "suspected"})
    found["children"][0]["gender"] = "unknown"
    counted = agreement.counts(GOLD, found)
    assert counted.fields["people"] == (1, 0, 0)
    assert counted.attributes["people.role"] == (0, 1)
    assert counted.fields["ages"] == (1, 0, 1)
    assert counted.attributes["ages.holder"] == (0, 1)
    assert counted.fields["outcomes"] == (1, 1, 0)
    assert counted.fields["children"] == (0, 1, 1)
    assert counted.fields["children_age"] == (1, 0, 0)


def test_nothing_found_is_all_missing():
    counted = agreement.counts(GOLD, {})
    assert counted.fields["ages"] == (0, 0, 2)
    assert counted.attributes["ages.holder"] == (0, 0)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated reviews are not beside this checkout")
def test_figures_agree_with_the_script_that_comes_with_the_annotation():
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = score.load(SHARED / "dev.jsonl")
    found = _disturbed(gold)
    expected = score.score(gold, found)
    counts = [agreement.counts(gold[i], found.get(i, {})) for i in gold]
    for field in agreement.FIELDS:
        right, extra, missing = map(sum, zip(*(c.fields[field] for c in counts), strict=True))
        assert 2 * right / (2 * right + extra + missing) == pytest.approx(expected[field]["f1"], abs=6e-4), field
    for attribute in agreement.ATTRIBUTES:
        right, of = map(sum, zip(*(c.attributes[attribute] for c in counts), strict=True))
        assert of == expected[attribute]["n"]
        assert right / of == pytest.approx(expected[attribute]["accuracy"], abs=6e-4)


def test_gold_of_other_reviews_is_an_error(tmp_path, vocabulary):
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD))
    experiment = experiment_from_dict({"title": "Facts", "analyses": ["extraction"], "corpus": {"gold": "gold.jsonl"}})
    with pytest.raises(ConfigError, match="none of the reviews stands in the gold file"):
        run(experiment, [Review(id="other", text="Death of a child.")], vocabulary, beside=tmp_path)
    with pytest.raises(ConfigError, match=r"gold\.jsonl cannot be read"):
        run(experiment, [Review(id="other", text="Death of a child.")], vocabulary, beside=tmp_path / "no")


def test_extraction_is_scored_whole_and_by_halves(tmp_path, vocabulary):
    root = Path(__file__).parents[2]
    rows = (root / "tests" / "extraction" / "gold" / "fictional.jsonl").read_text("utf-8").splitlines()[:12]
    (tmp_path / "gold.jsonl").write_text("\n".join(rows), "utf-8")
    reviews = list(read_reviews([root / "data" / "fictional" / "reviews-2017.txt"]))
    config = {"title": "Facts", "analyses": ["extraction"], "corpus": {"gold": "gold.jsonl", "halves": True}}
    found = run(experiment_from_dict(config), reviews, vocabulary, beside=tmp_path)["analyses"]["extraction"]
    figures = found["figures"]
    halves = [figures[f"half {half}/authorities"]["documents"] for half in "AB"]
    assert sum(halves) == figures["all/authorities"]["documents"] > 0
    assert 0.5 < figures["all/mean F1"]["value"] <= 1
    assert found["tables"][0]["columns"][1:4] == ["half A", "half B", "all"]


def test_halves_follow_from_the_id_alone():
    assert {half_of(f"review-{i}") for i in range(20)} == {"A", "B"}
    assert half_of("review-1") == half_of("review-1")


def _disturbed(gold):
    """Drop and swap items at random, so that every count is at work."""
    chance = random.Random(0)
    found = {}
    for i, (key, review) in enumerate(gold.items()):
        if i % 17 == 0:
            continue
        other = chance.choice(list(gold.values()))
        found[key] = {
            field: [x for x in value if chance.random() < 0.8] + (other[field] or [])[:1]
            if isinstance(value, list)
            else value
            for field, value in review.items()
        }
    return found
