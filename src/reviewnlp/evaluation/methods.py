"""The methods that an experiment can name, each made from its options.

A method is anything with ``fit(reviews)`` and ``scores(reviews)``; see :class:`Method`.
"""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any, Protocol, Self, runtime_checkable

from reviewnlp.errors import ConfigError
from reviewnlp.evaluation.corpus import TEXT_PARTS, restricted
from reviewnlp.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import numpy as np
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
}
"""Where each method is; it is called with the vocabulary, ``seed=`` and its options."""

PROBABILISTIC = frozenset({"tfidf", "suggester"})
"""Methods whose scores are probabilities, so that their calibration can be measured."""


def build(name: str, vocabulary: Vocabulary, *, seed: int = 0, options: Mapping[str, Any] | None = None) -> Method:
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

    Raises
    ------
    ConfigError
        There is no such method, or it has no such option.
    """
    factory = _factory(name)
    given = dict(options or {})
    allowed = set(inspect.signature(factory).parameters) - {"vocabulary", "seed", "self"}
    unknown = sorted(set(given) - allowed)
    if unknown:
        known = ", ".join(sorted(allowed)) or "none"
        raise ConfigError(f"methods.options: {name!r} has no option {unknown[0]!r}; it has: {known}")
    try:
        method: Method = factory(vocabulary, seed=seed, **given)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"methods.options of {name!r}: {error}") from error
    return method


def from_config(config: MethodConfig, vocabulary: Vocabulary, *, seed: int = 0) -> Method:
    """Make the method that a configuration describes."""
    method = build(config.method, vocabulary, seed=seed, options=config.options)
    return OnParts(method, config.text) if config.text else method


def fictional_reviews() -> tuple[Review, ...]:
    """Return the fictional reviews that ship, which a method may be trained on as well."""
    from reviewnlp.reading import read_reviews

    return tuple(read_reviews(sorted(shipped("data", "fictional").glob("*.txt"))))


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
