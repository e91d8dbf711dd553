"""Fingerprints of whatever a figure depends on: code, vocabulary, versions of the libraries."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from reviewnlp.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewnlp.vocabulary import Vocabulary

# What can change the scores of a method; the reader is left out, for its records are fingerprinted themselves.
_SCORING = (
    "records", "threads.py", "vocabulary", "extraction", "suggestion",
    "evaluation/baselines.py", "evaluation/corpus.py", "evaluation/learners.py",
    "evaluation/methods.py", "evaluation/runs.py",
)  # fmt: skip
# Reviews are fingerprinted themselves where they are trained on.
_NO_KNOWLEDGE = ("data examples", "data fictional")
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy", "model2vec", "rapidfuzz", "iterative-stratification")


@cache
def code_fingerprint() -> str:
    """Return a short hash of the source and data files that can change the scores of a method."""
    package, data = Path(__file__).parents[1], shipped("data")
    files = {f"code {path.relative_to(package)}": path for part in _SCORING for path in _files(package / part)}
    files |= {f"data {path.relative_to(data)}": path for path in _files(data)}
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        if not name.startswith(_NO_KNOWLEDGE):
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def vocabulary_fingerprint(vocabulary: Vocabulary) -> str:
    """Return a short hash of the terms, their relations and themes."""
    return hashlib.sha256(json.dumps(vocabulary.to_dict(), sort_keys=True).encode()).hexdigest()[:16]


def environment() -> dict[str, str]:
    """Return the versions of Python, of the machine's kind and of the libraries that scores depend on."""
    found = {"python": platform.python_version(), "machine": f"{platform.system()} {platform.machine()}"}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "absent"
    return found


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return [place]
    return sorted(p for p in place.rglob("*") if p.is_file() and p.suffix != ".pyc")
