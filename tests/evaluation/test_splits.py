import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewnlp import ConfigError, Keyword, Review
from reviewnlp.evaluation import splits

WORDS = [
    "child",
    "school",
    "health",
    "visitor",
    "mother",
    "home",
    "police",
    "risk",
    "support",
    "plan",
    "harm",
]


def review(i, terms=(), year=2017, text=None):
    generator = np.random.default_rng(i)
    return Review(
        id=f"{year}-{i}",
        text=text or " ".join(generator.choice(WORDS, 60)),
        year=year,
        keywords=tuple(Keyword(term, term, "exact") for term in terms),
    )


def corpus(size=40):
    return [review(i, ("common",) if i % 2 else ("rare", "common") if i % 10 == 0 else ()) for i in range(size)]


def test_each_review_is_tested_once_a_repeat():
    reviews = corpus()
    made = splits.repeated_folds(reviews, folds=5, repeats=3, seed=1)
    assert len(made) == 15
    for repeat in range(3):
        tested = [i for split in made if split.repeat == repeat for i in split.test]
        assert sorted(tested) == list(range(len(reviews)))
    for split in made:
        assert sorted(split.train + split.test) == list(range(len(reviews)))


def test_same_seed_same_folds_and_repeats_differ():
    reviews = corpus()
    assert splits.repeated_folds(reviews, seed=1) == splits.repeated_folds(reviews, seed=1)
    assert splits.repeated_folds(reviews, seed=1) != splits.repeated_folds(reviews, seed=9)
    first, second = splits.repeated_folds(reviews, folds=2, repeats=2)[::2]
    assert first.test != second.test


def test_stratified_folds_share_out_a_rare_term():
    reviews = corpus()
    for split in splits.repeated_folds(reviews, folds=4, repeats=3):
        assert sum("rare" in reviews[i].terms for i in split.test) == 1


def test_unstratified_folds_are_of_equal_size():
    sizes = {len(split.test) for split in splits.repeated_folds(corpus(), stratify=False)}
    assert sizes == {8}


@given(st.integers(0, 1000))
def test_near_duplicate_texts_stay_on_one_side(seed):
    reviews = corpus(20)
    copy = review(99, text=reviews[3].text + " and one more line")
    for split in splits.repeated_folds([*reviews, copy], folds=4, repeats=1, seed=seed):
        assert (3 in split.test) == (20 in split.test)


def test_small_changes_of_wording_do_not_separate_texts():
    text = " ".join(np.random.default_rng(0).choice(WORDS, 60))
    other = " ".join(np.random.default_rng(1).choice(WORDS, 60))
    edited = text.upper().replace(" ", ",  ", 3) + " indeed"
    assert splits.near_duplicates([other, text, edited, "", ""]).tolist() == [0, 1, 1, 2, 2]


def test_near_duplicates_agree_with_counting_pairs():
    texts = [review(i).text for i in range(6)] + [review(2).text[:200], review(2).text[100:]]
    runs = [{tuple(t.split()[i : i + 4]) for i in range(len(t.split()) - 3)} for t in texts]
    groups = splits.near_duplicates(texts)
    for a in range(len(texts)):
        for b in range(len(texts)):
            if len(runs[a] & runs[b]) >= 0.5 * len(runs[a] | runs[b]):
                assert groups[a] == groups[b]
    assert len(set(groups)) < len(texts)


def test_no_texts_are_no_groups():
    assert splits.near_duplicates([]).tolist() == []


def test_more_folds_than_different_reviews_is_an_error():
    same = [review(1), review(1), review(2)]
    with pytest.raises(ConfigError, match=r"split\.folds is 3; with 2 different reviews"):
        splits.repeated_folds(same, folds=3)
    with pytest.raises(ConfigError, match="at least two different reviews; there are 1"):
        splits.repeated_folds(same[:2], folds=2)
    with pytest.raises(ConfigError, match=r"split\.repeats"):
        splits.repeated_folds(corpus(), repeats=0)


@given(st.integers(2, 6), st.integers(0, 50))
def test_no_fold_is_empty_however_the_terms_fall(folds, seed):
    generator = np.random.default_rng(seed)
    reviews = [review(i, [t for t in "abcdef" if generator.random() < 0.4]) for i in range(folds)]
    assert all(split.test for split in splits.repeated_folds(reviews, folds=folds, repeats=1, seed=seed))


def test_split_by_year_trains_on_the_past():
    reviews = [review(i, year=2017 + i % 3) for i in range(12)]
    (split,) = splits.by_year(reviews, train={2017, 2018}, test={2019})
    assert {reviews[i].year for i in split.train} == {2017, 2018}
    assert {reviews[i].year for i in split.test} == {2019}
    assert split.name == "2017-2018 to 2019"


def test_split_by_year_trains_on_no_copy_of_a_test_review():
    reviews = [review(0, year=2017), review(1, year=2017), review(2, year=2018, text=review(1).text)]
    assert splits.by_year(reviews, train={2017}, test={2018})[0].train == (0,)


def test_years_on_both_sides_are_cross_validated():
    reviews = [review(i, year=2017 + i % 3) for i in range(30)]
    made = splits.by_year(reviews, train={2017, 2019}, test={2019}, folds=5, repeats=2)
    assert len(made) == 10
    of_2017, of_2019 = ({i for i, r in enumerate(reviews) if r.year == year} for year in (2017, 2019))
    for split in made:
        assert set(split.train) == of_2017 | (of_2019 - set(split.test))
    assert sorted(i for split in made if split.repeat == 1 for i in split.test) == sorted(of_2019)


def test_split_by_year_names_what_is_wrong():
    reviews = [review(0, year=2017), review(1, year=2018)]
    with pytest.raises(ConfigError, match="2017 to 2017-2018: the test years must be all among"):
        splits.by_year(reviews, train={2017}, test={2017, 2018})
    with pytest.raises(ConfigError, match=r"no review of the years \[2020\] to test on; the corpus has \[2017, 2018\]"):
        splits.by_year(reviews, train={2017}, test={2020})


def test_smaller_training_sides_are_nested():
    split = splits.repeated_folds(corpus(), folds=4, repeats=1)[0]
    sides = [set(splits.smaller(split, size, seed=5).train) for size in (5, 10, 30)]
    assert [len(side) for side in sides] == [5, 10, 30]
    assert sides[0] < sides[1] < sides[2] == set(split.train)
    with pytest.raises(ConfigError, match="31 training reviews asked for; there are 30"):
        splits.smaller(split, 31)


def test_near_duplicates_are_found_across_the_rows_compared_at_a_time(monkeypatch):
    monkeypatch.setattr(splits, "_ROWS", 3)
    monkeypatch.setattr(splits, "_PAIRS", 2)
    texts = [review(i).text for i in range(8)]
    copies = [f"{text} and one more line" for text in reversed(texts)]
    assert splits.near_duplicates([*texts, *copies]).tolist() == [*range(8), *reversed(range(8))]
