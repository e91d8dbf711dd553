"""A librarian's verdicts on findings, and the corrections that follow from those accepted."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING

from reviewnlp.auditing.punctuation import COMMAS
from reviewnlp.errors import InputError
from reviewnlp.records import Record, Review
from reviewnlp.tables import read_rows
from reviewnlp.vocabulary.forms import folded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reviewnlp.vocabulary import Vocabulary

ACCEPTED = frozenset({"accept", "accepted", "correct", "ok", "right", "true", "x", "y", "yes", "1"})
REJECTED = frozenset({"false", "n", "no", "reject", "rejected", "wrong", "0"})
SEPARATOR = "; "

REPLACE = frozenset({"typo", "form_variant", "style"})


@dataclasses.dataclass(frozen=True)
class Verdict:
    """A finding that was accepted, as far as its correction needs it."""

    kind: str
    terms: tuple[str, ...]
    raw: tuple[str, ...]
    reviews: tuple[str, ...]
    why: str
    line: int


@dataclasses.dataclass(frozen=True)
class Change(Record):
    """What a verdict did to the keywords of a review.

    ``done`` is False when a person must do it; ``why`` then says what stood in the way.
    """

    review: str
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    done: bool
    why: str


def read_verdicts(path: Path) -> list[Verdict]:
    """Read the accepted findings from a table such as ``findings.csv`` with its column ``verdict`` filled in.

    ``yes`` (or accept, ok, right, true, x, 1) accepts, ``no`` (or reject, wrong, false, 0) and nothing do not.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, or has a verdict that is neither yes nor no.
    """
    accepted = []
    for line, row in enumerate(read_rows(path), 2):
        lacking = [name for name in ("kind", "terms", "raw", "reviews", "verdict") if name not in row]
        if lacking:
            raise InputError(f"the table has no column {', '.join(lacking)}; fill in findings.csv", str(path), 1)
        verdict = str("" if row["verdict"] is None else row["verdict"]).strip().casefold()
        if verdict in ACCEPTED:
            accepted.append(
                Verdict(
                    kind=str(row["kind"]),
                    terms=_parts(row["terms"]),
                    raw=_parts(row["raw"]),
                    reviews=_parts(row["reviews"]),
                    why=str(row.get("why") or ""),
                    line=line,
                )
            )
        elif verdict and verdict not in REJECTED:
            raise InputError(f"the verdict {row['verdict']!r} is neither yes nor no", str(path), line)
    return accepted


def correct(
    reviews: Iterable[Review], verdicts: Iterable[Verdict], vocabulary: Vocabulary
) -> tuple[list[Review], list[Change]]:
    """Apply accepted findings to the keywords of reviews.

    Returns
    -------
    tuple
        The reviews, corrected, in their order, and every change in the order of the reviews. Findings that need a
        person's judgement (near synonyms, drift, copied text, pairs) change nothing and are listed as not done.
    """
    by_review: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for review_id in verdict.reviews:
            by_review[review_id].append(verdict)
    corrected, changes = [], []
    for review in reviews:
        raws = [keyword.raw for keyword in review.keywords]
        for verdict in by_review.pop(review.id, []):
            after, done, why = _applied(raws, verdict, vocabulary)
            changes.append(Change(review.id, verdict.kind, tuple(raws), tuple(after), done, why))
            raws = after
        if raws != [keyword.raw for keyword in review.keywords]:
            review = dataclasses.replace(review, keywords=tuple(vocabulary.match(raw) for raw in raws))
        corrected.append(review)
    for review_id, left in by_review.items():
        changes += [
            Change(review_id, verdict.kind, (), (), False, f"line {verdict.line} of the verdicts: no such review")
            for verdict in left
        ]
    return corrected, changes


def _applied(raws: list[str], verdict: Verdict, vocabulary: Vocabulary) -> tuple[list[str], bool, str]:
    """Return the keywords after a verdict, whether it was carried out, and why (not)."""
    term = verdict.terms[0] if verdict.terms else None
    if verdict.kind in REPLACE and term and verdict.raw:
        wrong = set(verdict.raw)
        after = list(dict.fromkeys(term if raw in wrong else raw for raw in raws))
        return after, after != raws, verdict.why if after != raws else "the keyword is not there (any more)"
    if verdict.kind == "missing" and term:
        if any(vocabulary.match(raw).term == term for raw in raws):
            return raws, False, "the term is there already"
        return [*raws, term], True, verdict.why
    if verdict.kind == "doubtful" and term:
        after = [raw for raw in raws if (vocabulary.match(raw).term or folded(raw)) != term]
        return after, after != raws, verdict.why if after != raws else "the term is not there (any more)"
    if verdict.kind == "punctuation":
        return raws, True, COMMAS
    return raws, False, "a person must decide what to change"


def _parts(cell: object) -> tuple[str, ...]:
    return tuple(part for part in str(cell or "").split(SEPARATOR) if part)
