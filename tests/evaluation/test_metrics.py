import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import label_ranking_average_precision_score, ndcg_score

from reviewnlp.evaluation import metrics

# Two documents, five terms. Ranking of the first: b, a, e, c, d; of the second: a, b, c, d, e (all ties).
TRUTH = np.array([[1, 0, 1, 0, 0], [0, 1, 0, 0, 1]], dtype=bool)
SCORES = np.array([[0.8, 0.9, 0.2, 0.1, 0.5], [0.3, 0.3, 0.3, 0.3, 0.3]])


@st.composite
def problems(draw):
    seed = draw(st.integers(0, 2**32 - 1))
    documents, terms = draw(st.integers(1, 6)), draw(st.integers(2, 9))
    generator = np.random.default_rng(seed)
    truth = generator.random((documents, terms)) < 0.3
    levels = draw(st.sampled_from([2, 5, 10**6]))
    return truth, generator.integers(0, levels, (documents, terms)) / levels, draw(st.integers(1, 10))


def test_precision_recall_and_f1_by_hand():
    assert metrics.precision_at(TRUTH, SCORES, 2).tolist() == [0.5, 0.5]
    assert metrics.recall_at(TRUTH, SCORES, 2).tolist() == [0.5, 0.5]
    assert metrics.recall_at(TRUTH, SCORES, 4).tolist() == [1.0, 0.5]
    # 2 * hits / (k + number of gold terms): 2 * 2 / (4 + 2) and 2 * 1 / (4 + 2).
    assert metrics.f1_at(TRUTH, SCORES, 4) == pytest.approx([4 / 6, 2 / 6])


def test_ndcg_by_hand():
    # Hits at ranks 2 and 4; the best ranking has them at 1 and 2.
    gained = 1 / np.log2(3) + 1 / np.log2(5)
    assert metrics.ndcg_at(TRUTH, SCORES, 5)[0] == pytest.approx(gained / (1 + 1 / np.log2(3)))
    assert metrics.ndcg_at(TRUTH, SCORES, 1).tolist() == [0.0, 0.0]


def test_ranking_precision_by_hand():
    # First document: a is second with one gold term at or above it, c fourth with two.
    assert metrics.ranking_precision(TRUTH, SCORES)[0] == pytest.approx((1 / 2 + 2 / 4) / 2)
    # All five terms tie: each gold term stands, at worst, behind all of them.
    assert metrics.ranking_precision(TRUTH, SCORES)[1] == pytest.approx(2 / 5)


@given(problems())
def test_ndcg_agrees_with_scikit_learn(problem):
    truth, scores, k = problem
    untied = scores - np.arange(scores.shape[1]) * 1e-9
    values = metrics.ndcg_at(truth, scores, k)
    for row in np.flatnonzero(truth.any(axis=1)):
        expected = ndcg_score(truth[row : row + 1], untied[row : row + 1], k=k, ignore_ties=True)
        assert values[row] == pytest.approx(expected)


@given(problems())
def test_ranking_precision_agrees_with_scikit_learn(problem):
    truth, scores, _ = problem
    values = metrics.ranking_precision(truth, scores)
    for row in np.flatnonzero(truth.any(axis=1)):
        expected = label_ranking_average_precision_score(truth[row : row + 1], scores[row : row + 1])
        assert values[row] == pytest.approx(expected)


@given(problems())
def test_figures_at_k_agree_with_counting_in_sets(problem):
    truth, scores, k = problem
    for row in np.flatnonzero(truth.any(axis=1)):
        gold = set(np.flatnonzero(truth[row]))
        first = sorted(range(truth.shape[1]), key=lambda term: (-scores[row, term], term))[:k]
        hits = len(gold & set(first))
        assert metrics.precision_at(truth, scores, k)[row] == pytest.approx(hits / k)
        assert metrics.recall_at(truth, scores, k)[row] == pytest.approx(hits / len(gold))
        assert metrics.f1_at(truth, scores, k)[row] == pytest.approx(2 * hits / (k + len(gold)))


@pytest.mark.parametrize(
    "figure",
    [
        lambda t, s: metrics.precision_at(t, s, 3),
        lambda t, s: metrics.recall_at(t, s, 3),
        lambda t, s: metrics.f1_at(t, s, 3),
        lambda t, s: metrics.ndcg_at(t, s, 3),
        metrics.ranking_precision,
        lambda t, s: metrics.propensity_gains_at(t, s, np.full(5, 0.5), 3)[0],
    ],
)
def test_document_without_gold_terms_has_no_value(figure):
    truth = TRUTH.copy()
    truth[0] = False
    values = figure(truth, SCORES)
    assert np.isnan(values[0])
    assert np.isfinite(values[1])


