"""A text as folded words with offsets: what the lexicons of the event components look at.

Folding drops case, hyphens and the shape of quotes, so that ``Non–accidental`` and ``non-accidental`` are the
same two words. It never changes an offset: every word knows where it stands in the text as written.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from typing import Self

from reviewnlp.extraction.text import lowered

# A possessive is a word of its own: "mother's partner" is mother + 's + partner.
_WORD = re.compile(r"[^\W_]+|'s\b|\.(?=\d)|[.,;:()'!?/\n]")
_QUOTES = "\u2019\u2018\u02bc`"


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """Folded words of a text; ``starts[i]`` and ``ends[i]`` are the offsets of ``forms[i]`` in ``text``."""

    text: str
    forms: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> Self:
        """Fold a text, or the part of it between two offsets.

        Parameters
        ----------
        text : str
            The text.
        start, end : int, optional
            Offsets of the part to read; offsets of the words count from the beginning of ``text`` all the same.
        """
        low = _folded(text)
        spans = [match.span() for match in _WORD.finditer(low, start, len(text) if end is None else end)]
        return cls(text, [low[a:b] for a, b in spans], [a for a, _ in spans], [b for _, b in spans])

    def __len__(self) -> int:
        return len(self.forms)

    def index(self, offset: int) -> int:
        """Return the number of the first word that starts at or after a character offset."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets of the words ``first`` up to, not including, ``last``."""
        return self.starts[first], self.ends[last - 1]


def _folded(text: str) -> str:
    low = lowered(text)
    for quote in _QUOTES:
        low = low.replace(quote, "'")
    return low
