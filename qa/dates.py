"""The days of the year and of the week in a text, and whether one that is asked of is among them or keeps a deadline.

    keeps_date("bonfire on 5 december, ok?", "from 1 November to 28 February")    True

A month alone is all of it. What names a year is not read, nor what may as well be of this year as of the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_SHORT = r"jan|feb|apr|aug|sept?|oct|nov|dec"
_LONG = "|".join(name for name in _NAMES if name not in ("march", "may"))
_NUMBER = r"(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)?|(?:start|beginning|end) of)"
_BEGINS, _NO_YEAR = r"(?<![\w.:£])", r"(?!\w|,? (?:19|20)\d\d\b)"
#: In a sentence May has a capital; in a question it is a month beside the number of a day, or behind such a word.
_SAID = rf"(?:{_LONG}|{_SHORT}|march|(?-i:May|MAY))"
_ASKED = rf"(?:{_LONG}|{_SHORT}|march|may(?! (?:i|we|you|he|she|it|they|my|the|a)\b))"
_AFTER_MONTH = r"(?: (?:the )?\d{1,2}(?:st|nd|rd|th)?(?![\w.:]))"
_DATE = rf"{_BEGINS}(?:{_NUMBER} )?{_SAID}{_AFTER_MONTH}?{_NO_YEAR}"
_DATES = re.compile(_DATE, re.IGNORECASE)
#: The day of a month, which is no amount.
DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_SAID}(?!\w)"
_ASKED_OF = re.compile(
    rf"{_BEGINS}(?:{_NUMBER} {_ASKED}|{_ASKED}{_AFTER_MONTH}|{_LONG}"
    rf"|(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\buntil )|(?<=\btill )|(?<=\bnext )|(?<=\blast )){_ASKED}){_NO_YEAR}"
)
#: A period or a deadline: "from 1 May to 30 September", "by 3 March".
PERIOD = (
    rf"(?<!, )(?:between {_DATE} and|(?:from )?{_DATE} ?(?:to|until|till|through|-)) ?{_DATE}"
    rf"|(?:(?:on or )?before|by|up to|no(?:t)? later than|until|till|from|after|since) {_DATE}"
)
_PERIODS = re.compile(rf"\b(?:{PERIOD})", re.IGNORECASE)
_WEEK = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
OF_WEEK = rf"(?:{'|'.join(_WEEK)})days?"
_DAYS_OF_WEEK = re.compile(
    rf"\b(?:(?P<first>{OF_WEEK}) ?(?:to|-|–|through|until) ?(?P<last>{OF_WEEK})|(?P<one>{OF_WEEK})"
    r"|(?P<weekend>weekends?)|(?P<weekday>week ?days?))\b",
    re.IGNORECASE,
)
#: A day that ends or begins something, or that is one of many: "by Friday", "weekends included".
_NO_DAY = re.compile(
    rf"\b(?:by|before|until|till?|from|after|since|than|over|last|previous|preceding|following|including)"
    rf"(?: [\w:.]+){{0,3}}? (?:{OF_WEEK}|weekends?)\b(?! ?(?:to|-|–|through|until) )"
    rf"|\b(?:{OF_WEEK}|weekends?) (?:before|after|following|included)\b"
    r"(?! (?:\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m|noon|midday)\b)",
    re.IGNORECASE,
)
#: What falls on any day of the week.
_HOLIDAY = re.compile(r"\b(?:bank|public) holidays?\b", re.IGNORECASE)
_YEAR = 12 * 31
#: A day further than this from a deadline may be meant of the year before or after.
_NEAR = 4 * 31


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a date, in a year of months of 31 days."""

    first: int
    last: int


def _read(found: re.Match[str]) -> Days:
    date = found[0].lower()
    month = next(at for at, name in enumerate(_NAMES) if re.search(rf"\b{name[:3]}", date)) * 31
    number = re.search(r"\d+", date)
    day = int(number[0]) if number else 31 if "end" in date else 1 if "of" in date else 0
    return Days(month + day, month + day) if day else Days(month + 1, month + 31)


def keeps_date(asked: str, text: str) -> bool | None:
    """Whether the dates of a question lie in the one period of a text; None where that is not known of all of them.

    >>> keeps_date("can i have one in june", "from October to March"), keeps_date("is 2 march ok", "by 3 March")
    (False, True)
    """
    periods = _PERIODS.findall(text)
    said = [_read(found) for found in _DATES.finditer(periods[0])] if len(periods) == 1 else []
    if not said:
        return None
    kept = {_keeps(_read(found), periods[0].lower(), said) for found in _ASKED_OF.finditer(asked)}
    return kept.pop() if len(kept) == 1 else None


def keeps_day(asked: str, text: str) -> bool | None:
    """Whether the days of the week that a question names are among those of a text; None where that is not known, as of
    a bank holiday, unless the text names those too.

    >>> keeps_day("ok on a sunday", "Fires are lit on Saturdays."), keeps_day("ok on friday", "Monday to Friday")
    (False, True)
    """
    if _HOLIDAY.search(asked):
        return True if _HOLIDAY.search(text) else None
    if _NO_DAY.search(text) or _NO_DAY.search(asked):
        return None
    mine, said = _days_of_week(asked), _days_of_week(text)
    if not mine or not said or (mine & said and mine - said):
        return None
    return mine <= said


@lru_cache(maxsize=8192)
def _days_of_week(text: str) -> frozenset[int]:
    """The days of the week that a text names, Monday as 0."""
    days: set[int] = set()
    for found in _DAYS_OF_WEEK.finditer(text):
        if found["weekend"] or found["weekday"]:
            days |= {5, 6} if found["weekend"] else {0, 1, 2, 3, 4}
            continue
        first, last = (_at(found[name] or found["one"]) for name in ("first", "last"))
        days |= {day % 7 for day in range(first, last + (1 if first <= last else 8))}
    return frozenset(days)


def _at(day: str) -> int:
    return next(at for at, name in enumerate(_WEEK) if day.lower().startswith(name))


def _keeps(asked: Days, period: str, said: Sequence[Days]) -> bool | None:
    return _between(asked, said[0].first, said[1].last) if len(said) == 2 else _against(asked, period, said[0])


def _between(asked: Days, first: int, last: int) -> bool | None:
    inside = [(first <= day <= last) if first <= last else (day >= first or day <= last)
              for day in (asked.first, asked.last)]  # fmt: skip
    return inside[0] if inside[0] == inside[1] else None


def _against(asked: Days, period: str, said: Days) -> bool | None:
    """Whether a date keeps a deadline, or lies after the beginning of what has no end."""
    begins = period.startswith(("from", "after", "since"))
    strict = period.startswith(("after", "before"))
    limit = said.first if begins != strict else said.last
    distances = [(day - limit + _YEAR // 2) % _YEAR - _YEAR // 2 for day in (asked.first, asked.last)]
    if any(abs(distance) > _NEAR for distance in distances):
        return None
    kept = [(far > 0 if strict else far >= 0) if begins else (far < 0 if strict else far <= 0) for far in distances]
    return kept[0] if kept[0] == kept[1] else None
