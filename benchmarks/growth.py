"""Whether memory goes on growing while reviews with ever new words are read and their facts extracted.

    python -m benchmarks.growth [--reviews 30000]

One process; suggestions are left out. Memory is what the process has to itself after each tenth of the reviews.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.corpus import write_listing
from reviewnlp.batch import ExtractFacts, Progress, annotate
from reviewnlp.batch.steps import loaded

TENTHS = 10


def main(reviews: int) -> None:
    step, process, begun = ExtractFacts(), psutil.Process(), time.monotonic()
    seen = [(0, 0.0)]
    print("reviews | seconds | megabytes | bytes a review since the last line | strings that spaCy holds")

    def tell(progress: Progress) -> None:
        megabytes = process.memory_full_info().uss / 1e6
        grown = (megabytes - seen[-1][1]) * 1e6 / (progress.reviews - seen[-1][0])
        strings = len(loaded(step).__self__.nlp.vocab.strings)
        seen.append((progress.reviews, megabytes))
        taken = time.monotonic() - begun
        print(f"{progress.reviews} | {taken:.0f} | {megabytes:.1f} | {grown:,.0f} | {strings}", flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "listing.txt"
        write_listing(path, reviews, varied=True)
        annotate([path], Path(scratch) / "out", steps=(step,), chunk=reviews // TENTHS, on_progress=tell)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__.splitlines()[0])
    parser.add_argument("--reviews", type=int, default=30_000)
    main(parser.parse_args().reviews)
