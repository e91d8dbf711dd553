"""Listings made for the tests, and what a finished folder holds."""

from pathlib import Path

import pytest


def listing(first: int, last: int) -> str:
    """Return a listing of fictional entries with the numbers from ``first`` to ``last``."""
    return "\n\n".join(
        f"2019 – Northtown – Child {number}\n"
        f"Death of a {number % 17 + 1}-year-old girl in {2000 + number % 19}. Mother was known to services.\n"
        "Learning includes: professional curiosity; information sharing.\n"
        "Keywords: neglect, information sharing"
        for number in range(first, last + 1)
    )


@pytest.fixture
def inputs(tmp_path) -> list[Path]:
    """Two listings whose titles repeat, 40 entries in all."""
    paths = [tmp_path / "first.txt", tmp_path / "second.txt"]
    for path, (first, last) in zip(paths, [(1, 25), (11, 25)], strict=True):
        path.write_text(listing(first, last), encoding="utf-8")
    return paths


@pytest.fixture
def contents():
    """Give the files of a folder by name with their bytes, hidden ones left out."""

    def contents(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}

    return contents
