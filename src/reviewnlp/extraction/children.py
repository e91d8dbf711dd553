"""The subject children of the entry, each with name, gender and age at the incident."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewnlp.extraction.age_numbers import read_quantity
from reviewnlp.extraction.ages import find_ages
from reviewnlp.extraction.genders import Genders
from reviewnlp.extraction.mentions import Mention, find_mentions
from reviewnlp.extraction.people import find_people
from reviewnlp.records import Age, Child, Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewnlp.extraction.case import Case
    from reviewnlp.records.facts import Gender

_HISTORY = re.compile(
    r"\b(?:when|until|since|from|at|by|before|after)\s(?:\w+\s){0,3}?(?:aged?\s|the\sage\sof\s|was\s|were\s)?\Z",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:\A|\b)(\d{1,3}|[a-z]+)\b")
_GROUP_NOUN = re.compile(
    r"\b(?:sibling group|group of (?:siblings|children|young people)|siblings|children|families)\b", re.IGNORECASE
)
_MET = re.compile(r"\b(?:by|with|against|towards)\s(?:an?\s)?\Z")
_BESIDE = 24
_DAYS = {"Y": 365, "M": 30, "W": 7, "D": 1}


def find_children(case: Case) -> tuple[Child, ...]:
    r"""Return the subject children in the order of the entry; those not told apart are one group.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> case = Case("2021 - Northtown - Children A and B\nDeath of a 3-week-old girl, found by Child B.")
    >>> [(child.name, child.age_min, child.gender) for child in find_children(case)]
    [('Child A', 'P3W', 'female'), ('Child B', None, 'unknown')]
    """
    if not case.narrative:
        return ()
    subjects = [person for person in case.once(find_people) if person.role == "subject_child"]
    opening = _opening(case, subjects)
    if _is_group(case, subjects, opening):
        return _members(case, opening) or (_group(case, opening),)
    genders = Genders(case, subjects, opening)
    ages = _ages(case, subjects, opening)
    if not subjects:
        return (_unnamed(case, opening, genders, ages),)
    return tuple(
        Child(
            person.name,
            *ages.get(i, (None, None)),
            genders.of(i),
            evidence=case.text[person.start : person.end],
            start=person.start,
            end=person.end,
        )
        for i, person in enumerate(subjects)
    )


def _opening(case: Case, subjects: Sequence[Person]) -> Mention | None:
    """Return the first mention of a child in the narrative, or of siblings who are not somebody's."""
    first = case.narrative[0]
    named = min(
        (start for person in subjects for start, _ in person.mentions if first.start <= start < first.end),
        default=first.end,
    )
    for mention in case.once(find_mentions):
        kin = (
            mention.relation == "sibling" and mention.owner not in ("his", "her", "their") and "'" not in mention.owner
        )
        if not kin and mention.relation not in ("child", "subject_child"):
            continue
        if named < mention.start - _BESIDE or _MET.search(
            case.text, max(first.start, mention.start - 12), mention.start
        ):
            continue
        return mention
    return None


def _is_group(case: Case, subjects: Sequence[Person], opening: Mention | None) -> bool:
    """Say whether the subject children are told as a group."""
    first = case.narrative[0]
    early = case.narrative[:2][-1].end
    plural = opening is not None and opening.plural and opening.start < early
    count = (_count(case, opening) if plural else None) or 0
    in_title = any(case.title and start < case.title.end for person in subjects for start, _ in person.mentions)
    if subjects and not in_title:
        return count > len(subjects)
    if len(subjects) > 1:
        return False
    if len(subjects) == 1:
        in_body = any(not case.title or start >= case.title.end for start, _ in subjects[0].mentions)
        return count > 1 and not in_body
    return opening is None or plural or opening.start >= first.end


def _members(case: Case, opening: Mention | None) -> tuple[Child, ...]:
    """Return the members of a group whose ages are told one by one ("four children aged 2, 5, 8 and 10")."""
    count = _count(case, opening)
    first = case.narrative[0]
    ages = [age for age in case.once(find_ages) if age.holder == "subject_child" and age.start < first.end]
    if opening is None or count != len(ages) or any(age.min != age.max for age in ages):
        return ()
    gender = _group_gender(case, opening)
    gender = "unknown" if gender == "mixed" else gender
    return tuple(Child(None, age.min, age.max, gender, evidence=age.text, start=age.start, end=age.end) for age in ages)


def _group(case: Case, opening: Mention | None) -> Child:
    count = _count(case, opening)
    first = case.narrative[0]
    ages = [age for age in case.once(find_ages) if age.holder == "subject_child" and _in_narrative(case, age)]
    ages = [age for age in ages if age.start < first.end] or ages
    least = [age.min for age in ages if age.min]
    most = [age.max for age in ages if age.max]
    start, end = (opening.start, opening.end) if opening else (first.start, first.end)
    return Child(
        None,
        min(least, key=_days) if least and len(least) == len(ages) else None,
        max(most, key=_days) if most and len(most) == len(ages) else None,
        _group_gender(case, opening),
        group=True,
        count=count,
        evidence=case.text[start:end],
        start=start,
        end=end,
    )


