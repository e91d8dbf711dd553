"""Who harmed the child, as the text says or suspects: those told to have done it, and those accused of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.extraction.agents import find_agents
from reviewnlp.extraction.justice import find_steps
from reviewnlp.extraction.outcomes import find_events
from reviewnlp.extraction.scene import read_scene
from reviewnlp.records.facts import Perpetrator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.extraction.case import Case
    from reviewnlp.records.facts import Certainty

_CERTAINTY: dict[str, Certainty] = {
    "convicted": "confirmed",
    "sentenced": "confirmed",
    "charged": "suspected",
    "arrested": "suspected",
    "under_investigation": "suspected",
}


def find_perpetrators(case: Case) -> tuple[Perpetrator, ...]:
    """Return who harmed the child, one object a person told apart.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> [(p.relation, p.certainty) for p in find_perpetrators(Case("Sexual abuse of a girl by her older brother."))]
    [('sibling', 'confirmed')]
    """
    if not case.once(find_events):
        return ()
    chosen: dict[str, Perpetrator] = {}
    for found in _told(case):
        known = chosen.get(found.relation)
        if known is None or (known.certainty == "suspected" and found.certainty == "confirmed"):
            chosen[found.relation] = found
    if {"mother", "father"} <= chosen.keys():
        chosen.pop("parents_unspecified", None)
    steps = case.once(find_steps)
    acquitted = {relation for step in steps if step.type == "acquitted" for relation in step.accused}
    acquitted -= {relation for step in steps if step.type in ("convicted", "sentenced") for relation in step.accused}
    allowing = {relation for step in steps if step.allowing for relation in step.accused}
    return tuple(p for p in chosen.values() if p.relation not in acquitted | (allowing - _harming(case)))


def _told(case: Case) -> Iterator[Perpetrator]:
    scene = case.once(read_scene)
    for agent in case.once(find_agents):
        for relation in agent.relations:
            yield Perpetrator(relation, agent.certainty, *scene.evidence(agent.first, agent.last))  # type: ignore[arg-type]
    types = {event.type for event in case.once(find_events)}
    nobodys = {"unknown_person", "peer"} if types <= {"harm_to_others"} else {"unknown_person"}
    for step in case.once(find_steps):
        if step.type in _CERTAINTY and step.of_the_harm and not step.allowing:
            for relation in step.accused:
                if relation not in nobodys:
                    yield Perpetrator(relation, _CERTAINTY[step.type], *scene.evidence(step.first, step.last))  # type: ignore[arg-type]


def _harming(case: Case) -> set[str]:
    """Return who is said or convicted to have done more than let it happen."""
    told = {relation for agent in case.once(find_agents) for relation in agent.relations}
    steps = (step for step in case.once(find_steps) if step.type == "convicted" and not step.allowing)
    return told | {relation for step in steps for relation in step.accused}
