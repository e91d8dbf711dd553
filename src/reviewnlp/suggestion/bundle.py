"""Model bundles: a folder of plain files, written once and checked whenever it is read.

``manifest.json`` names the format, the library versions, what was learned from, and the SHA-256 of every other file.
Reading takes numbers and words from JSON, TOML and safetensors, which cannot hold code; a file that is missing,
added, changed or of a newer format is refused by its name. Nothing else is ever opened.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewnlp.errors import BundleError
from reviewnlp.resources import shipped
from reviewnlp.suggestion.vectors import TABLE, TOKENIZER

if TYPE_CHECKING:
    from reviewnlp.suggestion.suggester import Suggester

FORMAT = "reviewnlp-bundle"
VERSION = 2
MANIFEST = "manifest.json"
VOCABULARY = "vocabulary.ttl"
COMPILED = "vocabulary.json"
CUES = "cues.toml"
CIRCUMSTANCES = "circumstances.toml"
FEATURES = "features.json"
WEIGHTS = "weights.safetensors"
FILES = (VOCABULARY, COMPILED, CUES, CIRCUMSTANCES, FEATURES, WEIGHTS, TABLE, TOKENIZER)

_BESIDE = ("README.md", MANIFEST)
_LIBRARIES = ("numpy", "scikit-learn", "scipy", "safetensors", "tokenizers")


def write_bundle(suggester: Suggester, folder: Path | str) -> None:
    """Write a suggester as a bundle; files of an older bundle in the folder are replaced.

    Raises
    ------
    BundleError
        The folder cannot be written, or holds files that belong to no bundle.
    """
    from reviewnlp.suggestion.state import arrays_of, features_of
    from reviewnlp.vocabulary import write_skos

    folder = Path(folder)
    if folder.is_dir():
        _refuse_strangers(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        from safetensors.numpy import save

        write_skos(suggester.vocabulary, folder / VOCABULARY)
        contents = {
            COMPILED: _json(suggester.vocabulary.to_dict()),
            CUES: shipped("data", CUES).read_bytes(),
            CIRCUMSTANCES: shipped("data", CIRCUMSTANCES).read_bytes(),
            FEATURES: _json(features_of(suggester)),
            WEIGHTS: save(arrays_of(suggester)),
            TABLE: (suggester.observer.vectors.folder / TABLE).read_bytes(),
            TOKENIZER: (suggester.observer.vectors.folder / TOKENIZER).read_bytes(),
        }
        for name, content in contents.items():
            (folder / name).write_bytes(content)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "library": importlib.metadata.version("reviewnlp"),
            "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
            **suggester.manifest,
            "files": {name: _digest((folder / name).read_bytes()) for name in FILES},
        }
        manifest["digest"] = _own_digest(manifest)
        manifest["created"] = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        (folder / MANIFEST).write_bytes(_json(manifest, indent=2))
    except OSError as error:
        raise BundleError(f"{folder}: cannot be written: {error.strerror or error}") from error


def load_suggester(path: Path | str | None = None) -> Suggester:
    """Read a suggester from a bundle, or the one that ships when no path is given.

    Parameters
    ----------
    path
        The bundle's folder.

    Raises
    ------
    BundleError
        A file of the bundle is missing, was added or changed, or the bundle is of a newer version of the library;
        the message names the file.
    """
    from reviewnlp.suggestion.state import restore

    folder = shipped("models", "default") if path is None else Path(path)
    manifest = _checked_manifest(folder)
    files = {name: _checked_file(folder / name, digest) for name, digest in manifest["files"].items()}
    _refuse_strangers(folder)
    try:
        return restore(folder, files, manifest)
    except BundleError:
        raise
    except Exception as error:  # numbers and words that do not fit fail in many ways
        raise BundleError(f"{folder}: its files do not fit together: {error}") from error


def _checked_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not folder.is_dir():
        raise BundleError(f"{folder}: there is no such folder; make a bundle with `reviewnlp train`")
    try:
        manifest = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise BundleError(f"{path}: is missing: the folder is no model bundle") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BundleError(f"{path}: cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BundleError(f"{path}: is no manifest of a reviewnlp model bundle")
    version = manifest.get("version")
    if not isinstance(version, int) or version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        advice = "update reviewnlp to use it" if newer else "train it again"
        raise BundleError(f"{path}: the bundle has format {version}, this library reads {VERSION}: {advice}")
    if not _is_own_digest(manifest):
        raise BundleError(f"{path}: was changed after the bundle was written")
    files = manifest.get("files")
    if not isinstance(files, dict) or set(files) != set(FILES):
        raise BundleError(f"{path}: does not name the files of a bundle of format {VERSION}")
    return manifest


def _checked_file(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BundleError(f"{path}: is missing from the bundle") from error
    except OSError as error:
        raise BundleError(f"{path}: cannot be read: {error.strerror or error}") from error
    if _digest(content) != digest:
        raise BundleError(f"{path}: is damaged, or was changed after the bundle was written")
    return content


def _refuse_strangers(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.name not in (*FILES, *_BESIDE) and not path.name.startswith("."):
            raise BundleError(f"{path}: is no part of a model bundle; keep other files elsewhere")


def _is_own_digest(manifest: dict[str, Any]) -> bool:
    try:
        return bool(manifest.get("digest") == _own_digest(manifest))
    except (ValueError, RecursionError):  # half a character, or nesting without end
        return False


def _own_digest(manifest: dict[str, Any]) -> str:
    """Digest of the manifest but for the digest itself and the date, the one thing that differs every time."""
    return _digest(_json({key: value for key, value in manifest.items() if key not in ("digest", "created")}))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(value: object, indent: int | None = None) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent) + "\n").encode()
