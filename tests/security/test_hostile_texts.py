"""Texts made to be slow: time grows with length, not with its square.

The bound is on processor time and generous: what takes seconds here would take an hour if its time were quadratic.
"""

import signal
from contextlib import contextmanager
from itertools import count, islice

import pytest

from reviewnlp.extraction import Extractor
from reviewnlp.reading import parse_text
from reviewnlp.records import Review

SIZE = 30_000
FRAGMENTS = [
    "(",
    "1-",
    "aged ",
    "mother of ",
    "Child A, ",
    "between 1 and ",
    "died by ",
    "in May 2019 ",
    "twins' ",
    "\n",
]


@contextmanager
def within(seconds):
    def stop(_signal, _frame):
        raise TimeoutError(f"more than {seconds} seconds of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.fixture(scope="module")
def extractor():
    ready = Extractor()
    ready("Death of a boy.")
    return ready


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_extracting_takes_time_in_proportion(fragment, extractor):
    with within(20):
        facts = extractor(fragment * (SIZE // len(fragment)))
    assert facts.id == "untitled"


@pytest.mark.parametrize("fragment", ["{} ran. ", "Child {} and ", "Children {}, {}a and {}b. ", "{}'s mother and "])
def test_many_different_names_take_time_in_proportion(fragment, extractor):
    """Names are compared with those before them and asked for in the whole text: 160,000 letters took half a minute."""
    names = ("B" + "".join("aeioulnrst"[int(digit)] for digit in str(number)) for number in count())
    parts = (fragment.replace("{}", name) for name in names)
    with within(20):
        facts = extractor("".join(islice(parts, 4 * SIZE // len(fragment))))
    assert facts.id == "untitled"


@pytest.mark.parametrize(
    "fragment", ["(;", "2017 – ", "Keywords: a, ", "'a; ", "Learning: a; b. ", "- ", "<div>", "[a]("]
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_reading_takes_time_in_proportion(fragment, end):
    text = (fragment + end) * (10 * SIZE // len(fragment + end)) + "x"
    with within(20):
        listing = parse_text(text)
    assert listing.reviews or listing.furniture or listing.problems


def test_a_line_of_links_without_end_takes_time_in_proportion():
    """Each link was sought in its line anew: three megabytes took 15 seconds, now 0.7."""
    links = "".join(f"[report {number}](report/{number}) " for number in range(5 * SIZE))
    with within(20):
        listing = parse_text(f"# 2018 – Kent – Child A\n{links}")
    assert len(listing.reviews) == 1


def test_one_word_without_end_is_tokenized_whole(extractor):
    with within(20):
        doc = extractor.nlp.make_doc("(a" * SIZE)
    assert doc.text == "(a" * SIZE


def test_a_long_review_is_suggested_for(extractor):
    from reviewnlp.suggestion import load_suggester

    with within(20):
        (suggestion,) = load_suggester().suggest([Review("a", "Neglect (and domestic abuse; " * (SIZE // 28))])
    assert suggestion.keywords
