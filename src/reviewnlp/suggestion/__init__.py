"""Suggests keywords and themes for reviews, with the words that speak for each.

A review is cut into ``clauses``; ``observation`` holds what can be seen in it without learning: phrases of the terms
(``knowledge``, from the vocabulary and ``data/cues.toml``), rough ``circumstances``, static ``vectors``. The base
``learners`` (``ridge``, ``mentions``, ``habits``, ``likeness``) turn observations into a row for each pair of review
and term; ``fusion`` scores the rows, ``calibration`` makes probabilities, ``themes`` and ``evidence`` follow from them.
``training`` makes a ``suggester``, ``bundle`` and ``state`` keep it as plain files.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviewnlp.suggestion.bundle import load_suggester
    from reviewnlp.suggestion.suggester import Suggester
    from reviewnlp.suggestion.training import train, train_and_expect

_LAZY = {
    "Suggester": "reviewnlp.suggestion.suggester",
    "load_suggester": "reviewnlp.suggestion.bundle",
    "train": "reviewnlp.suggestion.training",
    "train_and_expect": "reviewnlp.suggestion.training",
}

__all__ = ["Suggester", "load_suggester", "train", "train_and_expect"]


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first asked for (PEP 562)."""
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