def test_propensities_by_hand():
    # N = 100, A = 0.55, B = 1.5: C = (ln 100 - 1) * 2.5 ** 0.55.
    c = (np.log(100) - 1) * 2.5**0.55
    expected = [1 / (1 + c * 1.5**-0.55), 1 / (1 + c * 11.5**-0.55)]
    assert metrics.propensities([0, 10], 100) == pytest.approx(expected)
    with pytest.raises(ValueError, match="at least 3"):
        metrics.propensities([0, 1], 2)


def test_propensity_gains_by_hand():
    propensity = np.array([0.5, 1.0, 0.25, 1.0, 1.0])
    gained, best = metrics.propensity_gains_at(TRUTH, SCORES, propensity, 2)
    # First document: a (1 / 0.5) is among the first two; c (1 / 0.25) and a would have been best.
    assert (gained[0], best[0]) == (1.0, 3.0)
    # Propensities of 1 make it plain P@k.
    assert metrics.propensity_gains_at(TRUTH, SCORES, np.ones(5), 2)[0].tolist() == [0.5, 0.5]


def test_micro_and_macro_f1_by_hand():
    given_terms = np.array([[1, 1, 0, 0, 0], [0, 1, 0, 0, 0]], dtype=bool)
    # Two hits of four gold and three assigned; a and b are found (F1 1 and 2/3), c and e are not.
    assert metrics.micro_f1(TRUTH, given_terms) == pytest.approx(4 / 7)
    assert metrics.macro_f1(TRUTH, given_terms) == pytest.approx((1 + 2 / 3 + 0 + 0) / 4)


def test_f1_of_a_single_term_is_that_of_its_documents():
    truth, assigned = np.array([[True], [False], [True]]), np.array([[True], [True], [False]])
    assert metrics.micro_f1(truth, assigned) == pytest.approx(0.5)
    assert metrics.macro_f1(truth, assigned) == pytest.approx(0.5)


def test_f1_of_nothing_at_all_is_undefined():
    nothing = np.zeros((2, 3), dtype=bool)
    assert np.isnan(metrics.micro_f1(nothing, nothing))
    assert np.isnan(metrics.macro_f1(nothing, ~nothing))


def test_coverage_counts_terms_assigned_anywhere():
    assert metrics.coverage(metrics.top(SCORES, 1)) == pytest.approx(2 / 5)


def test_calibration_error_by_hand():
    # Bin 0.8-0.9: two of three right at mean 0.85; bin 0.1-0.2: none of two at mean 0.15.
    outcome, sure = [1, 1, 0, 0, 0], [0.85, 0.86, 0.84, 0.15, 0.15]
    expected = (3 * abs(2 / 3 - 0.85) + 2 * 0.15) / 5
    assert metrics.calibration_error(outcome, sure) == pytest.approx(expected)
    assert metrics.calibration_error([1], [1.0]) == 0
    assert np.isnan(metrics.calibration_error([], []))
    with pytest.raises(ValueError, match="0-1"):
        metrics.calibration_error([1], [1.2])


def test_consistency_by_hand():
    first, second = np.array([1, 1, 1, 0, 0]), np.array([0, 1, 1, 1, 0])
    assert metrics.hooper(first, second) == pytest.approx(2 / 4)
    assert metrics.rolling(first, second) == pytest.approx(2 * 2 / 6)
    nobody = np.zeros(5)
    assert np.isnan(metrics.hooper(nobody, nobody))
    assert np.isnan(metrics.rolling(nobody, nobody))


@given(problems())
def test_rolling_follows_from_hooper(problem):
    truth, scores, _ = problem
    h, r = metrics.hooper(truth, scores > 0.5), metrics.rolling(truth, scores > 0.5)
    assert r == pytest.approx(2 * h / (1 + h), nan_ok=True)


def test_unusable_scores_are_refused_with_their_row():
    broken = SCORES.copy()
    broken[1, 2] = np.nan
    with pytest.raises(ValueError, match="row 1"):
        metrics.precision_at(TRUTH, broken, 1)
    with pytest.raises(ValueError, match="one row a document"):
        metrics.recall_at(TRUTH, SCORES[:1], 1)
    with pytest.raises(ValueError, match="from 1"):
        metrics.f1_at(TRUTH, SCORES, 0)