def _unnamed(
    case: Case, opening: Mention | None, genders: Genders, ages: dict[int, tuple[str | None, str | None]]
) -> Child:
    start, end = (opening.start, opening.end) if opening else (case.narrative[0].start, case.narrative[0].end)
    return Child(None, *ages.get(0, (None, None)), genders.of(0), evidence=case.text[start:end], start=start, end=end)


def _ages(case: Case, subjects: Sequence[Person], opening: Mention | None) -> dict[int, tuple[str | None, str | None]]:
    """Return the age at the incident of each subject child by its place, unnamed child 0."""
    told = [age for age in case.once(find_ages) if age.holder == "subject_child" and _in_narrative(case, age)]
    first = case.narrative[0]
    size = max(1, len(subjects))
    opening_ages = [age for age in told if age.start < first.end]
    found: dict[int, tuple[str | None, str | None]] = {}
    if size > 1:
        for age in told:
            owner = _named_beside(case, age, subjects)
            if owner is not None and owner not in found and not _is_history(case, age):
                found[owner] = (age.min, age.max)
        if not opening_ages and len(told) == size and not found:
            return {i: (age.min, age.max) for i, age in enumerate(told)}
        free = [age for age in opening_ages if _named_beside(case, age, subjects) is None]
        if len(free) == size and not found:
            return {i: (age.min, age.max) for i, age in enumerate(free)}
        if len(free) == 1 and (_tells_all(case, free[0], opening) or (free[0].min != free[0].max)):
            return dict.fromkeys(range(size), (free[0].min, free[0].max)) | found
        if free and 0 not in found:
            found[0] = (free[0].min, free[0].max)
        _share_with_twins(case, subjects, found)
        return found
    usable = [age for age in opening_ages if not _is_history(case, age)] or opening_ages
    if len(usable) > 1 and re.search(r"\bnow\s(?:aged\s)?\Z", case.text[: usable[0].start][-12:]):
        usable = usable[1:]  # "Child W, now 17, was abused between the ages of 8 and 11"
    usable = usable or [age for age in told if not _is_history(case, age)]
    if usable:
        found[0] = (usable[0].min, usable[0].max)
    return found


def _named_beside(case: Case, age: Age, subjects: Sequence[Person]) -> int | None:
    """Return the subject child whose name stands right beside an age."""
    for i, person in enumerate(subjects):
        for start, end in person.mentions:
            if case.title and start < case.title.end:
                continue
            if 0 <= age.start - end <= 40 and _is_close(case.text[end : age.start]):
                return i
            if 0 <= start - age.end <= 24 and _is_close(case.text[age.end : start]):
                return i
    return None


def _is_close(between: str) -> bool:
    return re.fullmatch(
        r"(?:[\s,()]|\b(?:aged?|who|was|is|then|old|a|an|the|child|boy|girl|baby|infant|toddler|young|person|brother|sister"
        r"|only|just|at|age|of|named|called|known|as|teenager|son|daughter|adolescent)\b){0,12}",
        between,
    ) is not None  # fmt: skip


def _tells_all(case: Case, age: Age, opening: Mention | None) -> bool:
    before = case.text[max(0, age.start - 24) : age.start]
    return re.search(r"\b(?:both|all|each)\b", before) is not None or bool(
        opening and opening.plural and opening.start - 24 <= age.start <= opening.end + 40
    )


def _share_with_twins(case: Case, subjects: Sequence[Person], found: dict[int, tuple[str | None, str | None]]) -> None:
    """Give a twin the age of the other: "her twin, C111"."""
    if 0 not in found:
        return
    for i, person in enumerate(subjects):
        for start, _ in person.mentions:
            if i not in found and re.search(
                r"\b[Tt]win(?:\s(?:brother|sister))?,?\s\(?\Z", case.text[max(0, start - 20) : start]
            ):
                found[i] = found[0]


def _is_history(case: Case, age: Age) -> bool:
    return _HISTORY.search(case.text[max(0, age.start - 32) : age.start]) is not None


def _in_narrative(case: Case, age: Age) -> bool:
    return age.start < case.practice_start


def _days(duration: str) -> int:
    return sum(int(number) * _DAYS.get(unit, 0) for number, unit in re.findall(r"(\d+)([YMWD])", duration))


def _count(case: Case, opening: Mention | None) -> int | None:
    if opening is None or not opening.plural:
        return None
    for word in _COUNT.findall(case.text[opening.start : opening.end].lower())[:3]:
        try:
            return int(read_quantity(word))
        except (KeyError, ValueError):
            continue
    return 2 if opening.owner == "both" or case.text[opening.head_start : opening.end].lower() == "twins" else None


def _group_gender(case: Case, opening: Mention | None) -> Gender:
    if opening is None:
        return "unknown"
    first = next((s for s in case.narrative if s.start <= opening.start < s.end), case.narrative[0])
    told: set[str] = {
        mention.gender
        for mention in case.once(find_mentions)
        if first.start <= mention.start < first.end
        and mention.word in ("girl", "boy", "brother", "sister")
        and (mention == opening or mention.owner not in ("his", "her", "their"))
        and not _MET.search(case.text, max(first.start, mention.start - 12), mention.start)
    }
    if len(told) == 2 or (told and "mostly" in case.text[first.start : first.end]):
        return "mixed"
    return "female" if "female" in told else "male" if "male" in told else "unknown"
