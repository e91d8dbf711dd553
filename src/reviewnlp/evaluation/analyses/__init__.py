"""Further looks at an experiment's results, each a function from its context to tables, plots and figures.

A configuration names them under ``analyses``. They hold terms, ids, counts and figures, never text of a review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.evaluation.analyses.calibration import calibration
from reviewnlp.evaluation.analyses.drift import drift
from reviewnlp.evaluation.analyses.extraction import extraction
from reviewnlp.evaluation.analyses.frequency import frequency
from reviewnlp.evaluation.analyses.neighbours import neighbours
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Plot, Point, Series, Table
from reviewnlp.evaluation.analyses.terms import terms

if TYPE_CHECKING:
    from collections.abc import Callable

ANALYSES: dict[str, Callable[[Context], Analysis]] = {
    "calibration": calibration,
    "drift": drift,
    "extraction": extraction,
    "frequency": frequency,
    "neighbours": neighbours,
    "terms": terms,
}

__all__ = ["ANALYSES", "Analysis", "Context", "Plot", "Point", "Series", "Table"]
