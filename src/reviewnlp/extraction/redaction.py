"""Names and labels replaced by placeholders, so that a text can be shared."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from reviewnlp.extraction.child_rows import months
from reviewnlp.extraction.knowledge import load
from reviewnlp.records import Review
from reviewnlp.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewnlp.records import Age, Facts, Person


@dataclasses.dataclass(frozen=True)
class Replacement(Record):
    """What stands for somebody, or for an age, in a redacted text.

    ``forms`` are the words that were replaced: keep a report with them apart from the text. ``count`` says how often.
    """

    placeholder: str
    forms: tuple[str, ...]
    count: int


@dataclasses.dataclass(frozen=True)
class Redaction(Record):
    """A text without the names of the people in it, and the report of what was replaced."""

    text: str
    replacements: tuple[Replacement, ...] = ()


def redact(review_or_text: Review | str, *, ages: bool = False) -> Redaction:
    """Replace the names and labels of people by placeholders such as ``[CHILD 1]`` and ``[ADULT 2]``.

    A person has one placeholder throughout, numbered in the order in which the text names them first. Names that
    extraction does not take for people stay: read the report before you share the text. Places and dates stay.

    Parameters
    ----------
    review_or_text
        A parsed review, or a text.
    ages
        Whether ages become bands ("[AGE 1-5]") as well.

    Returns
    -------
    Redaction

    Examples
    --------
    >>> redact("Death of a girl, Wren, aged 3. Wren's mother was away.", ages=True).text
    "Death of a girl, [CHILD 1], aged [AGE 1-5]. [CHILD 1]'s mother was away."
    """
    from reviewnlp.extraction.extractor import extract

    text = review_or_text.text if isinstance(review_or_text, Review) else review_or_text
    facts = extract(review_or_text)
    spans = sorted({*_names(text, facts), *(_bands(facts) if ages else ())})
    pieces, at, counts = [], 0, dict[str, dict[str, int]]()
    for start, end, placeholder in spans:
        if start < at:
            continue
        pieces += [text[at:start], placeholder]
        forms = counts.setdefault(placeholder, {})
        forms[text[start:end]] = forms.get(text[start:end], 0) + 1
        at = end
    pieces.append(text[at:])
    report = tuple(Replacement(name, tuple(forms), sum(forms.values())) for name, forms in counts.items())
    return Redaction("".join(pieces), report)


def _names(text: str, facts: Facts) -> Iterator[tuple[int, int, str]]:
    numbers = {"CHILD": 0, "ADULT": 0}
    for person in sorted(facts.people, key=lambda person: person.start):
        kind = "ADULT" if person.role in ("parent", "other_adult") else "CHILD"
        numbers[kind] += 1
        for start, end in _places(text, person):
            yield start, end, f"[{kind} {numbers[kind]}]"


def _places(text: str, person: Person) -> Iterator[tuple[int, int]]:
    """Yield where a person is named: the mentions, and every other place where a full name or alias stands."""
    yield from person.mentions
    for form in (person.name, *person.aliases):
        if len(form) < 3:
            continue  # a letter alone is a name only where it was read as one
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE if " " in form else 0):
            yield match.span()


def _bands(facts: Facts) -> Iterator[tuple[int, int, str]]:
    for age in facts.ages:
        yield age.start, age.end, f"[AGE {_band(age)}]"


def _band(age: Age) -> str:
    """Return the band of an age, in years; that of its lower end, or of its upper end when it has no other."""
    bands: list[dict[str, str | int]] = load("bands.toml")["band"]
    at = months(age.min) if age.min else months(age.max)
    if at is None:
        return "unknown"
    if age.min is None:
        at = max(0.0, at - 0.01)
    return next(str(band["name"]) for band in bands if at < float(band["below_months"]))
