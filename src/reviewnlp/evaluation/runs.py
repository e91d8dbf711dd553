"""One run: a method trained and tested on one split; and the folder that keeps finished runs.

A run is kept under a fingerprint of everything that it depends on, so that an experiment which was stopped takes
up its finished runs, and one whose data, method or code changed does not.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from reviewnlp.evaluation import corpus, methods, provenance
from reviewnlp.tables import replacing
from reviewnlp.threads import one_thread
from reviewnlp.vocabulary.arrays import label_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from reviewnlp.evaluation.configuration import MethodConfig
    from reviewnlp.evaluation.splits import Split
    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary

FORMAT = 1


@dataclasses.dataclass(frozen=True)
class Task:
    """A method to be trained and tested on one split of some reviews."""

    method: MethodConfig
    setting: str
    split: Split
    seed: int


@dataclasses.dataclass(frozen=True)
class Run:
    """What a run found.

    Parameters
    ----------
    scores
        Float, (n_tested, n_terms), in the order of the split's test side.
    uses
        Integer, (n_terms,): how many training reviews had each term.
    trained
        Number of training reviews, without fictional ones.
    seconds
        What training and scoring took together.
    themes
        Float, (n_tested, n_themes), or None for a method that gives no themes.
    """

    scores: NDArray[np.float32]
    uses: NDArray[np.int32]
    trained: int
    seconds: float
    themes: NDArray[np.float32] | None = None


def finished(
    task: Task, reviews: Sequence[Review], fictional: Sequence[Review], vocabulary: Vocabulary, folder: Path
) -> Run:
    """Return the run of a task: from the folder when it is there, else made now and kept there."""
    path = folder / f"{key(task, reviews, fictional, vocabulary)}.npz"
    run = _read(path)
    if run is None:
        run = execute(task, reviews, fictional, vocabulary)
        _write(run, path)
    return run


def execute(task: Task, reviews: Sequence[Review], fictional: Sequence[Review], vocabulary: Vocabulary) -> Run:
    """Train the method on the training side of the split, score its test side.

    The keywords of the test side are taken away before the method sees it.
    """
    started = time.perf_counter()
    train = [reviews[i] for i in task.split.train]
    test = [dataclasses.replace(reviews[i], keywords=()) for i in task.split.test]
    made = methods.drawn(fictional, task.method.fictional, seed=task.seed)
    method = methods.from_config(task.method, vocabulary, seed=task.seed, fictional=made)
    # One thread: sums in another order round otherwise, and could turn two suggestions round.
    with one_thread():
        method.fit(train)
        scores = np.asarray(method.scores(test), dtype=np.float32)
        themes = method.theme_scores(test) if isinstance(method, methods.ThemeMethod) else None
    expected = (len(test), len(vocabulary.terms))
    if scores.shape != expected or not np.isfinite(scores).all():
        raise ValueError(f"{task.method.name}: scores must be finite and {expected}, not {scores.shape}")
    uses = label_matrix(train, vocabulary).sum(axis=0).astype(np.int32)
    seconds = round(time.perf_counter() - started, 2)
    return Run(scores, uses, len(train), seconds, None if themes is None else np.asarray(themes, dtype=np.float32))


def key(task: Task, reviews: Sequence[Review], fictional: Sequence[Review], vocabulary: Vocabulary) -> str:
    """Return the fingerprint of everything that the run depends on."""
    method = dataclasses.asdict(task.method)
    del method["name"]
    parts: list[Any] = [
        FORMAT,
        provenance.code_fingerprint(),
        provenance.environment(),
        provenance.vocabulary_fingerprint(vocabulary),
        method,
        task.seed,
        corpus.fingerprint(reviews[i] for i in task.split.train),
        corpus.fingerprint(reviews[i] for i in task.split.test),
        corpus.fingerprint(methods.drawn(fictional, task.method.fictional, seed=task.seed)),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:24]


def _read(path: Path) -> Run | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            themes = kept.get("themes")
            return Run(kept["scores"], kept["uses"], int(kept["trained"]), float(kept["seconds"]), themes)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(run: Run, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {name: value for name, value in dataclasses.asdict(run).items() if value is not None}
    with replacing(path, "wb") as file:
        np.savez_compressed(file, **arrays)
