"""A chunk of reviews made into a shard: the steps done, the rows as the bytes of a Parquet file."""

from __future__ import annotations

import dataclasses
import gc
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reviewnlp.batch.steps import Step, loaded
from reviewnlp.errors import ConfigError
from reviewnlp.records import Record, Review
from reviewnlp.tables import schema_of

if TYPE_CHECKING:
    import pyarrow as pa

    from reviewnlp.batch.chunks import Chunk


@dataclasses.dataclass(frozen=True)
class Shard:
    """What a worker makes of a chunk: the bytes of its file and what failed (``source``, ``error`` and more)."""

    number: int
    rows: int
    content: bytes
    failures: tuple[dict[str, Any], ...]
    position: int


def make_shard(chunk: Chunk, steps: Sequence[Step], versions: dict[str, str]) -> Shard:
    """Do the steps on a chunk; this is what runs in the workers.

    A review on which a step fails keeps its row, with nothing in the step's column, and is told in ``failures``.

    Parameters
    ----------
    chunk
        The reviews.
    steps
        What to do with them, a column each.
    versions
        The versions that the run began with; other bytes would come of others.

    Raises
    ------
    ConfigError
        This worker has other versions.
    """
    if versions != versions_here():
        raise ConfigError(f"a worker has {versions_here()}, the run began with {versions}; install the same on all")
    from threadpoolctl import threadpool_limits

    failures = list(chunk.unread)
    # One thread of linear algebra a worker: sums do not depend on the number of cores, and workers share these.
    with threadpool_limits(limits=1), _no_collection():
        content = _table(chunk.reviews, steps, failures)
    return Shard(chunk.number, len(chunk.reviews), content, tuple(failures), chunk.position)


def _table(reviews: Sequence[Review], steps: Sequence[Step], failures: list[dict[str, Any]]) -> bytes:
    """Return the rows of reviews as a Parquet file; nothing of them is left for the garbage collector to look at."""
    rows = [review.to_dict() for review in reviews]
    for step in steps:
        for row, record in zip(rows, _done(reviews, step, failures), strict=True):
            row[step.column] = record and record.to_dict()
    return _parquet(rows, steps)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave cycles alone while a shard is made: looking for them among the objects of the models takes long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def versions_here() -> dict[str, str]:
    """Return the versions that the bytes of a shard depend on."""
    from importlib.metadata import version

    return {name: version(name) for name in ("reviewnlp", "spacy", "pyarrow")}


def shard_schema(steps: Sequence[Step]) -> pa.Schema:
    """Return the columns of a shard: those of a review, then one a step."""
    import pyarrow as pa

    schema = schema_of(Review)
    for step in steps:
        schema = schema.append(pa.field(step.column, pa.struct(list(schema_of(step.record)))))
    return schema


def _done(reviews: Sequence[Review], step: Step, failures: list[dict[str, Any]]) -> list[Record | None]:
    annotate = loaded(step)
    try:
        together: list[Record | None] = list(annotate(reviews))
        if len(together) == len(reviews):
            return together
    except Exception:  # noqa: S110 - which review it was shows when they are taken one by one
        pass
    return [_alone(review, step, failures) for review in reviews]


def _alone(review: Review, step: Step, failures: list[dict[str, Any]]) -> Record | None:
    try:
        (record,) = loaded(step)([review])
    except Exception as error:  # whatever a review does to a step, the run goes on
        source = review.source.to_dict() if review.source else None
        told = f"{type(error).__name__}: {error}"
        failures.append({"id": review.id, "source": source, "step": step.column, "error": told})
        return None
    return record


def _parquet(rows: list[dict[str, Any]], steps: Sequence[Step]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=shard_schema(steps)), file, compression="zstd")
    return file.getvalue()
