"""Every figure in README, model card and docs comes out of a committed experiment."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from reviewnlp.evaluation.configuration import read_experiment

ROOT = Path(__file__).parents[1]
RESULTS = sorted(ROOT.glob("experiments/*/results.json"))

spec = importlib.util.spec_from_file_location("cite", ROOT / "experiments" / "cite.py")
cite = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cite)

# Documents about how well the methods do; a bare decimal in their prose was typed by hand.
MEASURED = [p for p in cite.documents() if p.parts[-2] in {"default", "explanation"} or p == ROOT / "README.md"]


@pytest.mark.parametrize("path", cite.documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_document_agrees_with_the_results(path):
    text = path.read_text(encoding="utf-8")
    assert cite.rewrite(text) == text, "run python experiments/cite.py"


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: str(path.relative_to(ROOT)))
def test_document_has_no_figure_typed_by_hand(path):
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = cite.TABLE.sub("", cite.FIGURE.sub("", re.sub(r"`[^`\n]*`", "", text)))
    assert re.findall(r"(?<![\w.])[01]\.\d\d+(?![\w.])", text) == []


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.parent.name)
def test_committed_results_are_those_of_the_committed_configuration(path):
    import dataclasses

    experiment = dataclasses.asdict(read_experiment(path.parent.with_suffix(".toml")))
    assert json.loads(path.read_text("utf-8"))["experiment"] == json.loads(json.dumps(experiment))


RESULT = {
    "figures": {
        "all": {
            "words": {
                "F1@5": {"value": 0.2104, "low": 0.1767, "high": 0.2452},
                "coverage@10": {"value": 0.7, "low": None, "high": None},
            }
        }
    },
    "analyses": {
        "terms": {"figures": {"a/b": {"value": 0.5}}, "tables": [{"columns": ["term", "n"], "rows": [["x", 3]]}]}
    },
    "data": {"reviews": 105},
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<!-- figure lb: figures/all/words/F1@5 -->9<!-- /figure -->", "0.21"),
        ("<!-- figure lb: figures/all/words/F1@5 | interval --><!-- /figure -->", "0.21 (0.18–0.25)"),
        ("<!-- figure lb: analyses/terms/figures/a/b | percent -->1%<!-- /figure -->", "50%"),
        ("<!-- figure lb: data/reviews | count -->1<!-- /figure -->", "105"),
    ],
)
def test_figure_is_written_from_the_results(written, expected):
    text = cite.rewrite(f"About {written}.", lambda name: RESULT)
    assert f"-->{expected}<!-- /figure -->." in text
    assert cite.rewrite(text, lambda name: RESULT) == text


def test_tables_are_written_from_the_results():
    text = cite.rewrite("<!-- table lb: F1@5, coverage@10 -->\nold\n<!-- /table -->", lambda name: RESULT)
    assert "| words | 0.210 (0.18–0.25) | 0.700 |\n<!-- /table -->" in text
    text = cite.rewrite("<!-- table lb: analysis terms -->\n<!-- /table -->", lambda name: RESULT)
    assert "| term | n |\n| --- | --- |\n| x | 3 |\n" in text


@pytest.mark.parametrize(
    "written",
    [
        "<!-- figure lb: figures/all/none/F1@5 -->0.3<!-- /figure -->",
        "<!-- figure lb: figures/all -->0.3<!-- /figure -->",
        "<!-- figure lb: data/reviews | roman -->0.3<!-- /figure -->",
        "<!-- table lb: F3@5 -->\n<!-- /table -->",
    ],
)
def test_citation_that_leads_nowhere_is_an_error(written):
    with pytest.raises(cite.CitationError):
        cite.rewrite(written, lambda name: RESULT)


def test_an_unknown_experiment_is_an_error():
    with pytest.raises(cite.CitationError, match="no results of an experiment called 'nothing'"):
        cite.rewrite("<!-- figure nothing: data -->1<!-- /figure -->")


def test_code_blocks_are_left_alone():
    block = "```\n<!-- figure lb: data/reviews -->1<!-- /figure -->\n```"
    assert cite.rewrite(block, lambda name: RESULT) == block
