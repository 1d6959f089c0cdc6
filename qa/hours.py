"""Whether a time of day that is asked of is among those that a rule names.

keeps_hours("can i ring at 8 pm", "outside the hours of 9 to 5")    True
"""

from __future__ import annotations

import re

from qa.amounts import Amount, Kind, amounts

_TIME = r"(?:\d{1,2}(?:[.:][0-5]\d)?(?: ?[ap]\.?m\b\.?)?|noon|midday|midnight)"
_HOURS = re.compile(
    rf"\bbefore (?P<before>{_TIME}) (?:or|and|nor) after (?P<after>{_TIME})"
    rf"|(?P<outside>\boutside (?:of )?)?\b(?:between|from|(?:the )?hours (?:of|between)|(?<=outside )|(?<=outside of ))"
    rf" ?(?P<from>{_TIME}) ?(?:to|and|until|till|-) ?(?P<to>{_TIME})",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,2}(?:[.:][0-5]\d)?")
_LATER = 12 * 60.0


def keeps_hours(asked: str, text: str) -> bool | None:
    """Whether the one time of a question is among the hours of a text; None where that is not known.

    >>> keeps_hours("at 8 pm", "between 9 am and 5 pm"), keeps_hours("at 8 pm", "not before 9 or after 5")
    (False, True)
    """
    times = [one for one in amounts(asked) if one.kind is Kind.CLOCK]
    hours = list(_HOURS.finditer(text)) if len(times) == 1 else []
    if len(hours) != 1:
        return None
    ends = _ends(hours[0]["from"] or hours[0]["before"], hours[0]["to"] or hours[0]["after"])
    if ends is None:
        return None
    opens, shuts = ends
    asked_at = times[0].value
    strictly_in = opens < asked_at < shuts if opens < shuts else asked_at > opens or asked_at < shuts
    if hours[0]["before"] or hours[0]["outside"]:
        return not (strictly_in or asked_at in ends)
    return strictly_in or asked_at in ends


def _ends(opens: str, shuts: str) -> tuple[float, float] | None:
    """Two times in minutes past midnight; of bare hours the first is in the morning if the second is the smaller."""
    if _BARE.fullmatch(opens) and _BARE.fullmatch(shuts):
        first, second = (_clock(f"{one} am") for one in (opens, shuts))
        return (first.value, second.value + _LATER) if first and second and second.value < first.value else None
    first, second = _clock(opens), _clock(shuts)
    return (first.value, second.value) if first and second else None


def _clock(time: str) -> Amount | None:
    return next((one for one in amounts(time) if one.kind is Kind.CLOCK), None)
