"""A run over a corpus: inputs in, a folder of shards out."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewnlp.batch.chunks import chunks_of
from reviewnlp.batch.folder import open_folder
from reviewnlp.batch.inputs import look_at
from reviewnlp.batch.shards import versions_here
from reviewnlp.batch.steps import ExtractFacts, Step, SuggestSubjects
from reviewnlp.batch.workers import shards_of
from reviewnlp.tables import LARGEST

if TYPE_CHECKING:
    from reviewnlp.batch.inputs import Input
    from reviewnlp.vocabulary import Vocabulary

#: Reviews a chunk, which is a shard: some two megabytes of text.
CHUNK = 1000


@dataclasses.dataclass(frozen=True)
class Progress:
    """How far a run is: ``position`` of ``length`` (lines, or rows of Parquet) and ``reviews`` done in this run."""

    position: int
    length: int
    reviews: int


@dataclasses.dataclass(frozen=True)
class Summary:
    """What a run did.

    ``reviews``, ``shards`` and ``failures`` (of reviews and of inputs) count the whole folder, ``done`` the reviews
    that this run added, in ``seconds``.
    """

    folder: Path
    reviews: int
    shards: int
    failures: int
    done: int
    seconds: float


def annotate(
    inputs: Sequence[str | Path],
    folder: Path | str,
    *,
    steps: Sequence[Step] = (ExtractFacts(), SuggestSubjects()),
    jobs: int = 1,
    scheduler: str | None = None,
    chunk: int = CHUNK,
    vocabulary: Vocabulary | None = None,
    largest: int = LARGEST,
    on_progress: Callable[[Progress], None] | None = None,
) -> Summary:
    r"""Annotate the reviews of the inputs into Parquet shards; go on where a stopped run of the same was.

    Parameters
    ----------
    inputs
        Files ``.txt .md .html .htm .jsonl .parquet``, or ``-`` for standard input.
    folder
        Where ``reviews-*.parquet`` go, a row a review: its fields, then a column a step. What failed is told in
        ``failures.jsonl``, a review whose step failed keeps its row.
    steps
        What to do with each review; by default facts are extracted, keywords and themes suggested.
    jobs
        Processes on this machine; -1 for one a core.
    scheduler
        The address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``, whose workers are used instead.
    chunk
        Reviews a shard; memory grows with it, and with nothing else but 150 bytes a review for its id.
    vocabulary
        The terms that keywords are matched to; None for those that ship.
    largest
        Bytes of the largest piece that is read at once; see :data:`reviewnlp.tables.LARGEST`.
    on_progress
        Called after each shard.

    Returns
    -------
    Summary

    Raises
    ------
    ConfigError
        Another run is at work in the folder, or it holds another run; or no scheduler answers.
    OutputError
        The disk is full, or the folder may not be written to. Finished shards stay.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> _ = (folder / "listing.txt").write_text("2018 - Northtown - Baby A\nDeath of a baby.", encoding="utf-8")
    >>> summary = annotate([folder / "listing.txt"], folder / "annotated")
    >>> summary.reviews, summary.failures, [path.name for path in (folder / "annotated").glob("*.parquet")]
    (1, 0, ['reviews-000000.parquet'])
    """
    begun = time.monotonic()
    looked = look_at([str(path) for path in inputs])
    versions = versions_here()
    length = sum(one.length for one in looked)
    with open_folder(
        Path(folder), _described(looked, versions, {"chunk": chunk, "largest": largest, **_named(vocabulary, steps)})
    ) as opened:
        before = opened.reviews
        if not opened.complete:
            todo = islice(chunks_of(looked, chunk, vocabulary=vocabulary, largest=largest), len(opened.shards), None)
            with shards_of(todo, steps, versions, jobs=jobs, scheduler=scheduler) as shards:
                for shard in shards:
                    opened.add(shard)
                    if on_progress:
                        on_progress(Progress(shard.position, length, opened.reviews - before))
            opened.finish()
        written = sum(shard["shard"] is not None for shard in opened.shards)
        seconds = time.monotonic() - begun
        return Summary(Path(folder), opened.reviews, written, opened.failures, opened.reviews - before, seconds)


def _named(vocabulary: Vocabulary | None, steps: Sequence[Step]) -> dict[str, Any]:
    """Return what the result depends on besides numbers."""
    digest = None if vocabulary is None else hashlib.sha256(repr(vocabulary.terms).encode()).hexdigest()
    return {"vocabulary": digest, "steps": {step.column: step.options() for step in steps}}


def _described(inputs: Sequence[Input], versions: dict[str, str], options: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": 1,
        "versions": versions,
        "inputs": [one.fingerprint() for one in inputs],
        "options": options,
    }
