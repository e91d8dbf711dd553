"""Nested rows as flat ones, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from reviewnlp.records.record import Record
from reviewnlp.tables.json_rows import dumps


def flatten(row: Mapping[str, Any], *, record: type[Record] | None = None, separator: str = "; ") -> dict[str, Any]:
    """Return a row with plain values only: one column a leaf, lists joined.

    A column's name is the path to it (``outcomes.type``); the values of a list of objects stand in the same
    order in each of their columns, a null as nothing between separators. It is for reading, not reading back.

    Parameters
    ----------
    row
        JSON values.
    record
        The kind of record that the row is of; every row then has the same columns, empty ones too.
    separator
        What stands between the values of a list.

    Examples
    --------
    >>> flatten({"id": "x", "outcomes": [{"type": "death", "certainty": "confirmed"}, {"type": "neglect"}]})
    {'id': 'x', 'outcomes.type': 'death; neglect', 'outcomes.certainty': 'confirmed; '}
    """
    flat = dict(_leaves(row, separator))
    return flat if record is None else {name: flat.get(name) for name in flat_columns(record)}


def flat_columns(record: type[Record]) -> list[str]:
    """Return the columns of the flat rows of a record.

    Examples
    --------
    >>> from reviewnlp import Suggestion
    >>> flat_columns(Suggestion)[:3]
    ['id', 'keywords.term', 'keywords.score']
    """
    names = []
    for name, hint in record.columns().items():
        nested = [part for part in (hint, *get_args(hint)) if isinstance(part, type) and issubclass(part, Record)]
        names += [f"{name}.{inner}" for inner in flat_columns(nested[0])] if nested else [name]
    return names


def _leaves(row: Mapping[str, Any], separator: str) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{key}", leaf) for key, leaf in _leaves(value, separator))
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            parts = [dict(_leaves(item, separator)) for item in value]
            keys = dict.fromkeys(key for part in parts for key in part)
            yield from ((f"{name}.{key}", _joined([part.get(key) for part in parts], separator)) for key in keys)
        else:
            yield name, _joined(value, separator) if isinstance(value, list) else value


def _joined(values: list[Any], separator: str) -> Any:
    if len(values) < 2:
        return next(iter(values), None)
    return separator.join(
        "" if value is None else value if isinstance(value, str) else dumps(value) for value in values
    )
