"""How often a thing is done, and whether what is asked of is oftener than what a rule gives.

keeps_frequency("can i come every week", "once a fortnight")    False
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.amounts import NAMED_NUMBERS

_DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "half term": 45.0, "half-term": 45.0,
         "term": 91.0, "quarter": 91.0, "year": 365.0}  # fmt: skip
_UNIT = "|".join(sorted(_DAYS, key=len, reverse=True))
_NUMBER = rf"\d{{1,2}}|{'|'.join(NAMED_NUMBERS)}"
_OFTEN = re.compile(
    rf"\b(?:(?P<count>once|twice|(?:{_NUMBER}) times) (?:(?:in|during) )?"
    r"(?:an?|any|each|every|per|(?P<this>this|next|the same|one|the))"
    rf" (?:(?:school|academic|calendar|working) )?(?P<unit>{_UNIT})"
    rf"|(?:every|each) (?:single )?(?:(?P<other>other|second) |(?P<number>{_NUMBER}) )?(?P<every>{_UNIT})s?)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:once|twice|times)\b", re.IGNORECASE)
#: A second time within a unit: "I had one this term, can I have another".
_AGAIN = re.compile(r"\b(?:again|another|a second time|already)\b", re.IGNORECASE)
_THIS = re.compile(rf"\bthis (?P<unit>{_UNIT})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many times in how many days; `once` says that only one such stretch is spoken of, "twice this week"."""

    times: float
    days: float
    once: bool = False


def keeps_frequency(asked: str, text: str) -> bool | None:
    """Whether the frequency of a question is no greater than the one of a text; None where that is not known.

    >>> keeps_frequency("twice a month", "once a fortnight"), keeps_frequency("three times this term", "twice a term")
    (None, False)
    """
    given = _only(text)
    mine = _only(asked) or (_again(asked) if _COUNTED.search(text) else None)
    if given is None or mine is None or given.once:
        return None
    if mine.days == given.days:
        return mine.times <= given.times
    if mine.once and mine.days < given.days:
        return False if mine.times > given.times else None
    ratio = (mine.times / mine.days) / (given.times / given.days)
    if ratio > _CLEARLY:
        return False
    return True if ratio < 1 / _CLEARLY and not mine.once else None


#: A term and a month have no fixed length: frequencies as near as this are not told apart.
_CLEARLY = 1.2


def _only(text: str) -> Frequency | None:
    """The one frequency of a text."""
    found = list(_OFTEN.finditer(text))
    return _read(found[0]) if len(found) == 1 else None


def _read(found: re.Match[str]) -> Frequency:
    if found["every"]:
        stretch = 2.0 if found["other"] else _count(found["number"]) if found["number"] else 1.0
        return Frequency(1, stretch * _DAYS[found["every"].lower()])
    return Frequency(_count(found["count"].split()[0]), _DAYS[found["unit"].lower()], bool(found["this"]))


def _count(word: str) -> float:
    word = word.lower()
    return {"once": 1.0, "twice": 2.0}.get(word) or NAMED_NUMBERS.get(word) or float(word)


def _again(asked: str) -> Frequency | None:
    """Twice, where something is to be done again in a stretch that is named."""
    this = _THIS.search(asked)
    return Frequency(2, _DAYS[this["unit"].lower()], True) if this and _AGAIN.search(asked) else None
