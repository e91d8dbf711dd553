"""Ages of people, each with its holder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewnlp.extraction.age_expressions import expressions
from reviewnlp.extraction.age_holders import Holders
from reviewnlp.extraction.mentions import find_mentions
from reviewnlp.extraction.people import find_people
from reviewnlp.records import Age

if TYPE_CHECKING:
    from reviewnlp.extraction.case import Case


def find_ages(case: Case) -> tuple[Age, ...]:
    """Return every mention of a person's age in the entry, in order.

    Examples
    --------
    >>> from reviewnlp.extraction.case import Case
    >>> [(age.text, age.min) for age in find_ages(Case("A two-and-a-half-year-old; mother, 19, was ill."))]
    [('two-and-a-half-year-old', 'P2Y6M'), ('19', 'P19Y')]
    """
    text = case.text
    ends = {mention.end for mention in case.once(find_mentions)}
    ends |= {end for person in case.once(find_people) for _, end in person.mentions}
    found = expressions(text, ends)
    seen: dict[str, tuple[int, int]] = {}
    ages = []
    for age, holder in zip(found, Holders(case).of(found), strict=True):
        words = text[age.start : age.end]
        since, count = seen.get(words, (0, 0))
        count += text.count(words, since, age.end)
        seen[words] = (age.start + 1, count)
        ages.append(Age(words, count, age.least, age.most, holder, age.start, age.end))
    return tuple(ages)
