"""How a text introduces people by name: "her sister Rosie", "a girl, Polly,", "Tom's father", "(Adult A)"."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from reviewnlp.extraction import name_patterns as patterns
from reviewnlp.extraction.case_names import read_case_name, runs
from reviewnlp.extraction.mentions import Mention, find_mentions

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case

_PARENT = ("mother", "father", "parents_unspecified")
_BEFORE = re.compile(
    r"(?:,? (?:who (?:is|was) )?(?:named|called|known as|referred to as)|,| \(| [-–—]|:|)(?: here as)? ?[(\"“'‘]?"
)
_AFTER = re.compile(r"(?:, (?:who (?:is|was) )?| \(| was | is | [-–—] |['’]s )")
_IS = re.compile(r"\s(?:is|was)\s")
_AGE_BEHIND = re.compile(
    r"\s\((?:aged\s)?\d{1,2}\)|,\s(?:then\s|now\s)?(?:aged\s)?\d{1,2}(?:,|\s(?:years|months|weeks)\b)"
)
_OWNED = re.compile(r"his\b|her\b|their\b|.*['’]s?\Z")
_LAW = re.compile(r"['’]s\s[Ll]aw\b")
_CLOSED = re.compile(r"[,.;:)\"”’]|\Z| \(| and | who | was | were | is | had | in | at | aged | by | from ")
VERB = re.compile(
    r",? (?:who )?(?:was|is|had|has|lived|died|told|said|went|disclosed|suffered|became|moved|came|attended|presented"
    r"|took|began|did|would|could|made|left|ran|used|experienced|received|spent|reported|returned|started|stayed|struggled"
    r"|felt|spoke|used|needed|wanted|saw|grew|often|also|first|and his|and her|and their)\b"
)
_PLACE = re.compile(r"\b(?:in|at|from|near|to|via|the|across|around|outside|under|visiting)\s\Z")


class Introductions:
    """What the words around names tell.

    Attributes
    ----------
    tells_of_one_child : bool
        Whether the narrative opens with a single child.
    tells_of_siblings : bool
        Whether it tells of a child's siblings ("her siblings").
    """

    def __init__(self, case: Case) -> None:
        self._text = case.text
        # Parts of the case, not the case itself, which keeps this: a cycle would wait for the garbage collector.
        self._body = case.title.end if case.title else 0
        self._practice_start = case.practice_start
        self._title_names = case.case_name is not None and bool(read_case_name(case.case_name))
        self._common = case.common
        mentions = case.once(find_mentions)
        self._starts = {mention.start: mention for mention in mentions}
        self._ends = {mention.end: mention for mention in mentions}
        self._owners = {mention.start: mention for mention in mentions if mention.owner[:1].isupper()}
        first = case.narrative[0] if case.narrative else None
        self.tells_of_siblings = any(
            mention.relation == "sibling"
            and mention.plural
            and (mention.owner in ("his", "her") or mention.owner[:1].isupper())
            for mention in mentions
        )
        self.tells_of_one_child = first is not None and any(
            mention.relation in ("child", "subject_child") and not mention.plural
            for mention in mentions
            if mention.start < first.end
        )

    @cached_property
    def candidates(self) -> list[tuple[str, int, int]]:
        """Capitalised words that may be names, with their offsets; labels are not among them."""
        labels = {match.end() for match in patterns.label().finditer(self._text, self._body)}
        nouns = patterns.nouns()
        found = []
        for match in patterns.names().finditer(self._text, self._body):
            for run, at in runs(match.group()):
                begin = match.start() + at
                if run not in nouns and begin + len(run) not in labels and not _LAW.match(self._text, begin + len(run)):
                    found.append((run, begin, begin + len(run)))
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The candidates that the narrative introduces as people."""
        accepted: set[str] = set()
        verbs: dict[str, int] = {}
        narrative = [c for c in self.candidates if c[1] < self._practice_start]
        for name, start, end in narrative:
            if name in accepted or name in self._common:
                continue
            told_age = _AGE_BEHIND.match(self._text, end) is not None
            if told_age or self._is_introduced(start, end) or self._owns_kin(start, end):
                accepted.add(name)
            elif (
                " " not in name
                and VERB.match(self._text, end)
                and not _PLACE.search(self._text, max(0, start - 12), start)
            ):
                verbs[name] = verbs.get(name, 0) + 1
        enough = 2 if self._title_names else 1
        accepted |= {name for name, times in verbs.items() if times >= enough}
        for (left, _, left_end), (right, right_start, _) in pairwise(narrative):
            if (left in accepted) != (right in accepted) and self._text[left_end:right_start] in (" and ", ", "):
                accepted |= {name for name in (left, right) if name not in self._common}
        return frozenset(accepted)

    def introduces_code(self, start: int, end: int) -> bool:
        """Say whether a mention of a person stands right before a code such as "FJ", set off from it."""
        if self._text[start:end] in patterns.not_codes():
            return False
        copula = _IS.match(self._text, end)
        if copula and (after := self._starts.get(copula.end())):
            return after.relation not in ("child", "acquaintance_or_stranger", "professional")
        mention = self._before(start)
        if mention is None:
            return False
        between = self._text[mention.end : start]
        if between == " (":
            return self._text[end : end + 1] == ")"
        return between == ", " and self._text[end : end + 1] in (",", ".", ")")

    def ties(self, start: int, end: int) -> list[str]:
        """Return what the mentions next to a name make of the person: parent, sibling, adult, child."""
        before, after = self._before(start), None
        match = _AFTER.match(self._text, end)
        if match and "'s" not in match.group() and "’s" not in match.group():
            after = self._starts.get(match.end())
        return [self._tie(mention) for mention in (before, after) if mention is not None]

    def _before(self, start: int) -> Mention | None:
        for gap in range(1, 20):
            mention = self._ends.get(start - gap)
            if mention is not None:
                return mention if _BEFORE.fullmatch(self._text, mention.end, start) else None
        return None

    def _tie(self, mention: Mention) -> str:
        if mention.relation in _PARENT:
            return "parent"
        if mention.relation == "sibling" and mention.plural and not _OWNED.match(mention.owner):
            return "child"  # "neglect of two sisters, Ann and Bea"
        if mention.relation == "sibling":
            return "child" if self._text.startswith("twin", mention.head_start) else "sibling"
        return "child" if mention.relation in ("child", "subject_child", "peer") else "adult"

    def _is_introduced(self, start: int, end: int) -> bool:
        mention = self._before(start)
        if mention is None or mention.word in ("men", "women", "professional"):
            return False
        between = self._text[mention.end : start]
        return between == " (" or len(between) > 3 or bool(_CLOSED.match(self._text, end))

    def _owns_kin(self, start: int, end: int) -> bool:
        mention = self._owners.get(start)
        if mention is None or self._text[end : end + 1] not in ("'", "’"):
            return False
        return mention.relation not in ("child", "acquaintance_or_stranger", "professional")
