"""One entry as the components see it: its text, its parts, and what has been found in it so far."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

from reviewnlp.extraction.common_words import CommonWords
from reviewnlp.extraction.text import Sentence, Word, lowered, sentences, words
from reviewnlp.reading.titles import read_title

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


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
        return lowered(self.text)

    @cached_property
    def common(self) -> CommonWords:
        """The words that stand anywhere in the entry in lower case."""
        return CommonWords(self.text)

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
