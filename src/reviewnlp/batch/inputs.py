"""The inputs of a run: what each holds, by its hash, and how long it is."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_BLOCK = 1 << 20


@dataclasses.dataclass(frozen=True)
class Input:
    """An input as it was when the run began.

    ``sha256`` is None for standard input and for what cannot be read. ``length`` counts lines, or the rows of a
    Parquet file; ``in_lines`` says that a review's source counts the same lines.
    """

    path: str
    sha256: str | None = None
    length: int = 0
    in_lines: bool = False

    def fingerprint(self) -> dict[str, Any]:
        """Return what tells the input from another, for the manifest."""
        return {"path": self.path, "sha256": self.sha256}


def look_at(paths: Sequence[str]) -> tuple[Input, ...]:
    """Hash the inputs and measure their lengths; what cannot be read is left to the reader to report."""
    return tuple(_look(path) for path in paths)


def _look(path: str) -> Input:
    suffix = Path(path).suffix.lower()
    if path == "-":
        return Input(path)
    digest, lines = hashlib.sha256(), 1
    try:
        with Path(path).open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                lines += block.count(b"\n")
        if suffix == ".parquet":
            return Input(path, digest.hexdigest(), _rows(path))
    except OSError:
        return Input(path)
    return Input(path, digest.hexdigest(), lines, suffix not in (".jsonl", ".ndjson"))


def _rows(path: str) -> int:
    import pyarrow.parquet as pq

    try:
        return int(pq.ParquetFile(path).metadata.num_rows)
    except Exception:  # Arrow tells of damage by errors of many kinds; the reader will report it
        return 0
