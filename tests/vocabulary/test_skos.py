"""Vocabularies in and out of SKOS."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp.errors import VocabularyError
from reviewnlp.vocabulary import Term, Theme, Vocabulary, load_vocabulary, read_skos, write_skos

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/t/> .
ex:1 a skos:Concept ; skos:prefLabel "harm"@en, "Schaden"@de ; skos:narrower ex:2 ; skos:altLabel "hurt"@en, "weh"@de .
ex:2 a skos:Concept ; skos:prefLabel "burns" ; skos:hiddenLabel "bruns" ; skos:related ex:3 ; skos:broader ex:9 .
ex:3 a skos:Concept ; skos:prefLabel "scalds"@en-GB ; skos:scopeNote "Hot   liquid."@en .
ex:9 a skos:Concept .
ex:injury a skos:Collection ; skos:prefLabel "Injury"@en ; skos:member ex:2, ex:3 .
"""


def test_a_users_own_skos_file_is_read(tmp_path):
    path = tmp_path / "own.ttl"
    path.write_text(TURTLE, "utf-8")
    vocabulary = read_skos(path)
    assert [term.label for term in vocabulary.terms] == ["burns", "harm", "scalds"]
    assert vocabulary["burns"].broader == ("harm",)
    assert vocabulary["burns"].entry_terms == ("bruns",)
    assert vocabulary["harm"].entry_terms == ("hurt",)
    assert vocabulary["scalds"].related == ("burns",)
    assert vocabulary["scalds"].note == "Hot liquid."
    assert vocabulary.themes == (Theme("injury", "Injury"),)
    assert vocabulary.themes_of(["scalds", "harm"]) == ("injury",)


_label = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@st.composite
def vocabularies(draw):
    labels = draw(st.lists(_label, min_size=1, max_size=5, unique=True))
    labels.sort(key=lambda label: (label.casefold(), label))
    pairs = draw(st.sets(st.tuples(st.sampled_from(labels), st.sampled_from(labels))))
    related = {(a, b) for a, b in pairs if a != b} | {(b, a) for a, b in pairs if a != b}
    themes = draw(st.sets(st.sampled_from(["health", "law"])))
    terms = [
        Term(
            label,
            entry_terms=tuple(sorted(draw(st.sets(_label, max_size=3)) - {label}, key=lambda e: (e.casefold(), e))),
            broader=tuple(sorted(draw(st.sets(st.sampled_from(labels), max_size=2)) - {label})),
            related=tuple(sorted(b for a, b in related if a == label)),
            note=draw(_label),
            themes=tuple(sorted(draw(st.sets(st.sampled_from(sorted(themes)))) if themes else ())),
        )
        for label in labels
    ]
    return Vocabulary(tuple(terms), tuple(Theme(theme, theme.title()) for theme in sorted(themes)))


@settings(max_examples=40, deadline=None)
@given(vocabularies(), st.sampled_from([".ttl", ".rdf", ".jsonld", ".nt"]))
def test_writing_and_reading_gives_the_same_vocabulary(tmp_path_factory, vocabulary, ending):
    path = tmp_path_factory.mktemp("skos") / f"vocabulary{ending}"
    write_skos(vocabulary, path)
    assert read_skos(path) == vocabulary


def test_the_same_vocabulary_gives_the_same_bytes(tmp_path):
    write_skos(load_vocabulary(), tmp_path / "a.ttl")
    write_skos(read_skos(tmp_path / "a.ttl"), tmp_path / "b.ttl")
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.ttl", None, "cannot be read"),
        ("own.docx", b"", "ends in one of"),
        ("own.ttl", b"this is no turtle", "is no turtle file"),
        ("own.ttl", b"\xff\xfe\x00", "is no turtle file"),
        ("own.ttl", b"", "holds no skos:Concept"),
        (
            "own.ttl",
            b'@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<urn:a> a skos:Concept ; skos:prefLabel "x" .\n'
            b'<urn:b> a skos:Concept ; skos:prefLabel "x" .',
            "there twice: x",
        ),
    ],
)
def test_a_file_that_is_no_vocabulary_is_refused_by_name_and_reason(tmp_path, name, content, says):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(VocabularyError, match=says) as caught:
        read_skos(path)
    assert str(path) in str(caught.value)


def test_an_unknown_term_is_named_with_the_one_probably_meant():
    with pytest.raises(VocabularyError, match="did you mean 'infant deaths'"):
        load_vocabulary()["infant death"]


@pytest.mark.parametrize(
    "terms", [(Term("a", related=("b",)),), (Term("a", themes=("none",)),), (Term("a"), Term("a"))]
)
def test_a_vocabulary_that_refers_to_nothing_is_refused(terms):
    with pytest.raises(VocabularyError):
        Vocabulary(terms)
