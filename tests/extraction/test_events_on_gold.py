"""The bars on the annotated reviews, where these are at hand (they are not part of the repository)."""

import json
import os
import re
import runpy
from pathlib import Path

import pytest

from reviewnlp.extraction import Extractor

GOLD = Path(os.environ.get("REVIEWNLP_SHARED", Path(__file__).parents[3] / "shared")) / "gold"
BARS = {"outcomes": 0.90, "causes": 0.87, "perpetrators": 0.85, "justice": 0.85, "service_status": 0.85}

pytestmark = pytest.mark.skipif(
    not (GOLD / "dev.jsonl").exists(), reason="needs the annotated reviews in ../shared/gold"
)


@pytest.fixture(scope="module")
def figures():
    gold = [json.loads(line) for line in (GOLD / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = dict(
        block.split("\n", 1)
        for block in re.split(r"^### id: ", (GOLD / "dev.txt").read_text(encoding="utf-8"), flags=re.M)[1:]
    )
    facts = Extractor().pipe(texts[review["id"]].strip() for review in gold)
    found = {review["id"]: fact.to_dict() for review, fact in zip(gold, facts, strict=True)}
    return runpy.run_path(str(GOLD / "score.py"))["score"]({review["id"]: review for review in gold}, found)


@pytest.mark.parametrize("field", BARS)
def test_events_pass_their_bar(figures, field):
    assert figures[field]["f1"] >= BARS[field]


def test_the_certainty_of_outcomes_passes_its_bar(figures):
    assert figures["outcomes.certainty"]["accuracy"] >= 0.93
