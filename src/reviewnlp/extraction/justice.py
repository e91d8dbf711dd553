"""What the law did: who was arrested, charged, convicted, acquitted, and of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.accused import accused_of
from reviewnlp.extraction.agents import relations_of
from reviewnlp.extraction.certainty import Mark
from reviewnlp.extraction.lexicon import Cue, closed_class, lexicon
from reviewnlp.extraction.outcomes import find_events
from reviewnlp.extraction.scene import Scene, Telling, read_scene
from reviewnlp.records.facts import JusticeStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.extraction.case import Case

_FEW = 20
_LONGEST_OFFENCE = 14


class Step(NamedTuple):
    """A step against somebody.

    ``first`` and ``last`` are its words, ``accused`` the relations of those it is against, ``offence`` the first and
    last word of the offence. ``of_the_harm`` is False for a step about something else, ``allowing`` True for having let
    another do it.
    """

    type: str
    first: int
    last: int
    accused: tuple[str, ...]
    offence: tuple[int, int] | None
    of_the_harm: bool
    allowing: bool


def find_justice(case: Case) -> tuple[JusticeStep, ...]:
    """Return the steps of the law, one object for each person and step.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> steps = find_justice(Case("Death of a boy aged 2. The mother's partner was convicted of murder."))
    >>> [(step.type, step.relation, step.offence) for step in steps]
    [('convicted', 'mothers_partner', 'murder')]
    """
    scene = case.once(read_scene)
    chosen: dict[tuple[str, str], JusticeStep] = {}
    for step in case.once(find_steps):
        offence = scene.evidence(*step.offence)[0] if step.offence else None
        for relation in step.accused:
            fact = JusticeStep(step.type, offence, relation, *scene.evidence(step.first, step.last))  # type: ignore[arg-type]
            chosen.setdefault((step.type, relation), fact)
    convicted = {relation for kind, relation in chosen if kind == "convicted"}
    return tuple(step for (kind, who), step in chosen.items() if kind != "sentenced" or who not in convicted)


def find_steps(case: Case) -> tuple[Step, ...]:
    """Return the steps of the law against somebody for what the review is about."""
    scene = case.once(read_scene)
    types = {event.type for event in case.once(find_events)}
    steps: list[Step] = []
    before: list[tuple[str, ...]] = []
    for telling in scene.sentences:
        before.append(())
        for cue in lexicon("justice", "steps").find(scene.words, telling.first, telling.last):
            if _is_background(scene, telling, cue) or scene.has(cue.first, cue.first + 1, Mark.HISTORICAL):
                continue
            accused = accused_of(case, scene, telling, cue, before[-_FEW:], harmed_others="harm_to_others" in types)
            for step in _steps(scene, telling, cue, accused, types) if accused else ():
                steps.append(step)
                before.append(step.accused)
    return tuple(steps)


def _steps(scene: Scene, telling: Telling, cue: Cue, accused: tuple[str, ...], types: set[str]) -> Iterator[Step]:
    offence = _offence(scene, telling, cue)
    words = offence or (cue.last, cue.last)
    if cue.label == "under_investigation" and _into_a_cause(scene, telling, cue):
        return
    against_child = _names(scene, "against_the_child", words)
    unrelated = offence is not None and not against_child and _names(scene, "unrelated", words)
    if unrelated and cue.label == "convicted":
        return
    # Somebody arrested for nothing told after a suicide is not thereby said to have caused it.
    of_the_harm = not unrelated and (against_child or "suicide" not in types)
    of_the_harm = of_the_harm and not _names(scene, "of_an_animal", words)
    yield Step(cue.label, cue.first, words[1], accused, offence, of_the_harm, _is_allowing(scene, words))
    yield from _elliptic(scene, telling, cue.label, offence)


def _elliptic(scene: Scene, telling: Telling, kind: str, offence: tuple[int, int] | None) -> Iterator[Step]:
    """Yield the step that leaves out its verb: "was convicted of murder, and her partner of allowing it"."""
    if offence is None:
        return
    forms, place = scene.words.forms, offence[1]
    while place < telling.last and forms[place] in (",", "and", ";"):
        place += 1
    parties = scene.parties_in(place, min(place + 1, telling.last))
    if place == offence[1] or not parties:
        return
    leads = [i for i in range(place + 1, min(parties[0].last + 1, telling.last)) if forms[i] == forms[offence[0] - 1]]
    if leads:
        words = _phrase(scene, telling, leads[0] + 1)
        if words is not None:
            accused = relations_of(list(parties[:1]))
            yield Step(kind, parties[0].first, words[1], accused, words, True, _is_allowing(scene, words))


def _into_a_cause(scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Say whether it is a cause that is investigated, and nobody: "investigating co-sleeping as a factor"."""
    causes = lexicon("causes").find(scene.words, cue.last, min(cue.last + 3, telling.last))
    return any(cause.label not in ("non_accidental_injury", "head_injury") for cause in causes)


def _names(scene: Scene, name: str, words: tuple[int, int]) -> bool:
    return any(cue.label == name for cue in lexicon("justice", "offences").find(scene.words, *words))


def _is_allowing(scene: Scene, words: tuple[int, int]) -> bool:
    """Say whether somebody only let it happen; "causing or allowing" and a second offence are more than that."""
    forms = set(scene.words.forms[words[0] : words[1]])
    return bool(forms & closed_class("allowing")) and not forms & closed_class("doing")


def _is_background(scene: Scene, telling: Telling, cue: Cue) -> bool:
    """Say whether the step is an earlier record ("had convictions for"), not one for this incident."""
    first = max(telling.first, cue.first - 4)
    commas = [i for i in range(first, cue.first) if scene.words.forms[i] == ","]
    first = commas[-1] + 1 if commas else first  # "her father, who had a history of violence, was convicted"
    found = lexicon("justice", "background").find(scene.words, first, cue.last)
    often = {"occasions", "times"} & set(scene.words.forms[cue.last : min(cue.last + 4, telling.last)])
    return bool(often) or any(before.first <= cue.first for before in found)


def _offence(scene: Scene, telling: Telling, cue: Cue) -> tuple[int, int] | None:
    """Return the words of the offence: what follows "of", "with", "on suspicion of" up to the end of its phrase."""
    leads = lexicon("justice", "leads").find(scene.words, cue.last, min(telling.last, cue.last + 8))
    if not leads or leads[0].first - cue.last > 3:
        return None
    return _phrase(scene, telling, leads[0].last)


def _phrase(scene: Scene, telling: Telling, first: int) -> tuple[int, int] | None:
    """Return the words of the offence that begins at a word, None when no word of one stands there."""
    forms, last = scene.words.forms, first
    joined_at = [party.first for party in scene.parties_in(first, min(first + _LONGEST_OFFENCE, telling.last))]
    while last < telling.last and last - first < _LONGEST_OFFENCE and forms[last] not in closed_class("offence_stops"):
        if last in joined_at and forms[last - 1] in ("and", ","):
            break
        last += 1
    while last > first and forms[last - 1] in ("and", ",", "the", "for", "also"):
        last -= 1
    return (first, last) if last > first else None
