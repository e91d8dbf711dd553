"""The methods that an experiment can name, each made from its options.

A method is anything with ``fit(reviews)`` and ``scores(reviews)``; see :class:`Method`.
"""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any, Protocol, Self, runtime_checkable

import numpy as np

from reviewnlp.errors import ConfigError
from reviewnlp.evaluation.corpus import TEXT_PARTS, restricted
from reviewnlp.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from reviewnlp.evaluation.configuration import MethodConfig
    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary


class Method(Protocol):
    """Learns from reviews with keywords, then scores every term of the vocabulary for other reviews."""

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Learn from reviews that have keywords."""

    def scores(self, reviews: Sequence[Review]) -> NDArray[np.float64]:
        """Return scores, float (n_reviews, n_terms), higher is better."""


@runtime_checkable
class ThemeMethod(Method, Protocol):
    """A method that scores the themes as well."""

    def theme_scores(self, reviews: Sequence[Review]) -> NDArray[np.float64]:
        """Return probabilities, float (n_reviews, n_themes), in the order of the vocabulary's themes."""


METHODS: dict[str, str] = {
    "popularity": "reviewnlp.evaluation.baselines:Popularity",
    "tfidf": "reviewnlp.evaluation.baselines:TfidfOneVsRest",
    "lexical": "reviewnlp.evaluation.baselines:LexicalMatch",
    "learner": "reviewnlp.evaluation.learners:BaseLearner",
    "fused": "reviewnlp.evaluation.learners:FusedLearners",
    "suggester": "reviewnlp.evaluation.learners:TrainedSuggester",
}
"""Where each method is; it is called with the vocabulary, ``seed=`` and its options."""

PROBABILISTIC = frozenset({"tfidf", "suggester"})
"""Methods whose scores are probabilities, so that their calibration can be measured."""


def build(
    name: str,
    vocabulary: Vocabulary,
    *,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
    fictional: Sequence[Review] = (),
) -> Method:
    """Make a method by its name.

    Parameters
    ----------
    name
        One of :data:`METHODS`.
    vocabulary
        The terms to score.
    seed
        Seed of whatever chance the method takes.
    options
        Keyword arguments of the method.
    fictional
        Fictional reviews that join its training. A method that tells them from real ones takes them as an argument
        of this name; to the others they are training reviews like any.

    Raises
    ------
    ConfigError
        There is no such method, or it has no such option.
    """
    factory = _factory(name)
    given = dict(options or {})
    parameters = set(inspect.signature(factory).parameters)
    allowed = parameters - {"vocabulary", "seed", "fictional"}
    unknown = sorted(set(given) - allowed)
    if unknown:
        known = ", ".join(sorted(allowed)) or "none"
        raise ConfigError(f"methods.options: {name!r} has no option {unknown[0]!r}; it has: {known}")
    if "fictional" in parameters:
        given["fictional"] = tuple(fictional)
    try:
        method: Method = factory(vocabulary, seed=seed, **given)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"methods.options of {name!r}: {error}") from error
    return method if "fictional" in parameters or not fictional else WithFictional(method, fictional)


def from_config(
    config: MethodConfig, vocabulary: Vocabulary, *, seed: int = 0, fictional: Sequence[Review] = ()
) -> Method:
    """Make the method that a configuration describes; ``fictional`` are those it is trained on."""
    made = [restricted(review, config.text) for review in fictional] if config.text else fictional
    method = build(config.method, vocabulary, seed=seed, options=config.options, fictional=made)
    return OnParts(method, config.text) if config.text else method


def fictional_reviews(vocabulary: Vocabulary) -> tuple[Review, ...]:
    """Return the fictional reviews that ship, which a method may be trained on as well."""
    from reviewnlp.reading import read_reviews

    return tuple(read_reviews(sorted(shipped("data", "fictional").glob("*.txt")), vocabulary=vocabulary))


def drawn(reviews: Sequence[Review], number: bool | int, *, seed: int = 0) -> Sequence[Review]:
    """Return all of the reviews (True), none of them (False), or so many drawn at random.

    With the same seed a smaller draw is part of each larger one.

    Raises
    ------
    ConfigError
        There are fewer reviews than that.
    """
    if isinstance(number, bool):
        return reviews if number else ()
    if not 0 <= number <= len(reviews):
        raise ConfigError(f"methods.fictional is {number}; there are {len(reviews)} fictional reviews")
    order = np.random.default_rng(seed).permutation(len(reviews))[:number]
    return [reviews[i] for i in sorted(order)]


class WithFictional:
    """A method that is trained on fictional reviews as well, and takes them for real."""

    def __init__(self, method: Method, fictional: Sequence[Review]) -> None:
        self.method = method
        self.fictional = fictional

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Fit the method on real and fictional reviews."""
        self.method.fit([*reviews, *self.fictional])
        return self

    def scores(self, reviews: Sequence[Review]) -> NDArray[np.float64]:
        """Return the method's scores."""
        return self.method.scores(reviews)


class OnParts:
    """A method that is shown some parts of each text only, in training and after."""

    def __init__(self, method: Method, parts: Collection[str]) -> None:
        unknown = sorted(set(parts) - set(TEXT_PARTS))
        if unknown:
            raise ConfigError(f"methods.text: no part is called {unknown[0]!r}; parts: {', '.join(TEXT_PARTS)}")
        self.method = method
        self.parts = frozenset(parts)

    def fit(self, reviews: Sequence[Review]) -> Self:
        """Fit the method on the parts."""
        self.method.fit([restricted(review, self.parts) for review in reviews])
        return self

    def scores(self, reviews: Sequence[Review]) -> NDArray[np.float64]:
        """Return the method's scores of the parts."""
        return self.method.scores([restricted(review, self.parts) for review in reviews])


def _factory(name: str) -> Callable[..., Method]:
    if name not in METHODS:
        raise ConfigError(f"methods.method: no method is called {name!r}; methods: {', '.join(METHODS)}")
    module, attribute = METHODS[name].split(":")
    factory: Callable[..., Method] = getattr(importlib.import_module(module), attribute)
    return factory
