"""How a death or an injury of the subject child came about.

A cause is read where the text tells how: in the headline, and in later sentences that are about the death, the
injuries or the child itself. Illness, drugs and neglect are told of many families, so these need a link to the
harm ("died from", "as a result of", "post-mortem").
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reviewnlp.extraction.agents import find_agents
from reviewnlp.extraction.certainty import Mark
from reviewnlp.extraction.grammar import owner, subject, victim
from reviewnlp.extraction.justice import find_steps
from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.lexicon import Cue, Lexicon, lexicon
from reviewnlp.extraction.outcomes import find_events, find_tellings
from reviewnlp.extraction.scene import Scene, Telling, read_scene
from reviewnlp.records.facts import Cause

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case

_FEW = 20
_HINT = "hint:"
_INJURY = frozenset(("death", "serious_injury"))
_HARM = _INJURY | {"physical_abuse", "suicide", "suicide_attempt_or_self_harm"}
_CERTAINTY = {
    "convicted": "confirmed",
    "sentenced": "confirmed",
    "charged": "suspected",
    "arrested": "suspected",
    "under_investigation": "suspected",
}
_BACKGROUND = Mark.NEGATED | Mark.HYPOTHETICAL | Mark.HISTORICAL


def find_causes(case: Case) -> tuple[Cause, ...]:
    """Return the causes of a case, in the order of the text.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> case = Case("Death of a baby from suspected non-accidental head injuries.")
    >>> [(cause.type, cause.certainty) for cause in find_causes(case)]
    [('non_accidental_injury', 'suspected'), ('head_injury', 'suspected')]
    """
    outcomes = {event.type for event in case.once(find_events)}
    if not outcomes & _HARM:
        return ()
    scene = case.once(read_scene)
    chosen: dict[str, Cause] = {}
    skipped = {"none", *(() if outcomes & _INJURY else _rules()["need_an_injury"])}
    if "suicide" in outcomes:
        skipped.add("non_accidental_injury")
    for telling in scene.sentences:
        links = _Links(scene, telling)
        for cue in _lexicon().find(scene.words, telling.first, telling.last):
            kind = cue.label.removeprefix(_HINT)
            if (
                kind in skipped
                or kind in chosen
                or not _tells(scene, links, cue._replace(label=kind), hinted=kind != cue.label)
            ):
                continue
            chosen[kind] = _cause(scene, kind, cue)
    return tuple(sorted(_settled(case, scene, chosen), key=lambda cause: cause.start))


def _cause(scene: Scene, kind: str, cue: Cue) -> Cause:
    certainty = scene.certainty(cue.first, cue.last)
    if kind == "unascertained":
        certainty = "confirmed"
    elif cue.label.startswith(_HINT) or _is_alternative(scene, cue):
        certainty = "suspected"
    return Cause(kind, certainty, *scene.evidence(cue.first, cue.last))  # type: ignore[arg-type]


def _is_alternative(scene: Scene, cue: Cue) -> bool:
    """Say whether the words are one of two possible causes: "shaken or thrown"."""
    forms = scene.words.forms
    return cue.last < len(forms) and forms[cue.last] == "or"


def _tells(scene: Scene, links: _Links, cue: Cue, *, hinted: bool) -> bool:
    """Say whether the words are told as how this harm came about; those of a hint negate themselves."""
    if (
        not hinted
        and cue.label != "unascertained"
        and scene.has(cue.first, cue.last, _BACKGROUND)
        and not links.at(cue)
    ):
        return False
    if cue.label in _rules()["of_a_person"] and _is_others(scene, cue):
        return False
    if cue.label in _rules()["of_the_subject"] and _is_grown_up(scene, cue):
        return False
    if cue.label == "neglect" and links.telling.number and scene.has(cue.first, cue.last, Mark.SUSPECTED):
        return False  # concerns about neglect are told of many families
    if links.telling.number == 0 and cue.label in _rules()["link_not_in_headline"]:
        return True
    if cue.label in _rules()["need_a_link"]:
        return links.before(cue)
    return links.telling.part == "summary" or links.before(cue)


class _Links:
    """The words of a sentence that tie what follows to the death or the injury: "died from", "post-mortem".

    In the headline any "due to" does; later it has to be the harm that is due to something.
    """

    def __init__(self, scene: Scene, telling: Telling) -> None:
        self.telling = telling
        names = ("harm", "because") if telling.number == 0 else ("harm",)
        cues = lexicon("causes", "links").find(scene.words, telling.first, telling.last)
        self._cues = [cue for cue in cues if cue.label in names]

    def before(self, cue: Cue) -> bool:
        """Say whether such words stand before a cue."""
        return bool(self._cues) and self._cues[0].first < cue.first

    def at(self, cue: Cue) -> bool:
        """Say whether such words lead right to a cue."""
        return any(cue.first - 2 <= link.last <= cue.last and link.first < cue.first for link in self._cues[:_FEW])


def _is_others(scene: Scene, cue: Cue) -> bool:
    """Say whether the words are of somebody else: "mother's overdose", "stabbed a man", "injuries to a cousin"."""
    possessor = owner(scene, cue)
    if possessor is not None and not possessor.is_child:
        return True
    form = "nouns" if _participles().isdisjoint(scene.words.forms[cue.first : cue.last]) else "transitive"
    whom = victim(scene, cue, form)
    return whom is not None and not whom.is_child


def _is_grown_up(scene: Scene, cue: Cue) -> bool:
    """Say whether it is an adult who "died from an overdose"."""
    who = subject(scene, cue.first)
    return who is not None and not who.is_child


@cache
def _participles() -> frozenset[str]:
    return frozenset(load("causes.toml")["rules"]["participles"])


def _settled(case: Case, scene: Scene, chosen: dict[str, Cause]) -> list[Cause]:
    """Bring the causes to the guideline's rulings."""
    told_how = chosen.keys() - set(_rules()["leave_room"])
    injured = any(event.type in _INJURY for event in case.once(find_events))
    if injured and "non_accidental_injury" not in chosen and not told_how and _is_hurt(case, chosen):
        proof = _proof(case, scene)
        if proof is not None:
            chosen["non_accidental_injury"] = proof
    verdict = chosen.get("unascertained")
    if verdict is not None and len(chosen) > 1 and not set(_rules()["of_intent"]).isdisjoint(verdict.evidence.split()):
        del chosen["unascertained"]  # how is told, and the inquest left open only why
    for name, others in _rules()["gives_way_to"].items():
        if name in chosen and any(other in chosen for other in others):
            del chosen[name]
    return list(chosen.values())


