"""Experiments as TOML files: what is compared, on which reviews, split how, measured how.

A wrong file is a :class:`~reviewnlp.errors.ConfigError` that names the key and what is allowed there.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from reviewnlp.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STRICT = ConfigDict(extra="forbid", strict=False, frozen=True)

DEFAULT_METRICS = ("P@1", "F1@5", "nDCG@10", "recall@10")


@dataclasses.dataclass(frozen=True)
class CorpusConfig:
    """Which reviews: paths or patterns beside the configuration, overridden by those of the command line.

    ``gold`` is a file of annotated facts, for the analysis of extraction; ``halves`` shows the two halves of the
    corpus apart there: ``true`` goes by the hash of the id, ``"lines"`` puts the odd lines of the gold file into
    half A.
    """

    __pydantic_config__ = _STRICT
    reviews: tuple[str, ...] = ()
    vocabulary: str | None = None
    gold: str | None = None
    halves: bool | Literal["lines"] = False


@dataclasses.dataclass(frozen=True)
class YearsConfig:
    """Years to train on and years to test on."""

    __pydantic_config__ = _STRICT
    train: tuple[int, ...]
    test: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class SplitConfig:
    """How reviews are split: ``folds`` (cross-validation, with ``sizes`` of the training side) or ``years``."""

    __pydantic_config__ = _STRICT
    kind: Literal["folds", "years"] = "folds"
    folds: int = 5
    repeats: int = 1
    stratify: bool = True
    sizes: tuple[int, ...] = ()
    years: tuple[YearsConfig, ...] = ()


@dataclasses.dataclass(frozen=True)
class MethodConfig:
    """One method: the name it has in the tables, what it is, its options, the parts of the text it sees.

    ``fictional`` says whether the fictional reviews that ship join its training, or how many of them.
    """

    __pydantic_config__ = _STRICT
    name: str
    method: str
    options: dict[str, Any] = dataclasses.field(default_factory=dict)
    text: tuple[str, ...] = ()
    fictional: bool | int = False


@dataclasses.dataclass(frozen=True)
class Experiment:
    """A whole experiment.

    ``compare_to`` is the method that the others are tested against on the same folds; ``analyses`` are named
    further looks at the results (:mod:`reviewnlp.evaluation.analyses`).
    """

    __pydantic_config__ = _STRICT
    title: str
    about: str = ""
    seed: int = 0
    corpus: CorpusConfig = dataclasses.field(default_factory=CorpusConfig)
    split: SplitConfig = dataclasses.field(default_factory=SplitConfig)
    methods: tuple[MethodConfig, ...] = ()
    metrics: tuple[str, ...] = DEFAULT_METRICS
    compare_to: str | None = None
    analyses: tuple[str, ...] = ()


def read_experiment(path: Path | str) -> Experiment:
    """Read an experiment from its TOML file.

    Raises
    ------
    ConfigError
        The file cannot be read, is not TOML, or has a key or value that is not allowed.
    """
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file: {error}") from error
    try:
        return experiment_from_dict(data)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def experiment_from_dict(data: Mapping[str, Any]) -> Experiment:
    """Build an experiment from plain data, and check every name in it.

    Raises
    ------
    ConfigError
        It names each key that is wrong, and what is allowed.
    """
    try:
        experiment: Experiment = TypeAdapter(Experiment).validate_python(dict(data))
    except ValidationError as error:
        raise ConfigError("; ".join(_explained(dict(wrong)) for wrong in error.errors())) from error
    _check_names(experiment)
    return experiment


def _check_names(experiment: Experiment) -> None:
    from reviewnlp.evaluation.analyses import ANALYSES
    from reviewnlp.evaluation.corpus import TEXT_PARTS
    from reviewnlp.evaluation.methods import METHODS
    from reviewnlp.evaluation.scoring import METRIC_NAMES, is_metric

    names = [method.name for method in experiment.methods]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"methods.name: two methods are called {name!r}; give each a name of its own")
    for position, method in enumerate(experiment.methods):
        _check(f"methods.{position}.method", [method.method], METHODS)
        _check(f"methods.{position}.text", method.text, TEXT_PARTS)
    for metric in experiment.metrics:
        if not is_metric(metric):
            raise ConfigError(f"metrics: {metric!r} is not a metric; metrics: {', '.join(METRIC_NAMES)}")
    _check("analyses", experiment.analyses, ANALYSES)
    if experiment.compare_to is not None:
        _check("compare_to", [experiment.compare_to], names)
    if not experiment.methods and not experiment.analyses:
        raise ConfigError("methods: name at least one method ([[methods]]) or one of analyses")
    if experiment.split.kind == "years" and not experiment.split.years:
        raise ConfigError('split.years: with kind = "years", give years = [{train = [2017], test = [2018]}]')
    if experiment.split.kind == "years" and experiment.split.sizes:
        raise ConfigError('split.sizes: sizes go with kind = "folds"')


def _check(key: str, given: Iterable[str], allowed: Iterable[str]) -> None:
    known = list(allowed)
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise ConfigError(f"{key}: {name!r} is not known{hint}; allowed: {', '.join(known)}")


def _explained(wrong: dict[str, Any]) -> str:
    where = tuple(wrong["loc"])
    key = ".".join(map(str, where))
    if wrong["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        allowed = _keys_at(where[:-1])
        near = difflib.get_close_matches(str(where[-1]), allowed, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return f"{key}: no such key{hint}; allowed: {', '.join(allowed)}"
    if wrong["type"] in {"missing", "missing_argument"}:
        return f"{key}: this key is missing"
    return f"{key}: {wrong['msg']}, not {wrong['input']!r}"


def _keys_at(where: tuple[Any, ...]) -> list[str]:
    names = [part for part in where if isinstance(part, str)]
    tables: dict[tuple[str, ...], type] = {
        (): Experiment,
        ("corpus",): CorpusConfig,
        ("split",): SplitConfig,
        ("split", "years"): YearsConfig,
        ("methods",): MethodConfig,
    }
    return [field.name for field in dataclasses.fields(tables[tuple(names)])]
