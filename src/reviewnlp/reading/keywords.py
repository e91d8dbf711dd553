"""Subject keywords of an entry: found by their label or by the vocabulary, parted, matched to their terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewnlp.reading.wordlists import word_list
from reviewnlp.records import Keyword

if TYPE_CHECKING:
    from reviewnlp.vocabulary import Vocabulary

_LABEL = re.compile(
    r"[*_]{0,2}(?:subject )?(?:key[ -]?words?|subject terms?|subject headings?|index terms?)(?: include| are)?[*_]{0,2}"
    r"(?:[ \t]*[:;=][*_]{0,2}|[ \t]+[–—-](?=[ \t])|[*_]{0,2}$)[ \t]*",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?<=[.;:!?)\"”’ ])[ \t]*(?=(?:Subject )?Key[ -]?words?[ \t]?:)")
_PART = re.compile(r"[,;][ \t\n]*|\n")
_MOST_PARTS = 4
_LONGEST_LINE = 400
_LONGEST_RAW = 120
_OPENING = 4
_MOST_KEYWORDS = 300


def keyword_label(text: str) -> int:
    """Return how long the label "Keywords:" at the head of a line is, 0 where there is none."""
    if text[:1] not in "KkSsIi*_":
        return 0
    found = _LABEL.match(text)
    return found.end() if found else 0


def inner_label(text: str) -> int:
    """Return where "Keywords:" stands inside a paragraph (the last one), or -1."""
    if "word" not in text:
        return -1
    return max((found.end() for found in _INSIDE.finditer(text)), default=-1)


class KeywordReader:
    """Parts a line of keywords and matches each to its term.

    Parameters
    ----------
    vocabulary
        The terms to match to.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        forms = (form for term in vocabulary.terms for form in (term.label, *term.entry_terms) if "," in form)
        self._openings = frozenset(form[:_OPENING].lower() for form in forms)

    def read(self, text: str) -> tuple[Keyword, ...]:
        """Read the keywords of a line without its label.

        Commas, semicolons and line ends part them, but not inside brackets nor inside a term of the vocabulary that
        has a comma of its own; a full stop at the end falls away. No terms are looked for in a line of hundreds.
        """
        parts = _parts(_unbracketed(text))
        if len(parts) > _MOST_KEYWORDS:
            return tuple(map(Keyword, parts))
        found: list[Keyword] = []
        position = 0
        while position < len(parts):
            with_comma = self._with_comma(parts, position)
            found.append(with_comma or self.match(parts[position]))
            position += with_comma.raw.count(", ") + 1 if with_comma else 1
        return tuple(found)

    def looks_like_keywords(self, line: str) -> bool:
        """Say whether a line without a label is a list of keywords: short, and half or more of its parts are terms."""
        if len(line) > _LONGEST_LINE or ". " in line or ":" in line or line[-1:] in "?!":
            return False
        keywords = self.read(line)
        never = word_list("keywords")["never_first"]
        if not keywords or any(keyword.raw.split(None, 1)[0].lower() in never for keyword in keywords):
            return False
        known = sum(keyword.term is not None for keyword in keywords)
        if len(keywords) == 1:
            return keywords[0].match in ("exact", "variant") and line[-1:] != "."
        short = all(keyword.raw.count(" ") < 6 for keyword in keywords)
        return short and (2 * known >= len(keywords) or (known > 0 and len(keywords) >= 3 and line == line.lower()))

    def match(self, raw: str) -> Keyword:
        """Match one raw keyword to its term."""
        return self._vocabulary.match(raw) if len(raw) <= _LONGEST_RAW else Keyword(raw)

    def _with_comma(self, parts: list[str], position: int) -> Keyword | None:
        """Match the parts from ``position`` on as one term that has commas, the longest first."""
        if parts[position][:_OPENING].lower() not in self._openings:
            return None
        for stop in range(min(position + _MOST_PARTS, len(parts)), position + 1, -1):
            keyword = self.match(", ".join(parts[position:stop]))
            if keyword.term and "," in keyword.term:
                return keyword
        return None


def _unbracketed(text: str) -> str:
    """Take away the one pair of square brackets that some pages put around the whole list."""
    inner = text.strip().rstrip(".")
    whole = inner[:1] == "[" and inner[-1:] == "]" and not set("[]") & set(inner[1:-1])
    return inner[1:-1] if whole else text


def _parts(text: str) -> list[str]:
    """Part a line at commas and semicolons outside closed brackets."""
    if "[" not in text and "(" not in text:
        return _stripped(_PART.split(text))
    parts, start = [], 0
    closed = text.count("[") == text.count("]") and text.count("(") == text.count(")")
    depth, seen = 0, 0
    for found in _PART.finditer(text):
        if closed:
            between = text[seen : found.start()]
            depth += between.count("[") + between.count("(") - between.count("]") - between.count(")")
            seen = found.start()
            if depth > 0:
                continue
        parts.append(text[start : found.start()])
        start = found.end()
    parts.append(text[start:])
    return _stripped(parts)


def _stripped(parts: list[str]) -> list[str]:
    stripped = (part.strip(" \t*_•").removeprefix("and ") for part in parts)
    return [part for part in (part.rstrip(" .") if not part.endswith("..") else part for part in stripped) if part]
