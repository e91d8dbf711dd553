"""The folder of a run: its shards, its failures, and the manifest by which a stopped run goes on.

``_manifest.jsonl`` has a line for the run, then one for each shard that is finished, and a last one when all are.
A shard is finished when its line stands there whole: its file and its failures were written before. What comes
after the last whole line is of a run that was stopped, and is done again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewnlp.errors import ConfigError, OutputError
from reviewnlp.tables import replacing

if TYPE_CHECKING:
    from reviewnlp.batch.shards import Shard

MANIFEST = "_manifest.jsonl"
FAILURES = "failures.jsonl"
_LOCK = ".lock"


@dataclasses.dataclass
class Folder:
    """An open folder: what stands in it, and how more is added.

    ``shards`` are the lines of the finished shards in their order; ``complete`` says that none is missing.
    """

    path: Path
    shards: list[dict[str, Any]]
    complete: bool

    @property
    def reviews(self) -> int:
        """Reviews in the finished shards."""
        return sum(shard["reviews"] for shard in self.shards)

    @property
    def failures(self) -> int:
        """Failures told of the finished shards."""
        return sum(shard["failures"] for shard in self.shards)

    def add(self, shard: Shard) -> None:
        """Write a shard, its failures, and then its line in the manifest.

        Raises
        ------
        OutputError
            The disk is full, or the folder may not be written to.
        """
        name = f"reviews-{shard.number:06}.parquet"
        with self._writing(name):
            told = "".join(json.dumps(failure, ensure_ascii=False) + "\n" for failure in shard.failures)
            size = _append(self.path / FAILURES, told) if told else self._told()
            if shard.rows:
                with replacing(self.path / name, "wb") as file:
                    file.write(shard.content)
            line = {
                "shard": name if shard.rows else None,
                "reviews": shard.rows,
                "sha256": hashlib.sha256(shard.content).hexdigest(),
                "failures": len(shard.failures),
                "failures_size": size,
            }
            _append(self.path / MANIFEST, json.dumps(line) + "\n")
            self.shards.append(line)

    def finish(self) -> None:
        """Say in the manifest that all shards are there."""
        with self._writing(MANIFEST):
            _append(self.path / MANIFEST, json.dumps({"complete": True, "reviews": self.reviews}) + "\n")
        self.complete = True

    def _told(self) -> int:
        return int(self.shards[-1]["failures_size"]) if self.shards else 0

    @contextmanager
    def _writing(self, name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            kept = f"{len(self.shards)} finished shards are kept; run the same command again to go on"
            raise OutputError(f"{self.path / name}: cannot be written: {error.strerror or error}; {kept}") from error


@contextmanager
def open_folder(path: Path, run: dict[str, Any]) -> Iterator[Folder]:
    """Open the folder of a run for this process alone, made if it is not there.

    Parameters
    ----------
    path
        The folder.
    run
        What the run is: inputs, options, versions, as JSON values. A folder that holds another run is refused.

    Raises
    ------
    ConfigError
        Another run is at work in the folder, or it holds the result of another run.
    OutputError
        The folder cannot be made or written to.
    """
    from filelock import FileLock, Timeout

    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / _LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise ConfigError(f"{path}: another run is at work in this folder; wait for it, or choose another") from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written to: {error.strerror or error}") from error
    try:
        yield _resumed(path, run)
    finally:
        lock.release()


def _resumed(path: Path, run: dict[str, Any]) -> Folder:
    manifest = path / MANIFEST
    # Whatever JSON makes of the run is what the manifest will give back.
    run = json.loads(json.dumps(run))
    lines = _whole_lines(manifest) if manifest.exists() else []
    if not lines:
        if any(path.glob("*.parquet")):
            raise ConfigError(f"{path}: holds Parquet files but no {MANIFEST} of a run; choose another folder")
        _write_anew(path, run)
        return Folder(path, [], complete=False)
    _refuse_other(path, lines[0], run)
    complete = bool(lines[-1].get("complete"))
    shards = lines[1:-1] if complete else lines[1:]
    sound = _sound(path, shards)
    if complete and len(sound) == len(shards):
        return Folder(path, sound, complete=True)
    _cut_back(path, run, sound)
    return Folder(path, sound, complete=False)


def _write_anew(path: Path, run: dict[str, Any]) -> None:
    try:
        with replacing(path / MANIFEST) as file:
            file.write(json.dumps(run) + "\n")
        (path / FAILURES).unlink(missing_ok=True)
        _clear(path)
    except OSError as error:
        raise OutputError(f"{path / MANIFEST}: cannot be written: {error.strerror or error}") from error


def _refuse_other(path: Path, found: dict[str, Any], run: dict[str, Any]) -> None:
    for name in sorted(found.keys() | run.keys()):
        if found.get(name) != run.get(name):
            raise ConfigError(
                f"{path}: holds a run with other {name}: {found.get(name)}, not {run.get(name)}; "
                "choose another folder, or delete this one"
            )
    if any(one["path"] == "-" for one in run.get("inputs", ())):
        raise ConfigError(f"{path}: a run on standard input cannot go on; choose another folder, or delete this one")


def _sound(path: Path, shards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the shards up to the first whose file, or whose failures, are not as the manifest says."""
    failures = path / FAILURES
    told = failures.stat().st_size if failures.exists() else 0
    for number, shard in enumerate(shards):
        if shard["failures_size"] > told or (shard["shard"] and _hash(path / shard["shard"]) != shard["sha256"]):
            return shards[:number]
    return shards


def _cut_back(path: Path, run: dict[str, Any], shards: list[dict[str, Any]]) -> None:
    """Leave nothing of what a stopped run had begun."""
    try:
        with replacing(path / MANIFEST) as file:
            file.writelines(json.dumps(line) + "\n" for line in (run, *shards))
        size = shards[-1]["failures_size"] if shards else 0
        if size:
            os.truncate(path / FAILURES, size)
        else:
            (path / FAILURES).unlink(missing_ok=True)
        _clear(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


def _clear(path: Path) -> None:
    """Remove the half files that a killed run leaves."""
    for pattern in (".reviews-*.part", f".{MANIFEST}.*.part"):
        for half in path.glob(pattern):
            half.unlink()


def _whole_lines(manifest: Path) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    with manifest.open("rb") as file:
        for line in file:
            try:
                value = json.loads(line) if line.endswith(b"\n") else None
            except ValueError:
                value = None
            if not isinstance(value, dict):
                break
            lines.append(value)
    return lines


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _append(path: Path, text: str) -> int:
    """Append to a file and return its size then."""
    with path.open("ab") as file:
        file.write(text.encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())
        return file.tell()
