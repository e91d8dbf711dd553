"""Vocabularies in and out of SKOS (W3C Simple Knowledge Organization System, 2009).

A term is a ``skos:Concept`` with ``prefLabel``, ``altLabel``, ``broader``, ``related`` and ``scopeNote``; a theme
is a ``skos:Collection`` whose members are the terms that have it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, unquote_plus

from reviewnlp.errors import VocabularyError
from reviewnlp.resources import shipped
from reviewnlp.vocabulary.terms import Term, Theme, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE = "urn:reviewnlp:"
FORMATS = {
    ".ttl": "turtle",
    ".rdf": "xml",
    ".xml": "xml",
    ".nt": "nt",
    ".jsonld": "json-ld",
    ".n3": "n3",
}
#: An entity whose value names another: ten of them can stand for gigabytes of text.
_NESTED_ENTITY = re.compile(rb"<!ENTITY\s[^<>&]{0,5000}&[^#]")
_LANGUAGES = ("en-gb", "en", "en-us", None)


def load_vocabulary(path: Path | str | None = None) -> Vocabulary:
    """Return the vocabulary of a SKOS file, or the one that ships when no path is given.

    Raises
    ------
    VocabularyError
        The file cannot be read or is no usable vocabulary.
    """
    return _shipped() if path is None else read_skos(path)


@cache
def _shipped() -> Vocabulary:
    return read_skos(shipped("data", "vocabulary.ttl"))


def read_skos(path: Path | str) -> Vocabulary:
    """Read a SKOS vocabulary; the ending of the file says its syntax.

    English labels are preferred, and labels without a language come next; terms and themes are put in alphabetical
    order. Hidden labels count as entry terms. Relations to concepts outside the file are left out, and
    ``narrower`` is read as the inverse of ``broader``.

    Raises
    ------
    VocabularyError
        The file is missing or of an unknown kind, is no RDF, has no concept, or labels two concepts alike.
    """
    from rdflib import RDF, SKOS, Graph

    path = Path(path)
    syntax = _syntax(path)
    graph = Graph()
    try:
        data = path.read_bytes()
        if syntax == "xml" and _NESTED_ENTITY.search(data.replace(b"\0", b"")):
            raise VocabularyError(
                f"{path}: has entities made of entities, which can swell without bound: write them out"
            )
        graph.parse(data=data, format=syntax)
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror or error}") from error
    except VocabularyError:
        raise
    except Exception as error:  # rdflib's parsers raise whatever their syntax library raises
        reason = str(error).strip().splitlines()
        raise VocabularyError(
            f"{path}: is no {syntax} file: {reason[0] if reason else type(error).__name__}"
        ) from error

    labels: dict[Any, str] = {}
    for concept in sorted(graph.subjects(RDF.type, SKOS.Concept, unique=True)):
        label = _text(graph.objects(concept, SKOS.prefLabel))
        if label:
            labels[concept] = label
    if not labels:
        raise VocabularyError(f"{path}: holds no skos:Concept with a skos:prefLabel")

    collections = {
        collection: Theme(_local_name(str(collection)), name, _text(graph.objects(collection, SKOS.scopeNote)))
        for collection in graph.subjects(RDF.type, SKOS.Collection, unique=True)
        if (name := _text(graph.objects(collection, SKOS.prefLabel)))
    }

    def linked(concept: Any, forward: Any, inverse: Any) -> tuple[str, ...]:
        others = {*graph.objects(concept, forward), *graph.subjects(inverse, concept)}
        return tuple(sorted(labels[other] for other in others if other in labels and other != concept))

    def entry_terms(concept: Any) -> tuple[str, ...]:
        values = {*graph.objects(concept, SKOS.altLabel), *graph.objects(concept, SKOS.hiddenLabel)}
        texts = {_clean(value) for value in values if _language(value) in _LANGUAGES}
        return tuple(sorted(texts - {labels[concept], ""}, key=_alphabetical))

    terms = [
        Term(
            label=label,
            entry_terms=entry_terms(concept),
            broader=linked(concept, SKOS.broader, SKOS.narrower),
            related=linked(concept, SKOS.related, SKOS.related),
            note=_text(graph.objects(concept, SKOS.scopeNote)),
            themes=tuple(sorted(collections[c].id for c in graph.subjects(SKOS.member, concept) if c in collections)),
        )
        for concept, label in labels.items()
    ]
    try:
        return Vocabulary(
            tuple(sorted(terms, key=lambda term: _alphabetical(term.label))),
            tuple(sorted(collections.values(), key=lambda theme: _alphabetical(theme.id))),
        )
    except VocabularyError as error:
        raise VocabularyError(f"{path}: {error}") from error


def write_skos(vocabulary: Vocabulary, path: Path | str) -> None:
    """Write a vocabulary as SKOS; the ending of the file says the syntax. The same terms give the same bytes.

    Raises
    ------
    VocabularyError
        The ending is unknown, or the file cannot be written.
    """
    path = Path(path)
    syntax = _syntax(path)
    text = _graph(vocabulary).serialize(format=syntax, encoding="utf-8")
    try:
        path.write_bytes(text)
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be written: {error.strerror or error}") from error


def to_turtle(vocabulary: Vocabulary) -> str:
    """Return a vocabulary as SKOS in Turtle syntax."""
    text: str = _graph(vocabulary).serialize(format="turtle")
    return text


def term_uri(label: str) -> str:
    """Return the URI under which a term is written."""
    return f"{BASE}term:{quote_plus(label)}"


def _graph(vocabulary: Vocabulary) -> Any:
    from rdflib import RDF, SKOS, Graph, Literal, URIRef

    graph = Graph()
    graph.bind("skos", SKOS)
    scheme = URIRef(f"{BASE}vocabulary")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for term in vocabulary.terms:
        concept = URIRef(term_uri(term.label))
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, scheme))
        graph.add((concept, SKOS.prefLabel, Literal(term.label, lang="en")))
        for entry_term in term.entry_terms:
            graph.add((concept, SKOS.altLabel, Literal(entry_term, lang="en")))
        for broader in term.broader:
            graph.add((concept, SKOS.broader, URIRef(term_uri(broader))))
        for related in term.related:
            graph.add((concept, SKOS.related, URIRef(term_uri(related))))
        if term.note:
            graph.add((concept, SKOS.scopeNote, Literal(term.note, lang="en")))
    for theme in vocabulary.themes:
        collection = URIRef(f"{BASE}theme:{quote_plus(theme.id)}")
        graph.add((collection, RDF.type, SKOS.Collection))
        graph.add((collection, SKOS.prefLabel, Literal(theme.name, lang="en")))
        if theme.scope:
            graph.add((collection, SKOS.scopeNote, Literal(theme.scope, lang="en")))
        for term in vocabulary.terms:
            if theme.id in term.themes:
                graph.add((collection, SKOS.member, URIRef(term_uri(term.label))))
    return graph


def _syntax(path: Path) -> str:
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise VocabularyError(f"{path}: a vocabulary file ends in one of {' '.join(FORMATS)}") from None


def _text(values: Iterable[Any]) -> str:
    """Return the literal in the most fitting language, and of several the first in the alphabet."""
    ranked = sorted((_rank(value), _clean(value)) for value in values)
    return ranked[0][1] if ranked else ""


def _rank(literal: Any) -> int:
    language = _language(literal)
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)


def _language(literal: Any) -> str | None:
    language = getattr(literal, "language", None)
    return language.lower() if language else None


def _clean(literal: Any) -> str:
    return " ".join(str(literal).split())


def _alphabetical(text: str) -> tuple[str, str]:
    return text.casefold(), text


def _local_name(uri: str) -> str:
    return unquote_plus(re.split(r"[/#:]", uri.rstrip("/#:"))[-1])
