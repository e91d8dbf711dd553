"""What a suggester has learned, as named arrays and lists of words, and a suggester from these."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from reviewnlp.errors import BundleError
from reviewnlp.suggestion.calibration import BetaCalibration
from reviewnlp.suggestion.columns import COLUMNS
from reviewnlp.suggestion.features import FeatureIndex
from reviewnlp.suggestion.fusion import Fusion
from reviewnlp.suggestion.habits import Habits
from reviewnlp.suggestion.knowledge import CIRCUMSTANCE, parse_knowledge
from reviewnlp.suggestion.learners import BaseLearners
from reviewnlp.suggestion.likeness import TermLikeness
from reviewnlp.suggestion.mentions import PhraseTrust, SignTrust
from reviewnlp.suggestion.observation import Observer
from reviewnlp.suggestion.ridge import VectorRidge, WordRidge
from reviewnlp.suggestion.rounding import pack, unpack
from reviewnlp.suggestion.suggester import Suggester
from reviewnlp.suggestion.themes import ThemeModel
from reviewnlp.suggestion.tree_tables import QUESTIONS
from reviewnlp.suggestion.trees import SymmetricTrees
from reviewnlp.suggestion.vectors import StaticVectors

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from reviewnlp.vocabulary import Vocabulary

Arrays = dict[str, "NDArray[Any]"]

_WORDS = ("whole", "account", "opening")


def features_of(suggester: Suggester) -> list[str]:
    """Return the features of the word learners, in the order of their numbers."""
    return list(suggester.learners.features_.names_)


def arrays_of(suggester: Suggester) -> Arrays:
    """Return all learned numbers, by name."""
    learners, fusion, themes = suggester.learners, suggester.fusion, suggester.themes
    arrays: Arrays = {}
    for name in _WORDS:
        ridge = getattr(learners, f"{name}_")
        # The account has few of the features, the opening fewer: rows that can never count are not kept.
        used = np.flatnonzero(ridge.idf_)
        arrays |= _packed(f"{name}.weights", ridge.weights_[used])
        arrays[f"{name}.used"] = used.astype(np.int32)
        arrays[f"{name}.idf"] = ridge.idf_[used]
        arrays[f"{name}.prior"] = ridge.prior_
    arrays |= _packed("vectors.weights", learners.vectors_.weights_)
    arrays["vectors.prior"] = learners.vectors_.prior_
    for part, names in _PLAIN.items():
        for name in names:
            arrays[f"{part}.{name}"] = np.asarray(getattr(_part(suggester, part), f"{name}_"))
    arrays["learners.mentioned"] = learners.mentioned_
    for name in ("labels", "notes", "entries"):
        arrays |= _packed(f"terms.{name}", getattr(learners.likeness, name))
    arrays["terms.starts"] = learners.likeness.starts
    arrays["themes.members"] = themes.members
    for name in _TREES:
        arrays[f"trees.{name}"] = np.array([getattr(trees, f"{name}_") for trees in fusion.trees_])
    return {name: np.ascontiguousarray(_narrow(array)) for name, array in sorted(arrays.items())}


def restore(folder: Path, files: dict[str, bytes], manifest: dict[str, Any]) -> Suggester:
    """Make a suggester of the contents of a bundle's files, by name; every file was checked before."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        arrays = load(files["weights.safetensors"])
    except SafetensorError as error:
        raise BundleError(f"{folder / 'weights.safetensors'}: is no safetensors file: {error}") from error
    vocabulary = _vocabulary(json.loads(files["vocabulary.json"]))
    knowledge = parse_knowledge(
        vocabulary, files["cues.toml"].decode("utf-8"), files["circumstances.toml"].decode("utf-8")
    )
    likeness = TermLikeness(
        _unpacked(arrays, "terms.labels"),
        _unpacked(arrays, "terms.notes"),
        _unpacked(arrays, "terms.entries"),
        arrays["terms.starts"].astype(np.intp),
    )
    learners = BaseLearners.of(vocabulary, knowledge, likeness)
    learners.features_ = FeatureIndex().restore(json.loads(files["features.json"]))
    for name in _WORDS:
        setattr(learners, f"{name}_", _word_ridge(arrays, name, learners.features_.blocks_))
    learners.vectors_ = VectorRidge()
    learners.vectors_.weights_ = _unpacked(arrays, "vectors.weights")
    learners.vectors_.prior_ = arrays["vectors.prior"]
    learners.mentioned_ = arrays["learners.mentioned"]
    kinds, targets = np.array(knowledge.kinds), np.array(knowledge.targets)
    learners.phrases_ = PhraseTrust(kinds[kinds < CIRCUMSTANCE], targets[kinds < CIRCUMSTANCE])
    learners.signs_ = SignTrust()
    learners.habits_ = Habits()
    suggester = Suggester(
        vocabulary,
        Observer(knowledge, StaticVectors(folder)),
        learners,
        Fusion(),
        BetaCalibration(),
        ThemeModel(arrays["themes.members"]),
        {key: manifest[key] for key in _KEPT if key in manifest},
    )
    suggester.fusion.trees_ = [_trees(arrays, number) for number in range(len(arrays["trees.start"]))]
    for part, names in _PLAIN.items():
        for name in names:
            setattr(_part(suggester, part), f"{name}_", arrays[f"{part}.{name}"])
    return suggester


