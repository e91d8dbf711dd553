"""The written forms of a term, from strict to loose: what is set aside when two forms are compared."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_SPACE = re.compile(r"\s+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_NOT_WORD = re.compile(r"[^\w']+")
_POSSESSIVE = re.compile(r"'s?(?= |$)")


def folded(form: str) -> str:
    """Letters in one case and white space in one form; punctuation counts."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", form)).strip().casefold()


def plain(form: str) -> str:
    """Words in lower case, without accents or punctuation."""
    letters = unicodedata.normalize("NFKD", folded(form).replace("&", " and "))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", _POSSESSIVE.sub("s", _APOSTROPHE.sub("'", letters))).replace("'", "").strip()


def joined(form: str) -> str:
    """Letters alone, so that `new-born`, `new born` and `newborn` are one."""
    return plain(form).replace(" ", "")


def bag(form: str) -> str:
    """Words in the singular and in alphabetical order, without small words."""
    small = _rules()[0]
    return " ".join(sorted(_singular(word) for word in plain(form).split() if word not in small))


def _singular(word: str) -> str:
    _, one_form, endings = _rules()
    if word in one_form:
        return one_form[word]
    for plural, singular in endings:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + singular
    return word


@cache
def _rules() -> tuple[frozenset[str], dict[str, str], list[tuple[str, str]]]:
    rules = tomllib.loads(files("reviewnlp.vocabulary").joinpath("word_forms.toml").read_text("utf-8"))
    one_form = {**rules["irregular"], **rules["american"]}
    return frozenset(rules["small_words"]), one_form, [tuple(pair) for pair in rules["endings"]]
