"""Phrases that are looked for in clauses, all in one pass over their words.

A phrase is written as in ``data/cues.toml``: words compared by stem, ``a|b`` for either, ``word*`` for any word so
begun, ``@name`` for a group of words, ``~`` for up to six words in between.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.errors import ConfigError
from reviewnlp.suggestion.words import stems_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewnlp.suggestion.clauses import Clause

GAP = 6
_KEPT = 100_000


class Step(NamedTuple):
    """One word of a phrase: the stems that fit it, and whether other words may stand before it."""

    stems: frozenset[str]
    after_gap: bool


#: A phrase found: its number, the clause, the first of its words and the one after its last.
Hit = tuple[int, int, int, int]


class _Begun(NamedTuple):
    """The phrases that begin with a word: those of one word, of two side by side by the second, then after a gap."""

    single: list[int]
    pairs: dict[str, list[tuple[int, tuple[Step, ...]]]]
    gapped: list[tuple[int, tuple[Step, ...]]]


class _Word(NamedTuple):
    """A word as phrases see it: its stem and the beginnings of it that phrases ask for, and what begins with these."""

    forms: tuple[str, ...]
    begun: tuple[_Begun, ...]


class PhraseIndex:
    """Finds many phrases at once.

    Parameters
    ----------
    phrases
        The phrases, each a sequence of steps; a :data:`Hit` counts them from 0.
    """

    def __init__(self, phrases: Sequence[tuple[Step, ...]]) -> None:
        self._begun: dict[str, _Begun] = {}
        for number, (first, *rest) in enumerate(phrases):
            for stem in sorted(first.stems):
                begun = self._begun.setdefault(stem, _Begun([], {}, []))
                if not rest:
                    begun.single.append(number)
                elif rest[0].after_gap:
                    begun.gapped.append((number, tuple(rest)))
                else:
                    for second in sorted(rest[0].stems):
                        begun.pairs.setdefault(second, []).append((number, tuple(rest[1:])))
        beginnings = {stem for phrase in phrases for step in phrase for stem in step.stems if stem.endswith("*")}
        self._prefixes = tuple(sorted(stem[:-1] for stem in beginnings))
        self._words: dict[str, _Word] = {}

    def find(self, clauses: Sequence[Clause]) -> list[Hit]:
        """Return all hits, also overlapping ones, in the order of the text."""
        if len(self._words) > _KEPT:
            self._words.clear()
        hits: list[Hit] = []
        for number, clause in enumerate(clauses):
            self._find_in(clause.stems, number, hits)
        return hits

    def _find_in(self, stems: Sequence[str], number: int, hits: list[Hit]) -> None:
        known = self._words
        words = [known.get(stem) or self._look_up(stem) for stem in stems]
        forms = [word.forms for word in words]
        present = set(itertools.chain.from_iterable(forms))
        for first, word in enumerate(words):
            for single, pairs, gapped in word.begun:
                if single:
                    hits += [(phrase, number, first, first + 1) for phrase in single]
                if pairs and first + 1 < len(forms):
                    for second in forms[first + 1]:
                        for phrase, rest in pairs.get(second, ()):
                            # Most phrases fail by a word that is nowhere in the clause.
                            if not rest:
                                hits.append((phrase, number, first, first + 2))
                            elif not present.isdisjoint(rest[0].stems):
                                last = _follow(forms, first + 2, rest)
                                if last:
                                    hits.append((phrase, number, first, last))
                for phrase, rest in gapped:
                    if not present.isdisjoint(rest[0].stems):
                        last = _follow(forms, first + 1, rest)
                        if last:
                            hits.append((phrase, number, first, last))

    def _look_up(self, stem: str) -> _Word:
        """Return what is known of a word; kept, since words recur."""
        forms = (stem, *(f"{prefix}*" for prefix in self._prefixes if stem.startswith(prefix)))
        word = _Word(forms, tuple(self._begun[form] for form in forms if form in self._begun))
        self._words[stem] = word
        return word


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
    return tuple(Step(frozenset((stem,)), False) for stem in stems_of(words))


def _stems(part: str, groups: Mapping[str, str], phrase: str) -> Iterable[str]:
    for word in part.split("|"):
        if word.startswith("@"):
            if word[1:] not in groups:
                raise ConfigError(f"the phrase {phrase!r} names the group {word}, which is not defined")
            yield from _stems(groups[word[1:]], groups, phrase)
        elif word.endswith("*"):
            yield word.lower()
        else:
            yield from stems_of(word)


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
