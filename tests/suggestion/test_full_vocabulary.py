"""What holds with the vocabulary and the fictional reviews that ship."""

import pytest

from reviewnlp.reading import parse_text
from reviewnlp.suggestion import load_suggester, train
from reviewnlp.suggestion.training import fictional_reviews
from reviewnlp.vocabulary import load_vocabulary

NEW = (
    "2025 – Westhaven – Child D\nDeath of a 2-year-old boy, found drowned in a garden pond in June 2023.\n"
    "Learning themes include: domestic violence between the parents; drowning; poor home conditions.\n"
)


@pytest.fixture(scope="module")
def shipped():
    return load_suggester()


def test_a_term_that_no_training_review_has_can_be_suggested():
    vocabulary = load_vocabulary()
    without = [review for review in fictional_reviews(vocabulary)[::55] if "drowning" not in review.terms]
    suggester = train(without, fictional=False)
    keywords = suggester.suggest(parse_text(NEW).reviews)[0].keywords
    assert "drowning" in [keyword.term for keyword in keywords]


def test_the_shipped_model_names_what_the_text_says(shipped):
    terms = [keyword.term for keyword in shipped.suggest(parse_text(NEW).reviews)[0].keywords]
    assert {"drowning", "child deaths", "home environment"} <= set(terms[:6])


def test_a_style_year_indexes_in_the_habits_of_that_year(shipped):
    review = parse_text(NEW).reviews
    place = shipped.vocabulary.position("family violence")
    assert shipped.scores(review, style_year=2017)[0, place] > 2 * shipped.scores(review, style_year=2025)[0, place]
