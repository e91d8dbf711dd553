"""Whom a step of the law is against: the subject of "was charged", the "charges against" somebody.

Where a sentence names nobody ("a criminal investigation is ongoing"), it is those told before to have harmed the child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.extraction.agents import find_agents, joined, relations_of
from reviewnlp.extraction.grammar import is_oblique, is_owner
from reviewnlp.extraction.lexicon import closed_class

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.lexicon import Cue
    from reviewnlp.extraction.parties import Party
    from reviewnlp.extraction.scene import Scene, Telling

_LOOK_BACK = 40  # words
_NAMES_NOBODY = ("under_investigation", "not_charged")


def accused_of(
    case: Case, scene: Scene, telling: Telling, cue: Cue, before: list[tuple[str, ...]], *, harmed_others: bool
) -> tuple[str, ...]:
    """Return the relations of those a step is against; none when it is against the subject child.

    Parameters
    ----------
    case, scene, telling, cue
        Where the step is told, and its words.
    before : list of tuple of str
        The accused of the steps before, an empty tuple where the sentence changes.
    harmed_others : bool
        Whether the subject child may be the accused, because it harmed somebody.
    """
    against = _against(scene, telling, cue)
    if against:
        return against
    named = _named_after(scene, telling, cue)
    if named:
        return named
    subjects = _subjects(scene, telling, cue)
    group = [party for party in subjects if harmed_others or not party.is_child]
    if group:
        return relations_of(group)
    about_somebody = cue.label not in _NAMES_NOBODY or scene.words.forms[cue.first] in closed_class("of_somebody")
    if subjects and about_somebody and not all(party.pronoun for party in subjects):
        return ()
    if before and before[-1]:
        return before[-1]
    if scene.words.forms[cue.first] == "neither":
        pairs = [party for party in scene.parties_in(max(0, cue.first - _LOOK_BACK), cue.first) if party.plural]
        if pairs and pairs[-1].relations == ("parents_unspecified",):
            return "mother", "father"
    agents = [relation for agent in case.once(find_agents) if agent.label == "agent" for relation in agent.relations]
    if cue.label in _NAMES_NOBODY:
        return tuple(dict.fromkeys(agents or [r for step in before for r in step])) or ("unknown_person",)
    return tuple(dict.fromkeys(agents)) if not subjects else ()


def _against(scene: Scene, telling: Telling, cue: Cue) -> tuple[str, ...]:
    """Return whom "charges were brought against"."""
    if cue.label not in ("charged", "not_charged", "under_investigation", "acquitted"):
        return ()
    for i in range(cue.first, min(cue.last + 6, telling.last)):
        if scene.words.forms[i] in (";", ".", ","):
            break
        if scene.words.forms[i] == "against":
            group = joined(scene, scene.parties_in(i, min(i + 12, telling.last)))
            return relations_of([party for party in group if not party.is_child])
    return ()


def _named_after(scene: Scene, telling: Telling, cue: Cue) -> tuple[str, ...]:
    """Return whom a step names as its object: "decided not to prosecute the father", "the conviction of"."""
    forms = scene.words.forms
    is_verb = cue.label == "not_charged" and forms[cue.last - 1] in closed_class("against")
    is_noun = "of" in forms[cue.last - 1 : cue.last + 1] and not closed_class("step_nouns").isdisjoint(
        forms[cue.last - 2 : cue.last]
    )  # "the conviction of"
    by_officials = forms[cue.first - 1] in closed_class("officials")  # "police arrested"
    if not (is_verb or is_noun or by_officials):
        return ()
    after = scene.parties_in(cue.last, min(cue.last + 3, telling.last))
    return relations_of([party for party in joined(scene, after) if not party.is_child])


def _subjects(scene: Scene, telling: Telling, cue: Cue) -> list[Party]:
    """Return the parties the step is said of, with those joined by "and", relative clauses left out."""
    first, _ = scene.clause(cue.first)
    start = max(telling.first, cue.first - _LOOK_BACK)
    if scene.words.forms[first] in closed_class("relative"):
        inside = [party for party in scene.parties_in(max(first, start), cue.first) if _may_be_subject(scene, party)]
        if not inside:
            return _group(scene, list(scene.parties_in(min(start, first), first)))
    parties = [
        party
        for party in scene.parties_in(start, cue.first)
        if _may_be_subject(scene, party) and not _is_aside(scene, telling, party, cue)
    ]
    return _group(scene, parties)


def _group(scene: Scene, parties: list[Party]) -> list[Party]:
    """Return the last party with those that "and" joins to it."""
    kept: list[Party] = []
    for party in reversed(parties):
        if kept and not _are_joined(scene, party, kept[-1]):
            break
        kept.append(party)
    return kept[::-1]


def _may_be_subject(scene: Scene, party: Party) -> bool:
    return not is_oblique(scene, party) and not is_owner(scene, party)


def _is_aside(scene: Scene, telling: Telling, party: Party, cue: Cue) -> bool:
    """Say whether a party stands inside a relative clause that is over before the cue: ", who she lived with,"."""
    forms = scene.words.forms
    first, _ = scene.clause(party.first)
    if first == telling.first or forms[first] not in closed_class("relative") or forms[first - 1] != ",":
        return False
    return "," in forms[party.last : cue.first]


def _are_joined(scene: Scene, left: Party, right: Party) -> bool:
    between = scene.words.forms[left.last : right.first]
    if len(between) <= 4:
        return "and" in between or between == [","]
    return between[0] == "," and between[-2:] == [",", "and"] and between[1] in closed_class("relative")
