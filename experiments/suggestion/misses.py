"""Draws keywords that the suggester misses on the real listings, and counts by kind why it missed them.

usage: python experiments/suggestion/misses.py [--draw 50]

A keyword is missed when it is not among the first ten terms suggested by a suggester that did not learn from its review
(five folds, as in `leaderboard`). With ``--draw N``, N of all misses are drawn by a fixed seed and written to
misses.csv for a person to fill in the column ``kind`` after reading the text; without it, the table is counted into
misses.md.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from reviewnlp.evaluation.splits import repeated_folds
from reviewnlp.reading import read_reviews
from reviewnlp.suggestion import train
from reviewnlp.tables import read_rows, write_records
from reviewnlp.vocabulary import load_vocabulary

HERE = Path(__file__).parent
REAL = sorted((HERE.parents[2] / "shared" / "corpus").glob("*.txt"))
FIRST = 10
#: Long ids are whole titles of the listings; they are cut, as in experiments/audit/judged.csv.
ID_LENGTH = 40
KINDS = {
    "not in the text": "nothing in the summary tells it: the librarian knew the whole report",
    "inferred": "the text implies it, in no words that stand for the term",
    "told otherwise": "the text tells it in words that neither the entry terms nor the cues nor training have",
    "synonym chosen": "a term for the same thing stands among the first ten",
    "too general": "a broader term stands among the first ten",
    "too specific": "a narrower term stands among the first ten",
    "style": "the text names it among many themes, and the librarian chose it",
}


def misses() -> list[dict[str, str | int]]:
    """Return the missed keywords of all real reviews, in the order of the listings."""
    vocabulary = load_vocabulary()
    reviews = list(read_reviews(REAL, vocabulary=vocabulary))
    labels = [term.label for term in vocabulary.terms]
    rows = []
    for split in repeated_folds(reviews, folds=5, repeats=1, seed=0):
        suggester = train([reviews[place] for place in split.train], vocabulary=vocabulary)
        tested = [reviews[place] for place in split.test]
        for place, scores in zip(split.test, suggester.scores(tested), strict=True):
            order = np.argsort(-scores, kind="stable").tolist()
            for term in reviews[place].terms:
                rank = order.index(vocabulary.position(term)) + 1
                if rank > FIRST:
                    first = "; ".join(labels[other] for other in order[:FIRST])
                    row = {
                        "review": reviews[place].id[:ID_LENGTH],
                        "term": term,
                        "rank": rank,
                        "first": first,
                        "kind": "",
                        "note": "",
                    }
                    rows.append((place, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def count(table: Path) -> str:
    """Return the judged misses by kind as Markdown."""
    rows = [{name: str(value) for name, value in row.items()} for row in read_rows(table)]
    kinds = Counter(row["kind"] for row in rows)
    if unknown := set(kinds) - set(KINDS):
        sys.exit(f"{table}: unknown kinds: {', '.join(sorted(unknown))}; known: {', '.join(KINDS)}")
    lines = [f"{len(rows)} keywords missed among the first ten, judged by reading the texts.", ""]
    lines += ["| kind | misses | what it means |", "| --- | ---: | --- |"]
    lines += [f"| {kind} | {kinds[kind]} | {meaning} |" for kind, meaning in KINDS.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draw misses, or count those judged."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draw", type=int, metavar="N")
    options = parser.parse_args()
    table = HERE / "misses.csv"
    if options.draw is None:
        (HERE / "misses.md").write_text(count(table), encoding="utf-8")
        return
    if not REAL:
        sys.exit("the real listings lie in ../shared, which is not here")
    found = misses()
    drawn = sorted(random.Random(0).sample(range(len(found)), min(options.draw, len(found))))
    write_records([found[place] for place in drawn], table)
    print(f"{len(drawn)} of {len(found)} misses drawn")


if __name__ == "__main__":
    main()
