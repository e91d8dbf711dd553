"""Nothing asks for another machine, whatever a file says."""

import json

import pytest

from reviewnlp import VocabularyError
from reviewnlp.vocabulary import read_skos

CONCEPT = {
    "@context": "http://192.0.2.1/context.jsonld",
    "@id": "urn:x:a",
    "@type": "http://www.w3.org/2004/02/skos/core#Concept",
}
RDF = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF SYSTEM "http://192.0.2.1/evil.dtd" [<!ENTITY outside SYSTEM "file:///etc/hostname">{more}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="urn:x:a"><skos:prefLabel>a{entity}</skos:prefLabel></skos:Concept></rdf:RDF>"""


@pytest.mark.usefixtures("no_network")
def test_a_vocabulary_that_names_a_remote_context_is_refused(tmp_path):
    path = tmp_path / "terms.jsonld"
    path.write_text(json.dumps(CONCEPT), encoding="utf-8")
    with pytest.raises(VocabularyError):
        read_skos(path)


@pytest.mark.usefixtures("no_network")
def test_a_vocabulary_reads_no_other_file(tmp_path):
    path = tmp_path / "terms.rdf"
    path.write_text(RDF.format(more="", entity="&outside;"), encoding="utf-8")
    try:
        labels = [term.label for term in read_skos(path).terms]
    except VocabularyError:
        return
    assert labels == ["a"]


def test_entities_that_swell_are_refused(tmp_path):
    path = tmp_path / "terms.rdf"
    swelling = '<!ENTITY e0 "0123456789">' + "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10)
    )
    path.write_text(RDF.format(more=swelling, entity="&e9;"), encoding="utf-8")
    with pytest.raises(VocabularyError):
        read_skos(path)
