"""Slips of the keyboard: a form within a few keystrokes of another, guarded by what English words there are.

A word that is spelt correctly is never taken for a slip of another word, so that `foster care` does not become
`foster carers`; only a rare word a keystroke from a common one is (`mental heath`). Word frequencies are those of
pyspellchecker.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

RARER = 50
"""How many times rarer than its neighbour a correctly spelt word must be to pass for a slip of it."""


def intended(written: str, forms: Collection[str], words: Collection[str]) -> list[str]:
    """Return the forms that a misspelt one was probably meant to be, the nearest alone.

    Parameters
    ----------
    written
        The form to explain, as :func:`~reviewnlp.vocabulary.forms.plain` gives it.
    forms
        The forms that it may stand for, plain too.
    words
        Words of the field that are known to be spelt correctly.

    Returns
    -------
    list of str
        Empty when no slip accounts for it; several when they are equally near.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 0 if len(written) < 5 else 1 if len(written) < 8 else 2 if len(written) < 16 else 3
    near = process.extract(written, forms, scorer=OSA.distance, score_cutoff=allowed, limit=10)
    slips = [(distance, form) for form, distance, _ in near if _is_slip(written, form, words)]
    nearest = min(slips)[0] if slips else None
    return [form for distance, form in slips if distance == nearest]


def correctly_spelt(word: str) -> bool:
    """Tell whether a word, in lower case, is met in English text."""
    return word in _english()


def _is_slip(written: str, form: str, words: Collection[str]) -> bool:
    """Tell whether every word of ``written`` that ``form`` lacks is likelier a slip than a word of its own."""
    odd = [word for word in written.split() if word not in form.split()]
    meant = [word for word in form.split() if word not in written.split()]
    if not odd or any(word in words or word.isdigit() for word in odd):
        return False
    english = _english()
    if not any(word in english for word in odd):
        return True
    return len(odd) == len(meant) == 1 and " " in form and _is_rarer_neighbour(odd[0], meant[0])


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
