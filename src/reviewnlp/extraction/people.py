"""Everyone in the case who is called by a name, a pseudonym or a label."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from reviewnlp.extraction import name_patterns as patterns
from reviewnlp.extraction.case_names import Called, kind_of, labels_in, read_case_name
from reviewnlp.extraction.introductions import VERB, Introductions
from reviewnlp.records import Person

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case
    from reviewnlp.records.facts import NameKind, Role

#: The groups of label nouns whose labels may be those of one child.
_ALIKE = ("child", "twin", "")


@dataclasses.dataclass
class _Draft:
    """A person while the entry is read; ``forms`` are the ways the person is called, in order."""

    group: str
    kind: NameKind
    in_title: bool
    forms: list[str]
    mentions: list[tuple[int, int]]
    ties: list[str]

    @property
    def identifier(self) -> str:
        return self.forms[0].split()[-1]


def find_people(case: Case) -> tuple[Person, ...]:
    r"""Return the people of the entry, those of the title first, then in the order of the text.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> case = Case("2021 - Northtown - Child A\nDeath of A, a girl. Her brother Tom and her father, FA, left.")
    >>> [(person.name, person.aliases, person.role) for person in find_people(case)]
    [('Child A', ('A',), 'subject_child'), ('Tom', (), 'sibling'), ('FA', (), 'parent')]
    """
    known = _People(case)
    known.read_title()
    known.read_labels()
    known.read_codes()
    known.read_names()
    return known.result()


class _People:
    """Collects the people of one entry."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.text = case.text
        self.body = case.title.end if case.title else 0
        self.known: list[_Draft] = []
        self.by_form: dict[str, _Draft] = {}
        self.by_identifier: dict[str, _Draft] = {}
        self.taken: set[int] = set()
        self.told = case.once(Introductions)

    def read_title(self) -> None:
        if not self.case.case_name:
            return
        called = read_case_name(self.case.case_name, self.case.case_name_start)
        drafts: list[_Draft] = []
        for one in called:
            if one.alias_of is None:
                drafts.append(self._add(one, in_title=True))
            else:
                drafts.append(drafts[one.alias_of])
                self._mention(drafts[-1], one.name, one.start, one.end)
        lone = self.known[0] if len(self.known) == 1 else None
        if lone and not lone.group and lone.kind != "label" and not self._stands_for_somebody(lone.forms[0]):
            for known in (self.known, self.by_form, self.by_identifier):
                known.clear()

    def read_labels(self) -> None:
        for called in labels_in(self.text, 0, self.body, len(self.text)):
            self.taken.add(called.end)
            draft = self._same_label(called)
            if draft is None:
                if called.kind == "pseudonym" and not self._is_new_name(called):
                    continue
                draft = self._add(called, in_title=False)
            else:
                self._mention(draft, called.name, called.start, called.end)
            self._tie(draft, called.start, called.end)

    def read_codes(self) -> None:
        """Read "N", "CE" as other forms of "Child N", "Child CE", and "FJ" behind "her father"."""
        codes = {draft.identifier: draft for draft in self.known if draft.kind == "label"}
        for match in patterns.code().finditer(self.text, self.body):
            code, start, end = match.group(), match.start(), match.end()
            if end in self.taken or (end - start == 1 and not self._stands_alone(code, start, end)):
                continue
            draft = codes.get(code)
            if draft is None and self.told.introduces_code(start, end):
                draft = codes[code] = self._add(Called(code, "", "label", start, end), in_title=False)
            elif draft is not None:
                self._mention(draft, code, start, end)
            if draft is not None:
                self._tie(draft, start, end)

    def read_names(self) -> None:
        """Read the names of the title where they recur, and names that the narrative introduces."""
        words = {
            word: draft
            for draft in self.known
            if draft.kind != "label"
            for form in draft.forms
            for word in (form, form.split()[-1], form.split()[0] if draft.kind == "real" else form)
        }
        titled = [(word, draft) for word, draft in words.items() if draft.in_title]
        introduced = self.told.names
        for name, start, end in self.told.candidates:
            draft = words.get(name)
            if draft is None and name in introduced:
                draft = words[name] = self._add(Called(name, "", kind_of(name, ""), start, end), in_title=False)
            elif draft is None:
                draft = next((draft for word, draft in titled if _is_slip(name, word)), None)
                if draft is not None:
                    words[name] = draft
            if draft is None:
                continue
            if end not in self.taken:
                self._mention(draft, name, start, end)
            self._tie(draft, start, end)

    def _merge_title_code(self) -> None:
        """Take a lone code of the title for the one child whom the text calls by another label."""
        titled = [draft for draft in self.known if draft.in_title]
        others = [draft for draft in self.known if not draft.in_title and draft.group == "child"]
        if len(titled) != 1 or len(others) != 1 or titled[0].group or titled[0].kind != "label":
            return
        code, told = titled[0], others[0]
        if all(start < self.body for start, _ in code.mentions):
            told.forms += code.forms
            told.mentions += code.mentions
            told.in_title = True
            self.known.remove(code)

    def _tie_the_unmentioned(self) -> None:
        """Take the people of the title who never recur for siblings where the text tells of one child's siblings."""
        titled = [draft for draft in self.known if draft.in_title]
        silent = [draft for draft in titled if all(start < self.body for start, _ in draft.mentions)]
        if silent and len(silent) < len(titled) and self.told.tells_of_one_child and self.told.tells_of_siblings:
            for draft in silent:
                draft.ties.append("sibling")

    def result(self) -> tuple[Person, ...]:
        """Return the people, in the order in which the entry names them first."""
        self._merge_title_code()
        self._tie_the_unmentioned()
        titled = [draft for draft in self.known if draft.in_title]
        alone = any("sibling" not in draft.ties for draft in titled)
        people = [self._person(draft, others_subject=alone, any_titled=bool(titled)) for draft in self.known]
        return tuple(sorted(people, key=lambda person: person.start))

    def _person(self, draft: _Draft, *, others_subject: bool, any_titled: bool) -> Person:
        name = next((form for form in draft.forms if " " in form), draft.forms[0])
        name = max((name, *draft.forms), key=lambda form: (" " in form, len(form) if draft.kind != "label" else 0))
        aliases = tuple(form for form in dict.fromkeys(draft.forms) if form != name)
        mentions = tuple(sorted(set(draft.mentions)))
        role = self._role(draft, others_subject=others_subject, any_titled=any_titled)
        return Person(name, aliases, role, draft.kind, *mentions[0], mentions)

    def _role(self, draft: _Draft, *, others_subject: bool, any_titled: bool) -> Role:
        ties = [tie for tie in draft.ties if tie != "child"]
        if draft.group == "parent":
            return "parent"
        if draft.group == "adult" or (draft.group in ("", "adult") and "adult" in ties):
            return "parent" if "parent" in ties else "other_adult"
        if draft.in_title and draft.group:
            return "sibling" if "sibling" in ties and others_subject else "subject_child"
        if draft.group == "sibling" or "sibling" in ties:
            return "sibling" if others_subject or not draft.in_title else "subject_child"
        if "parent" in ties and draft.group == "":
            return "parent"
        if draft.in_title:
            return "subject_child"
        return "other_child" if any_titled else "subject_child"

    def _add(self, called: Called, *, in_title: bool) -> _Draft:
        draft = _Draft(called.group, called.kind, in_title, [called.name], [(called.start, called.end)], [])
        self.known.append(draft)
        self.by_form.setdefault(called.name, draft)
        if called.group in _ALIKE:
            self.by_identifier.setdefault(draft.identifier, draft)
        return draft

    def _mention(self, draft: _Draft, form: str, start: int, end: int) -> None:
        draft.forms.append(form)
        self.by_form.setdefault(form, draft)
        draft.mentions.append((start, end))

    def _tie(self, draft: _Draft, start: int, end: int) -> None:
        if start < self.case.practice_start:
            draft.ties += self.told.ties(start, end)

    def _same_label(self, called: Called) -> _Draft | None:
        """Return who is already called so; "Baby K" is "Child K" unless both stand in the entry as two."""
        draft = self.by_form.get(called.name)
        if draft is None and called.group in _ALIKE:
            draft = self.by_identifier.get(called.name.split()[-1])
        return draft

    def _is_new_name(self, called: Called) -> bool:
        """Say whether "Child Word" is somebody: its word stands in no lower case, in the narrative."""
        word = called.name.split()[-1]
        return called.start < self.case.practice_start and word not in self.case.common

    def _stands_for_somebody(self, name: str) -> bool:
        """Say whether a lone word of a title is a name: it recurs as one, or a single child is told of."""
        if name in self.case.common:
            return False
        if f"Operation {name}" in self.text:
            return False
        parts = name.split()
        return any(word == name or word in parts for word, _, _ in self.told.candidates) or self.told.tells_of_one_child

    def _stands_alone(self, code: str, start: int, end: int) -> bool:
        """Say whether a single letter is a name: "N's", "L was", never the word "A" or "I"."""
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 2]
        if code in "AI":
            quoted = before in ("'", "‘", '"', "“", "(") and after[:1] in ("'", "’", '"', "”", ")")
            return quoted or (
                code == "A" and (after[:1] in (",", ".", "'", "’") or VERB.match(self.text, end) is not None)
            )
        return not (before in ("-", "&", "/", ".") or after[:1] in ("-", "&", "/", "+"))


def _is_slip(name: str, word: str) -> bool:
    """Say whether a name is a misspelling of another."""
    return min(len(name), len(word)) >= 4 and name[0] == word[0] and DamerauLevenshtein.distance(name, word) == 1
