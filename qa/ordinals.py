"""Whether a day that is counted, “the third day”, is among those from which a rule holds.

keeps_ordinal("do i need a note on day 3", "from the eighth day")    False
"""

from __future__ import annotations

import re

from qa.amounts import NUMBER, amounts

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_UNIT = "day|night|week|month|year|hour|lesson|session|visit|shift"
_NAMED = (
    rf"(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
    rf" (?:(?:working|school|consecutive|calendar) )?(?P<unit>{_UNIT})"
)
_FROM = re.compile(rf"\b(?P<how>(?:on or )?after|from|beyond|since) (?:the )?{_NAMED}\b", re.IGNORECASE)
_ASKED = re.compile(rf"\b{_NAMED}\b|\b(?P<of>{_UNIT}) (?P<number>{NUMBER})\b", re.IGNORECASE)


def keeps_ordinal(asked: str, text: str) -> bool | None:
    """Whether the one counted day of a question, or as many of them, lies where a text begins or after it.

    >>> keeps_ordinal("is there a fee for the sixth night", "after the fifth night")
    True
    >>> keeps_ordinal("i was off two days", "from the fourth day"), keeps_ordinal("on 3 May", "from the fourth day")
    (False, None)
    """
    limits = list(_FROM.finditer(text))
    mine = _counted(asked, limits[0]["unit"].lower()) if len(limits) == 1 else None
    if mine is None:
        return None
    limit = _number(limits[0]["ordinal"])
    return mine > limit if limits[0]["how"].lower() in ("after", "beyond") else mine >= limit


#: Words for stretches of time; where a question has two of them, "a week and three days", nothing is counted.
_STRETCH = re.compile(r"\b(?:hour|day|night|week|fortnight|month|term|year)(?=s?\b)", re.IGNORECASE)


def _counted(asked: str, unit: str) -> float | None:
    """The place that a question names in a row of days or the like, or how many of them it speaks of."""
    if {found[0].lower() for found in _STRETCH.finditer(asked)} - {unit}:
        return None
    named = [
        _number(one["ordinal"]) if one["ordinal"] else one["number"]
        for one in _ASKED.finditer(asked)
        if unit in ((one["unit"] or "").lower(), (one["of"] or "").lower())
    ]
    if not named:
        named = [one["number"] for one in re.finditer(rf"\b(?P<number>{NUMBER}) {unit}s?\b", asked, re.IGNORECASE)]
    said = [one if isinstance(one, float) else amounts(one)[0].said for one in named]
    return said[0] if len(said) == 1 else None


def _number(ordinal: str) -> float:
    return float(re.sub(r"\D", "", ordinal) or _ORDINALS.index(ordinal.lower()) + 1)
