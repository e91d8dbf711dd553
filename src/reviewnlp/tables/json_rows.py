"""JSON Lines (a row a line) and JSON (an array of rows)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from reviewnlp.errors import InputError
from reviewnlp.records.record import Record
from reviewnlp.tables.limits import refuse_larger

#: JSON may tell of half a character, which programs leave that cut a text by its UTF-16 units.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class _Lines:
    mode = "w"

    def write(self, rows: Iterable[Mapping[str, Any]], file: IO[str], record: type[Record] | None) -> None:
        for row in rows:
            file.write(dumps(row) + "\n")

    def read(
        self, path: Path, largest: int, on_error: Callable[[InputError], None] | None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        # Lines end at "\n" alone: U+2028 and its like may stand unescaped inside a JSON string.
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(iter(lambda: file.readline(largest + 1), ""), start=1):
                refuse_larger("the line", len(line), largest, str(path), number)
                if line.strip():
                    try:
                        row = _object(_loads(line, path, number), path, number)
                    except InputError as error:
                        if on_error is None:
                            raise
                        on_error(error)
                    else:
                        yield number, row


class _Array:
    mode = "w"

    def write(self, rows: Iterable[Mapping[str, Any]], file: IO[str], record: type[Record] | None) -> None:
        separator = "[\n"
        for row in rows:
            file.write(separator + dumps(row))
            separator = ",\n"
        file.write("[]\n" if separator == "[\n" else "\n]\n")

    def read(
        self, path: Path, largest: int, on_error: Callable[[InputError], None] | None
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        refuse_larger("a JSON array, which is read whole,", path.stat().st_size, largest, str(path))
        rows = _loads(path.read_text(encoding="utf-8-sig"), path, 1)
        if not isinstance(rows, list):
            raise InputError("the file must hold an array of objects: [{…}, …]", str(path), 1)
        for number, row in enumerate(rows, start=1):
            yield number, _object(row, path, number)


def dumps(value: object) -> str:
    """Write a value as JSON on one line, letters as they are; a number that is not finite is a ValueError."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _loads(text: str, path: Path, first_line: int) -> Any:
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        return value if not _HALF.search(text) else json.loads(_whole(json.dumps(value, ensure_ascii=False)))
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise InputError(f"not JSON: {error.msg} at column {error.colno}", str(path), line) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"not usable JSON: {error}", str(path), first_line) from error


def _whole(text: str) -> str:
    """Put the sign for a lost character in place of each half of one, which no file of text can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _object(value: Any, path: Path, place: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"a record must be an object {{…}}, not {_kind(value)}", str(path), place)
    return value


def _kind(value: Any) -> str:
    names = {list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


LINES = _Lines()
ARRAY = _Array()
