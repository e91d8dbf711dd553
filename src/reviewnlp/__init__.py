"""Read case review listings, suggest subject keywords, extract the facts of a case, audit the indexing.

The names below load their part of the library on first use, so that importing the package is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from reviewnlp.errors import BundleError, ConfigError, InputError, ReviewNLPError, VocabularyError
from reviewnlp.records import Facts, Finding, Keyword, Review, Section, Suggestion

if TYPE_CHECKING:
    from reviewnlp.auditing import audit
    from reviewnlp.extraction.extractor import Extractor, extract
    from reviewnlp.extraction.redaction import redact
    from reviewnlp.reading.public import parse, parse_text
    from reviewnlp.suggestion import Suggester, load_suggester, train
    from reviewnlp.tables import from_dataset, to_dataset

__version__ = "0.1.0"

_LAZY: dict[str, str] = {
    "Suggester": "reviewnlp.suggestion",
    "audit": "reviewnlp.auditing",
    "extract": "reviewnlp.extraction",
    "redact": "reviewnlp.extraction.redaction",
    "Extractor": "reviewnlp.extraction",
    "from_dataset": "reviewnlp.tables",
    "load_suggester": "reviewnlp.suggestion",
    "parse": "reviewnlp.reading.public",
    "parse_text": "reviewnlp.reading.public",
    "to_dataset": "reviewnlp.tables",
    "train": "reviewnlp.suggestion",
}

__all__ = [
    "BundleError",
    "ConfigError",
    "Extractor",
    "Facts",
    "Finding",
    "InputError",
    "Keyword",
    "Review",
    "ReviewNLPError",
    "Section",
    "Suggester",
    "Suggestion",
    "VocabularyError",
    "__version__",
    "audit",
    "extract",
    "from_dataset",
    "load_suggester",
    "parse",
    "parse_text",
    "redact",
    "to_dataset",
    "train",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first asked for (PEP 562)."""
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names, also those that are not loaded yet."""
    return sorted(__all__)