def _is_hurt(case: Case, chosen: dict[str, Cause]) -> bool:
    """Say whether injuries of the child are told at all."""
    injuries = (
        event for events in case.once(find_tellings).values() for event in events if event.type == "serious_injury"
    )
    return "head_injury" in chosen or any(e.victim is None or e.victim.is_child for e in injuries)


def _proof(case: Case, scene: Scene) -> Cause | None:
    """Return what makes injuries non-accidental: somebody did them, was convicted or is accused of them."""
    acquitted = {relation for step in case.once(find_steps) if step.type == "acquitted" for relation in step.accused}
    for step in sorted(case.once(find_steps), key=lambda step: _CERTAINTY.get(step.type) != "confirmed"):
        certainty = _CERTAINTY.get(step.type)
        if certainty is None or not step.of_the_harm or step.allowing:
            continue
        if certainty == "confirmed" or (step.offence and not acquitted.issuperset(step.accused)):
            return Cause("non_accidental_injury", certainty, *scene.evidence(step.first, step.last))  # type: ignore[arg-type]
    for agent in case.once(find_agents):
        if agent.certainty == "confirmed" and agent.label == "agent":
            return Cause("non_accidental_injury", "confirmed", *scene.evidence(agent.first, agent.last))
    return None


@cache
def _lexicon() -> Lexicon:
    knowledge = load("causes.toml")
    hints = {_HINT + kind: phrases for kind, phrases in knowledge["hints"].items()}
    return Lexicon({**knowledge["ignored"], **hints, **knowledge["phrases"]})


@cache
def _rules() -> dict[str, dict[str, list[str]]]:
    return load("causes.toml")["rules"]  # type: ignore[no-any-return]
