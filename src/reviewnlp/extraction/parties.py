"""The people of a narrative as parties to its events: each mention with the relations it stands for.

To what :mod:`reviewnlp.extraction.mentions` reads, this adds what needs the sentences around: whose partner a
"partner" is, who "she" and "Adult A" are, and that "both parents" are two people.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.knowledge import load
from reviewnlp.extraction.lexicon import Lexicon, closed_class
from reviewnlp.extraction.mentions import Mention, find_mentions
from reviewnlp.extraction.people import find_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.words import Words

Found = tuple[int, int, "Mention | str"]

#: The subject child, as a relation of a party.
CHILD = "child"

_LABEL = re.compile(
    r"\s?[(,]\s?((?:Adult|Child|Mr|Ms|Mrs|Miss)\s[A-Z0-9]\w{0,12}\b|(?:[A-Z]{1,4}\d{0,2}|[A-Z][a-z]{1,12})\b(?=[),]))"
)


class Party(NamedTuple):
    """Somebody in the narrative: the words ``first`` up to ``last``, and what they are to the subject child.

    ``relations`` are those of the guideline, one a person told apart, or :data:`CHILD`. ``pronoun`` is set for
    words such as "she"; ``other`` for a child who is plainly not the subject ("another child").
    """

    first: int
    last: int
    relations: tuple[str, ...]
    gender: str = "unknown"
    plural: bool = False
    pronoun: bool = False
    other: bool = False

    @property
    def is_child(self) -> bool:
        """Whether this is the subject child, as far as the words show."""
        return self.relations == (CHILD,) and not self.other


def find_parties(case: Case, words: Words, sentences: list[tuple[int, int]]) -> list[Party]:
    """Return the parties of the narrative in the order of the words."""
    found = _fill(_nouns_and_names(case, words), (_pronouns(),), words, sentences)
    parties = _resolve(found, words, sentences)
    labels = _labels(parties, words)
    if labels:
        found = _fill({item[0]: item for item in found}, (Lexicon(labels),), words, sentences)
        parties = _resolve(found, words, sentences)
    return parties


def _fill(
    found: dict[int, Found], lexicons: tuple[Lexicon, ...], words: Words, sentences: list[tuple[int, int]]
) -> list[Found]:
    """Add the cues of lexicons: pronouns where nothing has been found before, labels in any case."""
    taken = bytearray(len(words) + 1)
    for first, last, _ in found.values():
        taken[first:last] = b"\1" * (last - first)
    for lexicon in lexicons:
        for start, end in sentences:
            for cue in lexicon.find(words, start, end):
                if cue.last - cue.first > 1 or not (
                    cue.label.startswith("pronoun") and any(taken[cue.first : cue.last])
                ):
                    found[cue.first] = (cue.first, cue.last, cue.label)
    return [found[place] for place in sorted(found)]


def _resolve(found: list[Found], words: Words, sentences: list[tuple[int, int]]) -> list[Party]:
    parties: list[Party] = []
    at = 0
    subject: Party | None = None  # of the sentence before
    for first, last in sentences:
        here: list[Party] = []
        while at < len(found) and found[at][0] < last:
            start, end, what = found[at]
            at += 1
            if start >= first and not _is_predicate(words, start, what):
                party = _party(start, end, what, _Around(here, subject, parties, words))
                same = bool(here) and _is_apposition(words.forms, here[-1], party)
                here.append(party._replace(relations=here[-1].relations, gender=here[-1].gender) if same else party)
        parties += here
        subject = here[0] if here else subject
    return parties


class _Around(NamedTuple):
    """What has been read when a mention is: the parties of its sentence, the subject before, all earlier ones."""

    here: list[Party]
    subject: Party | None
    before: list[Party]
    words: Words


def _party(first: int, last: int, what: Mention | str, around: _Around) -> Party:
    if isinstance(what, str):
        kind, _, gender = what.partition(".")
        if kind == CHILD and around.words.forms[first] in ("a", "an"):
            other = _is_new(around.words.forms, first, last, "unknown", around)
            return Party(first, last, (CHILD,), other=other)
        if kind != "pronoun":
            return Party(first, last, tuple(kind.split("+")), gender or "unknown")
        return _pronoun(first, last, gender, around)
    relation, gender, forms = what.relation, what.gender, around.words.forms
    if gender == "unknown":
        gender = next((form for form in forms[first:last] if form in ("male", "female")), gender)
    if relation.endswith("s_partner") and gender == "unknown":
        gender = "male" if relation == "mothers_partner" else "female"
    if relation == "parents_unspecified" and {"both", "neither"} & set(forms[max(0, first - 2) : last]):
        return Party(first, last, ("mother", "father"), gender, plural=True)
    if relation == "acquaintance_or_stranger" and _is_minor(forms[first:last]):
        return Party(first, last, (CHILD,), gender, what.plural, other=_is_new(forms, first, last, gender, around))
    if relation == "acquaintance_or_stranger" and forms[first] == "the" and not what.plural:
        known = _told_before(forms[last - 1], gender, around)
        if known is not None:
            return known._replace(first=first, last=last)
    if relation == "partner":
        relation = _partner_of(what.owner.lower(), around)
    elif relation == "sibling" or (relation == "other_relative" and not around.before and what.plural):
        again = forms[first] == "the" and not what.plural and _siblings_before(around)
        relation = relation if again or _is_owned(forms, first, last) else CHILD
    elif relation in (CHILD, "subject_child") or (
        "young" in forms[first:last] and forms[last - 1] in ("people", "person")
    ):
        other = _is_new(forms, first, last, gender, around)
        return Party(first, last, (CHILD,), gender, what.plural, other=other)
    return Party(first, last, (relation,), gender, what.plural)


def _is_minor(phrase: list[str]) -> bool:
    """Say whether words such as "a 16-year-old male" are of somebody under 18."""
    return any(
        number.isdecimal() and unit in closed_class("age_units") and (unit != "year" or int(number[:3]) < 18)
        for number, unit in pairwise(phrase)
    )


def _told_before(noun: str, gender: str, around: _Around) -> Party | None:
    """Return whom "the perpetrator" or "the man" stands for: the last one told to have done something, by "by"."""
    forms = around.words.forms
    is_doer = noun in closed_class("doers")
    for party in (*reversed(around.here[-8:]), *reversed(around.before[-12:])):
        fits = party.gender in (gender, "unknown") if gender != "unknown" else is_doer
        if fits and not party.is_child and not party.plural and forms[party.first - 1] == "by":
            return party
    return None


def _siblings_before(around: _Around) -> bool:
    return any(party.relations == ("sibling",) for party in (*around.here[-8:], *around.before[-12:]))


def _is_predicate(words: Words, first: int, what: Mention | str) -> bool:
    """Say whether a child noun names nobody: "had been a looked after child", "child protection"."""
    if isinstance(what, str) or what.relation != CHILD:
        return False
    forms = words.forms
    end = words.index(what.end)
    if end < len(forms) and forms[end] in closed_class("compounds"):
        return True
    if forms[end : end + 1] == ["'s"] and end + 1 < len(forms) and forms[end + 1] in closed_class("institutions"):
        return True
    return any(
        forms[i] in closed_class("copula") and forms[i + 1] in closed_class("indefinite")
        for i in range(max(0, first - 4), first)
    )


def _is_apposition(forms: list[str], left: Party, right: Party) -> bool:
    """Say whether the right party is the left one again: "his aunt, his special guardian, who"."""
    if left.pronoun and forms[left.last - 1].endswith("self") and left.last == right.first:
        return True  # "mother, herself a nurse,"
    if right.pronoun or left.plural or right.plural or forms[left.last : right.first] != [","]:
        return False
    if right.relations == ("acquaintance_or_stranger",) and forms[right.first] in ("a", "an", "the"):
        return True  # "his mother, a woman of 22,"
    after = forms[right.last : right.last + 2]
    opens = forms[right.first] in closed_class("possessives") or forms[right.first] in closed_class("indefinite")
    return opens and after[:1] in ([","], ["."], ["who"], [";"]) and after != [",", "and"]


def _is_owned(forms: list[str], first: int, last: int) -> bool:
    """Say whether siblings are somebody's ("her sisters"), not the group that the review is about ("three sisters")."""
    inside = forms[max(0, first - 1) : last]
    return any(not closed_class(name).isdisjoint(inside) for name in ("possessives", "other")) or "of" in inside[1:]


