"""Measures one stage in this process, beside spaCy's blank tokenizer on the same texts; prints one JSON object.

Rates are reviews a processor second: the best of several passes in which stage and tokenizer take turns, so that
a busy machine slows both alike. ``annotate`` is measured by the clock too, for its work may be in other processes.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import write_listing
from reviewnlp.reading import parse_text

PASSES = 3


def main(stage: str, reviews: int, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "listing.txt"
        write_listing(path, reviews)
        found = parse_text(path.read_text(encoding="utf-8")).reviews
        tokenize = tokenizer([review.text for review in found])
        work = STAGES[stage](path, found, jobs)
        work()
        taken: list[tuple[float, float, float]] = []
        for _ in range(PASSES):
            begun = time.perf_counter()
            busy, plain = processor(work), processor(tokenize)
            taken.append((busy, plain, time.perf_counter() - begun - plain))
    seconds, plain, clock = (min(column) for column in zip(*taken, strict=True))
    told = {
        "stage": stage,
        "jobs": jobs,
        "reviews": len(found),
        "rate": len(found) / seconds,
        "tokenizer": len(found) / plain,
        "ratio": plain / seconds,
        "by_clock": len(found) / clock,
        "memory": peak(resource.RUSAGE_SELF) + (peak(resource.RUSAGE_CHILDREN) * jobs if jobs > 1 else 0),
    }
    print(json.dumps(told))


def processor(work: Callable[[], object]) -> float:
    """Return the processor seconds that a piece of work takes in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def tokenizer(texts: list[str]) -> Callable[[], object]:
    import spacy

    nlp = spacy.blank("en")
    return lambda: [len(doc) for doc in nlp.pipe(texts)]


def parse(path: Path, reviews: object, jobs: int) -> Callable[[], object]:
    text = path.read_text(encoding="utf-8")
    return lambda: parse_text(text)


def extract(path: Path, reviews: tuple, jobs: int) -> Callable[[], object]:
    from reviewnlp.extraction import Extractor

    extractor = Extractor()
    return lambda: list(extractor.pipe(reviews))


def suggest(path: Path, reviews: tuple, jobs: int) -> Callable[[], object]:
    from reviewnlp.suggestion import load_suggester

    suggester = load_suggester()
    return lambda: suggester.suggest(reviews)


def annotate(path: Path, reviews: tuple, jobs: int) -> Callable[[], object]:
    from reviewnlp.batch import annotate as run

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            run([path], Path(folder) / "out", jobs=jobs, chunk=250)

    return work


def peak(who: int) -> float:
    """Return the greatest memory of a process in megabytes."""
    return resource.getrusage(who).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


STAGES = {"parse": parse, "extract": extract, "suggest": suggest, "annotate": annotate}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
