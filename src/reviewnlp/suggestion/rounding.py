"""Tables of weights as one byte a number, with a scale for each column.

Weights are rounded as soon as they are learned, so that a suggester and the bundle it is saved as score alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bytes = NDArray[np.int8]

_MOST = 127


def pack(table: Floats) -> tuple[Bytes, Floats]:
    """Return a table (n, n_columns) as whole numbers from -127 to 127, and what one of them is worth, (n_columns,)."""
    scale = (np.maximum(np.abs(table).max(axis=0, initial=0), 1e-12) / _MOST).astype(np.float32)
    return np.clip(np.rint(table / scale), -_MOST, _MOST).astype(np.int8), scale


def unpack(numbers: Bytes, scale: Floats) -> Floats:
    """Return the table that :func:`pack` was given, but for its rounding."""
    return np.asarray(numbers * scale, dtype=np.float32)


def rounded(table: Floats) -> Floats:
    """Return a table as it will be after packing."""
    return unpack(*pack(table))
