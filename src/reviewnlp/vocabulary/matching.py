"""Finds the term that a raw keyword stands for: exact, variant, typo or unknown.

A variant has the same words after punctuation, number, order and small words are set aside. A typo is a form
within a few keystrokes, guarded: a word that is spelt correctly is never taken for a slip of another word, so
that `foster care` does not become `foster carers`; only a rare word a keystroke from a common one is (`mental
heath`). Word frequencies are those of pyspellchecker.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reviewnlp.records import Keyword

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SPACE = re.compile(r"\s+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_NOT_WORD = re.compile(r"[^\w']+")
_POSSESSIVE = re.compile(r"'s?(?= |$)")

LONGEST = 120
"""Characters; a raw keyword longer than this is a sentence, and no typo is looked for in it."""

RARER = 50
"""How many times rarer than its neighbour a correctly spelt word must be to pass for a slip of it."""


class Matcher:
    """Matches raw keywords to terms.

    Parameters
    ----------
    entry_terms
        The preferred label of each term, with its entry terms.
    """

    def __init__(self, entry_terms: Mapping[str, Iterable[str]]) -> None:
        labels = list(entry_terms)
        forms = [(form, label) for label in labels for form in (label, *entry_terms[label])]
        self._exact = {_fold(label): label for label in labels}
        # Later tables are asked only when earlier ones are silent; a form that leads to two terms leads to none.
        self._variants = [
            _unambiguous((key(form), label) for form, label in group)
            for group in ([(label, label) for label in labels], forms)
            for key in (_plain, _joined, _bag)
        ]
        self._plain = _unambiguous((_plain(form), label) for form, label in forms)
        self._words = {word for form in self._plain for word in form.split()}
        self._seen: dict[str, Keyword] = {}

    def match(self, raw: str) -> Keyword:
        """Return ``raw`` (stripped) with its term; see :meth:`Vocabulary.match`."""
        raw = raw.strip()
        if raw not in self._seen:
            if len(self._seen) > 100_000:
                self._seen.clear()
            self._seen[raw] = self._find(raw)
        return self._seen[raw]

    def _find(self, raw: str) -> Keyword:
        label = self._exact.get(_fold(raw))
        if label:
            return Keyword(raw, label, "exact")
        keys = {key: key(raw) for key in (_plain, _joined, _bag)}
        for position, table in enumerate(self._variants):
            label = table.get(keys[(_plain, _joined, _bag)[position % 3]])
            if label:
                return Keyword(raw, label, "variant")
        label = self._typo(keys[_plain]) if len(raw) <= LONGEST else None
        return Keyword(raw, label, "typo") if label else Keyword(raw)

    def _typo(self, plain: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 0 if len(plain) < 5 else 1 if len(plain) < 8 else 2 if len(plain) < 16 else 3
        near = process.extract(plain, self._plain.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=10)
        best: dict[int, set[str]] = {}
        for form, distance, _ in near:
            if self._is_slip(plain, form):
                best.setdefault(int(distance), set()).add(self._plain[form])
        if best:
            nearest = best[min(best)]
            return nearest.pop() if len(nearest) == 1 else None
        return self._left_out(plain)

    def _is_slip(self, plain: str, form: str) -> bool:
        """Tell whether every word of ``plain`` that ``form`` lacks is likelier a slip than a word of its own."""
        odd = [word for word in plain.split() if word not in form.split()]
        meant = [word for word in form.split() if word not in plain.split()]
        if not odd or any(word in self._words or word.isdigit() for word in odd):
            return False
        english = _english()
        if not any(word in english for word in odd):
            return True
        return len(odd) == len(meant) == 1 and " " in form and _is_rarer_neighbour(odd[0], meant[0])

    def _left_out(self, plain: str) -> str | None:
        """Return the one term whose long label has all the words of ``plain``, in order, and one more."""
        words = plain.split()
        if len(words) < 5:
            return None
        found = {
            label
            for form, label in self._plain.items()
            if len(longer := form.split()) == len(words) + 1
            and any(longer[:i] + longer[i + 1 :] == words for i in range(len(longer)))
        }
        return found.pop() if len(found) == 1 else None


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    twice = set()
    for key, label in pairs:
        if table.setdefault(key, label) != label:
            twice.add(key)
    return {key: label for key, label in table.items() if key and key not in twice}


@cache
def _rules() -> tuple[frozenset[str], dict[str, str], list[tuple[str, str]]]:
    rules = tomllib.loads(files("reviewnlp.vocabulary").joinpath("word_forms.toml").read_text("utf-8"))
    one_form = {**rules["irregular"], **rules["american"]}
    return frozenset(rules["small_words"]), one_form, [tuple(pair) for pair in rules["endings"]]


@cache
def _english() -> Mapping[str, int]:
    """How often each English word is met in running text."""
    from spellchecker import SpellChecker

    frequencies: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return frequencies


def _is_rarer_neighbour(odd: str, meant: str) -> bool:
    """Tell whether a rare word ("heath") stands for a common one a keystroke away ("health").

    An inflection or derivation ("abuser" beside "abuse") is a word of its own.
    """
    from rapidfuzz.distance import OSA

    if len(odd) < 4 or odd.startswith(meant) or meant.startswith(odd) or OSA.distance(odd, meant) > 1:
        return False
    return _english().get(odd, 1) * RARER <= _english().get(meant, 0)


def _fold(form: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", form)).strip().casefold()


def _plain(form: str) -> str:
    """Words in lower case, without accents or punctuation."""
    letters = unicodedata.normalize("NFKD", _fold(form).replace("&", " and "))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", _POSSESSIVE.sub("s", _APOSTROPHE.sub("'", letters))).replace("'", "").strip()


def _joined(form: str) -> str:
    """Letters alone, so that `new-born`, `new born` and `newborn` are one."""
    return _plain(form).replace(" ", "")


def _bag(form: str) -> str:
    """Words in the singular and in alphabetical order, without small words."""
    small = _rules()[0]
    return " ".join(sorted(_singular(word) for word in _plain(form).split() if word not in small))


def _singular(word: str) -> str:
    _, one_form, endings = _rules()
    if word in one_form:
        return one_form[word]
    for plural, singular in endings:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + singular
    return word
