"""The word lists beside this file: TOML that says what is a heading, a link or page furniture."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

#: Letters that a pattern takes for these where case is not regarded, and that stay apart in lower case.
_ALIKE = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


@cache
def word_list(name: str) -> dict[str, Any]:
    """Read ``NAME.toml`` of this folder."""
    with Path(__file__).with_name(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern that matches any of the phrases, the longest first, any white space between words."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"[ \t]{1,4}".join(map(re.escape, phrase.split())) for phrase in longest_first)


def as_listed(found: str) -> str:
    """Return what a pattern of phrases found as its list has it: lower case, one space between words.

    Examples
    --------
    >>> as_listed("Key  Iſſues")
    'key issues'
    """
    return " ".join(found.translate(_ALIKE).lower().split())
