"""Small valid inputs to begin with, and words to put together: from nothing, hours go by before a title is met."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from fuzz.targets import ENDINGS, SYNTAXES
from reviewnlp.resources import shipped

ENTRY = """2019 – Northtown and Kent – Child A
Death of a 3-week-old boy in May 2018, found lifeless. Mother, aged 19, and her partner didn't attend.
Learning includes: professional curiosity; safe sleep (away from home).
Recommendations: share information.
Keywords: infant deaths, sleeping behaviour, fathers
> Read the overview report
"""
SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:x:a> a skos:Concept ; skos:prefLabel "neglect"@en ; skos:altLabel "poor care", "dirt"@fr ; skos:broader <urn:x:b> .
<urn:x:b> a skos:Concept ; skos:prefLabel "abuse"@en ; skos:related [ skos:prefLabel "harm" ] ; skos:scopeNote "Any." .
<urn:x:t> a skos:Collection ; skos:prefLabel "Harm"@en ; skos:member <urn:x:a>, <urn:x:b> .
"""
CELLS = ("=1+1,plain", '@x,-1,+2,"quoted"', "\t=1\r\n,", "é\u2028;'=,'", "[],{}", "\ufeff\ud7ff\x00,")
WORDS = (
    *(
        "2018 - ",
        "May 2019",
        "3-week-old",
        "aged ",
        "between ",
        "twins",
        "Child A",
        "'s ",
        "mother",
        "partner",
        "didn't",
    ),
    *("Keywords: ", "Learning includes: ", "Recommendations: ", "died by suicide", "was convicted of murder", "\n\n"),
    *(
        "<p>",
        "</p>",
        "<h2>",
        "<!--",
        "&amp;",
        "&#0;",
        "<table><tr><td>",
        "<a href=",
        '{"id": "',
        '", "text": "',
        '"year": ',
    ),
    *("@prefix ", "skos:prefLabel ", "a skos:Concept", "<rdf:RDF", "<!ENTITY ", '"@context"', "[ ", " ] .", '"""'),
    *("\u2028", "\u2019", "\u0130", "ﬁ", "\x00", "\xad", "½", "²", "١"),
)


def write_seeds(target: str, folder: Path) -> None:
    """Write the seeds of a target into a folder, and ``words.dict`` beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]()):
        (folder / f"{number:03}").write_bytes(seed)
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS)
    (folder.parent / "words.dict").write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")


def _reader() -> Iterator[bytes]:
    from reviewnlp.reading import parse_text
    from reviewnlp.records import Review
    from reviewnlp.tables import write_records

    def kind(ending: str) -> bytes:
        return bytes((ENDINGS.index(ending),))

    shipped_examples = shipped("data", "examples")
    listing = (shipped_examples / "listing.txt").read_text(encoding="utf-8")
    for text in (ENTRY, ENTRY * 2, *_pieces(listing)):
        yield kind("txt") + text.encode()
        yield kind("md") + "\n".join(f"## {line}" if line[:2] == "20" else line for line in text.split("\n")).encode()
        yield kind("html") + f"<p>{text.replace(chr(10), '</p><p>')}".encode()
    yield kind("txt") + ENTRY.encode("utf-16")
    yield kind("txt") + ENTRY.encode("cp1252")
    yield kind("html") + (shipped_examples / "page.html").read_bytes()[:6000]
    reviews = parse_text(ENTRY * 2).reviews
    for ending in ("jsonl", "parquet"):
        path = _scratch(f"seed.{ending}")
        write_records(reviews, path, record=Review)
        yield kind(ending) + path.read_bytes()


def _extractor() -> Iterator[bytes]:
    from reviewnlp.reading import read_reviews

    for path in sorted(shipped("data", "fictional").glob("reviews-*.txt"))[:3]:
        for review in read_reviews([path]):
            yield review.text.encode()
            yield from (sentence.encode() for sentence in review.text.split(". ")[:4])


def _bundle() -> Iterator[bytes]:
    from fuzz.targets import BUNDLED

    for number in range(len(BUNDLED)):
        for how in range(4):
            for at in (0, 1 << 8, 1 << 20):
                yield bytes((number, how)) + at.to_bytes(3, "big") + b'{"a": [0]}'
    for name, old, new in (
        ("manifest.json", '"seed', '": null, "'),
        ("manifest.json", '"files', '": [], "'),
        ("manifest.json", '"scipy": "', "\\ud800"),
        ("vocabulary.json", '"label', '": 1, "'),
        ("features.json", "[", "[], "),
    ):
        at = (shipped("models", "default") / name).read_bytes().find(old.encode()) + len(old)
        yield bytes((BUNDLED.index(name), 3)) + at.to_bytes(3, "big") + new.encode()


def _vocabulary() -> Iterator[bytes]:
    from rdflib import Graph

    graph = Graph().parse(data=SKOS, format="turtle")
    for number, syntax in enumerate(("turtle", "xml", "nt", "json-ld", "n3")):
        assert len(SYNTAXES) == 5
        yield bytes((number,)) + graph.serialize(format=syntax, encoding="utf-8")
    yield b"\x00" + SKOS.encode()


def _table() -> Iterator[bytes]:
    yield from (cell.encode("utf-8", "replace") for cell in (*CELLS, ENTRY, json.dumps(CELLS)))


def _pieces(listing: str) -> list[str]:
    return [piece for piece in listing.split("\n\n") if piece.strip()]


def _scratch(name: str) -> Path:
    from fuzz.targets import scratch

    return scratch() / name


SEEDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "reader": _reader,
    "extractor": _extractor,
    "bundle": _bundle,
    "vocabulary": _vocabulary,
    "table": _table,
}
