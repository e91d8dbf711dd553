"""Runs an experiment: every method on every split, in parallel, then figures, comparisons and analyses."""

from __future__ import annotations

import dataclasses
import tempfile
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reviewnlp.errors import ConfigError
from reviewnlp.evaluation import corpus, figures, methods, provenance, runs, scoring, splits
from reviewnlp.evaluation.analyses import ANALYSES, Context
from reviewnlp.vocabulary.arrays import label_matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reviewnlp.evaluation.configuration import Experiment, SplitConfig
    from reviewnlp.evaluation.runs import Run, Task
    from reviewnlp.evaluation.scoring import Predictions
    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary

FORMAT = 1
WHOLE = "all"
"""The setting of an experiment that varies neither the years nor the size of its training side."""


def run(
    experiment: Experiment,
    reviews: Sequence[Review],
    vocabulary: Vocabulary,
    *,
    folder: Path | None = None,
    jobs: int = 1,
    on_progress: Callable[[int, int, str], None] | None = None,
    beside: Path | None = None,
) -> dict[str, Any]:
    """Run an experiment.

    Parameters
    ----------
    experiment
        What to do.
    reviews
        The reviews. Those without a term of the vocabulary are trained on, but not tested.
    vocabulary
        The terms.
    folder
        Where finished runs are kept and taken up again; None keeps nothing.
    jobs
        How many processes.
    on_progress
        Called with the number of finished runs, of all runs, and the name of the one just finished.
    beside
        The folder that paths of the configuration start from.

    Returns
    -------
    dict
        The results, ready for JSON: ``figures[setting][method][metric]`` with ``value``, ``low``, ``high`` and
        ``documents``; ``comparisons`` in the same shape; ``analyses``; and what they rest on. It holds no text
        of a review.

    Raises
    ------
    ConfigError
        The reviews do not allow the split, or the experiment asks for something that is not there.
    """
    if not reviews:
        raise ConfigError("corpus.reviews: there is no review to experiment on")
    tasks = plan(experiment, reviews)
    if folder is None:
        with tempfile.TemporaryDirectory() as scratch:
            done = _all(tasks, reviews, vocabulary, Path(scratch), jobs, on_progress)
    else:
        done = _all(tasks, reviews, vocabulary, folder, jobs, on_progress)
    truth = label_matrix(reviews, vocabulary)
    if tasks and not truth.any():
        raise ConfigError("corpus.reviews: no review has a keyword of the vocabulary, so nothing can be tested")
    predictions = _predictions(tasks, done, reviews, vocabulary, truth)
    context = Context(experiment, reviews, vocabulary, truth, predictions, beside or Path())
    return {
        "format": FORMAT,
        "experiment": _plain(dataclasses.asdict(experiment)),
        "data": _data(reviews, vocabulary, truth),
        "code": {"version": version("reviewnlp"), "fingerprint": provenance.code_fingerprint()},
        "environment": provenance.environment(),
        "figures": _figures(experiment, predictions),
        "comparisons": _comparisons(experiment, predictions),
        "analyses": {name: _plain(dataclasses.asdict(ANALYSES[name](context))) for name in experiment.analyses},
        "seconds": _seconds(tasks, done),
    }


def plan(experiment: Experiment, reviews: Sequence[Review]) -> list[Task]:
    """Return the runs that the experiment is made of, after a check that every method can be made."""
    if not experiment.methods:
        return []
    made = [(setting, split) for setting, group in _settings(experiment, reviews) for split in group]
    return [
        runs.Task(method, setting, split, experiment.seed) for method in experiment.methods for setting, split in made
    ]


