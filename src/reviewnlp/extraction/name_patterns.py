"""The regular expressions of names and labels, filled with the words of ``people.toml``; each compiled once."""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.extraction.knowledge import alternation, load

UPPER, LOWER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶĻŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽȘȚ", "a-zß-öø-ÿāăąćčďđēęěğģīıķļłńňōőřśşšţťūůűźżžșț"
#: One word of a name: "Polly", "Shi-Anne", "O'Neill", "McRae".
WORD = (
    rf"[{UPPER}](?:['’](?=[{UPPER}][{LOWER}]))?[{UPPER}]?[{LOWER}]{{1,20}}"
    rf"(?:[{UPPER}][{LOWER}]{{1,20}})?(?:-[{UPPER}][{LOWER}]{{1,20}}){{0,2}}"
)
#: What stands behind a noun to make a label: "A", "AB", "H1", "12", "2A".
CODE = r"(?:[A-Z]{1,3}\d{0,6}|\d{1,3}[A-Z]?)"


@cache
def nouns() -> dict[str, str]:
    """Return the label nouns with the group of ``people.toml`` to which each belongs."""
    return {noun: group for group, words in load("people.toml")["labels"].items() for noun in words}


@cache
def label() -> re.Pattern[str]:
    """Return the pattern of "Child A", "Young Person M", "Baby Sama", "Adult 2"."""
    return re.compile(rf"(?P<noun>{alternation(nouns())})\s(?P<id>{CODE}(?![\w-])|{WORD}(?!\w))")


@cache
def group() -> re.Pattern[str]:
    """Return the pattern of "Children F, G and H", "Twins P and Q"."""
    plural = alternation(load("people.toml")["groups"])
    one = rf"(?:{CODE}(?!\w)|{WORD}(?!\w))"
    return re.compile(rf"(?P<noun>{plural})\s(?P<ids>{one}(?:(?:,\s?and|\s?,|\sand|\s?&|\s?/)\s?{one}){{1,20}})")


@cache
def nobody() -> re.Pattern[str]:
    """Return the pattern of a family or a group whose members have no names: "Family T", "Siblings R"."""
    plural = alternation(load("people.toml")["groups"])
    one = rf"(?:{CODE}(?!\w)|{WORD}(?!\w))"
    return re.compile(
        rf"\b(?:[Ff]amily|[Ff]amilies|(?:[Ss]ibling|[Ff]amily)\s[Gg]roup|{plural})\s{one}(?:(?:,\s?and|\s?,|\sand|\s?&)\s?{one}){{0,20}}|\b{CODE}\s[Ff]amil(?:y|ies)\b"
    )


@cache
def member() -> re.Pattern[str]:
    """Return the pattern of one member in "F, G and H"."""
    return re.compile(rf"\b(?:{CODE}|{WORD})(?!\w)")


@cache
def names() -> re.Pattern[str]:
    """Return the pattern of a name without a noun before it: "Polly", "Sara Sharif"."""
    return re.compile(rf"(?=[{UPPER}])(?<![\w'’-]){WORD}(?:\s{WORD}){{0,3}}(?!\w)")


@cache
def code() -> re.Pattern[str]:
    """Return the pattern of a code that is a name by itself: "FJ", "C110", "N"."""
    return re.compile(r"[A-Z](?<![\w-][A-Z])[A-Z]{0,2}\d{0,6}(?![\w-]|['’][A-Z])")


@cache
def not_names() -> frozenset[str]:
    """Return the capitalised words that are no names of people."""
    return frozenset(load("people.toml")["not_names"]["words"])


@cache
def not_codes() -> frozenset[str]:
    """Return the abbreviations that are no codes for people."""
    return frozenset(load("people.toml")["not_codes"]["words"])


@cache
def title_words() -> frozenset[str]:
    """Return the words that make a title one about a subject."""
    return frozenset(load("people.toml")["not_names"]["title_words"])
