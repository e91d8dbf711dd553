"""Prints the tables of speed and memory.

    python -m benchmarks [--reviews N] [--hostile] [--write docs/benchmarks.md]

Every stage and every command runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import COMMAND

ROOT = Path(__file__).parent.parent
MARKS = ("<!-- speed: written by python -m benchmarks -->", "<!-- end of speed -->")
STAGES = (("parse", 1), ("extract", 1), ("suggest", 1), ("annotate", 1), ("annotate", 2))
# Threads of linear algebra wait by spinning, which counts as processor time; and libraries read this when they load.
ONE_THREAD = os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
COMMANDS = {
    "--help": ["--help"],
    "parse": ["parse", "data/examples/new-review.txt"],
    "extract": ["extract", "data/examples/new-review.txt"],
    "suggest": ["suggest", "data/examples/new-review.txt"],
}


def stage_rows(reviews: int) -> Iterator[str]:
    """Yield the table of stages as Markdown."""
    yield "| stage | processes | reviews a second | blank tokenizer | ratio | peak memory (MB) |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    clocks = {}
    for stage, jobs in STAGES:
        words = [sys.executable, "-m", "benchmarks.stages", stage, str(reviews), str(jobs)]
        told = json.loads(
            subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT, env=ONE_THREAD).stdout
        )
        clocks[stage, jobs] = told["by_clock"]
        rate = told["rate"] if jobs == 1 else told["by_clock"]
        ratio = f"{rate / told['tokenizer']:.2f}"
        yield (f"| {stage} | {jobs} | {rate:,.0f} | {told['tokenizer']:,.0f} | {ratio} | {told['memory']:,.0f} |")
    gain = clocks["annotate", 2] / clocks["annotate", 1]
    yield ""
    yield f"Two processes annotate {gain:.2f} times as fast as one, by the clock, their start included."


def command_rows() -> Iterator[str]:
    """Yield the table of cold starts as Markdown: a command on one review, from nothing."""
    yield "| command | seconds from a cold start | peak memory (MB) |"
    yield "| --- | ---: | ---: |"
    for name, words in COMMANDS.items():
        taken, memory = zip(*(cold(words) for _ in range(5)), strict=True)
        yield f"| `reviewnlp {name}` | {min(taken):.2f} | {max(memory):,.0f} |"


def cold(words: list[str]) -> tuple[float, float]:
    """Return the seconds and megabytes of a command in a new process."""
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", COMMAND, *words], cwd=ROOT, stdout=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"reviewnlp {' '.join(words)} ended with status {child.returncode}")
    return time.perf_counter() - begun, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def report(reviews: int) -> Iterator[str]:
    """Yield the whole report as lines of Markdown."""
    load = os.getloadavg()[0]
    yield (
        f"Measured on {reviews:,} fictional reviews with `python -m benchmarks --reviews {reviews}`, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} when it began. Rates of one process are "
        "by processor time, of two by the clock; the ratio is to spaCy's blank tokenizer in the same process."
    )
    yield ""
    yield from stage_rows(reviews)
    yield ""
    yield from command_rows()


def write_section(path: Path, lines: list[str], marks: tuple[str, str] = MARKS) -> None:
    """Put the report between the marks of a page."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(marks[0], 1)
    after = rest.split(marks[1], 1)[1]
    path.write_text(before + "\n".join([marks[0], *lines, marks[1]]) + after, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--reviews", type=int, default=2000)
    parser.add_argument("--hostile", action="store_true", help="hostile listings too")
    parser.add_argument("--write", type=Path, help="put the tables into this page, between its marks")
    given = parser.parse_args()
    printed = []
    for line in report(given.reviews):
        print(line, flush=True)
        printed.append(line)
    if given.write:
        write_section(given.write, printed)
    if given.hostile:
        subprocess.run([sys.executable, "-m", "benchmarks.hostile"], check=True, cwd=ROOT)
