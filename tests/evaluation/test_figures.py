import numpy as np
import pytest
from scipy.stats import bootstrap, permutation_test

from reviewnlp.evaluation import figures, metrics

GENERATOR = np.random.default_rng(7)
TRUTH = GENERATOR.random((3, 40, 12)) < 0.25
TRUTH[:, :, 0] = True
SCORES = GENERATOR.random((3, 40, 12)) + 0.4 * TRUTH


def assigned(k=3):
    return np.stack([metrics.top(scores, k) for scores in SCORES])


def test_mean_leaves_out_documents_without_a_value():
    figure = figures.estimate(figures.mean_tally([[1.0, 0.0, np.nan]]))
    assert (figure.value, figure.documents) == (0.5, 2)


@pytest.mark.parametrize(
    ("tally", "of_repeat"),
    [
        (figures.micro_f1_tally(TRUTH, assigned()), lambda r: metrics.micro_f1(TRUTH[r], assigned()[r])),
        (figures.macro_f1_tally(TRUTH, assigned()), lambda r: metrics.macro_f1(TRUTH[r], assigned()[r])),
        (figures.coverage_tally(assigned(1)), lambda r: metrics.coverage(assigned(1)[r])),
        (
            figures.calibration_tally(TRUTH, SCORES / 1.4),
            lambda r: metrics.calibration_error(TRUTH[r], SCORES[r] / 1.4),
        ),
        (
            figures.mean_tally([metrics.ndcg_at(TRUTH[r], SCORES[r], 5) for r in range(3)]),
            lambda r: np.mean(metrics.ndcg_at(TRUTH[r], SCORES[r], 5)),
        ),
    ],
)
def test_value_is_the_mean_over_repeats_of_the_plain_metric(tally, of_repeat):
    assert figures.estimate(tally).value == pytest.approx(np.mean([of_repeat(r) for r in range(3)]))


def test_interval_agrees_with_scipy_bootstrap():
    values = metrics.recall_at(TRUTH[0], SCORES[0], 3)
    figure = figures.estimate(figures.mean_tally(values), resamples=20000)
    expected = bootstrap(
        (values,), np.mean, n_resamples=20000, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval
    assert (figure.low, figure.high) == pytest.approx((expected.low, expected.high), abs=0.004)


def test_repeating_the_same_results_does_not_narrow_the_interval():
    values = metrics.recall_at(TRUTH[0], SCORES[0], 3)
    once, often = figures.mean_tally([values]), figures.mean_tally([values] * 5)
    assert figures.estimate(once) == figures.estimate(often)


@pytest.mark.parametrize("tally", [figures.coverage_tally(assigned()), figures.macro_f1_tally(TRUTH, assigned())])
def test_what_depends_on_the_number_of_documents_is_tested_but_has_no_interval(tally):
    figure = figures.estimate(tally)
    assert (figure.low, figure.high) == (None, None)
    assert figures.compare(tally, tally) == figures.Comparison(0.0, None, None, 1.0)


def test_a_single_document_has_no_interval():
    assert figures.estimate(figures.mean_tally([[0.5]])) == figures.Figure(0.5, None, None, 1)


def test_same_seed_same_interval():
    tally = figures.micro_f1_tally(TRUTH, assigned())
    assert figures.estimate(tally, seed=3) == figures.estimate(tally, seed=3)
    assert figures.estimate(tally, seed=3).low != figures.estimate(tally, seed=4).low


def test_p_value_agrees_with_scipy_permutation_test():
    better, worse = GENERATOR.random(15) + 0.15, GENERATOR.random(15)
    comparison = figures.compare(figures.mean_tally(better), figures.mean_tally(worse), resamples=20000)
    expected = permutation_test(
        (better, worse),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=np.inf,
    )
    assert comparison.difference == pytest.approx(np.mean(better - worse))
    assert comparison.p == pytest.approx(expected.pvalue, abs=0.01)


def test_a_method_does_not_differ_from_itself():
    tally = figures.micro_f1_tally(TRUTH, assigned())
    assert figures.compare(tally, tally) == figures.Comparison(0.0, 0.0, 0.0, 1.0)


def test_a_clear_difference_is_found_and_its_interval_excludes_zero():
    right, wrong = figures.mean_tally(np.ones(30)), figures.mean_tally(np.zeros(30))
    comparison = figures.compare(right, wrong)
    assert comparison.difference == comparison.low == comparison.high == 1
    assert comparison.p is not None
    assert comparison.p < 0.001


def test_methods_on_different_documents_are_not_compared():
    with pytest.raises(ValueError, match="not the same documents"):
        figures.compare(figures.mean_tally(np.ones(3)), figures.mean_tally(np.ones(4)))


def test_p_values_are_spread_evenly_where_nothing_differs():
    generator = np.random.default_rng(0)
    ps = [
        figures.compare(
            figures.mean_tally(generator.random(25)), figures.mean_tally(generator.random(25)), resamples=200
        ).p
        for _ in range(200)
    ]
    assert 0.01 <= np.mean(np.array(ps) < 0.05) <= 0.10
