import numpy as np

from reviewnlp.evaluation import baselines
from reviewnlp.vocabulary.arrays import label_matrix


def test_popularity_suggests_the_most_used_terms_to_everybody(reviews, vocabulary):
    scores = baselines.Popularity(vocabulary).fit(reviews).scores(reviews[:2])
    uses = label_matrix(reviews, vocabulary).mean(axis=0)
    assert np.array_equal(scores, [uses, uses])


def test_tfidf_learns_the_terms_of_its_own_reviews(reviews, vocabulary):
    scores = baselines.TfidfOneVsRest(vocabulary).fit(reviews).scores(reviews)
    truth = label_matrix(reviews, vocabulary)
    assert scores.min() >= 0
    assert scores.max() <= 1
    assert scores[truth].mean() > 3 * scores[~truth].mean()


def test_lexical_match_counts_words_of_labels_and_entry_terms(reviews, vocabulary):
    import dataclasses

    term = next(term for term in vocabulary.terms if term.entry_terms)
    text = f"They spoke of {term.label.upper()} and again of {term.entry_terms[0]}."
    method = baselines.LexicalMatch(vocabulary).fit([])
    scores = method.scores([dataclasses.replace(reviews[0], text=text), dataclasses.replace(reviews[0], text="")])
    column = vocabulary.position(term.label)
    assert scores[0, column] ** 2 >= len(term.label.split()) + len(term.entry_terms[0].split()) - 1e-9
    assert not scores[1].any()
