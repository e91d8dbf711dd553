"""Mentions of people by a noun, with what they are to the subject child.

"the mother", "his mother's partner", "foster carers", "an older brother", "a 15-year-old boy": who harmed,
who was charged and whose age it is are read from them. Pronouns are left alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.name_patterns import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.text import Word

_AGE = re.compile(r"[\w/.½-]{1,24}-olds?|old|olds|[a-z]+-aged")
_LABELLED = frozenset(("child", "baby", "infant", "person", "student", "pupil", "boy", "girl", "sibling", "twin"))
_APART = re.compile(r"['’]?\s{1,2}|,\s|\s\(|\)\s")
#: Characters of a possessor at most: chains of "her mother's partner's" are short where people write them.
_LONGEST_OWNER = 200


class Mention(NamedTuple):
    """A noun phrase for somebody: ``text[start:end]``, its last noun at ``head_start``.

    ``relation`` is what the person is to the subject child: a relation of the guideline, or ``partner`` (of
    whom is not said here), ``child`` (the subject or another) or ``subject_child`` (son, daughter). ``word``
    is the class of the noun in ``mentions.toml``. ``owner`` is the possessor as written ("his", "mother's",
    "Child B's") or the determiner, "" for none.
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
    return tuple(mentions_in(case.text, case.words))


def mentions_in(text: str, words: Sequence[Word]) -> list[Mention]:
    """Return the mentions of people among the words of a text."""
    nouns = _nouns()
    found: list[Mention] = []
    for i, word in enumerate(words):
        phrases = nouns.get(word.base)
        if phrases is None:
            continue
        first, name, gender = _longest(phrases, words, i)
        if not name or _is_compound(text, words, i):
            continue
        mention = _phrase(text, words, first, i, name, gender, found)
        if word.base in ("male", "female") and not mention.owner and not _AGE.match(text, mention.start):
            continue  # an adjective: "identified as female"
        while found and found[-1].start >= mention.start:
            found.pop()  # "a baby" of "a baby girl"
        if found and text[found[-1].end : mention.start] == " of " and found[-1].word in load("mentions.toml")["kin"]:
            left = found.pop()
            mention = left._replace(end=mention.end, relation=_step(mention.relation, left.word))
        found.append(mention)
    return found


def _is_compound(text: str, words: Sequence[Word], i: int) -> bool:
    """Say whether a noun only tells the kind of the next one: "child protection", "children's services"."""
    if text[words[i].start].isupper() and words[i].base in _LABELLED and label().match(text, words[i].start):
        return True  # "Child H" is a name
    if text.startswith(tuple(load("mentions.toml")["facilities"]["phrases"]), words[i].end):
        return True
    followers = load("mentions.toml")["compounds"].get(words[i].base)
    if followers is None or i + 1 == len(words):
        return False
    return words[i + 1].base in followers and text[words[i].end : words[i + 1].start] in (" ", "-", "' ", "’ ")


def _longest(phrases: dict[tuple[str, ...], tuple[str, str]], words: Sequence[Word], i: int) -> tuple[int, str, str]:
    """Return where the longest noun that ends at word i begins, with its class and gender."""
    for size in (3, 2, 1, 0):
        before = tuple(word.lower for word in words[max(0, i - size) : i])
        if len(before) == size and before in phrases:
            return (i - size, *phrases[before])
    return i, "", ""


def _phrase(
    text: str, words: Sequence[Word], first: int, last: int, name: str, gender: str, found: list[Mention]
) -> Mention:
    """Extend a noun to the left over its modifiers, up to its determiner or possessor."""
    modifiers, determiners = _modifiers()
    relation, plural, head = _relation(name), _is_plural(words[last].base), words[first].start
    start, owner, k = head, "", first - 1
    while k >= 0 and first - k < 8 and _APART.fullmatch(text, words[k].end, start):
        word = words[k]
        if word.possessive:
            if found and found[-1].end == word.base_end and word.end - found[-1].start < _LONGEST_OWNER:
                possessor = found.pop()
                return Mention(
                    possessor.start,
                    words[last].base_end,
                    head,
                    _step(possessor.relation, name),
                    name,
                    gender,
                    plural,
                    text[possessor.start : word.end],
                )
            start = _name_start(text, words, k)
            owner = text[start : word.end]
            break
        if (word.lower in determiners or word.lower.isdigit()) and text[word.end : start].isspace():
            start, owner = word.start, word.lower
            break
        if word.lower not in modifiers and not _AGE.fullmatch(word.lower):
            break
        start = word.start
        k -= 1
    return Mention(start, words[last].base_end, head, relation, name, gender, plural, owner)


def _name_start(text: str, words: Sequence[Word], k: int) -> int:
    """Return where a possessor such as "Young Person B's" begins."""
    start = words[k].start
    for word in reversed(words[max(0, k - 2) : k]):
        if not text[word.start].isupper() or text[word.end : start] != " ":
            break
        start = word.start
    return start


def _relation(name: str) -> str:
    relation: str = load("mentions.toml")["relation"][name]
    return relation


def _step(relation: str, name: str) -> str:
    steps: dict[str, dict[str, str]] = load("mentions.toml")["step"]
    relation = "carer" if relation == "foster_carer_or_guardian" else relation
    return steps.get(relation, {}).get(name) or _relation(name)


def _is_plural(noun: str) -> bool:
    return noun.endswith(("s", "children", "people", "men", "triplets"))


@cache
def _nouns() -> dict[str, dict[tuple[str, ...], tuple[str, str]]]:
    """Return the nouns by their last word: what stands before it, then the class and gender."""
    knowledge = load("mentions.toml")
    nouns: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
    for group in ("kin", "noun"):
        for name, entry in knowledge[group].items():
            for noun in entry["words"]:
                *before, last = noun.split()
                nouns.setdefault(last, {})[tuple(before)] = (name, entry["gender"])
    return nouns


@cache
def _modifiers() -> tuple[frozenset[str], frozenset[str]]:
    knowledge = load("mentions.toml")
    return frozenset(knowledge["modifiers"]["words"]), frozenset(knowledge["determiners"]["words"])
