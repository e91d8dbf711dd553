"""The vocabulary in memory: terms with their entry terms and relations, and themes."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import TYPE_CHECKING

from reviewnlp.errors import VocabularyError
from reviewnlp.records import Record
from reviewnlp.vocabulary.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewnlp.records import Keyword


@dataclasses.dataclass(frozen=True)
class Term(Record):
    """A concept of the vocabulary.

    ``label`` is the preferred form, ``entry_terms`` the other forms that lead to it, ``broader`` and ``related``
    the labels of other terms, ``note`` the scope note, ``themes`` the ids of the themes that it belongs to.
    """

    label: str
    entry_terms: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    note: str = ""
    themes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Theme(Record):
    """A broad group of terms; a review has a theme when one of its terms has it."""

    id: str
    name: str
    scope: str = ""


@dataclasses.dataclass(frozen=True)
class Vocabulary(Record):
    """A controlled vocabulary.

    Parameters
    ----------
    terms
        All terms, in the order of every array over terms.
    themes
        All themes, in the order of every array over themes.

    Raises
    ------
    VocabularyError
        Two terms have the same label, or a term names a broader or related term or a theme that is not there.

    Examples
    --------
    >>> vocabulary = Vocabulary((Term("infant deaths", entry_terms=("cot death",)), Term("twins")))
    >>> vocabulary.match("Infant death").term
    'infant deaths'
    >>> "twins" in vocabulary, vocabulary.position("twins")
    (True, 1)
    """

    terms: tuple[Term, ...]
    themes: tuple[Theme, ...] = ()

    def __post_init__(self) -> None:
        themes = {theme.id for theme in self.themes}
        if len(self._positions) < len(self.terms):
            labels = [term.label for term in self.terms]
            twice = sorted({label for label in labels if labels.count(label) > 1})
            raise VocabularyError(f"each label must be there once; these are there twice: {', '.join(twice)}")
        for term in self.terms:
            for other in (*term.broader, *term.related):
                if other not in self._positions:
                    raise VocabularyError(f"{term.label!r} refers to {other!r}, which is no term of the vocabulary")
            for theme in term.themes:
                if theme not in themes:
                    raise VocabularyError(f"{term.label!r} has the theme {theme!r}, which is not defined")

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {term.label: position for position, term in enumerate(self.terms)}

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher({term.label: term.entry_terms for term in self.terms})

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, label: object) -> bool:
        return label in self._positions

    def __getitem__(self, label: str) -> Term:
        return self.terms[self.position(label)]

    def position(self, label: str) -> int:
        """Return the place of a term in :attr:`terms`, counted from 0.

        Raises
        ------
        VocabularyError
            No term has this preferred label; the message names the term that was probably meant.
        """
        try:
            return self._positions[label]
        except KeyError:
            meant = self.match(label).term
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise VocabularyError(f"{label!r} is no term of the vocabulary{hint}") from None

    def match(self, raw: str) -> Keyword:
        """Return the term for a keyword as somebody wrote it, and how it was found.

        Parameters
        ----------
        raw
            The keyword, white space around it allowed.

        Returns
        -------
        Keyword
            ``match`` is ``exact`` after case folding; ``variant`` when punctuation, number, word order or small
            words differ or it is an entry term; ``typo`` when a slip of the keyboard is the likeliest account of
            it; else ``unknown`` with no term.
        """
        return self._matcher.match(raw)

    def themes_of(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the themes that any of the terms has, in the order of :attr:`themes`."""
        held = {theme for label in labels for theme in self[label].themes}
        return tuple(theme.id for theme in self.themes if theme.id in held)
