"""What is fuzzed: each target takes bytes and lets nothing through but errors that the library raises on purpose."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from reviewnlp.errors import ReviewNLPError
from reviewnlp.resources import shipped

ENDINGS = ("txt", "md", "html", "jsonl", "parquet")
MANIFEST = "manifest.json"
SYNTAXES = ("ttl", "rdf", "nt", "jsonld", "n3")


def reader(data: bytes) -> None:
    """Read a file of any kind; the first byte says which."""
    from reviewnlp.reading import read_reviews

    path = _written(data[1:], ENDINGS[data[0] % len(ENDINGS)] if data else "txt")
    list(read_reviews([path], on_error=lambda error: None))


def extractor(data: bytes) -> None:
    """Extract from any text; every fact must stand in it."""
    text = data.decode("utf-8", "replace")
    facts = _extractor()(text)
    for age in facts.ages:
        assert text[age.start : age.end] == age.text


def bundle(data: bytes) -> None:
    """Load a bundle one of whose files is damaged: the first bytes say which and where."""
    from reviewnlp.suggestion import load_suggester

    if len(data) < 4:
        return
    folder = _bundle()
    # The model card beside them is for people, and may be changed.
    names = sorted([MANIFEST, *json.loads((folder / MANIFEST).read_bytes())["files"]])
    path = folder / names[data[0] % len(names)]
    whole = path.read_bytes()
    at = int.from_bytes(data[1:4], "big") % len(whole)
    changed = whole[:at] + data[4:] + whole[at + len(data[4:]) :]
    path.write_bytes(changed)
    try:
        load_suggester(folder)
    except ReviewNLPError:
        return
    finally:
        path.write_bytes(whole)
    # All of the manifest is checked but its date.
    dated = path.name == MANIFEST and {**json.loads(changed), "created": ""} == {**json.loads(whole), "created": ""}
    assert changed == whole or dated


def vocabulary(data: bytes) -> None:
    """Read a vocabulary in any syntax."""
    from reviewnlp.vocabulary import read_skos

    path = _written(data[1:], SYNTAXES[data[0] % len(SYNTAXES)] if data else "ttl")
    try:
        read_skos(path)
    except ReviewNLPError:
        return


def table(data: bytes) -> None:
    """Write any text as a CSV and read it back: equal, and no cell a formula."""
    from reviewnlp.tables import read_rows, write_records

    text = data.decode("utf-8", "replace")
    rows = [{"a": text[: len(text) // 2] or None, "b": text[len(text) // 2 :].split(",")}]
    path = Path(tempfile.gettempdir()) / "fuzzed.csv"
    write_records(rows, path)
    assert list(read_rows(path)) == rows
    with path.open(encoding="utf-8", newline="") as file:
        assert not any(cell[:1] in tuple("=+-@\t\r\n") for row in csv.reader(file) for cell in row if cell)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "extractor": extractor,
    "bundle": bundle,
    "vocabulary": vocabulary,
    "table": table,
}


def _written(data: bytes, ending: str) -> Path:
    path = Path(tempfile.gettempdir()) / f"fuzzed.{ending}"
    path.write_bytes(data)
    return path


@cache
def _extractor() -> Callable[[str], object]:
    from reviewnlp.extraction import Extractor

    return Extractor()


@cache
def _bundle() -> Path:
    return Path(shutil.copytree(shipped("models", "default"), Path(tempfile.mkdtemp()) / "model"))
