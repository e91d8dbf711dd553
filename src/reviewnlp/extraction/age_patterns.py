"""The regular expressions of ages, filled with the words of ``ages.toml``; each compiled once.

All repetitions are bounded, so that matching takes linear time on any text.
"""

from __future__ import annotations

import re
from functools import cache

from reviewnlp.extraction.age_numbers import number_pattern, number_start
from reviewnlp.extraction.knowledge import alternation, load
from reviewnlp.reading.wordlists import as_listed

_GAP = r"[-‐‑–—−\s]{1,3}"
_QUANTITY = (
    r"(?:\d{1,3}(?:\.\d{1,2})?(?!\d)|\b(?:" + number_pattern() + r")(?=s?\b))"
    r"(?:\s?[½¼¾]|\s1/2|[-\s]and[-\s]a[-\s]half\b)?|½"
)
_HALF = r"[-\s]and[-\s]a[-\s]half"


def _unit(*designators: str) -> str:
    words = load("ages.toml")["units"]
    return alternation(word for unit in designators or words for word in words[unit]).replace("'", "['’]")


def _minor(unit: str) -> str:
    """Return the pattern of "4 months" in "2 years 4 months": less than one of the unit before it."""
    link = rf"(?:,\s|,?[-\s]and[-\s]|{_GAP})"
    if unit == "Y":
        few = rf"(?:1[01]|\d|{alternation(load('ages.toml')['numbers']['words'][1:12])})(?!\d)"
        return rf"(?:{link}(?P<q2Y>{few}){_GAP}(?P<u2Y>{_unit('M')})\b)?"
    if unit in "MW":
        units = _unit("W", "D") if unit == "M" else _unit("D")
        return rf"(?:{link}(?P<q2{unit}>{_QUANTITY}){_GAP}(?P<u2{unit}>{units})\b)?"
    return ""


def _item_pattern() -> str:
    units = "|".join(rf"(?P<u1{unit}>{_unit(unit)})\b(?P<half{unit}>{_HALF})?{_minor(unit)}" for unit in "YMWDH")
    return rf"(?P<q1>{_QUANTITY})(?:(?:{_GAP})?(?:{units})(?P<old>{_GAP}olds?\b)?)?"


@cache
def item() -> re.Pattern[str]:
    """Return the pattern of one age of a run."""
    return re.compile(rf"(?<![\w£$€/]){_item_pattern()}")


@cache
def run() -> re.Pattern[str]:
    """Return the pattern of numbers that stand in one list or range."""
    one = re.sub(r"\?P<\w+>", "?:", _item_pattern())
    link = r"(?:\s?,\s(?:and\s|or\s)?|-?\s(?:and|or|to|&)\s|\s?[-‐‑–—]\s?)"
    return re.compile(rf"(?<![\w£$€/])(?<![\d][.,]){one}(?:{link}(?:{one})){{0,20}}")


@cache
def number() -> re.Pattern[str]:
    """Return where a number may begin in a text in lower case."""
    # Nothing but literal beginnings: the text is scanned for their first characters.
    return re.compile(rf"0|1|2|3|4|5|6|7|8|9|½|{number_start()}")


def joins_range(between_items: str, between: bool) -> bool:
    """Say whether "to", a dash, or "and" after "between" makes one age of two numbers."""
    link = between_items.strip().lower()
    return link in {"-", "‐", "‑", "–", "—", "to", "- to"} or (between and link == "and")


def _bound() -> str:
    bounds = load("ages.toml")["bounds"]
    return rf"(?:(?P<under>{alternation(bounds['under'])})|(?P<over>{alternation(bounds['over'])}))"


@cache
def cue() -> re.Pattern[str]:
    """Return what says "an age follows", to be searched in the words before a number."""
    filler = (
        r"(?:[\s:]{1,2}(?:of|at|was|were|is|being|ranged|ranging|range|ranges|from|about|around|approximately|just|only|nearly|almost"
        r"|now|then|circa|either|group|(?P<between>between)|(?:an?\sage\sof)|the\sages\sof))"
    )
    return re.compile(
        rf"\b(?P<before>between\s(?:the\s)?)?(?:aged|ages?|ageing|as\syoung\sas|as\sold\sas){filler}{{0,4}}(?:[\s:]{{1,2}}{_bound()})?[\s:(]{{1,2}}\Z",
        re.IGNORECASE,
    )


