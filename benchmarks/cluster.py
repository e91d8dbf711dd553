"""Annotates on a Dask cluster of two workers on this machine and kills one of them at work.

    python -m benchmarks.cluster [--reviews 600] [--nanny]

The scheduler and the workers are started as on several machines, by Dask's own command, on 127.0.0.1. The result is
compared with that of one process; the exit status is 1 on any difference. With --nanny, Dask starts a new worker.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

from benchmarks import COMMAND
from benchmarks.corpus import write_listing
from benchmarks.kills import CHUNK, contents, differences, shards

DASK = (sys.executable, "-m", "dask")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def main(reviews: int, nanny: bool) -> bool:
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        listing, alone, shared = scratch / "listing.txt", scratch / "alone", scratch / "shared"
        write_listing(listing, reviews)
        seconds = annotated(listing, alone)
        print(f"one process: {shards(alone)} shards in {seconds:.1f} s", flush=True)
        address = stack.enter_context(scheduler(scratch))
        workers = [stack.enter_context(worker(address, scratch, nanny)) for _ in range(2)]
        begun = time.monotonic()
        child = subprocess.Popen(command(listing, shared, "--scheduler", address), stderr=subprocess.PIPE, text=True)
        while child.poll() is None and shards(shared) < shards(alone) // 3:
            time.sleep(0.01)
        victim = at_work(workers[0].pid, nanny)
        os.kill(victim, signal.SIGKILL)
        done = shards(shared)
        told = child.communicate()[1]
        print(f"cluster: one of two workers killed after {done} shards, with status {child.returncode} at the end")
        print(told.strip().splitlines()[-1])
        print(f"{shards(shared)} shards in {time.monotonic() - begun:.1f} s", flush=True)
        wrong = list(differences(contents(alone), contents(shared)))
        if done >= shards(alone):
            wrong.append("the worker was killed too late")
        if child.returncode:
            wrong.append(told)
        print("; ".join(wrong) or "every file as from one process")
        return not wrong


def command(listing: Path, folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-c", COMMAND, "annotate", str(listing), "-o", str(folder), "--chunk", str(CHUNK), *more]


def annotated(listing: Path, folder: Path) -> float:
    begun = time.monotonic()
    subprocess.run(command(listing, folder), check=True, **QUIET)
    return time.monotonic() - begun


@contextmanager
def process(words: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run something beside this block, and end it and all that it started with the block."""
    child = subprocess.Popen(words, start_new_session=True, **QUIET)
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


@contextmanager
def scheduler(scratch: Path) -> Iterator[str]:
    """Start a scheduler on a free port; give its address."""
    told = scratch / "scheduler.json"
    words = [*DASK, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
    with process(words):
        while not told.exists() or not told.read_text(encoding="utf-8"):
            time.sleep(0.1)
        yield json.loads(told.read_text(encoding="utf-8"))["address"]


def worker(address: str, scratch: Path, nanny: bool) -> AbstractContextManager[subprocess.Popen[bytes]]:
    guard = "--nanny" if nanny else "--no-nanny"
    local = ["--local-directory", str(scratch), "--no-dashboard", "--host", "127.0.0.1"]
    return process([*DASK, "worker", address, guard, "--nthreads", "1", *local])


def at_work(pid: int, nanny: bool) -> int:
    """Return the process that works: the worker itself, or the one that its nanny started."""
    import psutil

    if not nanny:
        return pid
    found = [child.pid for child in psutil.Process(pid).children() if "spawn_main" in " ".join(child.cmdline())]
    return found[0]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__.splitlines()[0])
    parser.add_argument("--reviews", type=int, default=600)
    parser.add_argument("--nanny", action="store_true", help="a killed worker is started again")
    given = parser.parse_args()
    sys.exit(0 if main(given.reviews, given.nanny) else 1)
