"""Which terms the methods find, and which none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.evaluation import figures, metrics
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Table

if TYPE_CHECKING:
    from reviewnlp.evaluation.scoring import Predictions

SHOWN = 10


def terms(context: Context) -> Analysis:
    """Agreement of one method with the librarians by term, and the keywords that no method finds."""
    main = context.main("terms")
    setting = context.settings[0]
    methods = context.of_setting(setting)
    labels = [term.label for term in context.vocabulary.terms]
    missed, total, never = _missed(methods, labels)
    hooper, rolling, by_term = _agreement(methods[main], labels)
    seed = context.experiment.seed
    found = {
        "missed by every method": figures.estimate(missed, seed=seed),
        "Hooper": figures.estimate(hooper, seed=seed),
        "Rolling": figures.estimate(rolling, seed=seed),
    }
    note = (
        f"{main!r} gives each review as many terms as its librarian did. Of {total} keywords, those in the second "
        f"table stand among the first {SHOWN} suggestions of no method in any repeat."
    )
    tables = (
        Table(
            f"Agreement between {main} and the librarians",
            ("term", "given by librarians", "given by the method", "by both", "Hooper"),
            by_term,
        ),
        Table("Keywords that no method finds", ("term", "reviews", "missed by all"), never),
    )
    return Analysis("Agreement by term", note, found, tables)


def _missed(
    methods: dict[str, Predictions], labels: list[str]
) -> tuple[figures.Tally, int, tuple[tuple[str, int, int], ...]]:
    truth = next(iter(methods.values())).truth
    reached = np.zeros_like(truth)
    for predictions in methods.values():
        for scores in predictions.scores:
            reached |= metrics.top(scores, SHOWN)
    lost = truth & ~reached
    rows = [
        (labels[i], int(truth[:, i].sum()), int(lost[:, i].sum()))
        for i in np.argsort(-lost.sum(axis=0), kind="stable")
        if lost[:, i].any()
    ]
    return figures.quotient_tally(lost.sum(axis=1), truth.sum(axis=1)), int(truth.sum()), tuple(rows)


def _agreement(
    predictions: Predictions, labels: list[str]
) -> tuple[figures.Tally, figures.Tally, tuple[tuple[str, int, float, float, float], ...]]:
    truth, repeats = predictions.truth, len(predictions.scores)
    ranks = np.stack([np.argsort(metrics.ranking(scores), axis=1) for scores in predictions.scores])
    given = ranks < truth.sum(axis=1)[None, :, None]
    both = (given & truth).sum(axis=(0, 1)) / repeats
    by_method, by_librarian = given.sum(axis=(0, 1)) / repeats, truth.sum(axis=0)
    hooper = both / np.maximum(by_method + by_librarian - both, 1e-12)
    rows = [
        (labels[i], int(by_librarian[i]), round(float(by_method[i]), 2), round(float(both[i]), 2), float(hooper[i]))
        for i in np.argsort(-by_librarian, kind="stable")
        if by_librarian[i] >= 2 or by_method[i] >= 2
    ]
    everywhere = np.broadcast_to(truth, given.shape)
    return (
        figures.mean_tally(metrics.hooper(everywhere, given)),
        figures.mean_tally(metrics.rolling(everywhere, given)),
        tuple(rows),
    )