def _settings(experiment: Experiment, reviews: Sequence[Review]) -> list[tuple[str, list[splits.Split]]]:
    config: SplitConfig = experiment.split
    if config.kind == "years":
        by_years = []
        for years in config.years:
            group = splits.by_year(
                reviews,
                train=years.train,
                test=years.test,
                folds=config.folds,
                repeats=config.repeats,
                seed=experiment.seed,
            )
            by_years.append((_year_setting(years.train, years.test), group))
        return by_years
    if not config.sizes:
        return [(WHOLE, _folds(experiment, reviews, config.folds))]
    found = []
    for size in config.sizes:
        whole = _large_enough(experiment, reviews, size)
        found.append((str(size), [splits.smaller(split, size, seed=experiment.seed) for split in whole]))
    return found


def _folds(experiment: Experiment, reviews: Sequence[Review], folds: int) -> list[splits.Split]:
    config = experiment.split
    return splits.repeated_folds(
        reviews, folds=folds, repeats=config.repeats, seed=experiment.seed, stratify=config.stratify
    )


def _large_enough(experiment: Experiment, reviews: Sequence[Review], size: int) -> list[splits.Split]:
    """Return folds whose training sides have ``size`` reviews: those of the configuration, or more of them."""
    for folds in range(experiment.split.folds, len(reviews) + 1):
        made = _folds(experiment, reviews, folds)
        if min(len(split.train) for split in made) >= size:
            return made
    raise ConfigError(f"split.sizes: {size} training reviews asked for; of {len(reviews)} there are never so many")


def _year_setting(train: Sequence[int], test: Sequence[int]) -> str:
    return " to ".join("+".join(map(str, sorted(years))) for years in (train, test))


def _all(
    tasks: Sequence[Task],
    reviews: Sequence[Review],
    vocabulary: Vocabulary,
    folder: Path,
    jobs: int,
    on_progress: Callable[[int, int, str], None] | None,
) -> list[Run]:
    from joblib import Parallel, delayed

    fictional = methods.fictional_reviews(vocabulary) if any(task.method.fictional for task in tasks) else ()
    # What cannot be made is said before anything runs.
    for config in {id(task.method): task.method for task in tasks}.values():
        methods.from_config(config, vocabulary)
        methods.drawn(fictional, config.fictional)
    # Methods of one kind on one split go together, for they may share what they learn from it.
    groups: defaultdict[tuple[str, str, bool | int], list[int]] = defaultdict(list)
    for number, task in enumerate(tasks):
        groups[task.split.name, task.method.method, task.method.fictional].append(number)
    made: dict[int, Run] = {}
    parallel = Parallel(n_jobs=jobs, return_as="generator_unordered")
    results = parallel(
        delayed(_group)([(number, tasks[number]) for number in group], reviews, fictional, vocabulary, folder)
        for group in groups.values()
    )
    for group in results:
        made |= group
        if on_progress:
            last = tasks[max(group)]
            on_progress(len(made), len(tasks), f"{last.method.name}, {last.split.name}")
    return [made[number] for number in range(len(tasks))]


def _group(
    tasks: Sequence[tuple[int, Task]],
    reviews: Sequence[Review],
    fictional: Sequence[Review],
    vocabulary: Vocabulary,
    folder: Path,
) -> dict[int, Run]:
    return {number: runs.finished(task, reviews, fictional, vocabulary, folder) for number, task in tasks}


