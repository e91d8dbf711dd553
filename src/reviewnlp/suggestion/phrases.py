"""Phrases that are looked for in clauses, all in one pass over their words.

A phrase is written as in ``data/cues.toml``: words compared by stem, ``a|b`` for either, ``word*`` for any word so
begun, ``@name`` for a group of words, ``~`` for up to six words in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.errors import ConfigError
from reviewnlp.suggestion.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewnlp.suggestion.clauses import Clause

GAP = 6


class Step(NamedTuple):
    """One word of a phrase: the stems that fit it, and whether other words may stand before it."""

    stems: frozenset[str]
    after_gap: bool


class Hit(NamedTuple):
    """A phrase found: its number, the clause, and the words from ``first`` up to ``last`` (exclusive)."""

    phrase: int
    clause: int
    first: int
    last: int


class PhraseIndex:
    """Finds many phrases at once.

    Parameters
    ----------
    phrases
        The phrases, each a sequence of steps; :attr:`Hit.phrase` counts them from 0.
    """

    def __init__(self, phrases: Sequence[tuple[Step, ...]]) -> None:
        # One word; two words side by side, then more; a gap after the first word: most places need one look-up.
        self._single: dict[str, list[int]] = {}
        self._pairs: dict[tuple[str, str], list[tuple[int, tuple[Step, ...]]]] = {}
        self._gapped: dict[str, list[tuple[int, tuple[Step, ...]]]] = {}
        for number, (first, *rest) in enumerate(phrases):
            for stem in sorted(first.stems):
                if not rest:
                    self._single.setdefault(stem, []).append(number)
                elif rest[0].after_gap:
                    self._gapped.setdefault(stem, []).append((number, tuple(rest)))
                else:
                    for second in sorted(rest[0].stems):
                        self._pairs.setdefault((stem, second), []).append((number, tuple(rest[1:])))
        begun = {stem for phrase in phrases for step in phrase for stem in step.stems if stem.endswith("*")}
        self._prefixes = tuple(sorted(stem[:-1] for stem in begun))
        self._forms: dict[str, tuple[str, ...]] = {}

    def find(self, clauses: Sequence[Clause]) -> list[Hit]:
        """Return all hits, also overlapping ones, in the order of the text."""
        return [hit for number, clause in enumerate(clauses) for hit in self._in_clause(number, clause)]

    def _in_clause(self, number: int, clause: Clause) -> Iterator[Hit]:
        forms = [self._forms_of(word.stem) for word in clause.words]
        present = {form for written in forms for form in written}
        for first, written in enumerate(forms):
            following = forms[first + 1] if first + 1 < len(forms) else ()
            for form in written:
                for phrase in self._single.get(form, ()):
                    yield Hit(phrase, number, first, first + 1)
                for second in following:
                    for phrase, rest in self._pairs.get((form, second), ()):
                        last = _follow(forms, first + 2, rest) if rest else first + 2
                        if last:
                            yield Hit(phrase, number, first, last)
                for phrase, rest in self._gapped.get(form, ()):
                    if not present.isdisjoint(rest[0].stems):
                        last = _follow(forms, first + 1, rest)
                        if last:
                            yield Hit(phrase, number, first, last)

    def _forms_of(self, stem: str) -> tuple[str, ...]:
        forms = self._forms.get(stem)
        if forms is None:
            forms = (stem, *(f"{prefix}*" for prefix in self._prefixes if stem.startswith(prefix)))
            self._forms[stem] = forms
        return forms


def read_phrase(written: str, groups: Mapping[str, str] | None = None) -> tuple[Step, ...]:
    """Return the steps of a written phrase.

    Raises
    ------
    ConfigError
        It has no word, or names a group that is not there.

    Examples
    --------
    >>> [sorted(step.stems) for step in read_phrase("missed ~ appointments|visits")]
    [['miss'], ['appointment', 'visit']]
    """
    steps: list[Step] = []
    gap = False
    for part in written.replace("-", " ").split():
        if part == "~":
            gap = True
        else:
            steps.append(Step(frozenset(_stems(part, groups or {}, written)), gap))
            gap = False
    if not steps:
        raise ConfigError(f"the phrase {written!r} has no word")
    return tuple(steps)


def plain_phrase(words: str) -> tuple[Step, ...]:
    """Return the steps of words that must stand side by side, such as a term's label."""
    return tuple(Step(frozenset((word.stem,)), False) for word in words_of(words.lower()))


def _stems(part: str, groups: Mapping[str, str], phrase: str) -> Iterable[str]:
    for word in part.split("|"):
        if word.startswith("@"):
            if word[1:] not in groups:
                raise ConfigError(f"the phrase {phrase!r} names the group {word}, which is not defined")
            yield from _stems(groups[word[1:]], groups, phrase)
        elif word.endswith("*"):
            yield word.lower()
        else:
            yield from (found.stem for found in words_of(word.lower()))


def _follow(forms: Sequence[tuple[str, ...]], position: int, rest: tuple[Step, ...]) -> int:
    """Return the end of a phrase whose remaining steps fit from ``position``, or 0: the nearest fit counts."""
    for stems, after_gap in rest:
        stop = min(len(forms), position + (GAP + 1 if after_gap else 1))
        while position < stop and stems.isdisjoint(forms[position]):
            position += 1
        if position >= stop:
            return 0
        position += 1
    return position
