"""From when a clause holds: the date in its own words ("Effective 1 September 2027: …"), or that of its page."""

from __future__ import annotations

import datetime
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = (
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)? (?P<name>[A-Z][a-z]{2,8})\.? (?P<year2>\d{4}))"
)
_FROM = re.compile(
    r"(?:\b[Ee]ffective(?: (?:date|from|on|as of))?:?|\b[Ww]ith effect from|\b[Ii]n force from|^From"
    rf"|\b[Aa]ppl(?:y|ies) from) {_DATE}"
)


def holds_from(text: str) -> str:
    """The ISO date from which a text says that it holds; empty if it says none. Days come before months.

    >>> holds_from("Effective 01/09/2099: notice is one hour."), holds_from("Notice is one week.")
    ('2099-09-01', '')
    """
    match = _FROM.search(text)
    return _iso(match) if match else ""


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
