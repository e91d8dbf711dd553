"""Rows to and from files, one format behind each ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from reviewnlp.errors import InputError
from reviewnlp.records.record import Record
from reviewnlp.tables import csv_cells, json_rows, parquet_rows
from reviewnlp.tables.limits import LARGEST
from reviewnlp.tables.replacing import replacing

Row = Mapping[str, Any]
AnyRecord = TypeVar("AnyRecord", bound=Record)


class _Format(Protocol):
    """What a format's module does; ``place`` of a row is its line, or its number where there are no lines."""

    mode: str

    def write(self, rows: Iterable[Row], file: IO[Any], record: type[Record] | None) -> None: ...

    def read(
        self, path: Path, largest: int, on_error: Callable[[InputError], None] | None
    ) -> Iterator[tuple[int, dict[str, Any]]]: ...


#: The formats by their names, which are the endings of their files too.
FORMATS: Mapping[str, _Format] = {
    "jsonl": json_rows.LINES,
    "json": json_rows.ARRAY,
    "csv": csv_cells.TABLE,
    "parquet": parquet_rows.TABLE,
}


def format_of(path: Path | str) -> str | None:
    """Name the format of a file by its ending, None when it is none of :data:`FORMATS`.

    Examples
    --------
    >>> format_of("cases.CSV")
    'csv'
    """
    ending = Path(path).suffix.lower().removeprefix(".").replace("ndjson", "jsonl")
    return ending if ending in FORMATS else None


def write_records(
    rows: Iterable[Row | Record],
    target: Path | str | IO[Any],
    format: str | None = None,  # noqa: A002 - the word that the command line has too
    *,
    record: type[Record] | None = None,
) -> None:
    """Write rows to a file or an open stream, one at a time where the format allows.

    Parameters
    ----------
    rows
        Plain dicts of JSON values, or records.
    target
        A path, or a stream: of text, and of bytes for Parquet.
    format
        One of :data:`FORMATS`; by default the ending of ``target`` says it.
    record
        The kind of record the rows are. It gives CSV its columns and Parquet its column types without looking
        at the rows; without it both come from the rows themselves.

    Raises
    ------
    ValueError
        The format is unknown, a number is not finite, or a row of a CSV has a column that the first had not.

    Examples
    --------
    >>> import sys
    >>> write_records([{"id": "a", "terms": ["neglect"]}], sys.stdout, "csv")
    id,terms
    a,"[""neglect""]"
    """
    if isinstance(target, str):
        target = Path(target)
    if format is None and isinstance(target, Path):
        format = format_of(target)  # noqa: A001
    if format is None or format not in FORMATS:
        raise ValueError(f"format {format!r} is none of {', '.join(FORMATS)}")
    writer = FORMATS[format]
    plain = (row.to_dict() if isinstance(row, Record) else row for row in rows)
    if isinstance(target, Path):
        with replacing(target, writer.mode) as file:
            writer.write(plain, file, record)
    else:
        writer.write(plain, target, record)


def read_rows(path: Path | str) -> Iterator[dict[str, Any]]:
    """Read the rows of a ``.jsonl``, ``.json``, ``.csv`` or ``.parquet`` file.

    Raises
    ------
    InputError
        The file is missing, of another kind, or damaged; the error names the line.
    """
    for _, row in numbered_rows(Path(path)):
        yield row


def read_records(
    path: Path | str,
    record: type[AnyRecord],
    *,
    on_error: Callable[[InputError], None] | None = None,
    largest: int = LARGEST,
) -> Iterator[AnyRecord]:
    """Read the rows of a file as records.

    Columns that the record does not have are left out, so that a file with added columns still reads.

    Parameters
    ----------
    path
        The file.
    record
        The kind of record.
    on_error
        Called for a row that is no such record, and the next is read; when None, it raises.
    largest
        Bytes of the largest piece that is read at once; see :data:`LARGEST`.

    Raises
    ------
    InputError
        As in :func:`read_rows`, and where a field is missing or has the wrong type: the error names file,
        line and field.

    Examples
    --------
    >>> from reviewnlp import Finding, tables
    >>> path = getfixture("tmp_path") / "findings.csv"
    >>> found = Finding("typo", ("neglect",), ("neglekt",), ("2018-x",), "write neglect", 0.9, "a letter")
    >>> tables.write_records([found], path)
    >>> list(tables.read_records(path, Finding)) == [found]
    True
    """
    for place, row in numbered_rows(Path(path), largest, on_error):
        try:
            found = record.from_dict(row)
        except InputError as error:
            wrong = InputError(error.message, str(path), place)
            if on_error is None:
                raise wrong from error
            on_error(wrong)
        else:
            yield found


def numbered_rows(
    path: Path, largest: int = LARGEST, on_error: Callable[[InputError], None] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read rows with their place: the line, or the number of the record in ``.json`` and ``.parquet``."""
    name = format_of(path)
    if name is None:
        raise InputError(f"a table ends in {', '.join(f'.{ending}' for ending in FORMATS)}", str(path))
    try:
        yield from FORMATS[name].read(path, largest, on_error)
    except FileNotFoundError as error:
        raise InputError("there is no such file", str(path)) from error
    except IsADirectoryError as error:
        raise InputError("this is a folder, give the files in it", str(path)) from error
    except PermissionError as error:
        raise InputError("the file may not be read (permission denied)", str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text: save the file as UTF-8", str(path)) from error
