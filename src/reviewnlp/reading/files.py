"""Bytes to text: encodings, kinds of file, standard input, and clear errors for what cannot be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reviewnlp.errors import InputError

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
RECORD_SUFFIXES = (".jsonl", ".ndjson", ".parquet")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"%PDF": "a PDF file; save its text as .txt",
    b"PK\x03\x04": "a Word, spreadsheet or zip file; save it as plain text or HTML",
    b"\xd0\xcf\x11\xe0": "an old Word file; save it as plain text or HTML",
    b"{\\rtf": "a rich text file; save it as plain text or HTML",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"PAR1": "a Parquet file; give it the ending .parquet",
    b"SQLite format 3": "a database",
}
_CHARSET = re.compile(rb"""charset[ \t]*=[ \t]*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


@contextmanager
def opened(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises
    ------
    InputError
        The file is missing, a folder, or may not be read; the message says which.
    """
    name = str(path)
    try:
        with Path(name).open("rb") as file:
            yield file
    except FileNotFoundError:
        raise InputError("no such file", name) from None
    except IsADirectoryError:
        raise InputError("is a folder; give the files in it", name) from None
    except PermissionError:
        raise InputError("may not be read; check its permissions", name) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read: {reason}", name) from error


def read_bytes(path: str | Path) -> bytes:
    """Read a file whole; errors as in :func:`opened`."""
    with opened(path) as file:
        return file.read()


def decode(data: bytes, path: str = "-") -> str:
    """Decode a file's bytes: by its byte-order mark, as UTF-8, by the charset an HTML page names, as Windows-1252.

    Parameters
    ----------
    data
        The whole file.
    path
        Its name, for the error.

    Returns
    -------
    str

    Raises
    ------
    InputError
        The bytes are no text, or are in an encoding that cannot be told.
    """
    known = _by_beginning(data, path)
    if known:
        return _checked(_decoded(data, known, path), path)
    try:
        return _checked(data.decode("utf-8"), path)
    except UnicodeDecodeError:
        pass
    named = _CHARSET.search(data, 0, 4096)
    if named and data[:4096].lstrip().startswith(b"<"):
        name = named[1].decode("ascii")
        try:
            codecs.lookup(name)
        except LookupError:
            raise InputError(f"names the unknown encoding {name}; save it as UTF-8", path) from None
        if codecs.lookup(name).name not in ("utf-8", "iso8859-1", "ascii"):
            return _checked(_decoded(data, name, path), path)
    mixed = _mixed(data)
    if mixed:
        return _checked(mixed, path)
    try:
        return _checked(data.decode("cp1252"), path)
    except UnicodeDecodeError:
        _checked(data[:65536].decode("latin-1"), path)
        raise InputError("is in an unknown encoding; save it as UTF-8", path) from None


def encoding_of(file: BinaryIO, path: str) -> tuple[str, str]:
    """Tell the encoding of a long text, which is read once from here, as :func:`decode` tells that of a short one.

    Returns
    -------
    tuple of str
        The encoding, and how its errors are to be handled.

    Raises
    ------
    InputError
        The bytes are no text.
    """
    head = file.read(65536)
    known = _by_beginning(head, path)
    if known:
        return known, "strict"
    _checked(head.decode("latin-1"), path)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    foreign, beyond, block = 0, 0, head
    while block:
        text = decoder.decode(block)
        foreign += len(_ESCAPED.findall(text))
        beyond += len(_BEYOND_ASCII.findall(text))
        block = file.read(1 << 20)
    foreign += len(decoder.decode(b"", final=True))
    if not foreign:
        return "utf-8", "strict"
    return ("cp1252", "replace") if 2 * foreign > beyond else ("utf-8", "surrogateescape")


def mend_foreign(text: str) -> str:
    """Decode the Windows-1252 bytes that stand as surrogates in UTF-8 text."""
    return _ESCAPED.sub(lambda found: bytes((ord(found[0]) - 0xDC00,)).decode("cp1252", "replace"), text)


def _by_beginning(data: bytes, path: str) -> str | None:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"is not text but {what}", path)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    return _without_mark(data)


def _decoded(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"is damaged: not {encoding} from byte {error.start} on; save it as UTF-8", path) from None


def _mixed(data: bytes) -> str | None:
    """Decode UTF-8 into which a few Windows-1252 bytes were pasted; None when most of it is not UTF-8."""
    text = data.decode("utf-8", "surrogateescape")
    foreign = len(_ESCAPED.findall(text))
    if 2 * foreign > len(_BEYOND_ASCII.findall(text)):
        return None
    return mend_foreign(text)


def _without_mark(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zero bytes stand."""
    head = data[:2000]
    if len(head) < 8 or not head.count(0):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.4 and even < len(head) * 0.02:
        return "utf-16-le"
    if even > len(head) * 0.4 and odd < len(head) * 0.02:
        return "utf-16-be"
    return None


def _checked(text: str, path: str) -> str:
    head = text[:65536]
    if len(_CONTROL.findall(head)) > max(2, len(head) // 200):
        raise InputError("is not text but binary data", path)
    return text
