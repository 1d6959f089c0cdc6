"""Where a condition or an exception lists what will do, each by itself, as the asker would say it.

“if you were ill or your car was stolen”      → “I was ill”, “my car was stolen”
“except a plain band or a medical bracelet”   → “a plain band”, “a medical bracelet”
"""

from __future__ import annotations

import re

from desk.facts import LONGEST, read_fact
from qa.policy_words import AGREEMENT

MOST = 2  # so many buttons beside “None of these”

_JOINS = re.compile(
    r"(?:(?:but |and )?only )?(?:if|when|where|once|provided(?: that)?|as long as|so long as|unless) ", re.IGNORECASE
)
_THINGS = re.compile(r"(?:except|save|other than|apart from|excluding)(?: for)? (?P<things>.+)", re.IGNORECASE)
_BETWEEN = re.compile(r",? (?:or|and) |, ")
_THING = re.compile(
    r"(?:an?|one|your)(?: (?!(?:and|or|that|which|who|whose|when|if|to|by|is|are|has|have|can|may|will|must)\b)[\w'-]+)"
    r"{1,4}",
    re.IGNORECASE,
)


def read_alternatives(condition: str, sentence: str = "") -> tuple[str, ...]:
    """What each alternative of a condition or an exception says, none where it lists none or one does not read well.

    >>> read_alternatives("unless you are a carer or you hold a permit")
    ('I am a carer', 'I hold a permit')
    >>> read_alternatives("except a cap or a scarf")
    ('a cap', 'a scarf')
    """
    plain = condition.replace("’", "'").strip(" .,;")
    found = tuple(dict.fromkeys(_things(plain) or _facts(plain, sentence)))
    return found if 0 < len(found) <= MOST and max(map(len, found)) <= LONGEST else ()


def _things(plain: str) -> tuple[str, ...]:
    listed = _THINGS.fullmatch(plain)
    things = _BETWEEN.split(listed["things"]) if listed else []
    if not all(_THING.fullmatch(thing) for thing in things):
        return ()
    if any(map(AGREEMENT.search, things)) and len(things) > 1 and " or " not in plain:
        return ()  # “a trip and your written consent”: it takes both
    return tuple(re.sub(r"\byour\b", "my", thing) for thing in things)


def _facts(plain: str, sentence: str) -> tuple[str, ...]:
    joins = _JOINS.match(plain)
    halves = plain[joins.end() :].split(" or ") if joins else []
    facts = [read_fact(f"if {half}", sentence) for half in halves]
    return tuple(fact.so for fact in facts if fact) if len(halves) > 1 and all(facts) else ()