def _predictions(
    tasks: Sequence[Task],
    done: Sequence[Run],
    reviews: Sequence[Review],
    vocabulary: Vocabulary,
    truth: np.ndarray[Any, np.dtype[np.bool_]],
) -> dict[tuple[str, str], Predictions]:
    """Put the runs of each setting and method together: one row a tested document with gold terms."""
    grouped: defaultdict[tuple[str, str], list[tuple[Task, Run]]] = defaultdict(list)
    for task, result in zip(tasks, done, strict=True):
        grouped[task.setting, task.method.name].append((task, result))
    gold_themes = corpus.theme_matrix(reviews, vocabulary)
    made = {}
    for group, members in grouped.items():
        documents = sorted({i for task, _ in members for i in task.split.test if truth[i].any()})
        row_of = {document: row for row, document in enumerate(documents)}
        repeats = 1 + max(task.split.repeat for task, _ in members)
        scores = np.zeros((repeats, len(documents), truth.shape[1]))
        uses = np.zeros(scores.shape, dtype=int)
        trained = np.zeros(scores.shape[:2], dtype=int)
        themes = np.zeros((repeats, len(documents), gold_themes.shape[1]))
        for task, result in members:
            kept = [(place, row_of[i]) for place, i in enumerate(task.split.test) if i in row_of]
            places, rows = [place for place, _ in kept], [row for _, row in kept]
            scores[task.split.repeat, rows] = result.scores[places]
            uses[task.split.repeat, rows] = result.uses
            trained[task.split.repeat, rows] = result.trained
            if result.themes is not None:
                themes[task.split.repeat, rows] = result.themes[places]
        made[group] = scoring.Predictions(
            documents=tuple(documents),
            truth=truth[documents],
            scores=scores,
            uses=uses,
            trained=trained,
            probabilistic=members[0][0].method.method in methods.PROBABILISTIC,
            themes=(gold_themes[documents], themes) if members[0][1].themes is not None else None,
        )
    return made


def _figures(
    experiment: Experiment, predictions: Mapping[tuple[str, str], Predictions]
) -> dict[str, dict[str, dict[str, Any]]]:
    found: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for (setting, method), of_method in predictions.items():
        found[setting][method] = {}
        for metric in experiment.metrics:
            tally = scoring.tally(metric, of_method)
            if tally is not None:
                figure = figures.estimate(tally, seed=experiment.seed)
                found[setting][method][metric] = _plain(dataclasses.asdict(figure))
    return dict(found)


def _comparisons(
    experiment: Experiment, predictions: Mapping[tuple[str, str], Predictions]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Each method against ``compare_to``; p-values as they are and after Holm's correction over methods."""
    found: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    if experiment.compare_to is None:
        return {}
    for setting in dict.fromkeys(setting for setting, _ in predictions):
        others = [m for s, m in predictions if s == setting and m != experiment.compare_to]
        for metric in experiment.metrics:
            reference = scoring.tally(metric, predictions[setting, experiment.compare_to])
            tallies = {method: scoring.tally(metric, predictions[setting, method]) for method in others}
            compared = {
                method: figures.compare(tally, reference, seed=experiment.seed)
                for method, tally in tallies.items()
                if tally is not None and reference is not None
            }
            corrected = figures.holm([comparison.p for comparison in compared.values()])
            for (method, comparison), p in zip(compared.items(), corrected, strict=True):
                row = {**dataclasses.asdict(comparison), "p_holm": p}
                found[setting].setdefault(method, {})[metric] = _plain(row)
    return dict(found)


def _data(
    reviews: Sequence[Review], vocabulary: Vocabulary, truth: np.ndarray[Any, np.dtype[np.bool_]]
) -> dict[str, Any]:
    years: defaultdict[str, int] = defaultdict(int)
    for review in reviews:
        years[str(review.year or "no year")] += 1
    return {
        "reviews": len(reviews),
        "reviews_with_terms": int(truth.any(axis=1).sum()),
        "keywords": int(truth.sum()),
        "years": dict(sorted(years.items())),
        "fingerprint": corpus.fingerprint(reviews),
        "vocabulary": {
            "terms": len(vocabulary.terms),
            "used": int(truth.any(axis=0).sum()),
            "fingerprint": provenance.vocabulary_fingerprint(vocabulary),
        },
    }


def _seconds(tasks: Sequence[Task], done: Sequence[Run]) -> dict[str, float]:
    """Mean seconds of a run, by method; the only figures that another run of the same code changes."""
    spent: defaultdict[str, list[float]] = defaultdict(list)
    for task, result in zip(tasks, done, strict=True):
        spent[task.method.name].append(result.seconds)
    return {name: round(float(np.mean(values)), 2) for name, values in spent.items()}


def _plain(value: Any) -> Any:
    """Round to six digits, and turn what JSON does not know (tuples, NaN, numpy numbers) into what it does."""
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, 6)
    return value
