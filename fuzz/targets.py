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


#: The files of a bundle; the model card beside them is for people, and may be changed.
BUNDLED = sorted([MANIFEST, *json.loads((shipped("models", "default") / MANIFEST).read_bytes())["files"]])


def reader(data: bytes) -> None:
    """Read a file of any kind; the first byte says which."""
    from reviewnlp.reading import read_reviews

    path = _written(data[1:], ENDINGS[data[0] % len(ENDINGS)] if data else "txt")
    list(read_reviews([path], on_error=lambda error: None))


def extractor(data: bytes) -> None:
    """Extract from any text; every fact must stand in it."""
    from reviewnlp.extraction.pipeline import KINDS

    text = data.decode("utf-8", "replace")
    facts = _extractor()(text)
    for kind in KINDS:
        for fact in getattr(facts, kind):
            assert 0 <= fact.start < fact.end <= len(text), (kind, fact)
    for age in facts.ages:
        assert text[age.start : age.end] == age.text


def bundle(data: bytes) -> None:
    """Load a bundle one of whose files is damaged: the first bytes say which, how and where.

    An even second byte leaves the digests, which must show the damage. An odd one seals the bundle again, as somebody
    who means harm would: then the files are read, and may be refused.
    """
    from reviewnlp.suggestion import load_suggester

    if len(data) < 5:
        return
    folder = _bundle()
    path, sealed = folder / BUNDLED[data[0] % len(BUNDLED)], data[1] % 2 == 1
    whole, manifest = path.read_bytes(), (folder / MANIFEST).read_bytes()
    at = int.from_bytes(data[2:5], "big") % len(whole)
    # Other bytes in place of some, or, by the next bit, pushed in between.
    changed = whole[:at] + data[5:] + whole[at + (0 if data[1] & 2 else len(data[5:])) :]
    path.write_bytes(changed)
    try:
        if sealed:
            _seal(folder)
        load_suggester(folder)
    except ReviewNLPError:
        return
    finally:
        path.write_bytes(whole)
        (folder / MANIFEST).write_bytes(manifest)
    if sealed:
        return
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
    path = scratch() / "fuzzed.csv"
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


@cache
def scratch() -> Path:
    """Return a folder of this process, in memory where there is one."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))


def _seal(folder: Path) -> None:
    """Make the digests of a bundle right again, if its manifest can still be read."""
    from reviewnlp.suggestion.bundle import _digest, _own_digest

    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        manifest["files"] = {
            name: _digest((folder / name).read_bytes()) if (folder / name).is_file() else digest
            for name, digest in manifest["files"].items()
        }
        manifest["digest"] = _own_digest(manifest)
        (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return


def _written(data: bytes, ending: str) -> Path:
    path = scratch() / f"fuzzed.{ending}"
    path.write_bytes(data)
    return path


@cache
def _extractor() -> Callable[[str], object]:
    from reviewnlp.extraction import Extractor

    return Extractor()


@cache
def _bundle() -> Path:
    return Path(shutil.copytree(shipped("models", "default"), scratch() / "model"))
