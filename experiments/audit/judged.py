"""Counts how many of the first findings on the real listings were judged right by reading the text.

usage: python experiments/audit/judged.py [--first 60] [--unjudged]

The verdicts stand in judged.csv: kind, terms, raw, reviews, verdict (right or wrong), a few words. Writes judged.md.
``--unjudged`` prints the findings among the first that have no verdict yet, with their passages, for a person to judge.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from reviewnlp.auditing import audit
from reviewnlp.auditing.verdicts import SEPARATOR
from reviewnlp.reading import read_reviews
from reviewnlp.records import Finding
from reviewnlp.tables import read_rows

HERE = Path(__file__).parent
ID_LENGTH = 40
REAL = sorted((HERE.parents[2] / "shared" / "corpus").glob("*.txt"))


def key(finding: Finding) -> tuple[str, str, str, str]:
    """Return what names a finding, as the table of verdicts has it; long ids are cut, further reviews counted."""
    first, *more = finding.reviews
    reviews = first[:ID_LENGTH] + (f" and {len(more)} more" if more else "")
    return (finding.kind, SEPARATOR.join(finding.terms), SEPARATOR.join(finding.raw), reviews)


def main() -> None:
    """Count the verdicts on the first findings."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=60)
    parser.add_argument("--unjudged", action="store_true")
    options = parser.parse_args()
    if not REAL:
        sys.exit("the real listings lie in ../shared, which is not here")
    table = HERE / "judged.csv"
    rows = read_rows(table) if table.is_file() else ()
    verdicts = {tuple(str(row[name] or "") for name in ("kind", "terms", "raw", "reviews")): row for row in rows}
    first = audit(list(read_reviews(REAL))).findings[: options.first]
    if options.unjudged:
        for finding in first:
            if key(finding) not in verdicts:
                print(*key(finding), finding.why, [e.text for e in finding.evidence], sep="\t")
        return
    counts: dict[str, Counter[str]] = {}
    for finding in first:
        verdict = verdicts.get(key(finding), {"verdict": "not judged"})["verdict"]
        counts.setdefault(finding.kind, Counter())[verdict] += 1
    lines = [
        f"The first {len(first)} findings on the real listings.",
        "",
        "| kind | right | wrong | not judged |",
        "|---" * 4 + "|",
    ]
    for kind, count in {**counts, "all": sum(counts.values(), Counter())}.items():
        lines.append(f"| {kind} | {count['right']} | {count['wrong']} | {count['not judged']} |")
    (HERE / "judged.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