@cache
def bound_before() -> re.Pattern[str]:
    """Return "under", "over" and the like, to be searched in the words before a number."""
    return re.compile(rf"\b{_bound()}[-‐‑\s](?:the\sages?\sof\s)?\Z", re.IGNORECASE)


@cache
def bound_after() -> re.Pattern[str]:
    """Return "and over", "or under" and the like, to be matched after a number."""
    bounds = load("ages.toml")["bounds"]
    under, over = alternation(bounds["and_under"]), alternation(bounds["and_over"])
    return re.compile(rf"\s(?:(?P<under>{under})|(?P<over>{over}))\b", re.IGNORECASE)


@cache
def plus() -> re.Pattern[str]:
    """Return the plus sign of "16+" or "16 plus"."""
    return re.compile(r"\s?\+|\splus\b", re.IGNORECASE)


@cache
def plural() -> re.Pattern[str]:
    """Return the ending of "under 5s", "over-16's"."""
    return re.compile(r"['’]?s\b")


@cache
def of_age() -> re.Pattern[str]:
    """Return "of age", or "old" after a bare number, to be matched after an age."""
    return re.compile(r"\s(?:of\sage|old)\b", re.IGNORECASE)


@cache
def thing() -> re.Pattern[str]:
    """Return the things whose age is told, to be matched after "10-year-old"."""
    return re.compile(rf"\s(?:{alternation(load('ages.toml')['things']['words'])})\b", re.IGNORECASE)


@cache
def no_age_after() -> re.Pattern[str]:
    """Return what makes the number before it no age: gestation, a percentage, an ordinal, a larger number."""
    gestation = alternation(load("ages.toml")["gestation"]["words"])
    return re.compile(rf"\s?%|(?:st|[nr]d|th)\b|,\d|\.\d|/\d|:\d|['’]?\s(?:{gestation})\b", re.IGNORECASE)


@cache
def closes() -> re.Pattern[str]:
    """Return what shows that a bare number counts nothing that follows."""
    followers = alternation(load("ages.toml")["followers"]["words"])
    return re.compile(rf"['’]?s?\s?(?:[,.;:)\]\"”’]|\Z|\s(?:{followers})\b|\s?[-–—]\s)", re.IGNORECASE)


@cache
def label() -> re.Pattern[str]:
    """Return the nouns that take a number as their name, to be searched before it."""
    return re.compile(rf"\b(?:{alternation(load('ages.toml')['labels']['words'])})\s\Z", re.IGNORECASE)


@cache
def people_before() -> re.Pattern[str]:
    """Return a plural noun for people, to be searched before "under 5"."""
    return re.compile(
        r"\b(?:children|babies|infants|people|siblings|girls|boys|parents|mothers|fathers|women|men|adults|those|anyone|everyone|everybody|someone|somebody|nobody|person|pupil|patient|patients|child|baby|infant|all|both|pupils|girl|boy)\s\Z",
        re.IGNORECASE,
    )


@cache
def child_noun() -> re.Pattern[str]:
    """Return a noun for a child, to be matched after "7 month"."""
    return re.compile(r"[-\s](?:baby|infant|child|boy|girl|male|female|toddler|twins?|sibling)\b", re.IGNORECASE)


@cache
def aside() -> re.Pattern[str]:
    """Return the opening of "(16)", "(then 16)", ", 19,", to be searched before a number."""
    return re.compile(
        r"(?:\s?\((?:then|now|aged?|who\s(?:is|was)|currently)?\s?|,\s(?:(?:then|now|just)\s|who\s(?:is|was)\s(?:(?:then|now|just|only|nearly|almost|about)\s)?)?)\Z",
        re.IGNORECASE,
    )


@cache
def aside_end() -> re.Pattern[str]:
    """Return the closing of "(16)" or "mother, 19,"."""
    return re.compile(r"(?:\sat\s[\w\s]{3,30}|\swhen\s[\w\s]{3,30})?(?:\)|,\s|[.;](?:\s|\Z)|\sand\s)", re.IGNORECASE)


