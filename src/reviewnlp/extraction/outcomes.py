"""What happened to the subject child or children.

The first sentence of a summary is its headline: it names the outcome. Later sentences add to it only what they
tell of the child itself, as part of the incident; what is told as past, feared or of others is background.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.certainty import Mark
from reviewnlp.extraction.grammar import subject, victim
from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.lexicon import Cue, Lexicon, lexicon
from reviewnlp.extraction.parties import CHILD
from reviewnlp.extraction.scene import Scene, Telling, read_scene
from reviewnlp.records.facts import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.parties import Party

_ABUSE = frozenset(
    ("physical_abuse", "sexual_abuse", "sexual_exploitation", "criminal_exploitation", "emotional_abuse")
)
_OWN = frozenset(("suicide", "suicide_attempt_or_self_harm"))  # done by the person itself: its subject
_VIOLENCE = frozenset(("death", "serious_injury", "physical_abuse", "sexual_abuse"))
_NEAR = 16  # words
_WINDOW = 60  # words
_APART = frozenset(("serious_injury", "physical_abuse"))
_NO_EVENT = Mark.NEGATED | Mark.HYPOTHETICAL | Mark.HISTORICAL


class Event(NamedTuple):
    """Words that tell an outcome: its type, its words, and whom it happened to."""

    type: str
    first: int
    last: int
    form: str
    victim: Party | None
    sentence: Telling


def find_outcomes(case: Case) -> tuple[Outcome, ...]:
    """Return the outcomes of a case, the headline's first.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> [o.type for o in find_outcomes(Case("Death of a baby aged 3 weeks in 2016. His mother had been in care."))]
    ['death']
    """
    scene = case.once(read_scene)
    events = case.once(find_events)
    return tuple(
        Outcome(event.type, _certainty(scene, event), *scene.evidence(event.first, event.last))  # type: ignore[arg-type]
        for event in events
    )


def find_events(case: Case) -> tuple[Event, ...]:
    """Return the events that are the outcomes, one a type."""
    scene = case.once(read_scene)
    chosen: dict[str, Event] = {}
    headline = True
    for telling in scene.sentences:
        if telling.part != "summary" and chosen:
            break
        for told in case.once(find_tellings).get(telling.number, ()):
            if told.form == "weak" and (chosen or not headline):
                continue
            event = _opens(scene, told, alone=not chosen) if headline else _adds(scene, told)
            if event is not None:
                chosen.setdefault(event.type, event)
        headline = headline and not chosen
    return tuple(_settled(chosen))


def find_tellings(case: Case) -> dict[int, list[Event]]:
    """Return all words that could tell an outcome, background too, by the number of their sentence."""
    scene = case.once(read_scene)
    return {telling.number: list(_events(scene, telling)) for telling in scene.sentences}


def _events(scene: Scene, telling: Telling) -> Iterator[Event]:
    for cue in _lexicon().find(scene.words, telling.first, telling.last):
        form, _, kind = cue.label.partition(".")
        if form == "ignored":
            continue
        whom = victim(scene, cue, form)
        if whom is None and kind in _OWN:
            whom = subject(scene, cue.first)
        yield from (
            Event(other, first, cue.last, form, whom, telling) for other, first in _coordinated(scene, cue, kind)
        )
        yield Event(kind, cue.first, cue.last, form, whom, telling)


def _coordinated(scene: Scene, cue: Cue, kind: str) -> Iterator[tuple[str, int]]:
    """Yield the outcomes of adjectives that share the noun of a cue: "physical, sexual and emotional abuse"."""
    rules = load("outcomes.toml")["coordination"]
    forms = scene.words.forms
    if forms[cue.last - 1] not in rules["heads"]:
        return
    place = cue.first
    while place >= 2 and forms[place - 1] in ("and", "or", ",") and forms[place - 2] in rules["kinds"]:
        place -= 2
        other = rules["kinds"][forms[place]]
        if "exploit" in forms[cue.last - 1]:
            other = other.replace("abuse", "exploitation")
        yield other, place


def _opens(scene: Scene, event: Event, *, alone: bool) -> Event | None:
    """Return the event of the headline as the outcome it is for the child, None when it is none.

    What was done to somebody else counts only where it is told ``alone``, before anything done to the child.
    """
    if scene.has(event.first, event.first + 1, _NO_EVENT):
        return None
    if _is_childs(event):
        return event
    return _to_another(scene, event) if alone else None


def _is_childs(event: Event) -> bool:
    return event.victim is None or event.victim.is_child


def _to_another(scene: Scene, event: Event) -> Event | None:
    """Return what violence to somebody else is for the child: harm that it did, or a death that it lost or saw."""
    if event.type not in _VIOLENCE or event.victim is None:
        return None
    doer = subject(scene, event.first) if event.form == "transitive" else _doer(scene, event)
    if doer is not None and doer.relations == (CHILD,) and doer != event.victim:
        return event._replace(type="harm_to_others")
    if event.type == "death" and set(event.victim.relations) & {"mother", "father", "parents_unspecified"}:
        return event._replace(type="bereavement_or_witness")
    return None


def _doer(scene: Scene, event: Event) -> Party | None:
    """Return the party after the first "by" that follows an event in its sentence."""
    forms = scene.words.forms
    for i in range(event.last, min(event.last + _NEAR, event.sentence.last)):
        if forms[i] == "by":
            found = scene.parties_in(i, min(i + 8, event.sentence.last))
            return found[0] if found else None
    return None


def _adds(scene: Scene, event: Event) -> Event | None:
    """Return the event of a later sentence if it adds an outcome to those of the headline."""
    if scene.has(event.first, event.last, _NO_EVENT) or not _is_childs(event):
        return None
    if event.type != "death" and lexicon("outcomes", "long_before").find(scene.words, *_window(event)):
        return None
    if event.type in ("death", "suicide") or (event.type in _ABUSE and event.form != "nouns"):
        adds = event.victim is not None or (event.type == "suicide" and _is_verdict(scene, event))
    elif event.type in _ABUSE or event.type == "neglect":
        adds = scene.has(event.first, event.last, Mark.SUSPECTED) and _is_discovery(scene, event)
    else:
        adds = event.type == "serious_injury" and _is_earlier(scene, event)
    return event if adds else None


def _is_earlier(scene: Scene, event: Event) -> bool:
    """Say whether injuries are told as older than the fatal ones: "healing fractures", "over some months"."""
    return bool(lexicon("outcomes", "earlier").find(scene.words, *_window(event)))


def _is_verdict(scene: Scene, event: Event) -> bool:
    """Say whether it is what a coroner or the police say of a death."""
    return bool(lexicon("outcomes", "verdict").find(scene.words, *_window(event)))


def _is_discovery(scene: Scene, event: Event) -> bool:
    """Say whether the sentence tells how things were found to be, rather than why services knew a family."""
    about = subject(scene, event.first)
    if about is not None and about.relations == ("sibling",):
        return False
    cues = lexicon("outcomes", "discovery").find(scene.words, *_window(event))
    return bool(cues) and cues[0].label == "found"


def _window(event: Event) -> tuple[int, int]:
    return max(event.sentence.first, event.first - _WINDOW), min(event.sentence.last, event.last + _WINDOW)


def _settled(chosen: dict[str, Event]) -> list[Event]:
    """Bring the events to the guideline's rulings."""
    if "suicide" in chosen and "death" not in chosen:
        chosen = {"death": chosen["suicide"]._replace(type="death"), **chosen}
    for kind, others in load("outcomes.toml")["settling"].items():
        if kind in chosen and any(other in chosen for other in others):
            if kind in _APART and chosen[kind].sentence.number > 0 and chosen[kind].form != "transitive":
                continue  # told later, of the time before
            chosen = {name: event for name, event in chosen.items() if name != kind}
    if len(chosen) > 1:
        chosen.pop("other", None)
    return list(chosen.values())


def _certainty(scene: Scene, event: Event) -> str:
    if event.type in ("death", "serious_injury"):
        return "confirmed"  # what is suspected of a death or an injury is how it came about
    if event.type == "other" and scene.words.forms[event.last - 1].startswith("incident"):
        return "unknown"
    if event.form == "hints":
        return "suspected"
    return scene.certainty(event.first, event.last)


@cache
def _lexicon() -> Lexicon:
    knowledge = load("outcomes.toml")
    return Lexicon(
        {
            f"{form}.{kind}": phrases
            for form in ("nouns", "transitive", "predicates", "weak", "hints", "ignored")
            for kind, phrases in knowledge[form].items()
        }
    )
