"""The chance of a term beside the terms that a review has."""

import numpy as np
import pytest

from reviewnlp.auditing.company import Company, Kin, chances
from reviewnlp.vocabulary import Term, Vocabulary

VOCABULARY = Vocabulary(
    (
        Term("alcohol misuse"),
        Term("burns"),
        Term("drug misuse"),
        Term("harm"),
        Term("scalds", broader=("burns",)),
    ),
)
ALCOHOL, BURNS, DRUGS, HARM, SCALDS = range(5)


def table(*rows):
    given = np.zeros((len(rows), len(VOCABULARY)), dtype=bool)
    for place, terms in enumerate(rows):
        given[place, terms] = True
    return given


@pytest.fixture
def kin():
    return Kin.of(VOCABULARY)


def test_kin_knows_levels(kin):
    assert kin.linked[BURNS, SCALDS]
    assert kin.linked[SCALDS, BURNS]
    assert kin.linked.sum() == 2


def test_only_other_reviews_tell_what_goes_together(kin):
    given = table([ALCOHOL, DRUGS], [BURNS], [HARM])
    company = Company(given, np.full(3, 2020), kin)
    together = company.columns(0, np.array([ALCOHOL]), slice(None))[:, 0]
    assert together[DRUGS] == 0


def test_a_review_without_other_terms_has_no_company(kin):
    columns = Company(table([ALCOHOL], [BURNS]), np.zeros(2, dtype=int), kin).columns(0, np.array([], dtype=int), [1])
    assert columns.shape == (1, 4)
    assert np.isfinite(columns).all()


def test_what_goes_with_the_given_terms_is_likelier(kin):
    # Alcohol always comes with drugs, burns always with scalds; the text says nothing.
    given = table(*[[ALCOHOL, DRUGS], [BURNS, SCALDS]] * 30, [ALCOHOL], [BURNS])
    scores = np.full(given.shape, 0.4, dtype=np.float32)
    chance = chances(scores, given, np.full(len(given), 2020), kin, seed=0)
    assert chance[-2, DRUGS] > 2 * chance[-2, SCALDS]
    assert chance[-1, SCALDS] > 2 * chance[-1, DRUGS]


def test_a_review_with_all_the_terms_that_are_usual_lacks_none(kin):
    given = table(*[[ALCOHOL, BURNS], [DRUGS, HARM], [BURNS, DRUGS], [ALCOHOL, HARM]] * 15, [HARM])
    scores = np.full(given.shape, 0.4, dtype=np.float32)
    chance = chances(scores, given, np.full(len(given), 2020), kin, seed=0)
    assert chance[-1, BURNS] > 5 * chance[0, HARM]


def test_the_same_seed_gives_the_same_chances(kin):
    given = table(*[[ALCOHOL, DRUGS], [BURNS, SCALDS], [HARM]] * 10)
    scores = np.random.default_rng(0).uniform(0, 0.5, given.shape).astype(np.float32)
    one, other = (chances(scores, given, np.zeros(30, dtype=int), kin, seed=3) for _ in range(2))
    assert (one == other).all()
