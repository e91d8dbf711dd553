"""The quick tokenizer gives what spaCy's gives."""

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewnlp.extraction.tokens import WarmTokenizer
from reviewnlp.reading import read_reviews
from reviewnlp.resources import shipped

PLAIN = spacy.blank("en").tokenizer
WARM = WarmTokenizer(spacy.blank("en").tokenizer)
PIECES = st.sampled_from(
    ["didn't", "e.g.", "9-week-old", "(Child K's)", "\n", "\u00a0", "“no”", "a.m.", "http://a.uk/b"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8)).map(" ".join))
def test_any_text_has_the_tokens_that_spacy_finds(text):
    for _ in range(2):
        assert [(token.text, token.whitespace_) for token in WARM(text)] == [
            (token.text, token.whitespace_) for token in PLAIN(text)
        ]


def test_reviews_have_the_tokens_that_spacy_finds():
    for review in read_reviews([shipped("data", "fictional", "reviews-2018.txt")]):
        assert [token.text for token in WARM(review.text)] == [token.text for token in PLAIN(review.text)]
