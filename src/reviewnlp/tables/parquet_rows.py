"""Parquet, with typed columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from reviewnlp.errors import InputError
from reviewnlp.tables.schema import schema_of

if TYPE_CHECKING:
    from reviewnlp.records.record import Record

#: Rows that are held in memory at a time.
_BATCH = 10_000


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

    def read(self, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        with path.open("rb") as file:
            try:
                batches = pq.ParquetFile(file).iter_batches()
                yield from enumerate(chain.from_iterable(batch.to_pylist() for batch in batches), start=1)
            except pa.ArrowException as error:
                raise InputError(f"not a Parquet file: {error}", str(path)) from error


TABLE = _Table()
