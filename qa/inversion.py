"""A question of a ban or an excuse, put as one of leave or duty, which the judge reads best: its yes is then a no.

    inverted("is it banned to share mine", read_question("is it banned to share mine"))
                                                   "can i share mine"

Only where the words of asking are plain, and what comes of it is read as that other question.
"""

# A list of words reads better unquoted:
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import lru_cache

from qa.frames import Asks, Frame, read_question

_OTHER = {Asks.WHETHER_FORBIDDEN: Asks.WHETHER_ALLOWED, Asks.WHETHER_EXCUSED: Asks.WHETHER_OBLIGED}
_RULES = r"(?:the |a |any |your |our |my |this |school |company |agency )*(?:rules?|polic(?:y|ies)|code|law|guidance|guidelines|handbook|agreement|contract|terms)"
_BANNED = (
    r"(?:banned|barred|prohibited|forbidden|disallowed|outlawed|off[ -]?limits|out of (?:bounds|order|line|the question)"
    r"|not (?:allowed|permitted|ok|okay|alright|acceptable|on)|ruled out|off the (?:table|cards)|frowned (?:up)?on"
    r"|wrong|illegal|naughty|dodgy|inappropriate|unacceptable|unprofessional|misconduct"
    r"|an? (?:\w+ )?(?:no[ -]?no|no[ -]?go|no|crime|problem|issue|bad idea)"
    rf"|against {_RULES}|(?:an? |in )?breach(?: of {_RULES})?)"
)
_AT_FAULT = rf"(?:in(?:to)? (?:any |big |deep )?(?:trouble|bother|hot water|the wrong)|(?:breaking|breaching|going against) {_RULES}|doing (?:anything |something )?wrong)"
_I = r"(?:i|we|he|she|they|you|staff|supply|people|(?:my|our|the) \w+)"
_IS_IT = r"\b(?:is|would|will) it (?:be )?(?:\w+ly |still |just |even |also )*"
_SO = r"(?:^|(?<=[,;:.-] )|(?<=\bso )|(?<=\band )|(?<=\bthen ))"
_SURE = (
    r"(?:[\s,.…-]+(?:right|yeah|yes|correct|then|innit|true|is that right|am i right|is it|(?:do|can) (?:i|we)))*\W*$"
)
_FINE = r"(?:ok|okay|fine|alright|all right|allowed|safe|cool|free)"
#: For each thing asked, its words of asking and those that ask the other way round.
_WAYS = {
    Asks.WHETHER_FORBIDDEN: (
        (rf"{_SO}(?P<who>{_I}) (?:really |still |just )?(?:can['’]?t|cannot|(?:must|should)(?:n['’]?t| not)|may not) (?P<act>.+?){_SURE}", r"can \g<who> \g<act>?"),
        (rf"{_IS_IT}{_BANNED} for (?P<who>{_I}) to\b", r"can \g<who>"),
        (rf"{_IS_IT}{_BANNED} (?:to|if i)\b", "can i"),
        (rf"\b(?:am i|(?:would|will|could) i (?:be|get)) {_AT_FAULT} (?:to|if i)\b", "can i"),
        (rf"\b(?:am i|(?:would|will|could) i (?:be|get)) {_AT_FAULT}(?: for| by| over)?\b", "would i be ok"),
        (rf"(?P<be>\b(?:is|are|am|be|its|thats)|['’]s)(?P<mid>(?: (?!not\b)[^\s,.;?!]+){{0,16}}?) {_BANNED}(?: from(?= \w+ing\b))?(?![\w-]| from\b)", r"\g<be>\g<mid> ok"),
    ),
    Asks.WHETHER_EXCUSED: (
        (rf"{_SO}(?P<who>{_I}) (?:really |still |just )?do(?:es)?n['’]?t (?:really |even |actually )?(?P<must>have|need) to (?P<act>.+?){_SURE}", r"do \g<who> \g<must> to \g<act>?"),
        (r"\bis it (?:optional|voluntary) to\b", "do i have to"),
        (r"\b(?:optional|voluntary)\b", "compulsory"),
        (rf"\b(?:(?:is|would|will) it (?:be )?)?{_FINE} if (?P<who>{_I}) do(?:es)?n['’]?t\b", r"do \g<who> have to"),
        (rf"\b(?:(?:is it|am i|(?:would|will) (?:it|i) be) )?{_FINE} (?:not to|to not)\b", "do i have to"),
    ),
}  # fmt: skip
_PATTERNS = {asks: [(re.compile(said, re.IGNORECASE), to) for said, to in ways] for asks, ways in _WAYS.items()}
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.?!](?=\S)[^.?!\n]+)*[.?!]*\s*")


@lru_cache(maxsize=512)  # asked for each time that more of the evidence is read
def inverted(question: str, frame: Frame) -> str | None:
    """The question asked the other way round, or None where its words of asking do not say plainly how.

    >>> inverted("I'm new. Is leaving early off limits?", read_question("I'm new. Is leaving early off limits?"))
    "I'm new. Is leaving early ok?"
    """
    if frame.asks not in _OTHER or not frame.confident or frame.avoids:
        return None
    for found in reversed(list(_SENTENCE.finditer(question))):
        if read_question(found[0]).asks is not frame.asks:
            continue
        for said, to in _PATTERNS[frame.asks]:
            turned, count = said.subn(to, found[0], count=1)
            whole = question[: found.start()] + turned + question[found.end() :]
            read = read_question(whole)
            if count and read.asks is _OTHER[frame.asks] and read.confident:
                return whole
    return None
