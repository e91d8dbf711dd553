"""Ages in every manner of English, against sentences written for this project."""

import tomllib
from pathlib import Path

import pytest

from reviewnlp.extraction import extract

SENTENCES = tomllib.loads((Path(__file__).parent / "ages.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["text"][:50])
def test_ages_are_read_with_their_holders(sentence):
    found = [
        f"{a.text} | {a.min or ''} | {a.max or ''} | {a.holder}".replace("  ", " ")
        for a in extract(sentence["text"]).ages
    ]
    assert found == [age.replace("  ", " ") for age in sentence["ages"]]


def test_occurrences_are_counted_in_the_whole_text():
    facts = extract("2017 - Northtown - Child K\nA boy of 7 and a girl of 7.")
    assert [(age.text, age.n) for age in facts.ages] == [("7", 2), ("7", 3)]
