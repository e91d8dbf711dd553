"""Who a cue is about: the subject of its verb, the person after its preposition, the owner before it.

Ordinary English word order is enough here: summaries are written in full, short sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.extraction.lexicon import closed_class
from reviewnlp.extraction.parties import CHILD, Party

if TYPE_CHECKING:
    from reviewnlp.extraction.lexicon import Cue
    from reviewnlp.extraction.scene import Scene

_NEAR = 16
_FAR = 80  # words; a longer look back would make a sentence of a megabyte slow


def subject(scene: Scene, word: int) -> Party | None:
    """Return the party that the verb at a word is said of.

    The nearest party before the verb in its clause that hangs on no preposition; for "who", the party before it;
    without one, the first of the sentence.
    """
    first, _ = scene.clause(word)
    sentence = scene.sentence(word)
    forms = scene.words.forms
    nearest = scene.parties_in(max(first, word - _FAR), word)
    if forms[first] == "when" and "born" in forms[first:word]:
        nearest = scene.parties_in(max(sentence.first, first - _FAR), first)  # "was 17 when he was born and had been"
    for party in nearest if _is_second_verb(forms, word, nearest) else reversed(nearest):
        if not is_oblique(scene, party) and not is_owner(scene, party):
            return party
    if first < word and forms[first] in closed_class("relative"):
        before = scene.parties_in(max(sentence.first, first - _FAR), first)
        return before[-1] if before else None
    for party in scene.parties_in(max(sentence.first, word - _FAR), word):
        if not is_oblique(scene, party) and not is_owner(scene, party):
            return party
    return None


def _is_second_verb(forms: list[str], word: int, parties: tuple[Party, ...]) -> bool:
    """Say whether "and" joins a verb to another of the same subject: "strangled his son and took his own life"."""
    before = word - 1
    while before > 0 and forms[before] in closed_class("linking_adverbs"):
        before -= 1
    return forms[before] in ("and", "before") and bool(parties) and parties[-1].last < before


def is_oblique(scene: Scene, party: Party) -> bool:
    """Say whether a party hangs on a preposition: "by his mother", "of his mother and father"."""
    forms, before = scene.words.forms, party.first - 1
    if before >= 1 and forms[before] == "and":
        left = scene.parties_in(max(0, before - 6), before)
        return bool(left) and left[-1].last == before and forms[left[-1].first - 1] in closed_class("prepositions")
    return before >= 0 and forms[before] in closed_class("prepositions")


def is_owner(scene: Scene, party: Party) -> bool:
    """Say whether a party is the owner of what follows ("mother's arrest")."""
    return party.last < len(scene.words) and scene.words.forms[party.last] in ("'s", "'")


def is_passive(scene: Scene, cue: Cue) -> bool:
    """Say whether a participle is passive: "was killed", "a boy stabbed by"."""
    forms = scene.words.forms
    if any(form.endswith("ing") for form in forms[cue.first : cue.last]):
        return False
    before = forms[max(0, cue.first - 3) : cue.first]
    after = forms[cue.last] if cue.last < len(forms) else ""
    return any(form in closed_class("be") for form in before) or after in closed_class("after_passive")


def after(scene: Scene, word: int, near: int = _NEAR) -> Party | None:
    """Return the first party after a word, in its sentence and before another phrase begins."""
    sentence = scene.sentence(word)
    last = min(sentence.last, word + near)
    forms = scene.words.forms
    for i in range(word, last):
        if forms[i] == "and" or forms[i] in closed_class("stops"):
            last = i
            break
    found = scene.parties_in(word, last)
    return found[0] if found else None


def victim(scene: Scene, cue: Cue, form: str) -> Party | None:
    """Return whom an outcome happened to, or None when the words do not say.

    Parameters
    ----------
    scene : Scene
        The scene.
    cue : Cue
        The words for the outcome.
    form : {"nouns", "transitive", "predicates"}
        How the words take the person.
    """
    if form in ("predicates", "hints"):
        return subject(scene, cue.first)
    if form == "transitive":
        if is_passive(scene, cue):
            return subject(scene, cue.first)
        if cue.last < len(scene.words) and scene.words.forms[cue.last] in closed_class("object_pronouns"):
            doer = subject(scene, cue.first)
            return Party(cue.last, cue.last + 1, (CHILD,), pronoun=True) if doer and not doer.is_child else None
        return after(scene, cue.last, 6) or subject(scene, cue.first)
    place = past_brackets(scene, cue.last)
    forms = scene.words.forms
    if (
        place < len(forms)
        and forms[place] in closed_class("victim")
        and scene.sentence(place) == scene.sentence(cue.first)
    ):
        found = after(scene, place + 1)
        if found:
            return found if found.is_child else _child_beside(scene, found) or found
    return owner(scene, cue)


def _child_beside(scene: Scene, party: Party) -> Party | None:
    """Return the child that "and" joins to a party: "deaths of a mother and her son"."""
    right = scene.parties_in(party.last, party.last + 3)
    joined = bool(right) and right[0].is_child and scene.words.forms[party.last] == "and"
    return right[0] if joined else None


def owner(scene: Scene, cue: Cue) -> Party | None:
    """Return the party that owns the cue: "mother's previous suicide attempt"."""
    for party in reversed(scene.parties_in(max(scene.sentence(cue.first).first, cue.first - 6), cue.first)):
        if is_owner(scene, party):
            return party
    return None


def past_brackets(scene: Scene, word: int) -> int:
    """Return the word after a bracket that opens at a word, such as "(CSE)"."""
    forms = scene.words.forms
    if word < len(forms) and forms[word] == "(":
        for i in range(word, min(word + 10, len(forms))):
            if forms[i] == ")":
                return i + 1
    return word
