"""Writes a file under a temporary name and puts it in its place when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def replacing(target: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """Open ``target`` for writing; it appears, or is replaced, only when the block ends without an error.

    Parameters
    ----------
    target
        The file to write. A target that is there and is no regular file (a device, a pipe) is written to
        directly.
    mode
        ``"w"`` for text (UTF-8, newlines as they are) or ``"wb"`` for bytes.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "note.txt"
    >>> with replacing(path) as file:
    ...     _ = file.write("whole")
    >>> path.read_text()
    'whole'
    """
    text: dict[str, Any] = {} if "b" in mode else {"encoding": "utf-8", "errors": "backslashreplace", "newline": ""}
    if target.exists() and not target.is_file():
        with target.open(mode, **text) as file:
            yield file
        return
    if target.is_symlink():
        target = target.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, mode, **text) as file:
            yield file
        Path(name).chmod(_permissions(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _permissions(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    # The only way to read the process's mask is to set it.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
