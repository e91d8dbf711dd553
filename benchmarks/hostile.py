"""How fast listings are parsed, how time grows with length, and what hostile inputs cost reader and extractor.

    python -m benchmarks.hostile [--quick]

Hostile inputs are measured at a tenth of their size too: the growth is 10 where time is linear, 100 where it is
quadratic.

Times are processor seconds of one core (the best of several runs), memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from reviewnlp.reading import parse_text
from reviewnlp.resources import shipped

YEARS = (2017, 2018, 2025)
MEGABYTE = 1_000_000
HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of one word": lambda size: "a" * size,
    "one line of sentences": lambda size: "Learning is here. " * (size // 18),
    "one line of headings": lambda size: "Learning: a; b. " * (size // 16),
    "one line of spaces": lambda size: "Learning" + " " * size + "x",
    "one line of brackets": lambda size: "Learning: " + "(;" * (size // 2) + ")",
    "one line of quotes": lambda size: "Learning: " + "'a; " * (size // 4),
    "one line of keywords": lambda size: "Keywords: " + "abuse, " * (size // 7),
    "one line of dashes": lambda size: "2017 " + "– " * (size // 2),
    "title-like lines": lambda size: "2017 – word saw\n" * (size // 16),
    "titles": lambda size: "\n".join(f"2017 – Kent – Child {n}" for n in range(size // 26)),
    "keywords without titles": lambda size: "text\nKeywords: a\n" * (size // 17),
    "one line of links": lambda size: "# 2017 – Kent – A\n" + "".join(f"[a{n}](b{n}) " for n in range(size // 16)),
    "nested HTML": lambda size: "<html><body>" + "<div>" * (size // 5),
    "HTML paragraphs": lambda size: "<html><body>" + "<p>2017 – Kent – A</p>" * (size // 22),
}
#: What hides in one text for the extractor: each is a part that is repeated.
REPEATED = {
    "extract: brackets": "(",
    "extract: ranges": "1-",
    "extract: quotation marks": "’",
    "extract: ages": "aged ",
    "extract: periods": "between 1 and ",
    "extract: dates": "in May 2019 ",
    "extract: owners": "mother of ",
    "extract: possessives": "twins' ",
    "extract: labels": "Child A, ",
    "extract: different labels": "Child {}, ",
    "extract: names": "and Polly was hurt by the father, ",
    "extract: deaths": "died by ",
    "extract: lines": "A boy died.\n",
    "extract: one sentence": "the mother and her boy aged 5 went to the park in May 2014 with a friend, who was hurt, ",
}


def repeated(part: str, size: int) -> str:
    """Return a text of a part again and again, with numbers in it where it has a place for them."""
    times = size // len(part)
    return "".join(map(part.format, range(times))) if "{}" in part else part * times


def seconds(text: str, runs: int) -> float:
    """Return the best processor time of parsing ``text``."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        parse_text(text)
        best = min(best, time.process_time() - start)
    return best


def speed(runs: int) -> None:
    """Print the reviews a second, and how time grows when the corpus is repeated."""
    corpus = "\n".join(
        shipped("data", "fictional", f"reviews-{year}.txt").read_text(encoding="utf-8") for year in YEARS
    )
    reviews = len(parse_text(corpus).reviews)
    print("corpus repeated | reviews | seconds | reviews a second")
    for times in (1, 2, 4, 8):
        taken = seconds("\n".join([corpus] * times), runs)
        print(f"{times} | {times * reviews} | {taken:.3f} | {times * reviews / taken:,.0f}")


def hostile(size: int) -> None:
    """Print time and memory of each hostile input, each in a process of its own."""
    print("\nhostile input | megabytes | seconds | growth from a tenth | peak memory (MB)")
    for name in (*HOSTILE, *REPEATED):
        small, large = (measured(name, number) for number in (size // 10, size))
        growth = large[0] / max(small[0], 0.01)
        print(f"{name} | {size / MEGABYTE:.1f} | {large[0]:.2f} | {growth:.1f} | {large[1]}", flush=True)


def measured(name: str, size: int) -> tuple[float, int]:
    command = [sys.executable, "-m", "benchmarks.hostile", "--one", name, "--size", str(size)]
    taken, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(taken), int(peak)


def one(name: str, size: int) -> None:
    """Print processor seconds and memory of one hostile input."""
    if name in HOSTILE:
        text, work = HOSTILE[name](size), parse_text
        work("2017 – Kent – Child A\nKeywords: neglect")
    else:
        from reviewnlp.extraction import Extractor

        text, work = repeated(REPEATED[name], size), Extractor()
        work("Death of a boy.")
    start = time.process_time()
    work(text)
    taken = time.process_time() - start
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="hostile inputs of 1 MB, not 10")
    parser.add_argument("--one", help="one hostile input, in this process")
    parser.add_argument("--size", type=int, default=10 * MEGABYTE, help="characters of a hostile input")
    given = parser.parse_args()
    if given.one:
        one(given.one, given.size)
    else:
        speed(3 if given.quick else 7)
        hostile(MEGABYTE if given.quick else given.size)