@cache
def person_of() -> re.Pattern[str]:
    """Return "twins of", "a boy of", to be searched before "nine weeks"."""
    return re.compile(
        r"\b(?:babys?|babies|infants?|child|children|boys?|girls?|twins?|triplets|siblings?|brothers?|sisters?|sons?|daughters?"
        r"|toddlers?|man|woman|mother|father|person)\sof\s(?:just\s|only\s|about\s|around\s)?\Z",
        re.IGNORECASE,
    )


@cache
def service() -> re.Pattern[str]:
    """Return the services that are named after the ages they are for, to be matched after "18-25"."""
    return re.compile(rf"\s(?:{alternation(load('ages.toml')['services']['words'])})\b", re.IGNORECASE)


@cache
def not_under() -> re.Pattern[str]:
    """Return what "five" may count in "children under five", to be matched after it."""
    return re.compile(rf"\s(?:{alternation(load('ages.toml')['not_under']['words'])})\b", re.IGNORECASE)


@cache
def at_a_time() -> re.Pattern[str]:
    """Return what makes "at six weeks" a time since something, to be matched after it."""
    return re.compile(rf"\s(?:{alternation(load('ages.toml')['at_a_time']['words'])})\b", re.IGNORECASE)


@cache
def superlative() -> re.Pattern[str]:
    """Return "the eldest", "the other", to be searched before "14"."""
    return re.compile(
        r"\bthe\s(?:eldest|oldest|youngest|middle|elder|(?P<two>older|younger|other))\s(?:was\s|is\s|being\s)?\Z",
        re.IGNORECASE,
    )


@cache
def one_person_of() -> re.Pattern[str]:
    """Return "a boy of", to be searched before "12"."""
    return re.compile(
        r"\b(?:boy|girl|son|daughter|man|woman|child|lad|brother|sister|mother|father|boys|girls|sons|daughters|children|twins|teenager|youth|baby|toddler|friend|partner|boyfriend|pupil)\sof\s(?:just\s|only\s)?\Z",
        re.IGNORECASE,
    )


@cache
def other_use() -> re.Pattern[str]:
    """Return what makes "at two" no age, to be matched after it."""
    return re.compile(
        r"\s(?:of|to|or|o['’]clock|am|pm|per|in\sthe\s(?:morning|afternoon|evening)|at\snight)\b|\s?[-–]\s?\d",
        re.IGNORECASE,
    )


@cache
def at() -> re.Pattern[str]:
    """Return "at", "from", "by", to be searched before "15 she"."""
    return re.compile(r"\b(?:at|from|by|until|since|when)\s(?:just\s|only\s|about\s|around\s)?\Z", re.IGNORECASE)


@cache
def then_person() -> re.Pattern[str]:
    """Return a clause about a person, to be matched after "at 15"."""
    return re.compile(r",?\s(?:she|he|they|his|her|the\s(?:child|baby|boy|girl|infant|toddler))\b")


@cache
def then_verb() -> re.Pattern[str]:
    """Return "had", "was", to be matched after "by 13"."""
    return re.compile(r"\s(?:had|was|were)\b")


@cache
def any_people() -> re.Pattern[str]:
    """Return people in general, to be searched before "over 18 years"."""
    return re.compile(r"\b(?:people|those|anyone|everyone|adults|persons|women|men)\s\Z", re.IGNORECASE)


@cache
def birth() -> re.Pattern[str]:
    """Return what makes "at 30 weeks" a gestation, to be searched before it."""
    return re.compile(r"\b(?:born|birth|delivered|delivery|pregnan\w+|gestation)\b", re.IGNORECASE)


@cache
def when_was() -> re.Pattern[str]:
    """Return "when she was", "until the child is", to be searched before "six"."""
    return re.compile(
        r"\b(?:when|since|until|till|before|after|once|while|whilst|though|because|time|if)\s(?:both\s)?"
        r"(?:she|he|they|(?:the|a|her|his|their)\s\w{3,12}|[A-Z]\w{0,15}(?:\s[A-Z0-9]\w{0,3})?)"
        r"\s(?:was|were|is|are|turned|reached)\s(?:just\s|only\s|about\s|around\s|nearly\s)?\Z"
    )


