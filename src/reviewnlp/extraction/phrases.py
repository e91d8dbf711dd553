"""Phrases in bracket notation as states: which words lead on from where.

Alternatives share what follows them, so that the states of a phrase grow with its length and not with the number
of phrases that it stands for.
"""

from __future__ import annotations

import dataclasses

from reviewnlp.errors import ReviewNLPError
from reviewnlp.extraction.words import Words

#: Stands for any one word.
ANY = "_"


@dataclasses.dataclass(eq=False, slots=True)
class State:
    """A place in a phrase: the states that each next word leads to, and whether the phrase may end here."""

    leads: dict[str, list[State]] = dataclasses.field(default_factory=dict)
    is_end: bool = False


def read_phrase(phrase: str) -> State:
    """Return the state before the first word of a phrase.

    Examples
    --------
    >>> start = read_phrase("found (dead|lifeless)")
    >>> sorted(start.leads["found"][0].leads)
    ['dead', 'lifeless']

    Raises
    ------
    ReviewNLPError
        When the brackets do not match.
    """
    if phrase.count("(") != phrase.count(")"):
        raise ReviewNLPError(f"brackets do not match in the lexicon phrase {phrase!r}")
    return _Reader(phrase).state(0)


class _Reader:
    """Reads one phrase: first as pieces of text between nodes, then as words between states."""

    def __init__(self, phrase: str) -> None:
        self._pieces: list[list[tuple[str, int]]] = [[]]
        self._states: dict[int, State] = {}
        self._last = self._read(phrase, 0)

    def state(self, node: int) -> State:
        """Return the state of a node at which a word begins."""
        known = self._states.get(node)
        if known is None:
            known = self._states[node] = State()
            self._follow(known, node, "")
        return known

    def _follow(self, state: State, node: int, begun: str) -> None:
        """Give a state the words that begin with the letters ``begun`` before a node."""
        if node == self._last:
            if begun:
                _lead(state, begun, State(is_end=True))
            else:
                state.is_end = True
        for piece, after in self._pieces[node]:
            if piece == " " and begun:
                _lead(state, begun, self.state(after))
            else:
                self._follow(state, after, begun + piece.strip())

    def _read(self, text: str, node: int) -> int:
        """Add the pieces of a text after a node; return the node at its end."""
        at = 0
        while at < len(text):
            if text[at] == "(":
                after = self._new()
                alternatives, at = _alternatives(text, at)
                for alternative in alternatives:
                    self._pieces[self._read(alternative, node)].append(("", after))
            else:
                first, at = at, at + 1
                while text[first] != " " and at < len(text) and text[at] not in "( ":
                    at += 1
                after = self._new()
                self._pieces[node].append((text[first:at], after))
            node = after
        return node

    def _new(self) -> int:
        self._pieces.append([])
        return len(self._pieces) - 1


def _alternatives(text: str, opening: int) -> tuple[list[str], int]:
    """Return what stands between a bracket and its end, split at "|", and the place after the end."""
    depth, first, found = 0, opening + 1, []
    for place in range(opening, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if (depth == 1 and text[place] == "|") or depth == 0:
            found.append(text[first:place])
            first = place + 1
        if depth == 0:
            break
    return found, first


def _lead(state: State, text: str, after: State) -> None:
    """Let a word lead from one state to another; text such as "a&e" is several words."""
    forms = [ANY] if text == ANY else [text.lower()] if text.isascii() and text.isalnum() else Words.of(text).forms
    for form in forms[:-1]:
        between = State()
        state.leads.setdefault(form, []).append(between)
        state = between
    state.leads.setdefault(forms[-1], []).append(after)
