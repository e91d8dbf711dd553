"""Link lines of an entry: "> Read the overview report", with or without an address."""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.reading.lines import Line
from reviewnlp.reading.wordlists import alternatives, word_list
from reviewnlp.records import Link

_MARKS = re.compile(r"\A[>»›→▶•*·‣-]+[ \t]*")
_ADDRESS = re.compile(r"[(<\[]?(?P<url>(?:https?://|www\.)[^\s<>()\[\]]+)[)>\]]?", re.IGNORECASE)
_LONGEST_LINK = 200
_MOST_WORDS = 16
#: No entry has so many; they are compared with the words of their line one by one.
_MOST_LINKS = 50


def read_links(line: Line) -> tuple[Link, ...]:
    """Return the links of a line that is nothing but links, else ().

    Parameters
    ----------
    line
        A line with the addresses that its markup gave.

    Examples
    --------
    >>> read_links(Line(1, "> Read the overview report"))
    (Link(text='Read the overview report', url=None),)
    """
    if not line.links and (len(line.text) > _LONGEST_LINK or not _start().match(line.text)):
        return ()
    if len(line.links) > _MOST_LINKS:
        return ()
    if line.links and _without(line.text, [link.text for link in line.links]) == "":
        shown = [link for link in line.links if _is_link(link.text)]
        if shown:
            return line.links
    found: list[Link] = []
    for part in _parts(line.text):
        address = _ADDRESS.search(part)
        text = (part[: address.start()] + part[address.end() :]).strip(" \t:–-") if address else part
        known = next((link.url for link in line.links if link.text == text), None)
        if not (_is_link(text) or (address and not text)):
            return ()
        found.append(Link(text or (address["url"] if address else ""), address["url"] if address else known))
    return tuple(found)


def link_tail(text: str) -> int:
    """Return where a link begins at the end of a line of other text ("… neglect. > Read the report"), or its length."""
    last = text[-_LONGEST_LINK:].rstrip(" .)").rsplit(None, 1)[-1:]
    if not last or last[0].lower() not in _last_words():
        return len(text)
    for found in _tail().finditer(text, max(0, len(text) - _LONGEST_LINK)):
        if _is_link(_MARKS.sub("", text[found.end("before") :].strip(), count=1)):
            return found.end("before")
    return len(text)


def _parts(text: str) -> list[str]:
    parts = [_MARKS.sub("", part.strip(), count=1).strip() for part in re.split(r"[ \t]+[>»›|][ \t]*|[|]", text)]
    return [part for part in parts if part]


def _is_link(text: str) -> bool:
    words = " ".join(text.lower().split()).rstrip(" .:;,")
    if not words or words.count(" ") >= _MOST_WORDS:
        return False
    return _bare().fullmatch(words) is not None or (
        _verb().match(words) is not None and _document().search(words) is not None and ". " not in words
    )


def _without(text: str, parts: list[str]) -> str:
    for part in parts:
        text = text.replace(part, "", 1)
    return text.strip(" \t>»›|,;.()-–and•*")


@cache
def _start() -> re.Pattern[str]:
    """Return what a line of links begins with, so that most lines are passed over quickly."""
    words = word_list("links")
    phrases = alternatives([*words["verbs"], *words["bare"], "the"])
    return re.compile(rf"[>»›→▶•*·‣ \t(<\[-]*(?:{phrases}|https?:|www\.)", re.IGNORECASE)


@cache
def _last_words() -> frozenset[str]:
    words = word_list("links")
    return frozenset(phrase.split()[-1] for phrase in (*words["documents"], *words["bare"], "link", "pdf"))


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(word_list('links')['verbs'])})\b")


@cache
def _document() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(word_list('links')['documents'])})\b")


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"(?:the )?(?:{alternatives(word_list('links')['bare'])})(?: \([^()]*\))?")


@cache
def _tail() -> re.Pattern[str]:
    verbs = alternatives(word_list("links")["verbs"])
    return re.compile(rf"(?P<before>[.;,]?[ \t]+)(?:[>»›]+[ \t]*)?(?=(?:{verbs})[ \t]+the\b|[>»›])", re.IGNORECASE)
