"""Runs in processes of their own: killed, out of disk, shared among several, on a cluster."""

import os
import re
import resource
import signal
import subprocess
import sys

import pytest

from reviewnlp import ConfigError
from reviewnlp.batch import annotate

ANNOTATE = """
import os, signal, sys
from reviewnlp.batch import annotate
def end(progress):
    if progress.reviews == killed_after:
        os.kill(os.getpid(), signal.SIGKILL)
folder, chunk, killed_after, *inputs = sys.argv[1:]
chunk, killed_after = int(chunk), int(killed_after)
annotate(inputs, folder, steps=(), chunk=chunk, on_progress=end)
"""


def run(folder, inputs, *, chunk, killed_after=-1, **settings):
    words = [sys.executable, "-c", ANNOTATE, folder, chunk, killed_after, *inputs]
    return subprocess.run(map(str, words), capture_output=True, text=True, check=False, **settings)


@pytest.fixture
def whole(inputs, tmp_path, contents):
    """What an uninterrupted run in this process writes."""
    annotate(inputs, tmp_path / "whole", steps=(), chunk=2)
    return contents(tmp_path / "whole")


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(inputs, tmp_path, contents, whole):
    assert run(tmp_path / "out", inputs, chunk=2, killed_after=14).returncode == -signal.SIGKILL
    assert 0 < len(contents(tmp_path / "out")) < len(whole)
    again = annotate(inputs, tmp_path / "out", steps=(), chunk=2)
    assert (again.reviews, again.done) == (40, 26)
    assert contents(tmp_path / "out") == whole


def test_several_processes_write_the_same_bytes_as_one(inputs, tmp_path, contents):
    annotate(inputs, tmp_path / "one", chunk=9)
    annotate(inputs, tmp_path / "two", chunk=9, jobs=2)
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_a_full_disk_is_said_and_what_is_finished_stays(inputs, tmp_path, contents):
    """A limit on the size of files stands for the disk: the first shard fits, the long review after it does not."""
    longer = "2019 – Northtown – Child Z\nDeath of a boy. " + os.urandom(60_000).hex()
    (tmp_path / "long.txt").write_text(longer, encoding="utf-8")
    inputs = [inputs[0], tmp_path / "long.txt"]

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = run(tmp_path / "out", inputs, chunk=25, preexec_fn=limit)
    assert "OutputError" in done.stderr
    assert "reviews-000001.parquet: cannot be written: File too large; 1 finished shards are kept" in done.stderr
    assert [path.name for path in (tmp_path / "out").glob("*.parquet")] == ["reviews-000000.parquet"]
    assert annotate(inputs, tmp_path / "out", steps=(), chunk=25).done == 1
    annotate(inputs, tmp_path / "whole", steps=(), chunk=25)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_cluster_that_loses_a_worker_writes_the_same_bytes(inputs, tmp_path, contents, whole):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed (extra: cluster)")
    killed = []

    def kill_one(_progress):
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        annotate(inputs, tmp_path / "out", steps=(), chunk=2, scheduler=address, on_progress=kill_one)
    assert killed
    assert contents(tmp_path / "out") == whole


def test_a_scheduler_that_does_not_answer_is_said(inputs, tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="Dask is not installed (extra: cluster)")
    monkeypatch.setattr("reviewnlp.batch.workers._ANSWER_SECONDS", 0.2)
    with pytest.raises(ConfigError, match=re.escape("no Dask scheduler answers at tcp://127.0.0.1:9")):
        annotate(inputs, tmp_path / "out", steps=(), scheduler="tcp://127.0.0.1:9")
