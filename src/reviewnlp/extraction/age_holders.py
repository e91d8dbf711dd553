"""Whose age it is: the person in whose noun phrase an age stands, whom it follows, or of whom the clause tells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reviewnlp.extraction.mentions import Mention, find_mentions
from reviewnlp.extraction.people import find_people
from reviewnlp.reading.wordlists import as_listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewnlp.extraction.age_expressions import Expression
    from reviewnlp.extraction.case import Case
    from reviewnlp.extraction.text import Sentence
    from reviewnlp.records.facts import Holder, Role

# What may stand between a person and the age that belongs to them: "Mother, who was then aged".
_LINK = re.compile(
    r"(?:[\s,(:–-]|\b(?:aged?|ages|who|whom|was|were|is|are|being|then|now|both|all|each|the|of|at|only|just|about|around"
    r"|approximately|nearly|almost|between|ranging|ranged|in|from|under|over|turned|had|has|reached|who’s|a|an|her|his|their"
    r"|respectively|also|and)\b){1,24}"
)
_ADVERBIAL = re.compile(r"\b(?:at|from|also)\b|\bin\b(?!\s(?:her|his|their)\s)")
_SAME_LIST = re.compile(r"(?:,|\s|and|or|to|-|–|a|an|the|aged|age|another|one|respectively|&){1,8}")
_BY = re.compile(
    r"\b(?:by|with|against|from|to|on|upon|towards|including)\s(?:an?\s|the\s|his\s|her\s|their\s|another\s)?\Z"
)
_OPENS_CLAUSE = re.compile(
    r"(?:[.;:,(]\s?|\b(?:and|but|when|while|whilst|that|because|since|if|as|where|until|before|after|although|which|how)\s)\Z"
)
_VERB = re.compile(
    r",?\s(?:who\s)?(?:was|were|is|are|had|has|have|did|then|later|became|went|told|said|first|also|left|lost|\w{2,15}ed)\b"
)
_PRONOUN = re.compile(r"\b(she|he|her|his|him|they|their)\b", re.IGNORECASE)
_FURTHER = re.compile(
    r"\b(?:older|elder|eldest|oldest|younger|youngest|other|another|first|second|half|surviving|remaining)\b"
)
_IS_ALSO = re.compile(r"\s\(|,?\swho\s(?:was|is|became)\s|,\s(?=the\s|her\s|his\s|their\s|[A-Z])")
_PLURAL_KIND = re.compile(r"(?:olds|teenagers|s|\+)\Z")
_MANY = re.compile(r"(?:olds|teenagers|\ds|\+)\Z")
_WHEN = re.compile(r"\b(she|he)\s(?:was|is)\s(?:only\s|just\s|aged\s|about\s)?\Z", re.IGNORECASE)
_OPENS_WITH_PRONOUN = re.compile(r"(?:She|He|Her|His)\b")
_GENDER = {"she": "female", "her": "female", "he": "male", "his": "male", "him": "male"}
_CRIME = re.compile(
    r"\b(?:rape[ds]?|raping|murder(?:ed|ing)?|assault(?:ed|ing)?|abuse[ds]?|abusing|kill(?:ed|ing)|stabb\w+|attack(?:ed|ing)?)\b"
)
_NEAR = 12
_FAR = 40  # people; nobody further back is looked at
_HARMED = re.compile(r"\b(?:death|deaths|injur\w+|harm|abuse|murder|neglect|assault|killing)\s(?:of|to)\s\Z")
_ADULT_FROM = 18
# Relations of nouns that say nothing of kinship.
_OFFSPRING = ("child", "children", "son", "sons", "daughter", "daughters", "baby")
_GENERIC = ("child", "acquaintance_or_stranger", "professional")


class _Party(NamedTuple):
    """Somebody at ``text[start:end]``: a person called by name, or a mention."""

    start: int
    end: int
    role: Role | None
    mention: Mention | None


class Holders:
    """Finds the holders of the ages of one entry.

    Parameters
    ----------
    case
        The entry.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._text = case.text
        named = [
            _Party(start, end, person.role, None)
            for person in case.once(find_people)
            for start, end in person.mentions
            if not case.title or start >= case.title.end
        ]
        mentions = [_Party(mention.start, mention.end, None, mention) for mention in case.once(find_mentions)]
        self._parties = sorted((*named, *mentions), key=lambda party: (party.start, party.end))
        self._starts = [party.start for party in self._parties]
        self._sentence_starts = [sentence.start for sentence in case.sentences]
        self._subjects = sum(person.role == "subject_child" for person in case.once(find_people))
        self._title_plural = self._subjects > 1
        self._first = case.narrative[0] if case.narrative else None
        told = [
            m
            for m in case.once(find_mentions)
            if self._first and m.start < self._first.end and m.word in ("girl", "boy")
        ]
        self._first_mention = min((p.start for p in self._parties if p.mention), default=0)
        self._child_gender = told[0].gender if told else "unknown"

    def of(self, ages: Sequence[Expression]) -> list[Holder]:
        """Return the holder of each age, in the order of the ages."""
        holders: list[Holder] = []
        for i, age in enumerate(ages):
            before = ages[i - 1] if i else None
            holders.append(self._holder(age, before, holders))
        return holders

    def _holder(self, age: Expression, before: Expression | None, known: list[Holder]) -> Holder:
        sentence = self._case.sentences[bisect_right(self._sentence_starts, age.start) - 1]
        follows = before is not None and bool(_SAME_LIST.fullmatch(self._text[before.end : age.start]))
        around = self._covering(age)
        named = self._named_after(age)
        if named is not None:
            return self._role_holder(named)
        if sentence.part == "title":
            return "subject_child" if not _PLURAL_KIND.search(self._text[age.start : age.end]) else "general"
        if sentence.part == "practice":
            party = self._linked(age, sentence)
            return self._role_holder(party.role) if party and party.role else "general"
        if around is not None:
            return self._of_phrase(around, age, known, sentence)
        if follows and known:
            return known[-1]
        party = self._linked(age, sentence)
        if party is not None:
            return self._of_party(party, age, known, sentence)
        if sentence != self._first and _MANY.search(self._text, age.start, age.end):
            return "general"
        article = self._text[max(0, age.start - 3) : age.start].lower().endswith((" a ", " an ", "the "))
        if article and self._text[age.start : age.end].endswith("old"):
            return self._of_child(age, known, sentence, age.start, "")
        subject = self._subject(age, sentence)
        told = self._of_party(subject, age, known, sentence) if subject else "subject_child"
        return self._by_pronoun(age, sentence, told)

    def _before(self, position: int, number: int) -> list[_Party]:
        """Return the last so many people who begin before a position."""
        i = bisect_left(self._starts, position)
        return self._parties[max(0, i - number) : i]

    def _covering(self, age: Expression) -> Mention | None:
        """Return the mention in whose phrase the age stands ("a 15-year-old girl")."""
        for party in reversed(self._before(age.start + 1, 4)):
            if party.mention and party.start <= age.start and party.end >= age.end:
                return party.mention
        # The age opens the phrase: "15-year-old girls".
        i = bisect_right(self._starts, age.end)
        for party in self._parties[max(0, i - 2) : i + 1]:
            mention = party.mention
            if mention and mention.start >= age.start and self._text[age.end : mention.start] in ("", " "):
                return mention
        return None

    def _named_after(self, age: Expression) -> Role | None:
        """Return the role of somebody named right after the age ("3-month-old Sibling B")."""
        i = bisect_right(self._starts, age.end)
        for party in self._parties[i : i + 2]:
            if party.role and self._text[age.end : party.start] in (" ", " (", ", "):
                after = self._text[party.end : party.end + 1]
                return party.role if after not in ("'", "’") else None
        return None

    def _linked(self, age: Expression, sentence: Sentence) -> _Party | None:
        """Return the person whom the age follows ("the mother, who was 19"; "Child A (5)")."""
        i = bisect_right(self._starts, age.start - 1)
        for party in self._parties[max(0, i - 3) : i][::-1]:
            if sentence.start <= party.start and party.end <= age.start and age.start - party.end <= 60:
                between = self._text[party.end : age.start]
                if not between.startswith(("'", "’")) and _LINK.fullmatch(between) and not _ADVERBIAL.search(between):
                    return party
        return None

    def _subject(self, age: Expression, sentence: Sentence) -> _Party | None:
        """Return the last person before the age who stands as a subject and agrees with the pronoun between."""
        i = bisect_right(self._starts, age.start - 1)
        parties = [p for p in self._parties[max(0, i - _FAR) : i] if p.start >= sentence.start and p.end <= age.start]
        for party in reversed(parties):
            if self._text[party.end : party.end + 1] in ("'", "’"):
                continue
            pronouns = _PRONOUN.findall(self._text[party.end : age.start])
            gender = next((_GENDER[p.lower()] for p in reversed(pronouns) if p.lower() in _GENDER), None)
            if party.mention and gender and party.mention.gender not in ("unknown", gender):
                continue
            if party is parties[0] or self._is_subject(party, sentence):
                return party
        return None

    def _by_pronoun(self, age: Expression, sentence: Sentence, told: Holder) -> Holder:
        """Correct a holder by the pronoun of "when she was 17": of another gender than the child, or carried over."""
        when = _WHEN.search(self._text, max(sentence.start, age.start - 32), age.start)
        if when is None or told == "parent":
            return told
        gender = _GENDER[as_listed(when.group(1))]
        child = self._child_gender
        if child != "unknown" and child != gender:
            return "parent"
        topic = self._topic(sentence, gender)
        return "parent" if topic in ("mother", "father", "parents_unspecified") else told

    def _topic(self, sentence: Sentence, gender: str) -> str | None:
        """Return the relation of the one whom a sentence that opens with a pronoun carries on from."""
        narrative = self._case.narrative
        at = narrative.index(sentence) if sentence in narrative else 0
        while at and _OPENS_WITH_PRONOUN.match(self._text, narrative[at].start):
            at -= 1
            if _OPENS_WITH_PRONOUN.match(self._text, narrative[at].start):
                continue
            i = bisect_right(self._starts, narrative[at].start - 1)
            for party in self._parties[i : i + _FAR]:
                if party.start >= narrative[at].end:
                    break
                if party.mention and party.mention.gender == gender:
                    return party.mention.relation
        return None

    def _is_subject(self, party: _Party, sentence: Sentence) -> bool:
        """Say whether a clause begins with somebody."""
        opens = party.start == sentence.start or _OPENS_CLAUSE.search(
            self._text, max(sentence.start, party.start - 12), party.start
        )
        return bool(opens) and _VERB.match(self._text, party.end) is not None

    def _of_party(self, party: _Party, age: Expression, known: list[Holder], sentence: Sentence) -> Holder:
        if party.role:
            return self._role_holder(party.role)
        assert party.mention is not None  # noqa: S101
        return self._of_phrase(party.mention, age, known, sentence)

    def _of_phrase(self, mention: Mention, age: Expression, known: list[Holder], sentence: Sentence) -> Holder:
        named = self._also(mention) or self._in_apposition(mention)
        if named is not None:
            return named
        relation, phrase = mention.relation, self._text[mention.start : mention.end]
        opens = sentence is self._first or sentence == self._first
        if relation in ("mother", "father", "parents_unspecified"):
            return "parent"
        if self._text.startswith(("one of ", "One of "), mention.start - 7):
            return "subject_child"
        first = opens and mention.start <= self._first_mention
        if relation == "sibling" and opens and self._opening_tells_all():
            return "subject_child"
        if (
            relation == "sibling"
            and opens
            and self._title_plural
            and _HARMED.search(self._text, max(0, mention.start - 24), mention.start)
        ):
            return "subject_child"
        if relation == "sibling":
            own = mention.owner in ("his", "her", "their", "a", "an", "the") or mention.owner[:1].isupper()
            possessed = (
                mention.owner in ("his", "her", "their") or mention.owner[:1].isupper() or _FURTHER.search(phrase)
            )
            told = opens and not (own and possessed)
            return "subject_child" if told and "subject_child" not in known else "sibling"
        if relation in ("child", "subject_child"):
            return self._of_child(age, known, sentence, mention.start, phrase, mention)
        if first and mention.owner not in ("his", "her", "their"):
            return "subject_child"
        young = age.most is not None and age.most.endswith("Y") and int(re.sub(r"\D", "", age.most) or 0) < _ADULT_FROM
        return "other_child" if young or (age.most or "").endswith(("M", "W", "D")) else "other_adult"

    def _of_child(
        self,
        age: Expression,
        known: list[Holder],
        sentence: Sentence,
        start: int,
        phrase: str,
        mention: Mention | None = None,
    ) -> Holder:
        """Tell the subject child from its siblings and from other children."""
        opens = sentence == self._first
        owned = mention is not None and (mention.owner in ("his", "her", "their") or "'s" in mention.owner)
        met = _BY.search(self._text, max(sentence.start, start - 24), start)
        if opens and self._is_other_in_opening(mention, start, met is not None, sentence):
            return "other_child"
        if "subject_child" not in known:
            general = mention is not None and mention.plural and not mention.owner and not opens and known
            return "general" if general else "subject_child"
        noun = self._text[mention.head_start : mention.end].lower() if mention else ""
        if not opens and (age.least is None or age.most is None) and mention is not None and mention.owner in ("a", ""):
            return "general"  # "sexual activity with a child under 13"
        if mention is not None and (owned or (noun in _OFFSPRING and _FURTHER.search(phrase))):
            return "sibling"
        if opens:
            return "other_child" if met and not self._title_plural else "subject_child"
        if mention is not None and mention.plural and not mention.owner:
            return "general" if sentence.part == "key_issues" else "other_child"
        if mention is not None and mention.owner == "the":
            other = mention.gender != "unknown" != self._child_gender and mention.gender != self._child_gender
            return "other_child" if other else "subject_child"
        return "other_child" if met or not self._title_plural else "subject_child"

    def _is_other_in_opening(self, mention: Mention | None, start: int, met: bool, sentence: Sentence) -> bool:
        """Say whether the opening tells of another child: "of a girl by a boy of 14", "Zac raped a girl of 13"."""
        if self._title_plural or (mention is not None and mention.owner == "the"):
            return False
        before = [party for party in self._before(start - 1, _FAR) if party.start >= sentence.start]
        if met:
            return any(p.role == "subject_child" or (p.mention and p.mention.relation == "child") for p in before)
        named = [p for p in before if p.role == "subject_child" and p.start < start - _NEAR]
        return bool(named) and _CRIME.search(self._text, named[-1].end, start) is not None

    def _opening_tells_all(self) -> bool:
        """Say whether the opening tells of as many children, siblings among them, as the title names."""
        assert self._first is not None  # noqa: S101
        told = [
            party.mention
            for party in self._parties[: self._subjects * 4]
            if party.mention and party.start < self._first.end and party.mention.relation in ("child", "sibling")
        ]
        return self._subjects > 1 and len(told) == self._subjects and not any(mention.plural for mention in told)

    def _also(self, mention: Mention) -> Holder | None:
        """Return the holder when the phrase is followed by who it is: "a 23-year-old man (Tom's father)"."""
        link = _IS_ALSO.match(self._text, mention.end)
        gap = link.end() if link else mention.end + 1
        i = bisect_right(self._starts, mention.end - 1)
        for party in self._parties[i : i + 3]:
            if party.start != gap and party.start != gap + 1:
                continue
            if party.role and self._text[party.end : party.end + 1] in ("'", "’"):
                continue
            if party.role:
                return self._role_holder(party.role)
            if link and "(" in link.group() and party.mention:
                if party.mention.relation in ("mother", "father", "parents_unspecified"):
                    return "parent"
                if party.mention.relation == "sibling":
                    return "sibling"
        return None

    def _in_apposition(self, mention: Mention) -> Holder | None:
        """Return the holder when the phrase says more of somebody: "her mother, a 15-year-old pupil"."""
        if mention.owner not in ("a", "an", "the") or mention.relation not in _GENERIC:
            return None
        i = bisect_right(self._starts, mention.start - 1)
        for party in self._parties[max(0, i - 3) : i][::-1]:
            if self._text[party.end : mention.start] not in (", ", ", who was ", " was ", ", then "):
                continue
            if party.role:
                return self._role_holder(party.role)
            if party.mention and party.mention.relation in ("mother", "father", "parents_unspecified"):
                return "parent"
            if party.mention and party.mention.relation == "sibling" and party.mention.owner:
                return "sibling"
        return None

    def _role_holder(self, role: Role | None) -> Holder:
        return role or "subject_child"
