"""Reads the data files that stand beside the components."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOLDER = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """Return the content of a TOML file of this package, such as ``load("mentions.toml")``."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


def alternation(words: Iterable[str]) -> str:
    r"""Return a regular expression for any of the words, the longest first, a space for any white space.

    Examples
    --------
    >>> alternation(["carer", "foster carer"])
    'foster\\s+carer|carer'
    """
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest)
