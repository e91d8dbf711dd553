"""The Arrow schema of a record, derived from its dataclass: one place says what the fields are."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from reviewnlp.records.record import Record

if TYPE_CHECKING:
    import pyarrow as pa


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


def _fields(record: type[Record]) -> list[tuple[str, pa.DataType]]:
    return [(name, _arrow(hint)) for name, hint in record.columns().items()]


def _arrow(hint: Any) -> pa.DataType:
    import pyarrow as pa

    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    if hint in plain:
        return plain[hint]
    if isinstance(hint, type) and issubclass(hint, Record):
        return pa.struct(_fields(hint))
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return pa.string()
    if origin is tuple and len(items := set(arguments) - {Ellipsis}) == 1:
        return pa.list_(_arrow(items.pop()))
    if origin in (Union, types.UnionType):
        # Every column may hold nulls, so "or None" says nothing more.
        kinds = {_arrow(argument) for argument in arguments if argument is not type(None)}
        if len(kinds) == 1:
            return kinds.pop()
    raise TypeError(f"no column type for {hint!r}")
