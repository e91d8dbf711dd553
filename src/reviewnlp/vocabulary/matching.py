"""Finds the term that a raw keyword stands for: exact, variant, typo or unknown.

A variant has the same words after punctuation, number, order and small words are set aside; a typo is a slip of
the keyboard, or one word left out of a long term.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.records import Keyword
from reviewnlp.vocabulary.forms import bag, folded, joined, plain
from reviewnlp.vocabulary.slips import intended

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST = 120
"""Characters; a raw keyword longer than this is a sentence, and no typo is looked for in it."""


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
        self._exact = {folded(label): label for label in labels}
        # Later tables are asked only when earlier ones are silent; a form that leads to two terms leads to none.
        self._variants = [
            (key, _unambiguous((key(form), label) for form, label in group))
            for group in ([(label, label) for label in labels], forms)
            for key in (plain, joined, bag)
        ]
        self._plain = _unambiguous((plain(form), label) for form, label in forms)
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
        label = self._exact.get(folded(raw))
        if label:
            return Keyword(raw, label, "exact")
        for key, table in self._variants:
            label = table.get(key(raw))
            if label:
                return Keyword(raw, label, "variant")
        label = self._typo(plain(raw)) if len(raw) <= LONGEST else None
        return Keyword(raw, label, "typo") if label else Keyword(raw)

    def _typo(self, written: str) -> str | None:
        meant = {self._plain[form] for form in intended(written, self._plain.keys(), self._words)}
        if meant:
            return meant.pop() if len(meant) == 1 else None
        return self._left_out(written)

    def _left_out(self, written: str) -> str | None:
        """Return the one term whose long label has all the words of ``written``, in order, and one more."""
        words = written.split()
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