def _is_new(forms: list[str], first: int, last: int, gender: str, around: _Around) -> bool:
    """Say whether words bring in a child who is not the subject: an indefinite noun after the first child.

    An apposition ("Child K, a boy of nine") is no new child.
    """
    if closed_class("other") & set(forms[first : last - 1]):
        return True
    recent = (*around.here[-4:], *around.before[-8:])
    if forms[first] == "the" and any(party.other and party.gender == gender for party in recent):
        return True
    known = any(party.relations == (CHILD,) for party in (*around.here[:4], *around.here[-4:], *around.before[:1]))
    before = forms[first - 1] if first else ""
    return known and forms[first] in closed_class("indefinite") and before not in (",", "(", "as", "and", "of", "to")


def _pronoun(first: int, last: int, gender: str, around: _Around) -> Party:
    """Take a pronoun for the subject of its sentence, or of the sentence before, else for the child."""
    plural, here = gender == "plural", around.here
    noun = around.words.forms[last - 1]
    if plural and noun == "whom" and here:
        return here[-1]._replace(first=first, last=last, pronoun=True)
    for party in (*here[:1], *([around.subject] if around.subject else [])):
        several = party.plural or len(party.relations) > 1
        if noun == "adults" and party.is_child:
            continue
        if several if plural else party.gender in (gender, "unknown") and not several:
            return party._replace(first=first, last=last, pronoun=True)
    for party in () if plural else reversed((around.before[-6:] + here[-6:])[-6:]):
        if party.gender == gender and not party.plural:
            return party._replace(first=first, last=last, pronoun=True)
    for party in () if plural else reversed((around.before[-6:] + here[-6:])[-6:]):
        if party.gender == "unknown" and not party.plural and not party.is_child:
            return party._replace(first=first, last=last, pronoun=True)
    if plural and noun == "adults":
        recent = [r for party in (around.before[-8:] + here[-8:])[-8:] if not party.is_child for r in party.relations]
        adults = [relation for relation in recent if relation != "acquaintance_or_stranger"] or recent
        if adults:
            return Party(first, last, tuple(dict.fromkeys(adults))[-2:], plural=True, pronoun=True)
    if plural and len(here) >= 2:
        return Party(first, last, here[0].relations + here[1].relations, plural=True, pronoun=True)
    return Party(first, last, (CHILD,), gender, plural, pronoun=True)


