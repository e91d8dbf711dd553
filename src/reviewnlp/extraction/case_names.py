"""The people whom a case name names: "Children R, S and W", "Baby Sama", "Jade and Rosie", "'A'"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction import name_patterns as patterns
from reviewnlp.extraction.knowledge import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.records.facts import NameKind

_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SOLID = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


class Called(NamedTuple):
    """A name as written at (start, end); ``group`` is the group of its noun in ``people.toml``, "" without noun."""

    name: str
    group: str
    kind: NameKind
    start: int
    end: int
    alias_of: int | None = None


def read_case_name(case_name: str, at: int = 0) -> list[Called]:
    """Return the people of a case name, in its order; none where it is about a subject.

    Parameters
    ----------
    case_name
        The last part of the title.
    at
        Where it stands in the text, added to the offsets.

    Examples
    --------
    >>> [called.name for called in read_case_name("Children R, S and W")]
    ['Child R', 'Child S', 'Child W']
    >>> read_case_name("Child neglect")
    []
    """
    if case_name in patterns.nouns():
        return [Called(case_name, patterns.nouns()[case_name], "label", at, at + len(case_name))]
    found = list(labels_in(case_name, at))
    rest = list(case_name)
    for called in found:
        rest[called.start - at : called.end - at] = " " * (called.end - called.start)
    for match in patterns.nobody().finditer(case_name):
        rest[match.start() : match.end()] = " " * len(match.group())
    left = "".join(rest)
    bare = [m for m in patterns.names().finditer(left) if runs(m.group()) == [(m.group(), 0)]]
    bare += [
        m for m in patterns.code().finditer(left) if m.group() not in patterns.not_codes() and len(left.split()) < 8
    ]
    others = left
    for match in bare:
        others = others.replace(match.group(), " ", 1)
    if _is_subject(others) or any(word.lower() in patterns.title_words() for m in bare for word in m.group().split()):
        return found
    found += [Called(m.group(), "", kind_of(m.group(), ""), at + m.start(), at + m.end()) for m in bare]
    found.sort(key=lambda called: called.start)
    return _with_aliases(case_name, at, found)


def labels_in(text: str, at: int = 0, start: int = 0, end: int | None = None) -> Iterator[Called]:
    """Yield the labels in a text, each member of "Children F, G and H" one label at its letter."""
    end = len(text) if end is None else end
    singular: dict[str, str] = load("people.toml")["groups"]
    nouns = patterns.nouns()
    for match in patterns.group().finditer(text, start, end):
        if _inside(text, match.start()):
            continue
        noun = singular[" ".join(match["noun"].split())]
        for one in patterns.member().finditer(text, match.start("ids"), match.end("ids")):
            name = f"{noun} {one.group()}" if match["noun"] != "siblings" else one.group()
            if one.group() not in patterns.not_names() or len(one.group()) == 1:
                yield Called(name, nouns[noun], kind_of(name, noun), at + one.start(), at + one.end())
    label = patterns.label()
    found = label.search(text, start, end)
    while found:
        noun, identifier = " ".join(found["noun"].split()), found["id"]
        refused = (
            _inside(text, found.start())
            or (identifier in patterns.not_names() and len(identifier) > 1)
            or (noun[0].islower() and (len(identifier) > 2 or identifier.isdigit()))
        )
        if refused:
            found = label.search(text, found.start("id"), end)
            continue
        name = f"{noun[0].upper()}{noun[1:]} {identifier}"
        if noun == "sibling":
            name = identifier
        yield Called(name, nouns[noun], kind_of(name, noun), at + found.start(), at + found.end())
        found = label.search(text, found.end(), end)


def kind_of(name: str, noun: str) -> NameKind:
    """Say whether a name is a label, a pseudonym, or (a first name with a surname) real."""
    identifier = name[len(noun) :].strip() if noun and name.startswith(noun) else name
    if re.fullmatch(patterns.CODE, identifier):
        return "label"
    if noun in ("", "Mr", "Mrs", "Ms", "Miss", "Dr") and len(identifier.split()) > 1:
        return "real"
    return "pseudonym"


def without_possessive(name: str) -> str:
    """Return a name without "'s"."""
    return _POSSESSIVE.sub("", name)


def runs(words: str) -> list[tuple[str, int]]:
    """Split a run of capitalised words at those that are no names and at ends of lines; each run with its place."""
    found: list[list[re.Match[str]]] = [[]]
    for word in _SOLID.finditer(words):
        if word.group() in patterns.not_names():
            found.append([])
        elif words[word.start() - 1 : word.start()] == "\n":
            found.append([word])
        else:
            found[-1].append(word)
    return [(" ".join(word.group() for word in run), run[0].start()) for run in found if run]


def _inside(text: str, start: int) -> bool:
    """Say whether a match begins inside a word."""
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] == "-")


def _is_subject(others: str) -> bool:
    companions = set(load("people.toml")["title"]["companions"])
    return any(word.lower() not in companions for word in _WORDS.findall(others))


def _with_aliases(case_name: str, at: int, found: list[Called]) -> list[Called]:
    """Mark a name that follows "aka" or "known as" as an alias of the one before it."""
    other = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, load('people.toml')['title']['other_name']))})\W", re.IGNORECASE
    )
    marked = found[:1]
    for i, called in enumerate(found[1:]):
        between = case_name[found[i].end - at : called.start - at]
        marked.append(called._replace(alias_of=i) if other.search(between) else called)
    return marked
