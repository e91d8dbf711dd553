"""Writes a corrected listing: the text as it was, but for the keyword lines of corrected reviews."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from reviewnlp.errors import InputError
from reviewnlp.reading.files import decode, read_bytes
from reviewnlp.reading.keywords import inner_label, keyword_label
from reviewnlp.tables import replacing, write_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewnlp.auditing.verdicts import Change
    from reviewnlp.records import Review

TEXT_SUFFIXES = frozenset({".txt", ".md"})


def write_corrected(
    inputs: Sequence[Path], before: Sequence[Review], after: Sequence[Review], changes: Iterable[Change], folder: Path
) -> list[Path]:
    """Write each input's corrected form into a folder, and ``changes.jsonl`` beside it.

    A listing in plain text or Markdown keeps every other line as it was; any other input becomes records in JSON
    Lines, as does a listing with a keyword line that cannot be rewritten in place.

    Returns
    -------
    list of Path
        The files written, the change log last.

    Raises
    ------
    InputError
        A file to be written is one of the inputs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changes = list(changes)
    written: list[Path] = []
    commas = {change.review for change in changes if change.kind == "punctuation" and change.done}
    for path in inputs:
        pairs = [
            (old, new)
            for old, new in zip(before, after, strict=True)
            if old.source is not None and Path(old.source.path) == path
        ]
        text = _rewritten(path, pairs, commas) if path.suffix.lower() in TEXT_SUFFIXES else None
        target = folder / (path.name if text is not None else f"{path.stem}.jsonl")
        _refuse_overwriting(target, [*inputs, *written])
        if text is None:
            write_records([new for _, new in pairs], target)
        else:
            with replacing(target) as file:
                file.write(text)
        written.append(target)
    log = folder / "changes.jsonl"
    _refuse_overwriting(log, inputs)
    write_records(changes, log)
    return [*written, log]


def _rewritten(path: Path, pairs: list[tuple[Review, Review]], commas: set[str]) -> str | None:
    """Return the text of a listing with its keyword lines corrected, or None when one cannot be found."""
    # Lines are counted as the reader counts them: other separators of Unicode do not end one.
    lines = io.StringIO(decode(read_bytes(path), str(path)), newline="").readlines()
    for old, new in pairs:
        if old.keywords == new.keywords and old.id not in commas:
            continue
        if old.source is None:
            return None
        raws = [keyword.raw for keyword in old.keywords]
        for number in range(min(old.source.end_line, len(lines)), old.source.start_line - 1, -1):
            line = lines[number - 1]
            inside = max(0, inner_label(line))
            label = inside + keyword_label(line[inside:])
            if not all(raw in line[label:] for raw in raws) or not (label or raws):
                continue
            body = line[label:].rstrip()
            separator = "; " if ";" in body and "," not in body and old.id not in commas else ", "
            gap = "" if not label or line[label - 1].isspace() else " "
            lines[number - 1] = (
                line[:label] + gap + separator.join(k.raw for k in new.keywords) + line[label + len(body) :]
            )
            break
        else:
            return None
    return "".join(lines)


def _refuse_overwriting(target: Path, others: Iterable[Path]) -> None:
    for other in others:
        if target.exists() and other.exists() and target.samefile(other):
            raise InputError("would be overwritten by its correction; name another folder with -o", str(other))
