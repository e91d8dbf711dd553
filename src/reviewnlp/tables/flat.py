"""Nested rows as flat ones, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def flatten(row: Mapping[str, Any], separator: str = "; ") -> dict[str, Any]:
    """Return a row with plain values only: one column a leaf, lists joined.

    A column's name is the path to it (``outcomes.type``); the values of a list of objects stand in the same
    order in each of their columns, a null as nothing between separators. It is for reading, not reading back.

    Examples
    --------
    >>> flatten({"id": "x", "outcomes": [{"type": "death", "certainty": "confirmed"}, {"type": "neglect"}]})
    {'id': 'x', 'outcomes.type': 'death; neglect', 'outcomes.certainty': 'confirmed; '}
    """
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{key}": leaf for key, leaf in flatten(value, separator).items()}
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            parts = [flatten(item, separator) for item in value]
            keys = dict.fromkeys(key for part in parts for key in part)
            flat |= {f"{name}.{key}": _joined([part.get(key) for part in parts], separator) for key in keys}
        elif isinstance(value, list):
            flat[name] = _joined(value, separator)
        else:
            flat[name] = value
    return flat


def _joined(values: list[Any], separator: str) -> str:
    return separator.join("" if value is None else str(value) for value in values)
