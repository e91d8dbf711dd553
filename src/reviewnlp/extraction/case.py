"""One entry as the components see it: its text, its parts, and what has been found in it so far."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

from reviewnlp.extraction.text import Sentence, Word, sentences, words
from reviewnlp.reading.titles import read_title

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")

_ALNUM = re.compile(r"[^\W_]+")


class Case:
    r"""The text of one entry, split once, and the results of finders, each computed once.

    Parameters
    ----------
    text
        The text in scope.
    title
        Whether the text opens with a title line; None to look.
    case_name
        The case name of the title, when a reader has told it; else it is read from the title line.

    Examples
    --------
    >>> case = Case("Death of a baby aged 3 weeks. She was loved.\nLearning: safe sleep.")
    >>> [case.text[s.start : s.end] for s in case.narrative]
    ['Death of a baby aged 3 weeks.', 'She was loved.']
    """

    def __init__(self, text: str, *, title: bool | None = None, case_name: str | None = None) -> None:
        self.text = text
        self._title = title
        self._case_name = case_name
        self._common: dict[str, bool] = {}
        self._runs: dict[int, frozenset[str]] = {}
        self._found: dict[object, object] = {}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the entry, the title line first."""
        return tuple(sentences(self.text, title=self._title))

    @cached_property
    def title(self) -> Sentence | None:
        """The title line, if there is one."""
        first = self.sentences[0] if self.sentences else None
        return first if first and first.part == "title" else None

    @cached_property
    def narrative(self) -> tuple[Sentence, ...]:
        """The sentences that tell the case: all but the title, learning and recommendations."""
        return tuple(s for s in self.sentences if s.part not in ("practice", "title"))

    @cached_property
    def case_name(self) -> str | None:
        """The last part of the title line, such as "Child A"; None when there is none."""
        if self._case_name or self.title is None:
            return self._case_name
        title = read_title(self.text[self.title.start : self.title.end])
        return title.case_name if title else None

    @property
    def case_name_start(self) -> int:
        """Where the case name stands in the title line."""
        if not self.case_name or self.title is None:
            return 0
        return max(0, self.text.rfind(self.case_name, 0, self.title.end))

    @cached_property
    def practice_start(self) -> int:
        """Where learning and recommendations begin, or the length of the text."""
        return next((s.start for s in self.sentences if s.part == "practice"), len(self.text))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the narrative."""
        return tuple(word for s in self.narrative for word in words(self.text, s.start, s.end))

    @cached_property
    def lower(self) -> str:
        """The text in lower case, each character where it was: what patterns are searched in."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)

    def is_common(self, word: str) -> bool:
        """Say whether a word stands anywhere in the entry in lower case, and so is no name."""
        if word not in self._common:
            self._common[word] = self._stands_in_lower_case(word.lower())
        return self._common[word]

    def _stands_in_lower_case(self, low: str) -> bool:
        parts = _ALNUM.findall(low)
        if len(parts) > 1 and not all(part in self._parts(1) for part in parts):
            return False
        return low in self._parts(len(parts))

    def _parts(self, number: int) -> frozenset[str]:
        """Return what so many words in a row make anywhere in the text: asking for each anew would take long."""
        if number not in self._runs:
            spans = [match.span() for match in _ALNUM.finditer(self.text)]
            ends = (end for _, end in spans[number - 1 :])
            self._runs[number] = frozenset(self.text[start:end] for (start, _), end in zip(spans, ends, strict=False))
        return self._runs[number]

    def once(self, finder: Callable[[Case], Found]) -> Found:
        """Return ``finder(self)``, computed at the first call: how one finder uses what another found."""
        try:
            return self._found[finder]  # type: ignore[return-value]
        except KeyError:
            result = self._found[finder] = finder(self)
            return result


@lru_cache(maxsize=4)
def read_case(text: str, *, title: bool | None = None, case_name: str | None = None) -> Case:
    """Return the case of a text; the same object for the same text, so that components share its results."""
    return Case(text, title=title, case_name=case_name)
