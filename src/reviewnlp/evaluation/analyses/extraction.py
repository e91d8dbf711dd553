"""Facts extracted against facts annotated."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from reviewnlp.errors import ConfigError
from reviewnlp.evaluation import agreement, figures
from reviewnlp.evaluation.analyses.panel import Analysis, Context, Plot, Point, Series, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ALL = "all"


def extraction(context: Context) -> Analysis:
    """Score the extractor against the gold file of the configuration.

    With ``corpus.halves``, half A holds the reviews whose SHA-256 of the id is even, half B the others; with
    ``corpus.halves = "lines"``, half A holds the odd lines of the gold file.
    """
    from reviewnlp.extraction import Extractor

    gold = _gold(context)
    known = [review for review in context.reviews if review.id in gold]
    if not known:
        raise ConfigError("corpus.gold: none of the reviews stands in the gold file; are they of the same listing?")
    facts = [made.to_dict() for made in Extractor().pipe(known)]
    counts = [agreement.counts(gold[review.id], made) for review, made in zip(known, facts, strict=True)]
    parts = {ALL: counts}
    if context.experiment.corpus.halves:
        line = {review_id: number for number, review_id in enumerate(gold)}
        by_line = context.experiment.corpus.halves == "lines"
        of_half = ["AB"[line[review.id] % 2] if by_line else half_of(review.id) for review in known]
        parts = {
            f"half {half}": [c for c, where in zip(counts, of_half, strict=True) if where == half] for half in "AB"
        } | parts
    found: dict[str, figures.Figure] = {}
    for part, of_part in parts.items():
        found |= {f"{part}/{name}": figure for name, figure in _scored(of_part, context.experiment.seed)}
    names = [key.removeprefix(f"{ALL}/") for key in found if key.startswith(f"{ALL}/")]
    sizes = ", ".join(f"{len(of_part)} in {part}" for part, of_part in parts.items() if part != ALL)
    note = (
        f"{len(known)} annotated reviews{f' ({sizes})' if sizes else ''}. F1 of what is found, accuracy of what is "
        "said about it (role, kind, holder, certainty), with bootstrap intervals over reviews. A figure of 1 has an "
        "interval of no width: it only says that no error was met in so few reviews."
    )
    plot = Plot(
        "extraction", "dots", "Facts extracted", "F1 or accuracy", "field",
        tuple(Series(part, _points(found, part, names)) for part in parts),
    )  # fmt: skip
    return Analysis("Facts of the case", note, found, (_table(found, list(parts), names),), (plot,))


def half_of(review_id: str) -> str:
    """Return the half of the corpus that a review belongs to, ``A`` or ``B``, by its id alone."""
    return "A" if int(hashlib.sha256(review_id.encode()).hexdigest(), 16) % 2 == 0 else "B"


def _gold(context: Context) -> dict[str, dict[str, Any]]:
    if context.experiment.corpus.gold is None:
        raise ConfigError('corpus.gold: the analysis "extraction" needs a file of annotated facts (JSON Lines)')
    path: Path = context.beside / context.experiment.corpus.gold
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return {row["id"]: row for row in rows}
    except OSError as error:
        raise ConfigError(f"corpus.gold: {path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"corpus.gold: {path} is not JSON Lines of annotated facts: {error!r}") from error


def _scored(counts: Sequence[agreement.Counts], seed: int) -> list[tuple[str, figures.Figure]]:
    scored = []
    for field in agreement.FIELDS:
        found = np.array([[c.fields[field] for c in counts]], dtype=float)
        tally = figures.quotient_tally(2 * found[..., 0], 2 * found[..., 0] + found[..., 1] + found[..., 2])
        scored.append((field, figures.estimate(tally, seed=seed)))
    for attribute in agreement.ATTRIBUTES:
        of = np.array([[c.attributes[attribute] for c in counts]], dtype=float)
        scored.append((attribute, figures.estimate(figures.quotient_tally(of[..., 0], of[..., 1]), seed=seed)))
    return [*scored, ("mean F1", figures.estimate(_mean_f1(counts), seed=seed))]


def _mean_f1(counts: Sequence[agreement.Counts]) -> figures.Tally:
    parts = np.array([[[c.fields[field] for field in agreement.CORE] for c in counts]], dtype=float)
    return figures.Tally(parts.reshape(1, len(counts), -1), _mean_of_f1s)


def _mean_of_f1s(sums: np.ndarray) -> np.ndarray:
    hits, extra, missing = np.moveaxis(sums.reshape(*sums.shape[:-1], -1, 3), -1, 0)
    whole = 2 * hits + extra + missing
    return np.asarray(np.where(whole > 0, 2 * hits / np.maximum(whole, 1), 0).mean(axis=-1))


def _points(found: dict[str, figures.Figure], half: str, names: list[str]) -> tuple[Point, ...]:
    made = [(name, found.get(f"{half}/{name}")) for name in names]
    return tuple(Point(name, f.value, f.low, f.high) for name, f in made if f and not np.isnan(f.value))


def _table(found: dict[str, figures.Figure], parts: list[str], names: list[str]) -> Table:
    rows = []
    for name in names:
        whole = found[f"{ALL}/{name}"]
        values = [found[f"{part}/{name}"].value for part in parts]
        rows.append((name, *values, whole.low, whole.high, whole.documents))
    return Table("Agreement with the annotation", ("field", *parts, "from", "to", "reviews with any"), tuple(rows))
