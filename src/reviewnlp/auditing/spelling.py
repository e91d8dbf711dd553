"""Typos and forms of one term side by side, from the strings alone.

The vocabulary's labels are the right forms when there is a vocabulary; keywords that it does not know are
compared with each other, and the commoner form is preferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.auditing.collection import UncheckableError
from reviewnlp.records import Finding
from reviewnlp.vocabulary.forms import bag, folded, joined, plain
from reviewnlp.vocabulary.slips import correctly_spelt, intended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.auditing.collection import Collection

KEYS = (plain, joined, bag)


def find(collection: Collection) -> Iterator[Finding]:
    """Yield a finding for each written form that should be written otherwise.

    Raises
    ------
    UncheckableError
        No review has a keyword.
    """
    if not collection.forms:
        raise UncheckableError("no review has a keyword")
    strangers = []
    for raw, reviews in collection.forms.items():
        keyword = collection.vocabulary.match(raw) if collection.vocabulary else None
        if keyword is None or keyword.term is None:
            strangers.append(raw)
        elif keyword.match == "typo":
            yield _typo(raw, keyword.term, reviews, "the vocabulary has")
        elif keyword.match == "variant":
            yield _variant(raw, keyword.term, reviews)
    yield from _among_themselves(collection, strangers)


def _among_themselves(collection: Collection, strangers: list[str]) -> Iterator[Finding]:
    labels = [term.label for term in collection.vocabulary.terms] if collection.vocabulary else []
    uses = {raw: len(collection.forms[raw]) for raw in strangers}
    for label in labels:
        uses.setdefault(label, 0)
    # The likeliest right form comes first: a label, then the commonest, then one without odd words.
    order = [*labels, *sorted(strangers, key=lambda raw: (-uses[raw], _odd_words(raw), raw))]
    words = _words_in_several(order, uses)
    tables: list[dict[str, str]] = [{} for _ in KEYS]
    known = set(labels)
    for raw in order:
        preferred = next((tables[i][key(raw)] for i, key in enumerate(KEYS) if key(raw) in tables[i]), None)
        if raw in known:
            preferred = None
        elif preferred is not None:
            if folded(raw) != folded(preferred) or raw != preferred:
                yield _variant(raw, preferred, collection.forms[raw])
        else:
            meant = intended(plain(raw), tables[0].keys(), words)
            # Of two forms used equally often, the one with the unknown word is the slip.
            if len(meant) == 1:
                preferred = tables[0][meant[0]]
                yield _typo(raw, preferred, collection.forms[raw], "others wrote")
        if preferred is None:
            for table, key in zip(tables, KEYS, strict=True):
                table.setdefault(key(raw), raw)


def _words_in_several(forms: list[str], uses: dict[str, int]) -> set[str]:
    """Words that stand in at least two forms or uses: hardly slips of the same finger."""
    count: dict[str, int] = {}
    for form in forms:
        for word in set(plain(form).split()):
            count[word] = count.get(word, 0) + max(1, uses[form])
    return {word for word, times in count.items() if times > 1}


def _odd_words(raw: str) -> int:
    return sum(not correctly_spelt(word) for word in plain(raw).split())


def _typo(raw: str, term: str, reviews: tuple[str, ...], who: str) -> Finding:
    return Finding(
        kind="typo",
        terms=(term,),
        raw=(raw,),
        reviews=reviews,
        suggestion=f"write {term}",
        score=0.97,
        why=f"“{raw}” looks like a slip of the keyboard: {who} “{term}”.",
    )


def _variant(raw: str, term: str, reviews: tuple[str, ...]) -> Finding:
    if bag(raw) == bag(term) or joined(raw) == joined(term):
        kind, score, why = "form_variant", 0.9, f"“{raw}” and “{term}” are the same words in another form."
    else:
        kind, score, why = "form_variant", 0.85, f"“{raw}” leads to the term “{term}” in the vocabulary."
    return Finding(kind, (term,), (raw,), reviews, f"write {term}", score, why)  # type: ignore[arg-type]
