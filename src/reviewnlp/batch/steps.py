"""The steps of an annotation: each adds one column to the table of reviews."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from reviewnlp.records import Facts, Record, Review

Annotator = Callable[[Sequence[Review]], Iterable[Record]]


class Step(Protocol):
    """What makes one column of the result; it travels to the workers, so it holds options and no models.

    A step must be hashable, for a worker loads it once; a frozen dataclass is.
    """

    @property
    def column(self) -> str:
        """The name of the column."""

    @property
    def record(self) -> type[Record]:
        """The kind of record that stands in the column."""

    def options(self) -> dict[str, Any]:
        """Return what the result depends on, as JSON values: the manifest keeps it."""

    def load(self) -> Annotator:
        """Return a function from reviews to one record each, in order; called once in a worker."""


@dataclasses.dataclass(frozen=True)
class ExtractFacts:
    """Extracts the facts of each case into the column ``facts``."""

    column: str = "facts"
    record: type[Record] = Facts

    def options(self) -> dict[str, Any]:
        """Return nothing: the rules have no options."""
        return {}

    def load(self) -> Annotator:
        """Build the pipeline."""
        from reviewnlp.extraction import Extractor

        annotator: Annotator = Extractor().pipe
        return annotator


# One of each a thread: a Dask worker may have several, and neither spaCy nor a model promises to be shared.
_loaded = threading.local()


def loaded(step: Step) -> Annotator:
    """Return the loaded step, the same one each time in this thread."""
    steps: dict[Step, Annotator] = vars(_loaded).setdefault("steps", {})
    if step not in steps:
        steps[step] = step.load()
    return steps[step]
