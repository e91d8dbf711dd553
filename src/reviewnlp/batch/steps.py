"""The steps of an annotation: each adds one column to the table of reviews."""

from __future__ import annotations

import dataclasses
import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from reviewnlp.errors import BundleError
from reviewnlp.records import Facts, Record, Review, Suggestion
from reviewnlp.resources import shipped

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


@dataclasses.dataclass(frozen=True)
class SuggestSubjects:
    """Suggests keywords and themes into the column ``suggestion``.

    Parameters
    ----------
    model
        The folder of a model bundle, which every worker must see; None for the one that ships.
    limit, threshold
        As for :meth:`reviewnlp.suggestion.Suggester.suggest`.
    """

    model: str | None = None
    limit: int = 10
    threshold: float | None = None
    column: str = "suggestion"
    record: type[Record] = Suggestion

    def options(self) -> dict[str, Any]:
        """Return the limits and the digest of the model's manifest, which names the digest of its every file."""
        folder = shipped("models", "default") if self.model is None else Path(self.model)
        try:
            digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
        except OSError as error:
            raise BundleError(f"{folder}: is no model bundle: {error.strerror or error}") from error
        return {"model": digest, "limit": self.limit, "threshold": self.threshold}

    def load(self) -> Annotator:
        """Read the model."""
        from reviewnlp.suggestion import load_suggester

        suggester = load_suggester(self.model)
        return partial(suggester.stream, limit=self.limit, threshold=self.threshold)


# One of each a thread: a Dask worker may have several, and neither spaCy nor a model promises to be shared.
_loaded = threading.local()


def loaded(step: Step) -> Annotator:
    """Return the loaded step, the same one each time in this thread."""
    steps: dict[Step, Annotator] = vars(_loaded).setdefault("steps", {})
    if step not in steps:
        steps[step] = step.load()
    return steps[step]
