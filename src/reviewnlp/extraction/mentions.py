"""Mentions of people by a noun, with what they are to the subject child.

"the mother", "his mother's partner", "foster carers", "an older brother", "a 15-year-old boy": who harmed,
who was charged and whose age it is are read from them. Pronouns are left alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.knowledge import alternation, load

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case


class Mention(NamedTuple):
    """A noun phrase for somebody: ``text[start:end]``, its last noun at ``head_start``.

    ``relation`` is what the person is to the subject child: a relation of the guideline, or ``partner`` (of
    whom is not said here), ``child`` (the subject or another) or ``subject_child`` (son, daughter). ``word``
    is the class of the noun in ``mentions.toml``. ``owner`` is the possessor as written ("his", "mother's",
    "Child B's"), or "".
    """

    start: int
    end: int
    head_start: int
    relation: str
    word: str
    gender: str
    plural: bool
    owner: str


def find_mentions(case: Case) -> tuple[Mention, ...]:
    """Return every mention of a person in the narrative, in the order of the text.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> case = Case("Death of a baby. Her mother's new partner was charged.")
    >>> [(case.text[m.start : m.end], m.relation) for m in find_mentions(case)]
    [('a baby', 'child'), ("Her mother's new partner", 'mothers_partner')]
    """
    found: list[Mention] = []
    for sentence in case.narrative:
        found += mentions_in(case.text, sentence.start, sentence.end)
    return tuple(found)


def mentions_in(text: str, start: int, end: int) -> list[Mention]:
    """Return the mentions of people in ``text[start:end]``."""
    words = _words()
    found: list[Mention] = []
    for match in _phrase().finditer(text, start, end):
        mention = _mention(match, words)
        if found and _joins(text, found[-1], mention):
            mention = _of(found.pop(), mention)
        found.append(mention)
    return found


def _mention(match: re.Match[str], words: dict[str, tuple[str, str]]) -> Mention:
    heads = [(match.start(group), match.group(group)) for group in ("h1", "h2", "h3") if match.group(group)]
    classes = [words[" ".join(noun.lower().split())] for _, noun in heads]
    relation = _relation(classes[0][0])
    for step, _ in classes[1:]:
        relation = _step(relation, step)
    word, gender = classes[-1]
    owner = match.group("owner") or ""
    if len(heads) > 1:
        owner = match.string[match.start() : heads[-1][0]].rstrip()
    noun = heads[-1][1].lower()
    return Mention(match.start(), match.end(), heads[-1][0], relation, word, gender, _is_plural(noun), owner)


def _of(left: Mention, right: Mention) -> Mention:
    """Join "a friend" and "his parents" across "of"."""
    return left._replace(end=right.end, relation=_step(right.relation, left.word))


def _joins(text: str, left: Mention, right: Mention) -> bool:
    return text[left.end : right.start] in (" of ", " to ") and left.word in load("mentions.toml")["kin"]


def _relation(word: str) -> str:
    relation: str = load("mentions.toml")["relation"][word]
    return relation


def _step(relation: str, word: str) -> str:
    steps: dict[str, dict[str, str]] = load("mentions.toml")["step"]
    relation = "carer" if relation == "foster_carer_or_guardian" else relation
    return steps.get(relation, {}).get(word) or _relation(word)


def _is_plural(noun: str) -> bool:
    return noun in ("children", "people", "men", "women") or noun.endswith(("s", "men", "women", "people"))


@cache
def _words() -> dict[str, tuple[str, str]]:
    knowledge = load("mentions.toml")
    return {
        noun: (name, entry["gender"])
        for group in ("kin", "noun")
        for name, entry in knowledge[group].items()
        for noun in entry["words"]
    }


@cache
def _phrase() -> re.Pattern[str]:
    knowledge = load("mentions.toml")
    heads = alternation(_words())
    modifiers = alternation(knowledge["modifiers"]["words"])
    before = rf"(?:(?:{modifiers}|[\w-]{{1,20}}[-–\s](?:year|month|week|day)s?[-–\s]old)[\s,]{{1,2}}){{0,5}}"
    name = r"[A-ZÀ-Þ][\w-]{0,30}(?:\s[A-Z][\w-]{0,20}){0,2}['’]s?"
    owner = rf"(?:(?P<owner>(?i:{alternation(knowledge['determiners']['words'])})|{name})\s{{1,2}})?"
    possessive = r"['’]s?\s{1,2}"
    second, third = (rf"(?:{possessive}(?i:{before})(?P<h{n}>(?i:{heads})))?" for n in (2, 3))
    return re.compile(rf"\b{owner}(?i:{before})(?P<h1>(?i:{heads}))\b{second}{third}(?!\w)")
