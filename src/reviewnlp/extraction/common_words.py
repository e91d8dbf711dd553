"""Words that an entry writes without a capital somewhere, and that are therefore no names."""

from __future__ import annotations

import re

_ALNUM = re.compile(r"[^\W_]+")


class CommonWords:
    """The words, and runs of words, that stand anywhere in a text in lower case.

    Examples
    --------
    >>> words = CommonWords("Grace said grace before dinner.")
    >>> "Grace" in words, "Grace Said" in words
    (True, False)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}
        self._runs: dict[int, frozenset[str]] = {}

    def __contains__(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self._stands_there(word.lower())
        return self._known[word]

    def _stands_there(self, low: str) -> bool:
        parts = _ALNUM.findall(low)
        if len(parts) > 1 and not all(part in self._parts(1) for part in parts):
            return False
        return low in self._parts(len(parts))

    def _parts(self, number: int) -> frozenset[str]:
        """Return what so many words in a row make anywhere in the text: asking for each anew would take long."""
        if number not in self._runs:
            spans = [match.span() for match in _ALNUM.finditer(self._text)]
            ends = (end for _, end in spans[number - 1 :])
            self._runs[number] = frozenset(self._text[start:end] for (start, _), end in zip(spans, ends, strict=False))
        return self._runs[number]
