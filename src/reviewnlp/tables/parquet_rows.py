"""Parquet, with typed columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from reviewnlp.errors import InputError
from reviewnlp.tables.limits import refuse_larger
from reviewnlp.tables.schema import schema_of

if TYPE_CHECKING:
    from reviewnlp.records.record import Record

#: Rows that are written together, and read together.
_BATCH, _READ = 10_000, 64
#: No text is packed to less than this part of its size; files made to fill a memory are.
_DENSEST = 200


class _Table:
    mode = "wb"

    def write(self, rows: Iterable[Mapping[str, Any]], file: IO[bytes], record: type[Record] | None) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if record is None:
            pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), file)
            return
        schema = schema_of(record)
        remaining = iter(rows)
        with pq.ParquetWriter(file, schema) as writer:
            while batch := [dict(row) for row in islice(remaining, _BATCH)]:
                writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))

    def read(
        self, path: Path, largest: int, on_error: Callable[[InputError], None] | None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        import pyarrow.parquet as pq

        with path.open("rb") as file:
            try:
                parquet = pq.ParquetFile(file)
                _refuse_bombs(parquet.metadata, path, largest)
                number = 0
                for batch in parquet.iter_batches(_READ):
                    # A dictionary of few long values can stand for very many rows.
                    refuse_larger(f"what is in {len(batch)} rows", batch.nbytes, largest, str(path), number + 1)
                    yield from enumerate(batch.to_pylist(), start=number + 1)
                    number += len(batch)
            except InputError:
                raise
            except Exception as error:  # Arrow tells of damage by its own errors, OSError, RuntimeError and others
                raise InputError(f"not a Parquet file: {error}", str(path)) from error


def _refuse_bombs(metadata: Any, path: Path, largest: int) -> None:
    """Refuse a file that is far smaller than any text of its length would be, for memory it would fill.

    Columns are not asked for their sizes: Arrow ends the process where what is told of a column is damaged.
    """
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        if group.total_byte_size > _DENSEST * path.stat().st_size:
            refuse_larger("a group of rows, unpacked,", group.total_byte_size, largest, str(path))


TABLE = _Table()