@cache
def turned() -> re.Pattern[str]:
    """Return "turned", "reached", to be searched before "18"."""
    return re.compile(r"\b(?:turn(?:s|ed|ing)?|reach(?:es|ed|ing)?)\s(?:just\s)?\Z", re.IGNORECASE)


@cache
def was() -> re.Pattern[str]:
    """Return "mother was", "when she was only", to be searched before "19"."""
    return re.compile(
        r"(?:(?<=[bB]elieved\sto\sbe\s)|(?<=[tT]hought\sto\sbe\s)|(?<=[sS]aid\sto\sbe\s))\Z|(?:\b(?:she|he|who|mother|father|mum|dad|partner|boyfriend|girlfriend|child|girl|boy|parents|they|both|each)"
        r"|[A-Z][\w-]{0,30}(?:\s[A-Z0-9]{1,4})?)\s(?:was|is|were|are|being)\s(?:(?:believed|thought|said|understood|found|assessed|known)\sto\s(?:be|have\sbeen)\s)?(?:just\s|only\s|then\s|nearly\s|almost\s|about\s|around\s)?\Z"
    )


@cache
def and_person() -> re.Pattern[str]:
    """Return "and father", to be searched before "28" in "mother was 20 and father 28"."""
    return re.compile(
        r"\b(?:and|,)\s(?:the\s|her\s|his\s)?(?:mother|father|partner|boyfriend|husband|mum|dad)(?:\swas)?\s\Z",
        re.IGNORECASE,
    )


@cache
def uncounted() -> re.Pattern[str]:
    """Return the pattern of "a year old", "a few months old", "weeks old", "a year and a half old"."""
    vague = alternation(load("ages.toml")["numbers"]["vague"])
    return re.compile(
        rf"(?<![\w-])(?:(?:a\s)?(?P<vague>{vague})\s|(?P<article>an?)\s|)"
        rf"(?P<unit>{_unit()})\b(?P<half>\sand\sa\shalf)?(?:{_GAP}olds?|\sof\sage)\Z",
        re.IGNORECASE,
    )


@cache
def old() -> re.Pattern[str]:
    """Return where an age may end."""
    return re.compile(r"olds?\b|of\sage\b")


@cache
def stage_signs() -> tuple[str, ...]:
    """Return words of which one stands, in lower case, wherever the pattern of stages is found: quick to look for."""
    return ("teen", "birthday", *load("ages.toml")["decades"]["names"])


@cache
def stage() -> re.Pattern[str]:
    """Return the pattern of teenagers, decades of life and birthdays."""
    ages = load("ages.toml")
    ordinals = alternation(ages["ordinals"]["words"])
    decades = alternation(ages["decades"]["names"])
    return re.compile(
        rf"(?<!-)\b(?:(?P<ordinal>{ordinals}|\d{{1,2}}(?:st|[nr]d|th))\s(?P<birthday>birthdays?)"
        rf"|(?:(?P<part>early|mid|late)(?:[-\s]to[-\s](?:mid|late))?[-\s])?(?P<decade>teens|(?<=\s)(?:{decades}))"
        rf"|teenage(?:d|rs?)?)\b",
        re.IGNORECASE,
    )


def ordinal(text: str) -> int:
    """Return the number of "18th" or "eighteenth"."""
    if text[0].isdigit():
        return int(re.sub(r"\D", "", text))
    words: list[str] = load("ages.toml")["ordinals"]["words"]
    return words.index(as_listed(text))


def span_of_years(part: str | None, decade: str | None) -> tuple[int, int]:
    """Return the first and last year of "late teens" or "early twenties"; of "teenager" for None."""
    decades = load("ages.toml")["decades"]
    part = as_listed(part or "any")
    if decade is None or as_listed(decade) == "teens":
        least, most = decades["teens"][part]
        return int(least), int(most)
    first = decades["names"][as_listed(decade)]
    least, most = decades.get(part, (0, 9))
    return int(first + least), int(first + most)
