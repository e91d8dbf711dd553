"""Tables of trees score as the trees themselves do."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp.suggestion.tree_tables import TreeTables
from reviewnlp.suggestion.trees import SymmetricTrees


def one_by_one(trees: SymmetricTrees, rows: np.ndarray) -> np.ndarray:
    """Score rows tree after tree, as the definition has it."""
    scores = np.full(len(rows), trees.start_[0], dtype=np.float64)
    for columns, borders, leaves in zip(trees.columns_, trees.borders_, trees.leaves_, strict=True):
        leaf = np.zeros(len(rows), dtype=int)
        for column, border in zip(columns, borders, strict=True):
            leaf = 2 * leaf + (rows[:, column] > border)
        scores += leaves[leaf]
    return scores


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**16), st.integers(1, 40), st.integers(1, 4), st.integers(1, 3))
def test_tables_give_the_mean_of_the_ensembles(seed: int, trees: int, depth: int, ensembles: int) -> None:
    generator = np.random.default_rng(seed)
    rows = generator.normal(size=(200, 6)).astype(np.float32)
    right = rows[:, 0] + rows[:, 1] * rows[:, 2] + generator.normal(size=200) > 0
    fitted = [SymmetricTrees(trees=trees, depth=depth).fit(rows, right, number) for number in range(ensembles)]
    expected = np.mean([one_by_one(one, rows) for one in fitted], axis=0)
    assert np.allclose(TreeTables(fitted).scores(rows), expected, atol=1e-4)


def test_a_row_scores_the_same_in_any_batch() -> None:
    generator = np.random.default_rng(0)
    rows = generator.normal(size=(50, 6)).astype(np.float32)
    tables = TreeTables([SymmetricTrees(trees=30).fit(rows, rows[:, 0] > 0, 0)])
    together = tables.scores(rows)
    assert all(tables.scores(rows[n : n + 1])[0] == together[n] for n in range(50))