def _partner_of(owner: str, around: _Around) -> str:
    """Return what a partner is to the child: the last person of the fitting gender tells whose partner it is."""
    gender = {"his": "male", "her": "female"}.get(owner.split(" ")[0] if owner else "", "")
    steps: dict[str, dict[str, str]] = load("mentions.toml")["step"]
    recent = [*reversed(around.here[-8:]), *([around.subject] if around.subject else []), *reversed(around.before[-6:])]
    for party in recent:
        if gender and party.gender not in (gender, "unknown"):
            continue
        if party.is_child:
            if owner and party in around.here[-8:]:
                return "intimate_partner"
            continue
        if owner and party in around.here[-8:] and party.relations == ("acquaintance_or_stranger",):
            return "acquaintance_or_stranger"  # "a neighbour and his wife"
        relation = "carer" if party.relations[0] == "foster_carer_or_guardian" else party.relations[0]
        if relation == "sibling" or (relation in steps and "partner" in steps[relation]):
            return "other_relative" if relation == "sibling" else steps[relation]["partner"]
    return "mothers_partner" if gender != "male" else "intimate_partner"


def _labels(parties: list[Party], words: Words) -> dict[str, list[str]]:
    """Return labels of people other than the child ("Adult A", "Child 1") by the relation told beside them."""
    labels: dict[str, list[str]] = {}
    for party in parties:
        if party.relations == (CHILD,) or party.pronoun or party.last >= len(words):
            continue
        match = _LABEL.match(words.text, words.ends[party.last - 1])
        if match:
            labels.setdefault(f"{'+'.join(party.relations)}.{party.gender}", []).append(match.group(1))
    return labels


def _nouns_and_names(case: Case, words: Words) -> dict[int, Found]:
    """Return the nouns for people, and the children called by a name, by their first word.

    A name inside a longer phrase for somebody else ("Child K's mother") is part of that phrase.
    """
    found: dict[int, Found] = {}
    phrases = bytearray(len(words) + 1)
    for mention in case.once(find_mentions):
        first, last = words.index(mention.start), words.index(mention.end)
        if first < last:
            found[first] = (first, last, mention)
            if mention.relation != CHILD:
                phrases[first:last] = b"\1" * (last - first)
    taken = bytearray(phrases)
    relations = {"subject_child": CHILD, "sibling": "sibling", "other_child": "peer"}
    for person in case.once(find_people):
        for start, end in person.mentions if person.role in relations else ():
            first, last = words.index(start), words.index(end)
            if first < last and not any(phrases[first:last]):
                found[first] = (first, last, relations[person.role])
    for first, last, _ in found.values():
        taken[first:last] = b"\1" * (last - first)
    opening = min(found, default=len(words))
    for first, last in _ages_alone(words):
        if not any(taken[first:last]):
            # The first person of all is the subject, who may be 18 or over.
            relation = _grown_up_at(*words.forms[first + 1 : first + 3]) if opening < first else CHILD
            found[first] = (first, last, relation)
    return found


def _ages_alone(words: Words) -> Iterator[tuple[int, int]]:
    """Yield the words of "a 16-year-old", which may stand for a person without a noun."""
    forms = words.forms
    for last, form in enumerate(forms):
        is_age = form == "old" and last >= 3 and forms[last - 1] in closed_class("age_units")
        if is_age and forms[last - 3] in ("a", "an", "the"):
            yield last - 3, last + 1


def _grown_up_at(number: str, unit: str) -> str:
    grown_up = unit == "year" and number.isdecimal() and len(number) < 4 and int(number) >= 18
    return "acquaintance_or_stranger" if grown_up else CHILD


@cache
def _pronouns() -> Lexicon:
    return Lexicon({f"pronoun.{gender}": words for gender, words in load("perpetrators.toml")["pronouns"].items()})
