"""The gender of each subject child, from nouns ("girl", "son") and from the pronouns that stand for the child."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

from reviewnlp.extraction.mentions import Mention, find_mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.text import Sentence
    from reviewnlp.records import Person
    from reviewnlp.records.facts import Gender

_FAR = 40  # people; nobody further back is looked at
Item = TypeVar("Item", bound=tuple[object, ...])

_PRONOUN = {
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "he": "male", "his": "male", "him": "male", "himself": "male",
}  # fmt: skip
_TRANS = re.compile(
    r"\btrans(?:gender)?\s(?:\w+\s)?(?:boy|girl|young|child|teenager|person|male|female|man|woman|adolescent)|\bassigned\s(?:fe)?male"
    r"|\b(?:identif(?:ied|ies|ying)|lived|living)\sas\s(?:transgender|trans\b|non-binary|(?:a\s)?(?:fe)?male|a\s(?:girl|boy))|\btransgender\b",
    re.IGNORECASE,
)
# Where somebody stands, of which gender, which subject child, and whether as an object ("by her father").
_Party = tuple[int, str, int | None, bool]
_OBJECT = re.compile(r"\b(?:by|with|from|of|to|against|for|on|towards|involving|about|than)\s\Z")
_CARRIES_ON = re.compile(r"(?:She|He|Her|His)\b")
_MET = re.compile(r"\b(?:by|with|against|towards)\s(?:an?\s)?\Z")
_BESIDE = re.compile(r"[\s,(]{0,3}(?:named\s|called\s|known\sas\s|aged\s[\w-]{1,20},?\s)?[(]?")


class Genders:
    """Reads the genders of the subject children once.

    Parameters
    ----------
    case
        The entry.
    subjects
        The subject children who have names.
    opening
        The first mention of a child.
    """

    def __init__(self, case: Case, subjects: Sequence[Person], opening: Mention | None) -> None:
        self._case = case
        self._text = case.text
        self._size = max(1, len(subjects))
        self._nouns: dict[int, str] = {}
        self._pronouns: dict[int, list[str]] = {}
        self._opening = opening
        self._mentions = case.once(find_mentions)
        named = [
            (a, b, i) for i, s in enumerate(subjects) for a, b in s.mentions if not case.title or a >= case.title.end
        ]
        self._named = sorted(named)
        self._trans = _TRANS.search(self._text, 0, case.practice_start) is not None
        self._read_nouns()
        self._read_order()
        self._read_pronouns()

    def of(self, i: int) -> Gender:
        """Return the gender of the i-th subject child (0 for one without name)."""
        if self._trans and i == 0:
            return "trans"
        votes = self._pronouns.get(i, [])
        told = max(set(votes), key=votes.count) if votes else "unknown"
        return self._nouns.get(i, told)  # type: ignore[return-value]

    def _read_nouns(self) -> None:
        """Read "a 15-year-old girl (Child Q)" and the noun of the opening."""
        for mention in self._mentions:
            if mention.gender == "unknown" or mention.word not in (
                "girl",
                "boy",
                "son",
                "daughter",
                "brother",
                "sister",
                "man",
                "woman",
            ):
                continue
            for i in self._children_of(mention):
                self._nouns.setdefault(i, mention.gender)

    def _read_order(self) -> None:
        """Read "a sister and brother aged 4 and 6", "a boy and his sister" for as many children, in their order."""
        first = self._case.narrative[0]
        told = [
            mention.gender
            for mention in self._mentions
            if mention.start < first.end
            and mention.word in ("girl", "boy", "son", "daughter", "brother", "sister")
            and not mention.plural
            and not _MET.search(self._text, max(first.start, mention.start - 12), mention.start)
        ]
        if self._size > 1 and len(told) == self._size:
            for i, gender in enumerate(told):
                self._nouns.setdefault(i, gender)

    def _children_of(self, mention: Mention) -> Sequence[int]:
        for start, end, i in self._named:
            if 0 <= start - mention.end <= 24 and _BESIDE.fullmatch(self._text, mention.end, start):
                return (i,)
            if 0 <= mention.start - end <= 8 and re.fullmatch(
                r", (?:aged [\w-]{1,16}, )?|, who (?:was|is) | (?:was|is) | \(", self._text[end : mention.start]
            ):
                return (i,)
        opening = self._opening
        first = self._case.narrative[0]
        if mention.word in ("son", "daughter") and self._size == 1 and mention.start < first.end and not mention.plural:
            return (0,)
        if mention == opening and mention.start < first.end:
            return range(self._size) if mention.plural else (0,)
        if opening is not None and self._size == 1 and mention.start < first.end and self._follows_as(mention, opening):
            return (0,)
        return ()

    def _follows_as(self, mention: Mention, opening: Mention) -> bool:
        """Say whether a second noun tells of the same child: "a 4-month-old, a boy"."""
        return 0 < mention.start - opening.end <= 3

    def _read_pronouns(self) -> None:
        previous: list[_Party] = []
        pronouns = [(word.start, _PRONOUN[word.lower]) for word in self._case.words if word.lower in _PRONOUN]
        for sentence in self._case.narrative:
            parties = self._parties(sentence)
            for start, gender in _between(pronouns, sentence.start, sentence.end):
                child = self._antecedent(start, gender, parties, previous)
                if child is not None:
                    self._pronouns.setdefault(child, []).append(gender)
            if not _CARRIES_ON.match(self._text, sentence.start):
                previous = parties or previous

    def _parties(self, sentence: Sentence) -> list[_Party]:
        """Return everybody in a sentence: where, of which gender, and which subject child."""
        found: list[_Party] = [
            (start, "unknown", i, self._is_object(sentence, start) or self._text[end : end + 1] in ("'", "’"))
            for start, end, i in _between(self._named, sentence.start, sentence.end)
        ]
        names = {party[0] for party in found}
        first = sentence == self._case.narrative[0]
        for mention in _between(self._mentions, sentence.start, sentence.end):
            if mention.plural:
                continue
            child = None
            if mention.relation in ("child", "subject_child") and mention.owner not in ("his", "her", "their"):
                beside = self._children_of(mention)
                child = beside[0] if len(beside) == 1 else None
                if (
                    child is None
                    and self._size == 1
                    and (first or mention.owner == "the")
                    and mention.word != "daughter"
                ):
                    child = 0
            if mention.start not in names or mention.owner[:1].isupper():
                start = mention.start if mention.start not in names else mention.head_start
                found.append((start, mention.gender, child, self._is_object(sentence, mention.start)))
        return sorted(found, key=lambda party: party[0])

    def _may_be(self, party: _Party, gender: str) -> bool:
        """Say whether a pronoun may stand for somebody, after what is known of a child so far."""
        known = party[1]
        if party[2] is not None:
            known = self._nouns.get(party[2]) or next(iter(self._pronouns.get(party[2], ())), known)
        return known in ("unknown", gender)

    def _is_object(self, sentence: Sentence, start: int) -> bool:
        return _OBJECT.search(self._text, max(sentence.start, start - 10), start) is not None

    def _antecedent(
        self,
        at: int,
        gender: str,
        parties: list[_Party],
        previous: list[_Party],
    ) -> int | None:
        """Return the subject child for whom a pronoun stands, or None."""
        near = parties[max(0, bisect_left(parties, (at,)) - _FAR) : bisect_left(parties, (at,))]
        fitting = [p for p in near if self._may_be(p, gender)]
        if not fitting:
            before = [p for p in previous[:_FAR] if self._may_be(p, gender)]
            before = [p for p in before if not p[3]] or before
            return before[0][2] if before else None
        subjects = [p for p in fitting if not p[3]]
        chosen = subjects[-1] if subjects else fitting[0]
        return chosen[2]


def _between(items: Sequence[Item], start: int, end: int) -> Sequence[Item]:
    """Return the items, sorted by their starts, that begin in a stretch of the text."""
    return items[bisect_left(items, (start,)) : bisect_left(items, (end,))]
