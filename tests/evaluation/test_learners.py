import numpy as np
import pytest

from reviewnlp import ConfigError
from reviewnlp.evaluation import methods, metrics
from reviewnlp.vocabulary.arrays import label_matrix


@pytest.fixture(scope="module")
def sides(reviews):
    return reviews[:12], reviews[12:]


def scores(name, vocabulary, sides, **options):
    train, test = sides
    return methods.build(name, vocabulary, seed=1, options=options).fit(train).scores(test)


def test_fused_learners_rank_as_the_suggester_does(vocabulary, sides):
    whole = scores("suggester", vocabulary, sides)
    fused = scores("fused", vocabulary, sides)
    assert whole.min() >= 0
    assert whole.max() <= 1
    assert np.array_equal(metrics.top(whole, 5), metrics.top(fused, 5))


def test_what_is_taken_away_changes_the_scores(vocabulary, sides):
    whole = scores("fused", vocabulary, sides)
    less = scores("fused", vocabulary, sides, without=["like its *", "vectors*"])
    linear = scores("fused", vocabulary, sides, ensembles=0)
    assert whole.shape == less.shape == linear.shape
    assert not np.allclose(whole, less)
    assert not np.allclose(whole, linear)


def test_a_learner_alone_scores_its_own_terms_higher(vocabulary, sides):
    train, _ = sides
    truth = label_matrix(train, vocabulary)
    for column in ("whole text", "like its entry terms", "trust in names"):
        found = methods.build("learner", vocabulary, options={"column": column}).fit(train).scores(train)
        assert found[truth].mean() > found[~truth].mean(), column


def test_the_suggester_scores_themes(vocabulary, sides):
    train, test = sides
    method = methods.build("suggester", vocabulary).fit(train)
    assert isinstance(method, methods.ThemeMethod)
    assert method.theme_scores(test).shape == (len(test), len(vocabulary.themes))


def test_fictional_reviews_reach_the_suggester_as_such(vocabulary, sides, reviews):
    train, test = sides
    alone = methods.build("fused", vocabulary).fit(train[:6]).scores(test)
    joined = methods.build("fused", vocabulary, fictional=train[6:]).fit(train[:6]).scores(test)
    taken_for_real = methods.build("fused", vocabulary).fit(train).scores(test)
    assert not np.allclose(alone, joined)
    assert not np.allclose(joined, taken_for_real)


@pytest.mark.parametrize(("name", "option"), [("learner", {"column": "magic"}), ("fused", {"without": ["magic*"]})])
def test_unknown_column_is_named_with_those_there_are(name, option, vocabulary):
    with pytest.raises(ConfigError, match=r"no column matches 'magic\*?'; columns: whole text"):
        methods.build(name, vocabulary, options=option)


def test_smaller_draws_of_fictional_reviews_are_part_of_larger_ones(reviews):
    small, large = (methods.drawn(reviews, number, seed=4) for number in (3, 9))
    assert len(small) == 3
    assert {review.id for review in small} < {review.id for review in large}
    assert methods.drawn(reviews, True) == reviews
    assert list(methods.drawn(reviews, False)) == []
    with pytest.raises(ConfigError, match=r"methods\.fictional is 99; there are 16"):
        methods.drawn(reviews, 99)
