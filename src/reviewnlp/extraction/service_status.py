"""What the subject child was to services at the incident or before: on a plan, looked after, known to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.extraction.certainty import Mark
from reviewnlp.extraction.grammar import subject
from reviewnlp.extraction.lexicon import Cue, lexicon
from reviewnlp.extraction.outcomes import find_events
from reviewnlp.extraction.scene import Scene, Telling, read_scene
from reviewnlp.records.facts import ServiceStatus

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.parties import Party

_OWN_CARERS = ("foster_carer_or_guardian", "mother", "father", "parents_unspecified")
_NO_STATUS = Mark.NEGATED | Mark.HYPOTHETICAL


def find_service_status(case: Case) -> tuple[ServiceStatus, ...]:
    """Return the statuses of the subject child, each once, in the order of the text.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> text = "Death of a baby. The baby was on a child protection plan; mother had been in care."
    >>> [s.status for s in find_service_status(Case(text))]
    ['child_protection_plan']
    """
    scene = case.once(read_scene)
    events = {event.type for event in case.once(find_events)}
    chosen: dict[str, ServiceStatus] = {}
    for telling in scene.sentences:
        cues = lexicon("services").find(scene.words, telling.first, telling.last)
        over = _over(scene, telling, "death" in events) if cues else telling.last
        for cue in cues:
            if cue.label in chosen or (cue.label == "looked_after" and "removal_or_detention" in events):
                continue
            if over < cue.last or _is_not_given(scene, telling, cue) or not _is_childs(scene, telling, cue):
                continue
            if cue.label != "not_known_to_services" and scene.has(cue.first, cue.last, _NO_STATUS):
                continue
            chosen[cue.label] = ServiceStatus(cue.label, *scene.evidence(cue.first, cue.last))  # type: ignore[arg-type]
    return tuple(chosen.values())


def _is_not_given(scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Say whether a status was only spoken of: "advice about early help", "the threshold for"."""
    before = lexicon("services", "not_given").find(scene.words, max(telling.first, cue.first - 5), cue.first)
    return cue.label != "not_known_to_services" and any(found.last >= cue.first - 1 for found in before)


def _over(scene: Scene, telling: Telling, died: bool) -> int:
    """Return the word from which a sentence tells what came after the incident, or what was over long before."""
    places = [cue.last for cue in lexicon("services", "earlier").find(scene.words, telling.first, telling.last)]
    if not died:
        later = lexicon("services", "after_the_incident").find(scene.words, telling.first, telling.last)
        places += [cue.first for cue in later]
    return min(places, default=telling.last)


def _is_childs(scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Say whether the status is told of the child, not of a parent or another child."""
    if cue.label == "special_guardianship":
        return True  # told of the guardian as often as of the child
    carers = _carers(scene, cue)
    if carers is not None:
        return carers.relations[0] in _OWN_CARERS and not (
            cue.label == "adopted" and scene.has(cue.first, cue.last, Mark.SUSPECTED)
        )
    who = subject(scene, cue.first)
    if who is not None and _with_child(scene, telling, who):
        return True
    if who is None or who.last > cue.first:
        near = [p for p in scene.parties_in(max(telling.first, cue.first - 40), cue.first) if p.last <= cue.first]
        who = near[-1] if near else None
    if cue.label == "not_known_to_services" and who is not None and who.plural:
        return True  # the parents, the family
    return who is None or who.is_child


def _carers(scene: Scene, cue: Cue) -> Party | None:
    """Return the party whose noun is the status itself: "her foster carer", "his adoptive parents".

    Such a party is what it is to the child; "mother's foster carer" is nobody of the child's.
    """
    if cue.label not in ("looked_after", "adopted"):
        return None
    around = scene.parties_in(max(0, cue.first - 4), cue.last)
    return next((party for party in around if party.last == cue.last and not party.is_child), None)


def _with_child(scene: Scene, telling: Telling, who: Party) -> bool:
    """Say whether somebody is named together with the child: "he and his mother had support"."""
    before = scene.parties_in(max(telling.first, who.first - 4), who.first)
    return bool(before) and before[-1].is_child and scene.words.forms[before[-1].last : who.first] == ["and"]
