"""The columns of a pair's row: what the fusion weighs."""

from __future__ import annotations

from reviewnlp.suggestion.likeness import FORMS
from reviewnlp.suggestion.signs import SIGNS

#: The signs that are names of a term, and those that are cues for it.
NAMED = slice(0, 6)
CUED = slice(6, len(SIGNS))

#: The columns of a pair's row.
COLUMNS = (
    "whole text",
    "account",
    "opening",
    "vectors",
    *(f"{name}, among the terms" for name in ("whole text", "account", "opening", "vectors")),
    "habit everywhere",
    "habit in real reviews",
    "habit of the year",
    *(f"trust: {sign}" for sign in SIGNS),
    "trust in names",
    "trust in cues",
    "trust in phrases, most",
    "trust in phrases, any",
    "share of a clause: names",
    "share of a clause: cues",
    "first place",
    "signs against",
    "places with a cue",
    "how often mentioned",
    *(f"like its {form}" for form in FORMS),
    *(f"like its {form}, among the terms" for form in FORMS),
    *(f"like its {form}, for the term" for form in FORMS),
    "related terms",
    "broader terms",
    "narrower terms",
    "year",
    "length",
)
