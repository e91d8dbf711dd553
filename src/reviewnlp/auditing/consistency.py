"""How consistent the indexing is, in numbers: agreement between each review and those most alike in text.

Agreement is measured as between two indexers (Hooper 1965, Rolling 1981). Reviews alike in text are different
cases, so even perfect indexing would not agree fully: the numbers compare years and terms, and one audit with the next.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.evaluation.figures import Figure, estimate, mean_tally
from reviewnlp.evaluation.metrics import hooper, rolling
from reviewnlp.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewnlp.auditing.collection import Collection
    from reviewnlp.records import Finding

NEIGHBOURS = 3
"""Most alike reviews that each review is compared with."""

FEWEST_USES = 5
"""Uses from which a term's own consistency is told."""


@dataclasses.dataclass(frozen=True)
class Agreement(Record):
    """Mean agreement of a group of reviews with their neighbours, with bootstrap 95% intervals."""

    group: str
    reviews: int
    hooper: Figure
    rolling: Figure


@dataclasses.dataclass(frozen=True)
class TermAgreement(Record):
    """How often the neighbours of the reviews with a term have it too, beside how often any review has it."""

    term: str
    uses: int
    shared: Figure
    base_rate: float


@dataclasses.dataclass(frozen=True)
class Consistency(Record):
    """The indexing in numbers: overall, by year, by term, and the findings a hundred reviews."""

    overall: Agreement
    years: tuple[Agreement, ...]
    terms: tuple[TermAgreement, ...]
    findings_per_100: Figure


def measure(collection: Collection, findings: Sequence[Finding]) -> Consistency:
    """Measure the consistency of a collection.

    Raises
    ------
    UncheckableError
        Fewer than two reviews have keywords.
    """
    near = collection.neighbours(NEIGHBOURS).positions
    uses = collection.assigned[collection.indexed]
    per_review = {
        measure: _mean_over_neighbours(measure(uses[:, None, :], uses[near])) for measure in (hooper, rolling)
    }
    years = collection.years[collection.indexed]

    def agreement(group: str, rows: NDArray[np.bool_]) -> Agreement:
        figures = [estimate(mean_tally(values[rows][None])) for values in per_review.values()]
        return Agreement(group, int(rows.sum()), *figures)

    shared = uses[near].mean(axis=1)
    return Consistency(
        overall=agreement("all", np.ones(len(uses), dtype=bool)),
        years=tuple(agreement(str(year), years == year) for year in sorted({*years.tolist()} - {0})),
        terms=tuple(
            TermAgreement(
                label, int(has.sum()), estimate(mean_tally(shared[has, column][None])), round(float(has.mean()), 4)
            )
            for column, label in enumerate(collection.labels)
            if (has := uses[:, column]).sum() >= FEWEST_USES
        ),
        findings_per_100=_findings_per_100(collection, findings),
    )


def _mean_over_neighbours(values: NDArray[np.float64]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = np.nanmean(values, axis=1)
    return mean


def _findings_per_100(collection: Collection, findings: Sequence[Finding]) -> Figure:
    # A finding about many reviews counts once, shared among them.
    counts = dict.fromkeys((review.id for review in collection.reviews), 0.0)
    for finding in findings:
        for review in finding.reviews:
            counts[review] += 100 / len(finding.reviews)
    return estimate(mean_tally(np.array([list(counts.values())])))
