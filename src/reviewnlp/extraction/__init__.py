"""Extracts the facts of a case from a review's words.

One finder a kind of fact reads a :class:`~reviewnlp.extraction.case.Case`; the linguistic knowledge stands in
data files beside the code. :mod:`reviewnlp.extraction.pipeline` makes a spaCy component of each finder.
"""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["Extractor", "extract"]


def __getattr__(name: str) -> Any:
    """Import spaCy only when something is to be extracted (PEP 562)."""
    if name in __all__:
        return getattr(importlib.import_module("reviewnlp.extraction.extractor"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
