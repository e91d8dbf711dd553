"""The narrative of a case as the event components read it: words, sentences, people, and how things stand.

Everything that more than one kind of event needs is computed once a case: ``case.once(read_scene)``.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.certainty import Mark, certainty_marks, marked
from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.lexicon import closed_class
from reviewnlp.extraction.parties import Party, find_parties
from reviewnlp.extraction.words import Words

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.text import Part, Sentence
    from reviewnlp.records.facts import Certainty


class Telling(NamedTuple):
    """A sentence of the narrative: its words, the part of the entry it stands in, and its number from 0."""

    first: int
    last: int
    part: Part
    number: int


@dataclasses.dataclass(frozen=True, slots=True)
class Scene:
    """What the event components share; see the functions that build each field."""

    words: Words
    sentences: tuple[Telling, ...]
    marks: bytearray
    parties: tuple[Party, ...]
    breaks: tuple[int, ...]
    _party_starts: tuple[int, ...]
    _sentence_starts: tuple[int, ...]

    def sentence(self, word: int) -> Telling:
        """Return the sentence of a word."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, word) - 1)]

    def clause(self, word: int) -> tuple[int, int]:
        """Return the first and last (exclusive) word of the clause of a word."""
        sentence = self.sentence(word)
        at = bisect_right(self.breaks, word)
        first = self.breaks[at - 1] if at else 0
        last = self.breaks[at] if at < len(self.breaks) else len(self.words)
        return max(first, sentence.first), min(last, sentence.last)

    def parties_in(self, first: int, last: int) -> tuple[Party, ...]:
        """Return the parties that start among the words ``first`` up to ``last``."""
        return self.parties[bisect_left(self._party_starts, first) : bisect_left(self._party_starts, last)]

    def has(self, first: int, last: int, mark: Mark) -> bool:
        """Say whether one of the words carries a mark."""
        return marked(self.marks, first, last, mark)

    def certainty(self, first: int, last: int) -> Certainty:
        """Return how sure the text is of what the words say."""
        return "suspected" if self.has(first, last, Mark.SUSPECTED) else "confirmed"

    def evidence(self, first: int, last: int) -> tuple[str, int, int]:
        """Return the words as written and their offsets, which every fact ends with."""
        start, end = self.words.span(first, last)
        return self.words.text[start:end], start, end


def read_scene(case: Case) -> Scene:
    """Return the scene of a case."""
    narrative = tuple(
        sentence
        for number, sentence in enumerate(case.narrative)
        if not (_lists_points(case.text, sentence) or (number and _opens_practice(case.text, sentence)))
    )
    words = Words.of(case.text, narrative[0].start if narrative else 0, narrative[-1].end if narrative else 0)
    tellings = tuple(
        Telling(words.index(sentence.start), words.index(sentence.end), sentence.part, number)
        for number, sentence in enumerate(narrative)
    )
    spans = [(telling.first, telling.last) for telling in tellings]
    parties = tuple(find_parties(case, words, spans))
    openers = _openers()
    breaks = tuple(i for i, form in enumerate(words.forms) if form in openers)
    return Scene(
        words,
        tellings,
        certainty_marks(words, spans),
        parties,
        breaks,
        tuple(party.first for party in parties),
        tuple(span[0] for span in spans),
    )


def _lists_points(text: str, sentence: Sentence) -> bool:
    """Say whether a sentence lists points of practice between semicolons, as "Key issues" often does."""
    return sentence.part == "key_issues" and ";" in text[sentence.start : sentence.end]


def _opens_practice(text: str, sentence: Sentence) -> bool:
    """Say whether a sentence inside the summary turns to practice: "Identifies lessons about"."""
    first = text[sentence.start : min(sentence.end, sentence.start + 20)].split(maxsplit=1)
    return bool(first) and first[0].lower() in closed_class("practice")


@cache
def _openers() -> frozenset[str]:
    return frozenset((*load("parts.toml")["clauses"]["openers"], ";")) - {"then"}
