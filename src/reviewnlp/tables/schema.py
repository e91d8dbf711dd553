"""The Arrow schema of a record, derived from its dataclass: one place says what the fields are."""

from __future__ import annotations

import dataclasses
import types
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pyarrow as pa

    from reviewnlp.records.record import Record


def schema_of(record: type[Record]) -> pa.Schema:
    """Return the Arrow schema of a record: a column a field, nested records as structs, tuples as lists.

    Examples
    --------
    >>> from reviewnlp import Keyword
    >>> print(schema_of(Keyword).field("term"))
    pyarrow.Field<term: string>
    """
    import pyarrow as pa

    return pa.schema(_fields(record))


def _fields(record: type) -> list[tuple[str, pa.DataType]]:
    hints = get_type_hints(record)
    return [(field.name, _arrow(hints[field.name])) for field in dataclasses.fields(record)]


def _arrow(hint: Any) -> pa.DataType:
    import pyarrow as pa

    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    if hint in plain:
        return plain[hint]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return pa.struct(_fields(hint))
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return pa.string()
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return pa.list_(_arrow(arguments[0]))
    if origin in (Union, types.UnionType):
        # Every column may hold nulls, so "or None" says nothing more.
        kinds = {_arrow(argument) for argument in arguments if argument is not type(None)}
        if len(kinds) == 1:
            return kinds.pop()
    raise TypeError(f"no column type for {hint!r}")
