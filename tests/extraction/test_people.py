"""Names, labels and pseudonyms, against entries written for this project."""

import tomllib
from pathlib import Path

import pytest

from reviewnlp.extraction import extract

ENTRIES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))["entry"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['title']}: {entry['text']}"[:60])
def test_people_are_read_with_their_roles(entry):
    title = f"2021 - Northtown - {entry['title']}" if entry["title"] else "2021 - Northtown"
    people = extract(f"{title}\n{entry['text']}").people
    found = [f"{p.name} | {', '.join(p.aliases)} | {p.role} | {p.kind}".replace("  ", " ") for p in people]
    assert found == [person.replace("  ", " ") for person in entry["people"]]


def test_every_mention_of_a_person_is_marked():
    text = "2021 - Northtown - Child K\nDeath of K, a girl. Child K's mother left.\nLearning: ask K."
    (person,) = extract(text).people
    assert [text[start:end] for start, end in person.mentions] == ["Child K", "K", "Child K", "K"]
