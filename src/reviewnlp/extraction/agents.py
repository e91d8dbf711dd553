"""Who is told to have harmed the child, in the words of the event itself: "by her brother", "in the care of".

What courts and police did is read in :mod:`reviewnlp.extraction.justice`, which needs these agents to know whose
"criminal investigation" it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.certainty import Mark
from reviewnlp.extraction.grammar import is_owner, subject
from reviewnlp.extraction.lexicon import Cue, closed_class, lexicon
from reviewnlp.extraction.outcomes import find_events, find_tellings
from reviewnlp.extraction.scene import Scene, Telling, read_scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.parties import Party
    from reviewnlp.records.facts import Certainty

_NEEDS = {
    "care": frozenset(("death", "serious_injury", "physical_abuse")),
    "company": frozenset(("sexual_exploitation",)),
}
_NO_EVENT = Mark.HISTORICAL | Mark.HYPOTHETICAL | Mark.NEGATED
_BODILY = frozenset(("death", "serious_injury", "physical_abuse"))
_FEW = 20
_REACH = 12


class Agent(NamedTuple):
    """Somebody told to have harmed the child, the words that tell it, and how sure they are.

    ``label`` is the kind of the words: ``agent``, ``accused``, ``care`` or ``company`` (see perpetrators.toml).
    """

    label: str
    relations: tuple[str, ...]
    first: int
    last: int
    certainty: Certainty


def find_agents(case: Case) -> tuple[Agent, ...]:
    """Return who is told to have harmed the child, in the order of the text."""
    scene = case.once(read_scene)
    types = {event.type for event in case.once(find_events)}
    found: list[Agent] = []
    if types:
        for telling in scene.sentences:
            for cue in lexicon("perpetrators", "after").find(scene.words, telling.first, telling.last):
                if types.isdisjoint(_NEEDS.get(cue.label, types)):
                    continue
                agent = _agent(case, scene, telling, cue)
                if agent is not None:
                    found.append(agent)
            found += _subjects(scene, telling)
        found += _doers(case, scene)
    return tuple(found)


def _doers(case: Case, scene: Scene) -> Iterator[Agent]:
    """Yield the subjects of active verbs of harm: "his stepfather shook him"."""
    for events in case.once(find_tellings).values():
        for event in events:
            if event.form != "transitive" or event.victim is None or event.victim.first < event.first:
                continue
            doer = subject(scene, event.first)
            harmless = scene.has(event.first, event.last, _NO_EVENT)
            if event.victim.is_child and doer is not None and not doer.is_child and not harmless:
                certainty = scene.certainty(event.first, event.last)
                yield Agent("agent", relations_of([doer]), doer.first, event.victim.last, certainty)


def _subjects(scene: Scene, telling: Telling) -> Iterator[Agent]:
    """Yield the subjects of verbs that say who did the harm: "one of the parents had caused the injuries"."""
    for cue in lexicon("perpetrators", "before").find(scene.words, telling.first, telling.last):
        doer = subject(scene, cue.first)
        if doer is None or doer.is_child or scene.has(cue.first, cue.last, _NO_EVENT):
            continue
        certainty = scene.certainty(cue.first, cue.last)
        yield Agent("agent", relations_of([doer]), doer.first, cue.last, certainty)


def joined(scene: Scene, parties: tuple[Party, ...]) -> list[Party]:
    """Return the first party with those that "and" joins to it: "mother and her partner"."""
    kept = list(parties[:1])
    for party in parties[1:]:
        between = scene.words.forms[kept[-1].last : party.first]
        if (
            len(between) > 4
            or "and" not in between
            or (len(between) > 2 and "(" not in between and not closed_class("joining").issuperset(between))
        ):
            break
        kept.append(party)
    return kept


def relations_of(parties: list[Party]) -> tuple[str, ...]:
    """Return the relations of parties as the guideline names them, each once; another child is a peer."""
    names = ("peer" if relation == "child" else relation for party in parties for relation in party.relations)
    return tuple(dict.fromkeys(names))


def _agent(case: Case, scene: Scene, telling: Telling, cue: Cue) -> Agent | None:
    if scene.has(cue.first, cue.last, _NO_EVENT):
        return None
    if cue.label in _CHECKS and not _CHECKS[cue.label](case, scene, telling, cue):
        return None
    forms = scene.words.forms
    parties = scene.parties_in(cue.last, min(cue.last + _REACH, telling.last))
    if not parties or _is_cut_off(forms, cue.last, parties[0].first):
        return None
    group = [party for party in joined(scene, parties) if not party.is_child and not is_owner(scene, party)]
    if not group or parties[0].is_child:
        return None
    if (
        cue.label == "care"
        and group[0].relations == ("sibling",)
        and "adult" not in forms[group[0].first : group[0].last]
    ):
        return None  # a child is no carer
    if cue.label == "company" and relations_of(group) != ("acquaintance_or_stranger",):
        return None
    certainty = scene.certainty(cue.first, cue.last) if cue.label == "agent" else "suspected"
    return Agent(cue.label, relations_of(group), cue.first, group[-1].last, certainty)


def _does_harm(case: Case, scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Say whether "by" follows something done to the child: not "seen by a nurse", "injuries suffered by"."""
    before = scene.words.forms[cue.first - 1] if cue.first else ""
    if scene.words.forms[cue.first] == "by" and before in closed_class("suffered") | closed_class("harmless"):
        return False
    return _has_event(case, scene, telling.number, cue.last)


def _is_allegation(case: Case, scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Say whether "against" follows an allegation."""
    return bool(closed_class("allegations") & set(scene.words.forms[max(telling.first, cue.first - 30) : cue.last]))


def _is_childs_care(case: Case, scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Say whether it was the child who was in somebody's care, and when it was harmed."""
    if closed_class("spans_of_time") & set(scene.words.forms[max(telling.first, cue.first - 2) : cue.first]):
        return False  # "after six years in the care of his grandparents"
    if scene.words.forms[cue.first - 1] not in closed_class("object_pronouns"):
        who = subject(scene, cue.first)
        if who is not None and not who.is_child:
            return False
    causes = lexicon("causes").find(scene.words, telling.first, telling.last)[:_FEW]
    if any(cause.label in closed_class("accidents") for cause in causes):
        return False  # an accident in somebody's care is nobody's deed
    return telling.number == 0 or any(
        event.type in _NEEDS["care"]
        for number in (telling.number, telling.number + 1, telling.number + 2)
        for event in case.once(find_tellings).get(number, ())[:_FEW]
    )


_CHECKS = {"agent": _does_harm, "accused": _is_allegation, "care": _is_childs_care}


def _is_cut_off(forms: list[str], first: int, last: int) -> bool:
    """Say whether another phrase begins between "by" and a person; "a group of" does not."""
    return any(
        form in closed_class("stops")
        or form == "suicide"
        or (form == "of" and forms[first + i - 1] not in closed_class("quantities"))
        for i, form in enumerate(forms[first:last])
    )


def _has_event(case: Case, scene: Scene, sentence: int, before: int) -> bool:
    """Say whether something done to the child, of the kind of the outcomes, stands before a word in its sentence."""
    types = {event.type for event in case.once(find_events)}
    if types & _BODILY:
        types |= _BODILY
    return any(
        event.first < before and event.type in types and (event.victim is None or event.victim.is_child)
        for event in case.once(find_tellings).get(sentence, ())[:_FEW]
    )
