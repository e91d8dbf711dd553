"""How the phrases of a lexicon are written and found."""

import pytest

from reviewnlp.errors import ReviewNLPError
from reviewnlp.extraction.lexicon import Lexicon
from reviewnlp.extraction.words import Words


def found(phrase: str, text: str) -> list[str]:
    words = Words.of(text)
    spans = [words.span(cue.first, cue.last) for cue in Lexicon({"x": [phrase]}).find(words)]
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("found (dead|lifeless)", "He was found lifeless.", ["found lifeless"]),
        ("injur(y|ies)", "An injury, two injuries", ["injury", "injuries"]),
        ("non accidental", "Non–accidental and non-accidental", ["Non–accidental", "non-accidental"]),
        ("(severe |)neglect", "severe neglect", ["severe neglect"]),
        ("hit by a _ car", "hit by a passing car", ["hit by a passing car"]),
        ("mother 's partner", "his mother’s partner", ["mother’s partner"]),
        ("in _ care", "in . care", []),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase, text, expected):
    assert found(phrase, text) == expected


def test_the_longest_phrase_at_a_place_is_taken():
    lexicon = Lexicon({"short": ["child"], "long": ["child protection plan"]})
    assert [cue.label for cue in lexicon.find(Words.of("a child protection plan for a child"))] == ["long", "short"]


def test_brackets_that_do_not_match_are_refused():
    with pytest.raises(ReviewNLPError, match="brackets do not match"):
        Lexicon({"x": ["injur(y|ies"]})


def test_offsets_survive_letters_that_grow_when_lowered():
    text = "İİİ found dead"
    assert found("found dead", text) == ["found dead"]
