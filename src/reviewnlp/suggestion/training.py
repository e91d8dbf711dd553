"""Trains a suggester."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.errors import InputError
from reviewnlp.resources import shipped
from reviewnlp.suggestion.calibration import BetaCalibration
from reviewnlp.suggestion.fusion import Fusion
from reviewnlp.suggestion.knowledge import read_knowledge
from reviewnlp.suggestion.learners import BaseLearners
from reviewnlp.suggestion.likeness import TermLikeness
from reviewnlp.suggestion.observation import Observer
from reviewnlp.suggestion.suggester import Suggester
from reviewnlp.suggestion.themes import ThemeModel
from reviewnlp.suggestion.vectors import StaticVectors
from reviewnlp.threads import one_thread
from reviewnlp.vocabulary.arrays import label_matrix

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary

    Floats = NDArray[np.float32]

_FOLDS = 4


def train(
    reviews: Iterable[Review],
    *,
    seed: int = 0,
    fictional: bool | Iterable[Review] = True,
    vocabulary: Vocabulary | None = None,
) -> Suggester:
    """Learn from reviews that have keywords.

    Parameters
    ----------
    reviews
        Indexed reviews; those without a keyword of the vocabulary are left out.
    seed
        Of all that is drawn; the same reviews and seed give the same suggester.
    fictional
        Whether the fictional reviews that ship join in, or the fictional reviews to use.
    vocabulary
        The terms that can be suggested; by default the vocabulary that ships.

    Returns
    -------
    Suggester
        Ready to use and to save.

    Raises
    ------
    InputError
        Fewer than two reviews have keywords of the vocabulary, or all have all of them.
    """
    return train_and_expect(reviews, seed=seed, fictional=fictional, vocabulary=vocabulary)[0]


def train_and_expect(
    reviews: Iterable[Review],
    *,
    seed: int = 0,
    fictional: bool | Iterable[Review] = True,
    vocabulary: Vocabulary | None = None,
) -> tuple[Suggester, Floats]:
    """Learn as :func:`train` does, and tell what is expected of each review by all that did not learn from it.

    Returns
    -------
    tuple
        The suggester, and out-of-fold probabilities of the terms, float (n_reviews, n_terms), for those of
        ``reviews`` that have a keyword of the vocabulary, in their order.
    """
    if vocabulary is None:
        from reviewnlp.vocabulary import load_vocabulary

        vocabulary = load_vocabulary()
    given = _indexed(reviews, vocabulary)
    if isinstance(fictional, bool):
        fictional = fictional_reviews(vocabulary) if fictional else []
    # A review must not teach twice, nor a copy of it tell what is expected of it.
    texts = {review.text for review in given}
    made = [review for review in _indexed(fictional, vocabulary) if review.text not in texts]
    if len(given) + len(made) < 2:
        raise InputError("training needs at least two reviews with keywords of the vocabulary")
    # So the bytes of a bundle do not depend on the number of cores.
    with one_thread():
        return _train(given, made, vocabulary, seed)


def fictional_reviews(vocabulary: Vocabulary) -> list[Review]:
    """Read the fictional reviews that ship, ``data/fictional/*.txt``."""
    from reviewnlp.reading import read_reviews

    return list(read_reviews(sorted(shipped("data", "fictional").glob("*.txt")), vocabulary=vocabulary))


def _indexed(reviews: Iterable[Review], vocabulary: Vocabulary) -> list[Review]:
    return [review for review in reviews if any(term in vocabulary for term in review.terms)]


def _train(
    given: Sequence[Review], made: Sequence[Review], vocabulary: Vocabulary, seed: int
) -> tuple[Suggester, Floats]:
    reviews = [*given, *made]
    real = np.arange(len(reviews)) < len(given)
    truth = label_matrix(reviews, vocabulary).astype(np.float32)
    if truth.all():
        raise InputError("every review has every keyword of the vocabulary: there is nothing to tell apart")

    vectors = StaticVectors()
    knowledge = read_knowledge(vocabulary)
    observer = Observer(knowledge, vectors)
    observations = observer.observe(reviews)
    learners = BaseLearners.of(vocabulary, knowledge, TermLikeness.of_terms(vocabulary, vectors))
    themes = ThemeModel(_members(vocabulary))
    theme_truth = themes.of_terms(truth)
    pairs = learners.fit(observations, truth, theme_truth, real)
    rows = pairs.rows
    fusion = Fusion(seed=seed).fit(rows, truth, real)

    # Calibration and themes learn from reviews that the fusion has not seen: real ones where there are any.
    judged = np.flatnonzero(real) if real.sum() >= 2 * _FOLDS else np.arange(len(reviews))
    unseen = _unseen_scores(rows, truth, real, judged, seed)
    calibration = BetaCalibration().fit(unseen, truth[judged])
    expected = calibration.probabilities(unseen)
    themes.fit(expected, pairs.themes[judged], theme_truth[judged])
    manifest = {
        "seed": seed,
        "training": {
            "reviews": len(given),
            "fictional": len(made),
            "fingerprint": _fingerprint(reviews),
        },
    }
    # Where there are too few real reviews to judge by, all are judged, the given ones first.
    return Suggester(vocabulary, observer, learners, fusion, calibration, themes, manifest), expected[: len(given)]


def _unseen_scores(rows: Floats, truth: Floats, real: NDArray[np.bool_], judged: NDArray[np.intp], seed: int) -> Floats:
    """Return fused scores of some reviews, each from a fusion that was not fitted on it: (n_judged, n_terms)."""
    out = np.zeros((len(judged), truth.shape[1]), dtype=np.float32)
    order = np.random.default_rng(seed).permutation(len(judged))
    for fold in range(_FOLDS):
        held = order[fold::_FOLDS]
        if len(held):
            seen = np.setdiff1d(np.arange(len(rows)), judged[held])
            out[held] = Fusion(seed=seed).fit(rows[seen], truth[seen], real[seen]).scores(rows[judged[held]])
    return out


def _members(vocabulary: Vocabulary) -> Floats:
    members = np.zeros((len(vocabulary), len(vocabulary.themes)), dtype=np.float32)
    places = {theme.id: place for place, theme in enumerate(vocabulary.themes)}
    for row, term in enumerate(vocabulary.terms):
        members[row, [places[theme] for theme in term.themes]] = 1
    return members


def _fingerprint(reviews: Sequence[Review]) -> str:
    """Return a digest of what was learned from: texts and terms, in order."""
    digest = hashlib.sha256()
    for review in reviews:
        for part in (review.text, *review.terms):
            digest.update(part.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
    return digest.hexdigest()
