"""What is known of the terms before anything is learned: their phrases and the circumstances that speak for them.

Labels and entry terms come from the vocabulary, cue phrases from ``data/cues.toml``, circumstances from
``data/circumstances.toml``. A vocabulary of one's own works without cues: those of unknown terms are left out.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from reviewnlp.errors import ConfigError
from reviewnlp.resources import shipped
from reviewnlp.suggestion.phrases import PhraseIndex, Step, plain_phrase, read_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from reviewnlp.vocabulary import Vocabulary

#: The kinds of phrase, in the order of every array over them.
KINDS = ("label", "entry", "strong", "weak")
LABEL, ENTRY, STRONG, WEAK = range(len(KINDS))
CIRCUMSTANCE = len(KINDS)

_QUALIFIER = re.compile(r"\s*\[[^\]]*\]")


@dataclasses.dataclass(frozen=True)
class Circumstances:
    """How circumstances are told: names, age bands in months, and where each phrase may stand.

    ``scopes`` has for each circumstance phrase its circumstance and its scope (``without_age``, ``opening``,
    ``account`` or ``anywhere``); the phrases themselves stand at the end of :attr:`Knowledge.phrases`.
    """

    names: tuple[str, ...]
    ages: dict[str, tuple[float, float]]
    scopes: tuple[tuple[str, str], ...]
    absent: dict[str, str]


@dataclasses.dataclass(frozen=True)
class Knowledge:
    """Phrases with their kind and target (position of the term, or of the circumstance), and the terms' facts.

    ``supports`` and ``opposes`` have for each term the sets of circumstances that together speak for it, and the
    circumstances that each speak against it.
    """

    phrases: tuple[tuple[Step, ...], ...]
    kinds: tuple[int, ...]
    targets: tuple[int, ...]
    supports: tuple[tuple[frozenset[str], ...], ...]
    opposes: tuple[frozenset[str], ...]
    circumstances: Circumstances
    index: PhraseIndex = dataclasses.field(repr=False, compare=False)

    def spoken_for(self, reviews: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
        """Return for which terms the circumstances of reviews speak, (n, n_terms)."""
        which, sets, sizes = self._supports
        together = self._holding(reviews) @ sets == sizes
        out = np.zeros((len(reviews), len(self.supports)), dtype=bool)
        review, place = np.nonzero(together)
        out[review, which[place]] = True
        return out

    def spoken_against(self, reviews: Sequence[frozenset[str]]) -> NDArray[np.float32]:
        """Return how many of the circumstances of reviews speak against each term, (n, n_terms)."""
        return self._holding(reviews) @ self._opposes

    def _holding(self, reviews: Sequence[frozenset[str]]) -> NDArray[np.float32]:
        return np.array([[name in facts for name in self.circumstances.names] for facts in reviews], dtype=np.float32)

    @cached_property
    def _supports(self) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.float32]]:
        """The terms of all sets of circumstances, the sets (n_names, n_sets) of 0 and 1, and their sizes."""
        which = [(term, together) for term, sets in enumerate(self.supports) for together in sets]
        sets = self._members([together for _, together in which])
        return np.array([term for term, _ in which], dtype=np.intp), sets, sets.sum(axis=0)

    @cached_property
    def _opposes(self) -> NDArray[np.float32]:
        return self._members(self.opposes)

    def _members(self, sets: Sequence[frozenset[str]]) -> NDArray[np.float32]:
        out = [[name in one for one in sets] for name in self.circumstances.names]
        return np.array(out, dtype=np.float32).reshape(len(self.circumstances.names), len(sets))


def read_knowledge(vocabulary: Vocabulary, cues: Path | None = None, circumstances: Path | None = None) -> Knowledge:
    """Read what is known of the terms of a vocabulary.

    Parameters
    ----------
    vocabulary
        The terms.
    cues, circumstances
        Files of the form of ``data/cues.toml`` and ``data/circumstances.toml``, which are the default.

    Raises
    ------
    ConfigError
        A file cannot be read, or a phrase or a circumstance in it is wrong.
    """
    return parse_knowledge(
        vocabulary,
        _read(cues or shipped("data", "cues.toml")),
        _read(circumstances or shipped("data", "circumstances.toml")),
    )


def parse_knowledge(vocabulary: Vocabulary, cues: str, circumstances: str) -> Knowledge:
    """Make knowledge of the contents of the two files; see :func:`read_knowledge`."""
    written = _parse(cues, "cues")
    told = _parse(circumstances, "circumstances")
    groups = written.pop("groups", {})
    phrases: list[tuple[Step, ...]] = []
    kinds: list[int] = []
    targets: list[int] = []

    def add(phrase: tuple[Step, ...], kind: int, target: int) -> None:
        if phrase:
            phrases.append(phrase)
            kinds.append(kind)
            targets.append(target)

    for position, term in enumerate(vocabulary.terms):
        add(plain_phrase(_QUALIFIER.sub("", term.label)), LABEL, position)
        for entry in term.entry_terms:
            add(plain_phrase(entry), ENTRY, position)
        for kind, key in ((STRONG, "strong"), (WEAK, "weak")):
            for phrase in written.get(term.label, {}).get(key, ()):
                add(read_phrase(phrase, groups), kind, position)
    found = _circumstances(told)
    for number, phrase in enumerate(_circumstance_phrases(told)):
        add(read_phrase(phrase, groups), CIRCUMSTANCE, number)
    supports, opposes = [], []
    for term in vocabulary.terms:
        entry_ = written.get(term.label, {})
        supports.append(tuple(frozenset(facts.split()) for facts in entry_.get("facts", ())))
        opposes.append(frozenset(entry_.get("against", ())))
    unknown = {name for facts in (*sum(supports, ()), *opposes) for name in facts} - set(found.names)
    if unknown:
        raise ConfigError(f"the cues name unknown circumstances: {', '.join(sorted(unknown))}")
    return Knowledge(
        tuple(phrases),
        tuple(kinds),
        tuple(targets),
        tuple(supports),
        tuple(opposes),
        found,
        PhraseIndex(phrases),
    )


_SCOPES = ("without_age", "opening", "account", "anywhere")


def _circumstances(told: dict[str, Any]) -> Circumstances:
    scopes = tuple((name, scope) for scope in _SCOPES for name, phrases in told.get(scope, {}).items() for _ in phrases)
    ages = {name: (float(low), float(high)) for name, (low, high) in told.get("ages", {}).items()}
    absent = dict(told.get("absent", {}))
    names = dict.fromkeys([*ages, *(name for name, _ in scopes), *absent])
    return Circumstances(tuple(names), ages, scopes, absent)


def _circumstance_phrases(told: dict[str, Any]) -> list[str]:
    return [phrase for scope in _SCOPES for phrases in told.get(scope, {}).values() for phrase in phrases]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _parse(text: str, what: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"the file of {what} is no TOML: {error}") from error
