"""A listing's lines cut into entries, one a review; page furniture told from the rest, and nothing lost."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from collections.abc import Iterable, Iterator, MutableSequence
from typing import TYPE_CHECKING

from reviewnlp.reading.entry import Entry, read_entry
from reviewnlp.reading.furniture import is_furniture
from reviewnlp.reading.keywords import KeywordReader, inner_label, keyword_label
from reviewnlp.reading.lines import Line
from reviewnlp.reading.links import read_links
from reviewnlp.reading.sections import find_openings
from reviewnlp.reading.titles import read_title
from reviewnlp.records import Problem, Review
from reviewnlp.tables import refuse_larger

if TYPE_CHECKING:
    from reviewnlp.vocabulary import Vocabulary


@dataclasses.dataclass(frozen=True)
class Listing:
    """What one text holds.

    Every line that is not blank is accounted for: it lies between the lines of a review's source and its words are
    in that review (or in one of its problems), or it is in ``furniture``, or a problem of ``problems`` names it.
    """

    reviews: tuple[Review, ...]
    furniture: tuple[Line, ...]
    problems: tuple[Problem, ...]


@dataclasses.dataclass(slots=True)
class Leftovers:
    """Collects the lines that belong to no review while a listing is read."""

    furniture: MutableSequence[Line] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)


def iterate_reviews(
    lines: Iterable[Line],
    path: str,
    vocabulary: Vocabulary,
    leftovers: Leftovers,
    ids: dict[str, int],
    *,
    largest: int = sys.maxsize,
) -> Iterator[Review]:
    """Yield the reviews of a listing one by one, so that a long one need not stand in memory.

    Parameters
    ----------
    lines
        The listing's lines.
    path
        The file, for ``Review.source``.
    vocabulary
        The terms that raw keywords are matched to.
    leftovers
        Filled with the lines that belong to no review.
    ids
        How often each id was given; a repeated one gets ``-2``, ``-3``, …
    largest
        Characters of the longest entry.

    Yields
    ------
    Review

    Raises
    ------
    InputError
        An entry is longer.
    """
    keywords = KeywordReader(vocabulary)
    for entry in _entries(lines, path, leftovers, largest):
        yield read_entry(entry, path, keywords, ids)


def _entries(lines: Iterable[Line], path: str, leftovers: Leftovers, largest: int) -> Iterator[Entry]:
    """Cut lines into entries at their titles."""
    current: Entry | None = None
    preamble: list[Line] = []
    # The line before, where it belongs to an entry: a doubtful title is one only where an entry may begin.
    before: Line | None = None
    size = 0
    for line in lines:
        if is_furniture(line):
            leftovers.furniture.append(line)
            before = None
            continue
        title = read_title(line.text)
        if title and (title.certain or line.role == "heading" or before is None or _ends_entry(before)):
            if current:
                yield from _untangle(current)
            else:
                yield from _before_titles(preamble, leftovers)
            current, preamble, before, size = Entry(title, [], line.number), [], line, 0
            continue
        size += len(line.text)
        refuse_larger("what stands between two titles", size, largest, path, line.number)
        if current:
            current.lines.append(line)
        else:
            preamble.append(line)
        before = line
    if current:
        yield from _untangle(current)
    elif preamble:
        yield Entry(None, preamble, preamble[0].number)


def _ends_entry(line: Line) -> bool:
    return keyword_label(line.text) > 0 or inner_label(line.text) >= 0 or bool(read_links(line))


def _before_titles(lines: list[Line], leftovers: Leftovers) -> Iterator[Entry]:
    """Make a review of the lines before the first title if they have keywords or sections, else problems."""
    if any(_is_labelled(line) for line in lines):
        problem = Problem("no_title", "this entry has no title line", lines[0].number)
        yield Entry(None, lines, lines[0].number, [problem])
        return
    for line in lines:
        # A word such as "Learning" on its own heads a section inside an entry; before one it is navigation.
        if any(opening.heading == line.text for opening in find_openings(line.text)):
            leftovers.furniture.append(line)
            continue
        shown = line.text if len(line.text) <= 80 else line.text[:80] + "…"
        message = f"this line stands before the first title and is not known page furniture: {shown}"
        leftovers.problems.append(Problem("stray_text", message, line.number))


def _untangle(entry: Entry) -> Iterator[Entry]:
    """Yield an entry, in two where its end runs into another that has lost its title line.

    After an entry's keywords or links, text that has keywords of its own is another review.
    """
    start = 0
    for cut in _second_entries(entry.lines):
        yield dataclasses.replace(entry, lines=entry.lines[start:cut])
        start, number = cut, entry.lines[cut].number
        problem = Problem("no_title", "an entry without a title line begins here", number)
        entry = Entry(None, entry.lines, number, [problem])
    yield dataclasses.replace(entry, lines=entry.lines[start:]) if start else entry


def _second_entries(lines: list[Line]) -> Iterator[int]:
    """Find where other entries begin among the lines of one: the text between two lines of keywords."""
    labels = [index for index, line in enumerate(lines) if keyword_label(line.text) or inner_label(line.text) >= 0]
    for label, next_label in itertools.pairwise(labels):
        # The words under a bare "Keywords" heading are its keywords.
        bare = keyword_label(lines[label].text) == len(lines[label].text)
        for index in range(label + (2 if bare else 1), next_label + 1):
            line = lines[index]
            if not read_links(line) and not keyword_label(line.text) and not find_openings(line.text):
                yield index
                break


def _is_labelled(line: Line) -> bool:
    return _ends_entry(line) or any(
        opening.heading and opening.heading != line.text for opening in find_openings(line.text)
    )
