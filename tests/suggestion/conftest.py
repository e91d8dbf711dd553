"""A small vocabulary and a few fictional reviews: training on them takes a second."""

from __future__ import annotations

import pytest

from reviewnlp.reading import parse_text
from reviewnlp.records import Review
from reviewnlp.suggestion import Suggester, train
from reviewnlp.vocabulary import Term, Theme, Vocabulary

THEMES = (Theme("deaths", "Deaths"), Theme("practice", "Practice"), Theme("injury", "Injury"))
TERMS = (
    Term("infant deaths", ("death of a baby", "sudden infant death"), themes=("deaths",)),
    Term("sleeping behaviour", ("co-sleeping", "bed sharing"), related=("infant deaths",), themes=("deaths",)),
    Term("professional curiosity", ("respectful uncertainty",), themes=("practice",)),
    Term("information sharing", ("communication between agencies",), themes=("practice",)),
    Term("burns", ("scalds",), themes=("injury",)),
    Term("fractures", ("broken bones",), themes=("injury",)),
    Term("adolescent boys", ("teenage boys",)),
    Term("drowning", ("found in the bath",), themes=("deaths",)),
)

CASES = (
    ("Death of a 3-month-old girl while co-sleeping on a sofa.", "infant deaths, sleeping behaviour"),
    ("Death of a 5-week-old boy in his parents' bed.", "infant deaths, sleeping behaviour"),
    ("Sudden death of a 2-month-old baby in her cot.", "infant deaths"),
    ("Scalds to a toddler who pulled a kettle from a table.", "burns"),
    ("Burns to the hands of a 4-year-old girl.", "burns"),
    ("Fractures to the arm and ribs of a 9-month-old boy.", "fractures"),
    ("Broken leg of a 2-year-old girl, never explained.", "fractures"),
    ("A 16-year-old boy was stabbed on his way home.", "adolescent boys"),
    ("A 15-year-old boy ran away from a children's home.", "adolescent boys"),
)
LEARNING = (
    ("professional curiosity about what parents say", "professional curiosity"),
    ("share information between health and social care", "information sharing"),
    ("respectful uncertainty", "professional curiosity"),
)


def listing() -> str:
    """Return a listing of every case with every point of learning."""
    entries = []
    for number, (event, keywords) in enumerate(CASES):
        for place, (point, keyword) in enumerate(LEARNING):
            entries.append(
                f"{2017 + 8 * (number % 2)} – Northmoor – Child {chr(65 + number)}{place + 1}\n{event}\n"
                f"Learning: {point}; keep records up to date.\n"
                f"Recommendations: audit the use of chronologies.\nKeywords: {keywords}, {keyword}\n"
            )
    return "\n".join(entries)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(TERMS, THEMES)


@pytest.fixture(scope="session")
def reviews(vocabulary: Vocabulary) -> tuple[Review, ...]:
    return parse_text(listing(), vocabulary=vocabulary).reviews


@pytest.fixture(scope="session")
def suggester(reviews: tuple[Review, ...], vocabulary: Vocabulary) -> Suggester:
    return train(reviews, fictional=False, vocabulary=vocabulary)


@pytest.fixture(scope="session")
def baby(vocabulary: Vocabulary) -> Review:
    text = (
        "2025 – Westhaven – Baby T\nDeath of a 4-week-old girl in March 2024 after bed sharing.\n"
        "Learning: professionals were not curious; professional curiosity about the father.\nKeywords: drowning\n"
    )
    return parse_text(text, vocabulary=vocabulary).reviews[0]
