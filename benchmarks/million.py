"""Annotates listings of growing size in a process of their own: time, memory of all its processes, and the growth.

    python -m benchmarks.million [--reviews 10000 100000 1000000] [--jobs 2] [--varied] [--write docs/benchmarks.md]

Memory is what the command and its workers have together (the sum of their proportional set sizes), asked for every
second. Growth is the time a review takes, by that of the smallest listing: 1.00 where time is linear.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks import COMMAND
from benchmarks.__main__ import write_section
from benchmarks.corpus import write_listing

MARKS = ("<!-- million: written by python -m benchmarks.million -->", "<!-- end of million -->")


def report(sizes: list[int], jobs: int, varied: bool, scratch: Path | None) -> Iterator[str]:
    """Yield the lines of a table in Markdown, one a size."""
    told = f"python -m benchmarks.million --reviews {' '.join(map(str, sizes))} --jobs {jobs}{' --varied' * varied}"
    yield f"Measured with `{told}`, Python {platform.python_version()}, {os.cpu_count()} cores."
    yield ""
    yield "| reviews | listing (MB) | seconds | reviews a second | peak memory of all processes (MB) | growth |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: |"
    smallest = 0.0
    for reviews in sorted(sizes):
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            path = Path(folder) / "listing.txt"
            write_listing(path, reviews, varied=varied)
            seconds, peak = annotated(path, Path(folder) / "out", jobs)
            size = path.stat().st_size / 1e6
        smallest = smallest or seconds / reviews
        growth = seconds / reviews / smallest
        yield f"| {reviews:,} | {size:,.1f} | {seconds:,.0f} | {reviews / seconds:,.1f} | {peak:,.0f} | {growth:.2f} |"


def annotated(path: Path, folder: Path, jobs: int) -> tuple[float, float]:
    """Annotate a listing; return the seconds that it took and the greatest memory of all processes in megabytes."""
    begun, peak = time.monotonic(), 0.0
    words = ["annotate", str(path), "-o", str(folder), "--jobs", str(jobs)]
    child = subprocess.Popen([sys.executable, "-c", COMMAND, *words], stderr=subprocess.PIPE, text=True)
    while True:
        peak = max(peak, memory(child.pid))
        try:
            child.wait(1)
            break
        except subprocess.TimeoutExpired:
            continue
    if child.returncode:
        raise SystemExit(f"annotate ended with status {child.returncode}: {child.stderr and child.stderr.read()}")
    return time.monotonic() - begun, peak


def memory(pid: int) -> float:
    """Return the megabytes of a process and of all that it started; what they share counts once."""
    total = 0
    try:
        processes = [parent := psutil.Process(pid), *parent.children(recursive=True)]
    except psutil.Error:
        return 0.0
    for process in processes:
        try:
            told = process.memory_full_info()
        except psutil.Error:  # it has ended
            continue
        total += getattr(told, "pss", told.rss)
    return total / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.million", description=__doc__.splitlines()[0])
    parser.add_argument("--reviews", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--varied", action="store_true", help="reviews with words that no other has")
    parser.add_argument("--scratch", type=Path, help="where listing and result go for the time")
    parser.add_argument("--write", type=Path, help="put the table into this page, between its marks")
    given = parser.parse_args()
    printed = []
    for line in report(given.reviews, given.jobs, given.varied, given.scratch):
        print(line, flush=True)
        printed.append(line)
    if given.write:
        write_section(given.write, printed, MARKS)
