"""The report of an audit: one HTML file that stands alone, with filters and search that need no server."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reviewnlp.auditing import drift
from reviewnlp.auditing.collection import UncheckableError
from reviewnlp.auditing.kinship import closeness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewnlp.auditing.audit import Audit
    from reviewnlp.auditing.consistency import TermAgreement
    from reviewnlp.records import Evidence, Finding, Review

MOST_OF_A_KIND = 150
"""Findings of a kind that the report shows at most; all are in findings.csv."""

LARGEST = 1_900_000
"""Bytes of the report; a larger one is made again with fewer findings of a kind."""

LONGEST = 1200
"""Characters shown of a passage."""

MOST_TERMS = 300
"""Terms whose own consistency is shown, the most used first."""

CONTEXT = 140
"""Characters shown before and after a passage."""

MOST_DRIFTING = 30
"""Terms in the picture of drift, the surest first."""

MOST_REVIEWS = 12
"""Reviews that a finding names in full."""


class Passage(NamedTuple):
    """Words of a review that a finding rests on, with what stands around them."""

    before: str
    words: str
    after: str


def render(audit: Audit) -> str:
    """Return the report as HTML.

    Nothing in it is fetched from elsewhere, all text of reviews is escaped, and its policy (Content Security Policy)
    lets nothing run but the report's own script, known by its hash.
    """
    from jinja2 import Environment, PackageLoader, select_autoescape

    environment = Environment(
        loader=PackageLoader("reviewnlp.auditing", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = files("reviewnlp.auditing").joinpath("templates", "report.js").read_text("utf-8")
    style = files("reviewnlp.auditing").joinpath("templates", "report.css").read_text("utf-8")
    reviews = {review.id: review for review in audit.collection.reviews}
    words = {
        "script": script,
        "style": style,
        "script_hash": _sha256(script),
        "style_hash": _sha256(style),
        "audit": audit,
        "kinds": tomllib.loads(files("reviewnlp.auditing").joinpath("kinds.toml").read_text("utf-8")),
        "counts": Counter(finding.kind for finding in audit.findings),
        "unchecked": {kind for gap in audit.not_checked for kind in gap.kinds},
        "keywords": sum(len(review.keywords) for review in reviews.values()),
        "years": sorted({review.year for review in reviews.values() if review.year}),
        "terms_by_year": _terms_by_year(audit),
        "terms": _terms(audit),
        "drift": _drift(audit),
        "heat": _heat(audit),
    }
    template, most = environment.get_template("report.html"), MOST_OF_A_KIND
    while True:
        page = template.render(words, cards=_cards(audit, reviews, most), most=most)
        if most == 1 or len(page.encode("utf-8", "replace")) <= LARGEST:
            return page
        most = max(1, most * 2 // 3)


def _cards(audit: Audit, reviews: Mapping[str, Review], most: int) -> list[dict[str, Any]]:
    """Return what is shown of the first findings of each kind, in the order of all findings."""
    shown: Counter[str] = Counter()
    cards = []
    for finding in audit.findings:
        shown[finding.kind] += 1
        if shown[finding.kind] <= most:
            cards.append(_card(finding, reviews))
    return cards


def _sha256(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _card(finding: Finding, reviews: Mapping[str, Review]) -> dict[str, Any]:
    named = [reviews[i] for i in finding.reviews[:MOST_REVIEWS]]
    return {
        "finding": finding,
        "reviews": [(review, sorted({k.term or k.raw for k in review.keywords}, key=str.casefold)) for review in named],
        "more": len(finding.reviews) - len(named),
        "passages": [_passage(evidence, named[0]) for evidence in finding.evidence] if named else [],
    }


def _passage(evidence: Evidence, review: Review) -> Passage:
    if len(evidence.text) > LONGEST:
        return Passage("", evidence.text[:LONGEST].rsplit(" ", 1)[0], "…")
    # Words of another review (a copied paragraph's second place) are shown without their surroundings.
    if review.text[evidence.start : evidence.end] != evidence.text:
        return Passage("", evidence.text, "")
    before = review.text[max(0, evidence.start - CONTEXT) : evidence.start]
    after = review.text[evidence.end : evidence.end + CONTEXT]
    if evidence.start > CONTEXT:
        before = "…" + before.split(" ", 1)[-1]
    if evidence.end + CONTEXT < len(review.text):
        after = after.rsplit(" ", 1)[0] + "…"
    return Passage(before, evidence.text, after)


def _terms_by_year(audit: Audit) -> list[dict[str, Any]]:
    """Count the terms a review by year, as bars of at most 100."""
    reviews = [audit.collection.reviews[i] for i in audit.collection.indexed]
    bars = []
    for year in sorted({review.year for review in reviews if review.year}):
        numbers = Counter(len(review.keywords) for review in reviews if review.year == year)
        total = sum(numbers.values())
        mean = sum(number * count for number, count in numbers.items()) / total
        most = max(numbers)
        bars.append(
            {
                "year": year,
                "reviews": total,
                "mean": mean,
                "bars": [(n, numbers[n], 100 * numbers[n] / total) for n in range(1, most + 1)],
            }
        )
    return bars


def _terms(audit: Audit) -> list[TermAgreement]:
    """Return the consistency of the terms that are most used, the most consistent first."""
    terms = audit.consistency.terms if audit.consistency else ()
    used = sorted(terms, key=lambda row: -row.uses)[:MOST_TERMS]
    return sorted(used, key=lambda row: -row.shared.value)


def _drift(audit: Audit) -> dict[str, Any] | None:
    """Return the share of reviews with each drifting term before and after the cut, in percent."""
    try:
        eras = drift.cut(audit.collection)
    except UncheckableError:
        return None
    terms = dict.fromkeys(term for finding in audit.findings if finding.kind == "drift" for term in finding.terms)
    column = {label: i for i, label in enumerate(audit.collection.labels)}
    rows = []
    for term in terms:
        used = audit.collection.assigned[:, column[term]]
        rows.append((term, 100 * float(used[eras.early].mean()), 100 * float(used[eras.late].mean())))
    rows = sorted(rows[:MOST_DRIFTING], key=lambda row: row[1] - row[2])
    highest = max((max(early, late) for _, early, late in rows), default=0.0)
    return {"names": eras.names, "rows": rows, "scale": highest or 1.0} if rows else None


def _heat(audit: Audit) -> dict[str, Any] | None:
    """Return the closeness between the terms of the strongest near-synonym findings, as shares of 100."""
    pairs = [finding for finding in audit.findings if finding.kind == "near_synonym"][:14]
    labels = list(dict.fromkeys(term for finding in pairs for term in finding.terms))
    if not labels:
        return None
    close = closeness(labels, audit.collection.vocabulary)
    order = _by_likeness(close)
    labels = [labels[i] for i in order]
    return {"labels": labels, "rows": (100 * close[np.ix_(order, order)]).round().astype(int).tolist()}


def _by_likeness(close: np.ndarray) -> list[int]:
    """Order terms so that close ones stand together."""
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    if len(close) < 3:
        return list(range(len(close)))
    distance = 1 - close
    np.fill_diagonal(distance, 0)
    order: list[int] = leaves_list(
        linkage(squareform(distance, checks=False), "average", optimal_ordering=True)
    ).tolist()
    return order
