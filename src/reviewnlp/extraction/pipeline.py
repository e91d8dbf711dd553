"""The spaCy pipeline: one component a kind of fact, each usable in anybody's pipeline.

``nlp.add_pipe("reviewnlp_ages")`` is all that is needed. A component publishes what it found as
``doc.spans["ages"]``; ``span._.fact`` is the typed fact of a span, ``read_facts(doc, "ages", Age)`` all of
them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from reviewnlp.extraction.ages import find_ages
from reviewnlp.extraction.case import Case, read_case
from reviewnlp.extraction.causes import find_causes
from reviewnlp.extraction.children import find_children
from reviewnlp.extraction.incident_dates import find_incident_dates
from reviewnlp.extraction.justice import find_justice
from reviewnlp.extraction.outcomes import find_outcomes
from reviewnlp.extraction.people import find_people
from reviewnlp.extraction.perpetrators import find_perpetrators
from reviewnlp.extraction.service_status import find_service_status
from reviewnlp.extraction.tokens import WarmTokenizer
from reviewnlp.records import (
    Age,
    Cause,
    Child,
    Fact,
    IncidentDate,
    JusticeStep,
    Outcome,
    Perpetrator,
    Person,
    ServiceStatus,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Finder = Callable[[Case], Sequence[Fact]]

FactType = TypeVar("FactType", bound=Fact)

#: The kinds of fact, in the order of the pipeline: the key in ``doc.spans`` and the record of each.
KINDS: dict[str, type[Fact]] = {
    "people": Person,
    "ages": Age,
    "outcomes": Outcome,
    "causes": Cause,
    "perpetrators": Perpetrator,
    "justice": JusticeStep,
    "service_status": ServiceStatus,
    "children": Child,
    "incident_dates": IncidentDate,
}

_UNBROKEN = re.compile(r"\S{200}")
_PIECE = re.compile(r"\w{1,50}|\s{1,50}|[^\w\s]")
_HALF = re.compile("[\ud800-\udfff]")
_TEXT, _TOLD = "reviewnlp.text", "reviewnlp.told"


class FactComponent:
    """A pipeline component that finds one kind of fact in a Doc.

    Parameters
    ----------
    kind
        The key in ``doc.spans``.
    finder
        What finds the facts of a case.
    """

    def __init__(self, kind: str, finder: Finder) -> None:
        self.kind = kind
        self.finder = finder

    def __call__(self, doc: Doc) -> Doc:
        """Find the facts and publish them as a span group."""
        text = doc.user_data.get(_TEXT)
        if text is None:
            text = doc.user_data[_TEXT] = doc.text
        publish(doc, self.kind, read_case(text, **doc.user_data.get(_TOLD, {})).once(self.finder))
        return doc


def publish(doc: Doc, kind: str, facts: Sequence[Fact]) -> None:
    """Set ``doc.spans[kind]`` to the spans of the facts, the facts themselves as attributes of the group."""
    spans = [
        doc.char_span(fact.start, fact.end, label=_label(fact), span_id=f"{kind}:{i}", alignment_mode="expand")
        for i, fact in enumerate(facts)
    ]
    attrs = {"facts": [vars(fact) for fact in facts]}
    doc.spans[kind] = SpanGroup(doc, name=kind, attrs=attrs, spans=[span for span in spans if span])


def read_facts(doc: Doc, kind: str, record: type[FactType]) -> tuple[FactType, ...]:
    """Return the typed facts that a component published, in the order of its spans."""
    if kind not in doc.spans:
        return ()
    return tuple(record(**fact) for fact in doc.spans[kind].attrs["facts"])


def build_pipeline() -> Language:
    """Return ``spacy.blank("en")`` with a component for every kind of fact."""
    nlp = spacy.blank("en")
    nlp.max_length = 2**62
    nlp.tokenizer = WarmTokenizer(nlp.tokenizer)
    for kind in KINDS:
        nlp.add_pipe(f"reviewnlp_{kind}")
    return nlp


def prepare(nlp: Language, text: str, *, title: bool | None = None, case_name: str | None = None) -> Doc:
    """Return the tokens of a text, and beside them what all components need.

    That is the text, so that none has to join it again, and what a reader has told of it; see
    :class:`~reviewnlp.extraction.case.Case`.
    """
    # Half a character, as JSON can hold one, is no text to spaCy nor to any file.
    text = _HALF.sub("\ufffd", text)
    doc = nlp.make_doc(text) if not _UNBROKEN.search(text) else _cut(nlp, text)
    doc.user_data[_TEXT] = text
    doc.user_data[_TOLD] = {"title": title, "case_name": case_name}
    return doc


def _cut(nlp: Language, text: str) -> Doc:
    """Return tokens cut without rules: spaCy's take quadratic time on a long run without a space."""
    words = _PIECE.findall(text)
    return Doc(nlp.vocab, words=words, spaces=[False] * len(words))


def _label(fact: Fact) -> str:
    for name in ("type", "relation", "role", "holder", "gender", "status", "edtf"):
        value = vars(fact).get(name)
        if value is not None:
            return str(value)
    return ""


def _fact_of(span: Span) -> Fact | None:
    kind, _, index = span.id_.partition(":")
    if kind not in KINDS or kind not in span.doc.spans:
        return None
    facts: list[dict[str, Any]] = span.doc.spans[kind].attrs["facts"]
    return KINDS[kind](**facts[int(index)])


def _factory(kind: str, finder: Finder) -> Callable[[Language, str], FactComponent]:
    def make(nlp: Language, name: str) -> FactComponent:
        return FactComponent(kind, finder)

    Language.factory(f"reviewnlp_{kind}", func=make)
    return make


# The names to which the entry points of pyproject.toml lead.
make_people = _factory("people", find_people)
make_ages = _factory("ages", find_ages)
make_outcomes = _factory("outcomes", find_outcomes)
make_causes = _factory("causes", find_causes)
make_perpetrators = _factory("perpetrators", find_perpetrators)
make_justice = _factory("justice", find_justice)
make_service_status = _factory("service_status", find_service_status)
make_children = _factory("children", find_children)
make_incident_dates = _factory("incident_dates", find_incident_dates)

if not Span.has_extension("fact"):
    Span.set_extension("fact", getter=_fact_of)
