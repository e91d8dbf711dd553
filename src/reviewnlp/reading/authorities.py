"""The places that a title names: known authorities and partnerships, told apart or kept whole."""

from __future__ import annotations

import csv
import dataclasses
import re
from functools import cache, lru_cache
from typing import NamedTuple

from reviewnlp.reading.wordlists import alternatives, word_list
from reviewnlp.resources import shipped

_JOINT = re.compile(r"[ \t]*,[ \t]*(?:and[ \t]+)?|[ \t]+and[ \t]+|[ \t]*[&/+][ \t]*", re.IGNORECASE)
_LONGEST = 120


@dataclasses.dataclass(frozen=True, slots=True)
class Authority:
    """A local authority, or a partnership of several (``members``), with its nation."""

    name: str
    nation: str
    kind: str
    members: tuple[str, ...] = ()


class Places(NamedTuple):
    """The places of a title as written; ``known`` says that every one is in the gazetteer, or is "Anonymous"."""

    names: tuple[str, ...]
    known: bool


def find_authority(name: str) -> Authority | None:
    """Look a place up in the gazetteer, by its name or an alias, without its board's words.

    Examples
    --------
    >>> find_authority("Greenwich Safeguarding Children Board").nation
    'England'
    """
    gazetteer = _gazetteer()
    return gazetteer.get(_folded(name)) or gazetteer.get(_folded(without_board(name)))


def is_known(name: str) -> bool:
    """Say whether a text is, word for word, a name or alias of the gazetteer."""
    return _folded(name) in _gazetteer()


@lru_cache(maxsize=4096)
def read_places(text: str) -> Places:
    """Read the part of a title that names the authority.

    Parameters
    ----------
    text
        Such as "Croydon and Lewisham" or "Greenwich Safeguarding Children Board".

    Returns
    -------
    Places
        As written, board words dropped. A list is split where every part of it is known and the whole is not;
        otherwise the whole is one place. "Anonymous" names none.
    """
    text = text.strip(" \t,.:;")
    if not text or len(text) > _LONGEST:
        return Places((text,) if text else (), False)
    if _folded(text) in _anonymous() or _folded(without_board(text)) in _anonymous():
        return Places((), True)
    if _folded(text) in _gazetteer():
        return Places((text,), True)
    bare = without_board(text)
    if _folded(bare) in _gazetteer():
        return Places((bare,), True)
    parts = _split(bare)
    return Places(tuple(parts), True) if parts else Places((bare,), False)


def without_board(text: str) -> str:
    """Return a place's name without the words for its board, partnership or council."""
    kept = text.strip()
    for _ in range(3):
        shorter = _board().sub("", kept).strip(" \t,;:(-–")
        if not shorter or shorter == kept:
            break
        kept = shorter
    if _folded(kept) not in _gazetteer():
        head = _board_head().match(kept)
        rest = kept[head.end() :].strip() if head else ""
        # "City of Thornwick" may be a place's whole name; a "Borough of …" is not.
        if head and rest and ("borough" in head[0].lower() or _folded(rest) in _gazetteer()):
            return rest
    return kept


def _split(text: str) -> list[str]:
    """Split a list of places into the fewest known ones, or return []."""
    cuts = [(0, 0), *((m.start(), m.end()) for m in _JOINT.finditer(text)), (len(text), len(text))]
    if not 3 <= len(cuts) <= 14:
        return []
    gazetteer = _gazetteer()
    best: list[list[str] | None] = [None] * len(cuts)
    best[0] = []
    for stop in range(1, len(cuts)):
        for start in range(stop):
            before, part = best[start], text[cuts[start][1] : cuts[stop][0]]
            if before is None or _folded(part) not in gazetteer:
                part = without_board(part) if before is not None else part
                if before is None or _folded(part) not in gazetteer:
                    continue
            known = best[stop]
            if known is None or len(before) + 1 < len(known):
                best[stop] = [*before, part]
    return best[-1] or []


@cache
def _gazetteer() -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    with shipped("data", "authorities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            members = tuple(filter(None, row["members"].split("; ")))
            authority = Authority(row["name"], row["nation"], row["kind"], members)
            for name in (row["name"], *filter(None, row["aliases"].split("; "))):
                found.setdefault(_folded(name), authority)
    return found


@cache
def _anonymous() -> frozenset[str]:
    return frozenset(map(_folded, word_list("titles")["anonymous"]))


@cache
def _board() -> re.Pattern[str]:
    words = alternatives(word.replace("'", "’") for word in word_list("titles")["board_words"])
    return re.compile(rf"(?<=\S)[ \t,(]+(?:{words.replace('’', '[’‘`' + chr(39) + ']')})\)?$", re.IGNORECASE)


@cache
def _board_head() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(word_list('titles')['board_heads'])})[ \t]+(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    folded = re.sub(r"[‐-―−/-]", " ", name.casefold().replace("&", " and ").replace("+", " and "))
    folded = " ".join(re.sub(r"[.,;:'’‘`()]", " ", folded).split())
    return folded.removeprefix("the ")
