"""Conversion between records and plain dicts."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING, Any, Self, get_type_hints

from reviewnlp.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import TypeAdapter


#: What most fields hold, and is given as it is.
_PLAIN = frozenset((str, int, float, bool, type(None)))


class Record:
    """Conversion to and from plain dicts, shared by all records."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dicts and lists, ready for JSON."""
        plain = _plain(self)
        assert isinstance(plain, dict)  # noqa: S101
        return plain

    @classmethod
    def columns(cls) -> dict[str, Any]:
        """Return the keys of :meth:`to_dict` with the type of each, for tables."""
        hints = get_type_hints(cls)
        return {field.name: hints[field.name] for field in dataclasses.fields(cls)}  # type: ignore[arg-type]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build the record from what :meth:`to_dict` gave.

        Unknown keys are left out, so that a file with added columns still reads.

        Raises
        ------
        InputError
            A field is missing or has the wrong type; the message names each one.
        """
        from pydantic import ValidationError

        target: type = cls
        try:
            record: Self = _adapter(target).validate_python(dict(data))
        except ValidationError as error:
            wrong = "; ".join(
                f"{'.'.join(map(str, e['loc'])) or 'record'}: {e['msg']}" for e in error.errors(include_url=False)
            )
            raise InputError(f"not a {cls.__name__} record: {wrong}") from error
        return record


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [item if type(item) in _PLAIN else _plain(item) for item in value]
    kind: type = type(value)
    names = _names(kind)
    if not names:
        return value
    fields = vars(value)
    return {name: item if type(item := fields[name]) in _PLAIN else _plain(item) for name in names}


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a kind of record, nothing for other kinds."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