_KEPT = ("seed", "training", "metrics", "created", "library", "libraries")

#: Learned attributes that are kept as they are, by the part that has them.
_PLAIN = {
    "habits": ("years", "uses", "reviews", "real_uses", "real_reviews"),
    "signs": ("trust",),
    "phrases": ("trust",),
    "likeness": ("mean", "spread"),
    "fusion": ("mean", "spread", "linear"),
    "calibration": ("weights",),
    "theme_model": ("mean", "spread", "weights", "prior"),
}


_TREES = ("start", "columns", "borders", "leaves")


def _trees(arrays: Arrays, number: int) -> SymmetricTrees:
    trees = SymmetricTrees()
    for name in _TREES:
        setattr(trees, f"{name}_", arrays[f"trees.{name}"][number])
    columns, (count, depth) = trees.columns_, trees.columns_.shape
    if trees.start_.shape != (1,) or trees.borders_.shape != (count, depth) or trees.leaves_.shape != (count, 2**depth):
        raise ValueError("the leaves of the trees do not fit their questions")
    if depth > QUESTIONS or columns.dtype.kind != "i" or not np.isin(columns, np.arange(len(COLUMNS))).all():
        raise ValueError("the trees ask what cannot be answered")
    return trees


def _part(suggester: Suggester, name: str) -> object:
    learners = suggester.learners
    parts: dict[str, object] = {
        "habits": learners.habits_,
        "signs": learners.signs_,
        "phrases": learners.phrases_,
        "likeness": learners.likeness,
        "fusion": suggester.fusion,
        "calibration": suggester.calibration,
        "theme_model": suggester.themes,
    }
    return parts[name]


def _word_ridge(arrays: Arrays, name: str, blocks: NDArray[np.intp]) -> WordRidge:
    ridge = WordRidge(blocks)
    used, weights = arrays[f"{name}.used"], _unpacked(arrays, f"{name}.weights")
    ridge.prior_ = arrays[f"{name}.prior"]
    ridge.idf_ = np.zeros(len(blocks), dtype=np.float32)
    ridge.idf_[used] = arrays[f"{name}.idf"]
    ridge.weights_ = np.zeros((len(blocks), weights.shape[1]), dtype=np.float32)
    ridge.weights_[used] = weights
    return ridge


def _packed(name: str, table: NDArray[np.float32]) -> Arrays:
    numbers, scale = pack(table)
    return {name: numbers, f"{name}.scale": scale}


def _unpacked(arrays: Arrays, name: str) -> NDArray[np.float32]:
    return unpack(arrays[name], arrays[f"{name}.scale"])


def _narrow(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _vocabulary(plain: dict[str, Any]) -> Vocabulary:
    """Make the vocabulary without the check of types that reading a foreign file needs: its digest was checked."""
    from reviewnlp.vocabulary import Term, Theme, Vocabulary

    def frozen(entry: dict[str, Any]) -> dict[str, Any]:
        return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}

    return Vocabulary(
        tuple(Term(**frozen(term)) for term in plain["terms"]),
        tuple(Theme(**frozen(theme)) for theme in plain["themes"]),
    )
