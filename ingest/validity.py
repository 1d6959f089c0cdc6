"""From when and until when a sentence holds, by the dates in its own words.

Effective 1 September 2027: notice is one hour.          from that day on
Until 1 March 2027 keys are at reception.                up to that day
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = (
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)? (?P<name>[A-Z][a-z]{2,8})\.? (?P<year2>\d{4}))"
)
_YEAR = re.compile(r"\d{4}")
_LABEL = r"^(?:[^.:;]{1,60}: )?"  # "Weekend access: from …"
_STARTS = re.compile(
    r"(?:\b[Ee]ffective(?: (?:date|from|on|as of))?:?|\b[Ww]ith effect from|\b[Ii]n force from|\b[Aa]ppl(?:y|ies) from"
    r"|\b(?:allowed|permitted|required|compulsory|mandatory|banned|prohibited|forbidden) (?:as )?from"
    rf"|{_LABEL}(?:[Ff]rom|[Aa]s (?:of|from)|[Ss]tarting (?:on|from))) {_DATE}"
)
_ENDS = re.compile(
    r"(?:\b[Uu]ntil|\b[Tt]ill|\b[Uu]p to(?: and including)?"
    r"|\b(?:rule|policy|permission|arrangement|exception|scheme|offer|ban) (?:ends|expires|lapses) on)"
    rf"(?: the end of)? {_DATE}"
)
#: A date of a person or a thing ("who joined up to …") is not one of the rule.
_OF_ANOTHER = re.compile(
    r"\b(?:who|whose|that|which|if|when|where|unless|born|employed|hired|issued|dated|made|booked|joined)\b[^,;:.]*$"
)
#: What a sentence says of the time after a day holds on.
_AFTERWARDS = re.compile(
    r";|\b(?:after|from|since) (?:that|then|this|which)\b|\b(?:afterwards|thereafter|now|then)\b|,? but\b"
)


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day on which something holds, as ISO dates; empty where it has none."""

    since: str = ""
    until: str = ""

    def outside(self, day: str) -> str:
        """Why an ISO date is not in it, or ""."""
        if self.since > day:
            return f"holds only from {self.since}"
        return f"held only until {self.until}" if self.until and self.until < day else ""


@lru_cache(maxsize=8192)
def period(text: str) -> Period:
    """When a sentence says that it holds. Days come before months in its dates.

    >>> period("Effective 01/09/2099: notice is one hour."), period("Notice is one week.")
    (Period(since='2099-09-01', until=''), Period(since='', until=''))
    """
    if not _YEAR.search(text):
        return Period()
    starts = _STARTS.search(text)
    return Period(_iso(starts) if starts else "", next(_last_days(text), ""))


def _last_days(text: str) -> Iterator[str]:
    for match in _ENDS.finditer(text):
        if not _OF_ANOTHER.search(text[: match.start()]) and not _AFTERWARDS.search(text, match.end()):
            yield _iso(match)


def as_date(text: str) -> str:
    """A date written in any of those ways as an ISO date; empty if it is none."""
    match = re.search(_DATE, text)
    return _iso(match) if match else ""


def _iso(match: re.Match[str]) -> str:
    try:
        if match["iso"]:
            return datetime.date.fromisoformat(match["iso"]).isoformat()
        month = int(match["month"]) if match["month"] else _MONTHS.index(match["name"][:3].lower()) + 1
        return datetime.date(
            int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"])
        ).isoformat()
    except ValueError:  # the 31st of February, a word that is no month
        return ""
