"""The files of an audit: findings for programs, for a spreadsheet, and the report for people."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from reviewnlp.auditing.report import render
from reviewnlp.auditing.verdicts import SEPARATOR
from reviewnlp.records import Finding, Record
from reviewnlp.tables import replacing, write_records

if TYPE_CHECKING:
    from pathlib import Path

    from reviewnlp.auditing.audit import Audit


@dataclasses.dataclass(frozen=True)
class SpreadsheetRow(Record):
    """A finding as a row of ``findings.csv``; a librarian fills in ``verdict`` (yes or no) and ``comment``."""

    verdict: str | None
    comment: str | None
    kind: str
    terms: str | None
    raw: str | None
    suggestion: str
    why: str
    passages: str | None
    reviews: str
    score: float


def write_audit(audit: Audit, folder: Path) -> tuple[Path, ...]:
    """Write ``findings.jsonl``, ``findings.csv`` and ``report.html`` into a folder, which is made if need be.

    Returns
    -------
    tuple of Path
        The three files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines, table, page = (folder / name for name in ("findings.jsonl", "findings.csv", "report.html"))
    write_records(audit.findings, lines, record=Finding)
    write_records(map(_row, audit.findings), table, record=SpreadsheetRow)
    with replacing(page) as file:
        file.write(render(audit))
    return lines, table, page


def _row(finding: Finding) -> SpreadsheetRow:
    return SpreadsheetRow(
        verdict=None,
        comment=None,
        kind=finding.kind,
        terms=SEPARATOR.join(finding.terms) or None,
        raw=SEPARATOR.join(finding.raw) or None,
        suggestion=finding.suggestion,
        why=finding.why,
        passages=" … ".join(evidence.text for evidence in finding.evidence) or None,
        reviews=SEPARATOR.join(finding.reviews),
        score=round(finding.score, 3),
    )
