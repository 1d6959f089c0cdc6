"""The same question asked the other way round: what was allowed is asked as forbidden, a duty as an excuse.

Yes and no change places and everything else stays, so that the judge learns what the words of asking do.
"""

from __future__ import annotations

import random
import re

from qa.frames import Asks, read_question

_TURNED = {"yes": "no", "no": "yes"}

_ALLOWED = re.compile(
    r"^(?P<before>.*?)\b(?:can|could|may) (?P<who>i|we)(?: just| still| also| please)? (?P<act>\w+.*)$"
    r"|^(?P<before2>.*?)\b(?:am i|are we) allowed to (?P<act2>\w+.*)$"
    r"|^(?P<before3>.*?)\b(?:is it (?:ok|okay|fine|alright|allowed)|ok|okay) (?:to|for me to|if i) (?P<act3>\w+.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OBLIGED = re.compile(
    r"^(?P<before>.*?)\b(?:do (?:i|we) (?:have|need|got) to|have i got to|must i|should i) (?P<act>\w+.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NOT_VERBS = {"not", "have", "be", "the", "a", "this", "that", "it", "i", "we", "they", "my"}

_FORBIDDEN = (
    "am i banned from it if i want to {act}", "is it against the rules to {act}", "is it forbidden to {act}",
    "is there a rule against me wanting to {act}", "would i be breaking the rules if i {act}",
    "is it a no no to {act}", "so i cant {act}, right",
    "am i right that i mustnt {act}", "is it prohibited to {act}",
)  # fmt: skip
_EXCUSED = (
    "is it ok if i dont {act}", "can i get away with not wanting to {act}", "am i fine not to {act}",
    "so i dont have to {act}, right", "is it optional to {act}", "can i choose not to {act}",
    "nothing wrong if i dont {act}?", "am i allowed not to {act}",
)  # fmt: skip


def turned(question: str, verdict: str, rng: random.Random) -> tuple[str, str] | None:
    """The question one of the other ways round and its verdict; None where the words of asking are not plain."""
    ways = all_turned(question, verdict)
    return rng.choice(ways) if ways else None


def all_turned(question: str, verdict: str) -> list[tuple[str, str]]:
    """The question in every other way round, each with its verdict; none where the words of asking are not plain."""
    if verdict == "info" or len(question) > 300:
        return []
    asks = read_question(question).asks
    pattern, templates = {
        Asks.WHETHER_ALLOWED: (_ALLOWED, _FORBIDDEN),
        Asks.WHETHER_OBLIGED: (_OBLIGED, _EXCUSED),
    }.get(asks, (None, ()))
    found = pattern.match(question) if pattern else None
    if found is None:
        return []
    named = found.groupdict()
    act = (named.get("act") or named.get("act2") or named.get("act3") or "").strip().rstrip("?.! ")
    before = named.get("before") or named.get("before2") or named.get("before3") or ""
    if not act or act.split()[0].lower() in _NOT_VERBS or re.search(r"[?.]", act):
        return []
    return [(before + template.format(act=act), _TURNED.get(verdict, verdict)) for template in templates]
