"""Plants known defects in clean collections and measures how many the audit finds, and how much else it reports.

usage: python experiments/audit/planted.py [--seeds N] [--learn-each]

Writes planted.json and planted.md beside this file. The fictional collection is 120 reviews of data/fictional; the
real one, read from ../shared/corpus where it is there, has its own typos and forms mended first.

Nearly all the time goes into learning what to expect of each review, which the defects in it do not change, for it is
left out. So the suggester learns once from each clean collection and every seed plants other defects in it: so many
seeds cost little more than one. ``--learn-each`` learns anew with the defects of each seed, as a user's audit does.

Each review is also taken with each of its terms dropped in turn, which measures the ranking of missing terms on all
of them; beside it stands the same with no regard to the terms that are given.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import random
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from reviewnlp.auditing import audit
from reviewnlp.auditing.collection import Collection, Predictions
from reviewnlp.auditing.expectations import find_missing, lacking, predict
from reviewnlp.reading import read_reviews
from reviewnlp.records import Evidence, Finding, Keyword, Review
from reviewnlp.vocabulary import Vocabulary, load_vocabulary

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FICTIONAL = sorted((ROOT / "data" / "fictional").glob("reviews-*.txt"))
REAL = sorted((ROOT.parent / "shared" / "corpus").glob("*.txt"))
SIZE = 120
EACH = {"typo": 12, "form_variant": 12, "dropped": 20, "wrong": 20, "duplicate_text": 4}


@dataclasses.dataclass
class Planted:
    """A collection with defects: what was written for what, which term left or joined which review, the copies."""

    reviews: list[Review]
    typo: dict[str, str]
    form_variant: dict[str, str]
    dropped: dict[str, str]
    wrong: dict[str, str]
    duplicate_text: set[frozenset[str]]


def clean(paths: list[Path], vocabulary: Vocabulary, rng: random.Random) -> list[Review]:
    """Return reviews whose keywords are all written as in the vocabulary."""
    reviews = []
    for review in read_reviews(paths):
        keywords = tuple(Keyword(term, term, "exact") for term in review.terms)
        reviews.append(dataclasses.replace(review, keywords=keywords, problems=()))
    return sorted(rng.sample(reviews, min(SIZE, len(reviews))), key=lambda review: review.id)


def slip(word: str, rng: random.Random) -> str:
    """Make one slip of the keyboard inside a word: swap, drop, double or replace a letter."""
    place = rng.randrange(1, len(word) - 1)
    kind = rng.choice(["swap", "drop", "double", "replace"])
    if kind == "swap" and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + word[place] + word[place:]
    return word[:place] + rng.choice("abdefgiklnoprstu".replace(word[place], "")) + word[place + 1 :]


def variant(term: str, rng: random.Random) -> str:
    """Write a term in another form: number, hyphen, joined words, or order."""
    forms = []
    if term.endswith("s") and not term.endswith("ss"):
        forms.append(term[:-1])
    else:
        forms.append(f"{term}s")
    if "-" in term:
        forms += [term.replace("-", " "), term.replace("-", "")]
    if term.count(" ") == 1:
        forms += [term.replace(" ", "-"), ", ".join(term.split(" ")[::-1])]
    return rng.choice(forms)


def plant(reviews: list[Review], vocabulary: Vocabulary, seed: int) -> Planted:
    """Plant every kind of defect, each in reviews of its own."""
    rng = random.Random(seed)
    keywords = {review.id: list(review.terms) for review in reviews}
    texts = {review.id: review for review in reviews}
    order = [review.id for review in reviews if len(review.terms) >= 3]
    rng.shuffle(order)
    planted = Planted([], {}, {}, {}, {}, set())
    in_use = sorted({term for terms in keywords.values() for term in terms})
    for kind, make in (("typo", slip_in), ("form_variant", variant)):
        known: dict[str, str] = getattr(planted, kind)
        while len(known) < EACH[kind]:
            review = order.pop()
            place = rng.randrange(len(keywords[review]))
            term = keywords[review][place]
            written = make(term, rng)
            # What is a term or entry term itself, or a word's other right form, is no defect that can be told.
            if written == term or vocabulary.match(written).match == "exact" or written in in_use:
                continue
            keywords[review][place] = written
            known[written] = term
    for _ in range(EACH["dropped"]):
        review = order.pop()
        planted.dropped[review] = keywords[review].pop(rng.randrange(len(keywords[review])))
    for _ in range(EACH["wrong"]):
        review = order.pop()
        near = set(keywords[review]) | {
            o for t in keywords[review] for o in (*vocabulary[t].related, *vocabulary[t].broader)
        }
        planted.wrong[review] = rng.choice([term for term in in_use if term not in near])
        keywords[review].insert(rng.randrange(len(keywords[review]) + 1), planted.wrong[review])
    for _ in range(EACH["duplicate_text"]):
        source, target = texts[order.pop()], texts[order.pop()]
        paragraph = max(source.text.split("\n")[1:], key=len)
        texts[target.id] = dataclasses.replace(target, text=f"{target.text}\n{paragraph}")
        planted.duplicate_text.add(frozenset((source.id, target.id)))
    planted.reviews = [
        dataclasses.replace(texts[review.id], keywords=tuple(vocabulary.match(raw) for raw in keywords[review.id]))
        for review in reviews
    ]
    return planted


def slip_in(term: str, rng: random.Random) -> str:
    """Make a slip in the longest word of a term, which must be long enough for the slip to be seen as one."""
    word = max(term.split(), key=len)
    return term.replace(word, slip(word, rng), 1) if len(word) >= 6 else term


def measure(planted: Planted, findings: tuple[Finding, ...]) -> dict[str, tuple[int, int]]:
    """Count hits and chances for each figure."""
    figures: dict[str, tuple[int, int]] = {}
    for kind in ("typo", "form_variant"):
        known = getattr(planted, kind)
        either = planted.typo | planted.form_variant
        told = [f for f in findings if f.kind == kind]
        right = [f for f in told if either.get(f.raw[0]) in f.terms]
        found = {
            f.raw[0]
            for f in findings
            if f.kind in ("typo", "form_variant") and f.raw and f.raw[0] in known and known[f.raw[0]] in f.terms
        }
        figures[f"{kind} recall"] = (len(found), len(known))
        figures[f"{kind} precision"] = (len(right), len(told))
    copies = {frozenset(f.reviews) for f in findings if f.kind == "duplicate_text"}
    figures["duplicate_text recall"] = (len(copies & planted.duplicate_text), len(planted.duplicate_text))
    missing: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        if finding.kind == "missing":
            missing[finding.reviews[0]].append(finding.terms[0])
    hits = sum(term in missing[review][:3] for review, term in planted.dropped.items())
    figures["dropped among first three missing"] = (hits, len(planted.dropped))
    doubtful = {(f.reviews[0], f.terms[0]) for f in findings if f.kind == "doubtful"}
    figures["wrong recall"] = (len(doubtful & set(planted.wrong.items())), len(planted.wrong))
    figures["doubtful findings a review"] = (len(doubtful), len(planted.reviews))
    return figures


def dropped_in_turn(reviews: list[Review], vocabulary: Vocabulary, predictions: Predictions) -> dict[str, list[bool]]:
    """Tell of each term of each review whether it is among the first three missing once it is dropped.

    In each round a third of the reviews lack one of their terms, until each has been dropped once. ``text alone``
    takes the likeliest three terms that are not given, whatever is.
    """
    words = SimpleNamespace(evidence=lambda review, labels: [(Evidence("", 0, 0),) for _ in labels])
    told = Predictions(predictions.scores, words)
    labels = np.array([term.label for term in vocabulary.terms])
    hits: dict[str, list[bool]] = {"each term dropped": [], "each term dropped, text alone": []}
    longest = max(len(review.keywords) for review in reviews)
    for turn, third in itertools.product(range(longest), range(3)):
        dropped = {r.id: r.keywords[turn].term for r in reviews[third::3] if 1 < len(r.keywords) > turn}
        left = [
            dataclasses.replace(r, keywords=tuple(k for k in r.keywords if k.term != dropped.get(r.id)))
            for r in reviews
        ]
        collection = Collection(left, vocabulary, told)
        collection.lacking = lacking(collection, vocabulary, told, seed=turn)
        missing = defaultdict(list)
        for finding in find_missing(collection):
            missing[finding.reviews[0]].append(finding.terms[0])
        for review, scores in zip(left, predictions.scores, strict=True):
            if review.id in dropped:
                likely = [term for term in labels[np.argsort(-scores)] if term not in review.terms]
                hits["each term dropped"].append(dropped[review.id] in missing[review.id][:3])
                hits["each term dropped, text alone"].append(dropped[review.id] in likely[:3])
    return hits


def main() -> None:
    """Run the experiment and write its results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--learn-each", action="store_true")
    options = parser.parse_args()
    seeds = options.seeds
    vocabulary = load_vocabulary()
    results: dict[str, dict[str, list[float]]] = {}
    for name, paths in (("fictional", FICTIONAL), ("real", REAL)):
        if not paths:
            continue
        sums: dict[str, list[tuple[int, int]]] = defaultdict(list)
        reviews = clean(paths, vocabulary, random.Random(0))
        predictions = predict(Collection(reviews, vocabulary), seed=0)
        for figure, hit in dropped_in_turn(reviews, vocabulary, predictions).items():
            sums[figure].append((sum(hit), len(hit)))
        for seed in range(seeds):
            planted = plant(reviews, vocabulary, seed)
            found = audit(planted.reviews, predictions=None if options.learn_each else predictions, seed=seed)
            for figure, counts in measure(planted, found.findings).items():
                sums[figure].append(counts)
        results[name] = {}
        for figure, counts in sums.items():
            hits, chances = np.array(counts).sum(axis=0).tolist()
            results[name][figure] = [round(hits / chances, 3) if chances else None, hits, chances]
    (HERE / "planted.json").write_text(json.dumps({"seeds": seeds, **results}, indent=1) + "\n")
    (HERE / "planted.md").write_text(table(results, seeds))


def table(results: dict[str, dict[str, list[float]]], seeds: int) -> str:
    """Return the results as a Markdown table."""
    names = list(results)
    lines = [
        f"Planted defects, {seeds} seeds (hits of chances).",
        "",
        f"| figure | {' | '.join(names)} |",
        "|---" * (len(names) + 1) + "|",
    ]
    for figure in results[names[0]]:
        cells = [
            f"{results[name][figure][0]} ({results[name][figure][1]} of {results[name][figure][2]})" for name in names
        ]
        lines.append(f"| {figure} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
