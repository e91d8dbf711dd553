"""Kills ``annotate`` at random moments, lets it go on, and compares what it wrote with an undisturbed run.

    python -m benchmarks.kills [--kills 20] [--reviews 600] [--jobs 2] [--seed 0]

There are as many rounds as kills are asked for, each in a new folder. The command and all its workers are killed
(SIGKILL) while they work, half of the time once more after they have gone on, and then the command runs to its end. The
exit status is 1 on any difference.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import COMMAND
from benchmarks.corpus import listing
from reviewnlp.reading import read_reviews
from reviewnlp.tables import write_records

CHUNK = 15
#: Every so many lines of JSON Lines are broken, so that failures are told all along a run.
BROKEN = 20


def main(kills: int, reviews: int, jobs: int, seed: int) -> bool:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        inputs = write_inputs(Path(scratch), reviews)
        whole = Path(scratch) / "whole"
        begun = time.monotonic()
        # Status 1 says that failures were told, and some were meant.
        if run(inputs, whole, jobs).wait() != 1:
            raise SystemExit("the undisturbed run did not end well")
        length, expected, total = time.monotonic() - begun, contents(whole), shards(whole)
        print(f"undisturbed: {total} shards, {len(expected)} files, {length:.1f} s", flush=True)
        made, rounds, good = 0, 0, True
        while made < kills or rounds < kills:
            folder = Path(scratch) / f"round-{rounds}"
            rounds += 1
            for _ in range(chance.choice((1, 2))):
                if shards(folder) == total:
                    break
                # A share of the shards and a part of a shard's time: no kill misses its run on a busy machine.
                wanted, more = chance.randint(shards(folder), total - 1), chance.uniform(0, 2 * length / total)
                if killed(inputs, folder, jobs, wanted, more):
                    made += 1
                    print(
                        f"kill {made}, round {rounds}, {more:.2f} s after {wanted} shards: {state(folder)}", flush=True
                    )
            run(inputs, folder, jobs).wait()
            wrong = list(differences(expected, contents(folder)))
            good = good and not wrong
            print(f"round {rounds}: {'; '.join(wrong) or 'the same bytes'}", flush=True)
    print(f"{made} kills in {rounds} rounds: {'every file as undisturbed' if good else 'DIFFERENCES'}")
    return good


def write_inputs(folder: Path, reviews: int) -> list[str]:
    """Write a listing, and JSON Lines some of which are broken; a file that is named between them is missing."""
    text, lines = folder / "listing.txt", folder / "reviews.jsonl"
    entries = list(listing(reviews))
    text.write_text("".join(entries[: reviews // 2]), encoding="utf-8")
    (folder / "rest.txt").write_text("".join(entries[reviews // 2 :]), encoding="utf-8")
    write_records(read_reviews([folder / "rest.txt"]), lines)
    kept = lines.read_text(encoding="utf-8").splitlines(keepends=True)
    kept[::BROKEN] = [line[: len(line) // 2] + "\n" for line in kept[::BROKEN]]
    lines.write_text("".join(kept), encoding="utf-8")
    return [str(text), str(folder / "missing.txt"), str(lines)]


def run(inputs: list[str], folder: Path, jobs: int) -> subprocess.Popen[bytes]:
    """Start the command in a group of processes of its own."""
    words = ["annotate", *inputs, "-o", str(folder), "--jobs", str(jobs), "--chunk", str(CHUNK)]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killed(inputs: list[str], folder: Path, jobs: int, wanted: int, more: float) -> bool:
    """Run until so many shards are there, some seconds more, and kill every process; say whether it was at work."""
    child = run(inputs, folder, jobs)
    while child.poll() is None and shards(folder) < wanted:
        time.sleep(0.005)
    try:
        child.wait(more)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        while alive(child.pid):
            time.sleep(0.01)
        return not is_complete(folder)
    return False


def is_complete(folder: Path) -> bool:
    manifest = folder / "_manifest.jsonl"
    return manifest.exists() and b'"complete"' in manifest.read_bytes()


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def shards(folder: Path) -> int:
    return len(list(folder.glob("*.parquet")))


def state(folder: Path) -> str:
    """Tell what a killed run left."""
    told = (folder / "_manifest.jsonl").read_bytes().count(b"\n") - 1 if (folder / "_manifest.jsonl").exists() else 0
    halves = len(list(folder.glob(".*.part")))
    return f"{shards(folder)} shards, {max(told, 0)} of them told, {halves} half files"


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def differences(expected: dict[str, bytes], found: dict[str, bytes]) -> Iterator[str]:
    """Yield what is missing, what is too much and what has other bytes; and reviews that do not stand there once."""
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield f"{name} is missing"
        elif name not in expected:
            yield f"{name} is left over"
        elif found[name] != expected[name]:
            yield f"{name} differs"
    lines = [json.loads(line) for line in found["_manifest.jsonl"].splitlines()]
    if sum(line.get("reviews", 0) for line in lines[1:-1]) != lines[-1].get("reviews"):
        yield "the manifest does not count the reviews of its shards"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--reviews", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sys.exit(0 if main(given.kills, given.reviews, given.jobs, given.seed) else 1)
