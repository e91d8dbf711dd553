import dataclasses

import pytest

from reviewnlp.evaluation.configuration import experiment_from_dict
from reviewnlp.reading import read_reviews
from reviewnlp.resources import shipped
from reviewnlp.vocabulary import load_vocabulary


@pytest.fixture(scope="session")
def vocabulary():
    return load_vocabulary()


@pytest.fixture(scope="session")
def reviews():
    """Sixteen fictional reviews, half of 2017 and half of 2025, the last without keywords."""
    older = list(read_reviews([shipped("data", "fictional", "reviews-2017.txt")]))[:8]
    newer = list(read_reviews([shipped("data", "fictional", "reviews-2025.txt")]))[:8]
    newer[-1] = dataclasses.replace(newer[-1], keywords=())
    return [*older, *newer]


@pytest.fixture
def settings():
    """The plain data of a small experiment that takes no time."""
    return {
        "title": "Two baselines",
        "seed": 3,
        "metrics": ["F1@5", "recall@10", "PSP@5", "macro-F1@5", "coverage@10"],
        "compare_to": "words",
        "split": {"folds": 3, "repeats": 2},
        "methods": [
            {"name": "popular terms", "method": "popularity"},
            {"name": "words", "method": "lexical"},
        ],
    }


@pytest.fixture
def experiment(settings):
    return experiment_from_dict(settings)
