"""How fast facts are extracted beside spaCy's bare tokenizer, whether memory grows, and what long texts cost.

    python benchmarks/extract.py [--quick]

Times are processor seconds of one core in this process (the best of several runs); the tokenizer's figure on the same
texts says how fast the machine is at the moment.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from functools import partial

import spacy

import reviewnlp
from reviewnlp.extraction import Extractor
from reviewnlp.resources import shipped

YEARS = (2017, 2018, 2025)
LONG = {
    "one long sentence": "the mother and her boy aged 5 went to the park in May 2014 with a friend, who was hurt, ",
    "one long word": "x",
    "quotation marks": "’",
    "many names": "Child A and Polly were hurt by the father and ",
}


def best(work: Callable[[], object], runs: int) -> float:
    """Return the best processor time of some work."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer runs, shorter texts")
    quick = parser.parse_args().quick
    runs = 2 if quick else 5
    reviews = [
        review for year in YEARS for review in reviewnlp.parse(shipped("data", "fictional", f"reviews-{year}.txt"))
    ]
    texts = [review.text for review in reviews]
    extractor, tokenizer = Extractor(), spacy.blank("en")
    characters = sum(map(len, texts)) / len(texts)
    tokens = len(texts) / best(lambda: [tokenizer.make_doc(text) for text in texts], runs)
    facts = len(texts) / best(lambda: sum(1 for _ in extractor.pipe(reviews)), runs)
    print(f"reviews: {len(texts)}, {characters:.0f} characters each on average")
    print(f"spaCy's tokenizer alone: {tokens:.0f} reviews a second; extraction with it: {facts:.0f}")
    print("reviews extracted | peak memory, MB")
    for times in (1, 3) if quick else (1, 4, 8):
        for _ in extractor.pipe(review for _ in range(times) for review in reviews):
            pass
        print(f"{times * len(reviews)} | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")
    sizes = (50_000, 100_000) if quick else (250_000, 500_000, 1_000_000)
    print("text | " + " | ".join(f"{size:,} characters, s" for size in sizes))
    for name, unit in LONG.items():
        taken = [best(partial(extractor, unit * (size // len(unit))), 1) for size in sizes]
        print(f"{name} | " + " | ".join(f"{seconds:.2f}" for seconds in taken))


if __name__ == "__main__":
    main()
