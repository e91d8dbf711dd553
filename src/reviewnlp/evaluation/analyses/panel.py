"""What analyses are given and what they give: plain tables and descriptions of plots."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

from reviewnlp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from reviewnlp.evaluation.configuration import Experiment
    from reviewnlp.evaluation.figures import Figure
    from reviewnlp.evaluation.scoring import Predictions
    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary


@dataclasses.dataclass(frozen=True)
class Context:
    """An experiment after its runs: ``predictions`` by (setting, method)."""

    experiment: Experiment
    reviews: Sequence[Review]
    vocabulary: Vocabulary
    truth: NDArray[np.bool_]
    predictions: Mapping[tuple[str, str], Predictions]
    beside: Path

    @property
    def settings(self) -> list[str]:
        """The settings, in the order of the configuration."""
        return list(dict.fromkeys(setting for setting, _ in self.predictions))

    def of_setting(self, setting: str) -> dict[str, Predictions]:
        """Return the predictions of each method in one setting."""
        return {method: made for (where, method), made in self.predictions.items() if where == setting}

    def main(self, analysis: str) -> str:
        """Name the method that an analysis of one method looks at: ``compare_to``, else the last."""
        methods = [method.name for method in self.experiment.methods]
        if not methods:
            raise ConfigError(f"analyses: {analysis!r} looks at methods; name at least one ([[methods]])")
        return self.experiment.compare_to or methods[-1]


@dataclasses.dataclass(frozen=True)
class Point:
    """A mark of a plot with its 95% interval; ``x`` is a number or a name."""

    x: float | str
    y: float
    low: float | None = None
    high: float | None = None


@dataclasses.dataclass(frozen=True)
class Series:
    """Marks that belong together."""

    name: str
    points: tuple[Point, ...]


@dataclasses.dataclass(frozen=True)
class Plot:
    """What a plot shows.

    ``dots`` puts names on the vertical axis and values with their intervals on the horizontal one, and joins the
    marks of a name when ``joined``; ``lines`` draws numbers against numbers, over the line of equality when
    ``diagonal``.
    """

    slug: str
    kind: Literal["dots", "lines"]
    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    joined: bool = False
    diagonal: bool = False


@dataclasses.dataclass(frozen=True)
class Table:
    """A table: one string a column, one row of numbers or strings a line."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]


@dataclasses.dataclass(frozen=True)
class Analysis:
    """What an analysis found. ``figures`` are those that documents cite, by name."""

    title: str
    note: str
    figures: Mapping[str, Figure] = dataclasses.field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
