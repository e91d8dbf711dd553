"""CSV (RFC 4180, UTF-8) that gives back exactly what was written.

A cell holds text as it is, anything else as JSON, and None as nothing. Text that would read as something else
(a number, ``true``, a list, the empty text) is written as a JSON string. A cell that a spreadsheet would run
as a formula is kept from it by an apostrophe, which reading takes away.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from reviewnlp.errors import InputError
from reviewnlp.records.record import Record
from reviewnlp.tables.json_rows import dumps

#: How a formula begins (OWASP, "CSV injection"; full-width forms count in East Asian locales), with any
#: apostrophes before it, so that text which itself begins so comes back unchanged.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARD = "'"

#: Tells most text from JSON without parsing it.
_MAY_BE_JSON = re.compile(r'[\[{"]|-?[0-9][0-9.eE+-]*\Z|(true|false|null)\Z')

_NOT_JSON = object()


class _PlainLineEnds:
    """Ends rows with a newline alone, as all other output does.

    The csv module quotes only its own line end, so it must go on writing CR LF for a CR in a cell to be quoted.
    """

    def __init__(self, file: IO[str]) -> None:
        self.file = file

    def write(self, row: str) -> int:
        return self.file.write(row.removesuffix("\r\n") + "\n")


class _Table:
    mode = "w"

    def write(self, rows: Iterable[Mapping[str, Any]], file: IO[str], record: type[Record] | None) -> None:
        columns = list(record.columns()) if record is not None else None
        writer = csv.writer(_PlainLineEnds(file))
        if columns is not None:
            writer.writerow(map(_guarded, columns))
        for row in rows:
            if columns is None:
                columns = list(row)
                writer.writerow(map(_guarded, columns))
            added = row.keys() - set(columns)
            if added:
                raise ValueError(f"a CSV has the columns of its first row; a later one adds {sorted(added)}")
            writer.writerow([_cell(row.get(column)) for column in columns])

    def read(
        self, path: Path, largest: int, on_error: Callable[[InputError], None] | None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        # A cell may be as long as a whole listing; the module's own bound is 128 kB.
        csv.field_size_limit(largest)
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                columns = [_unguarded(name) for name in next(reader, [])]
                _check_header(columns, path)
                line = reader.line_num + 1
                for cells in reader:
                    if cells:
                        yield line, _row(columns, cells, path, line)
                    line = reader.line_num + 1
            except csv.Error as error:
                raise InputError(f"not CSV: {error}", str(path), reader.line_num) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    as_it_is = isinstance(value, str) and value and _parsed(value) is _NOT_JSON
    return _guarded(value if as_it_is else dumps(value))


def _value(cell: str) -> Any:
    if not cell:
        return None
    text = _unguarded(cell)
    value = _parsed(text)
    return text if value is _NOT_JSON else value


def _parsed(text: str) -> Any:
    if not _MAY_BE_JSON.match(text):
        return _NOT_JSON
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _NOT_JSON


def _guarded(text: str) -> str:
    return _GUARD + text if _FORMULA.match(text) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(_GUARD) and _FORMULA.match(cell) else cell


def _check_header(columns: list[str], path: Path) -> None:
    twice = {column for column in columns if columns.count(column) > 1}
    if twice:
        raise InputError(f"two columns have the name {sorted(twice)[0]!r}", str(path), 1)


def _row(columns: list[str], cells: list[str], path: Path, line: int) -> dict[str, Any]:
    if len(cells) != len(columns):
        raise InputError(f"{len(cells)} cells for {len(columns)} columns", str(path), line)
    return {column: _value(cell) for column, cell in zip(columns, cells, strict=True)}


TABLE = _Table()
