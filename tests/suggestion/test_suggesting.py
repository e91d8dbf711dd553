"""What a suggester promises, on a small vocabulary."""

import dataclasses

import numpy as np
import pytest

from reviewnlp.errors import InputError
from reviewnlp.reading import parse_text
from reviewnlp.suggestion import train
from reviewnlp.vocabulary import Term, Theme, Vocabulary


def labels(suggestion):
    return [keyword.term for keyword in suggestion.keywords]


def test_terms_of_the_text_come_first(suggester, baby):
    assert set(labels(suggester.suggest([baby])[0])[:3]) == {
        "infant deaths",
        "sleeping behaviour",
        "professional curiosity",
    }


def test_the_reviews_own_keywords_are_never_looked_at(suggester, baby):
    bare = dataclasses.replace(baby, keywords=())
    assert suggester.suggest([baby]) == suggester.suggest([bare])


def test_keywords_stand_best_first_with_probabilities(suggester, reviews):
    for suggestion in suggester.suggest(reviews):
        scores = [keyword.score for keyword in suggestion.keywords]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_one_suggestion_a_review_in_order(suggester, reviews):
    many = list(reviews) * 3
    assert [suggestion.id for suggestion in suggester.suggest(many)] == [review.id for review in many]


def test_evidence_is_the_text_at_its_offsets(suggester, baby):
    suggestion = suggester.suggest([baby])[0]
    spans = [span for keyword in suggestion.keywords for span in keyword.evidence]
    assert spans
    assert all(baby.text[span.start : span.end] == span.text for span in spans)
    assert all(len(keyword.evidence) <= 3 for keyword in suggestion.keywords)


def test_a_keyword_falls_when_its_first_evidence_is_taken_out(suggester, baby, vocabulary):
    keyword = next(k for k in suggester.suggest([baby])[0].keywords if k.term == "sleeping behaviour")
    less = parse_text(baby.text.replace(keyword.evidence[0].text, "An incident"), vocabulary=vocabulary).reviews[0]
    place = vocabulary.position("sleeping behaviour")
    assert suggester.scores([less])[0, place] < suggester.scores([baby])[0, place]


def test_limit_and_threshold_cut_the_list(suggester, baby):
    assert len(suggester.suggest([baby], limit=2)[0].keywords) == 2
    assert all(keyword.score >= 0.3 for keyword in suggester.suggest([baby], threshold=0.3)[0].keywords)
    assert suggester.suggest([baby], threshold=1.0)[0].keywords == ()


def test_auto_gives_fewer_than_the_limit(suggester, baby):
    full, chosen = suggester.suggest([baby])[0].keywords, suggester.suggest([baby], auto=True)[0].keywords
    assert 1 <= len(chosen) < len(full)
    assert chosen == full[: len(chosen)]


def test_themes_follow_the_terms(suggester, baby):
    themes = {theme.theme: theme.score for theme in suggester.suggest([baby])[0].themes}
    assert themes["deaths"] > 0.5 > themes.get("injury", 0)


def test_scores_have_a_column_for_every_term(suggester, reviews, vocabulary):
    assert suggester.scores(reviews).shape == (len(reviews), len(vocabulary))
    assert suggester.scores([]).shape == (0, len(vocabulary))
    assert suggester.theme_scores(reviews[:2]).shape == (2, len(vocabulary.themes))


@pytest.mark.parametrize("text", ["x", "????", "a" * 5000, "one; two; three;" * 500, "2025 – Westhaven – Child E"])
def test_any_text_gets_a_suggestion(suggester, vocabulary, text):
    reviews = parse_text(text, vocabulary=vocabulary).reviews
    assert np.isfinite(suggester.scores(reviews)).all()
    assert len(suggester.suggest(reviews)) == len(reviews)


def test_the_order_of_a_batch_does_not_matter(suggester, reviews):
    together = suggester.scores(reviews[:5])
    alone = np.concatenate([suggester.scores([review]) for review in reviews[:5]])
    assert np.allclose(together, alone, atol=1e-5)


@pytest.mark.parametrize("themes", [(), ("every",), ("none",)])
def test_a_vocabulary_needs_no_themes(vocabulary, reviews, themes):
    """None, one that every review has, one that no review has."""
    terms = [dataclasses.replace(term, themes=themes if themes == ("every",) else ()) for term in vocabulary.terms]
    other = Vocabulary((*terms, Term("rare", themes=themes)), tuple(Theme(theme, theme) for theme in themes))
    found = train(reviews, fictional=False, vocabulary=other).suggest(reviews[:2])
    assert all({theme.theme for theme in one.themes} <= set(themes) for one in found)
    assert all(bool(one.themes) == (themes == ("every",)) for one in found)


def test_training_needs_something_to_tell_apart(reviews):
    burns = [review for review in reviews if "burns" in review.terms]
    with pytest.raises(InputError, match="nothing to tell apart"):
        train(burns, fictional=False, vocabulary=Vocabulary((Term("burns"),), ()))


def test_training_needs_keywords(vocabulary):
    reviews = parse_text("2025 – Westhaven – Child E\nA fall.", vocabulary=vocabulary).reviews
    with pytest.raises(InputError, match="at least two reviews with keywords"):
        train(reviews, fictional=False, vocabulary=vocabulary)
