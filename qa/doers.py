"""Who does what a clause says is done: “fines are paid by the driver and tolls by us” makes no asker pay tolls.

Only who is named behind “by” is read; what an asker may do is not said by it.
"""

from __future__ import annotations

import re

from qa.draft import Verdict
from qa.frames import Asks, Frame
from qa.people import called
from qa.policy_words import ORGANISATIONS
from qa.spelling import stems, straight

_NO_PERSON = r"(?:end|start|time|date|day|last|first|next|following|door|gate|deadline|weekend|window|entrance)"
_GOES_ON = r"(?:and|or|by|if|when|where|unless|only|with|in|on|at|for|to|before|after|who|that|not)"
#: What is done, and by whom; after the first also without its verb: "postage is paid by the firm and broadband by you".
_DONE_BY = re.compile(
    r"\b(?P<what>(?:(?!(?:and|is|are|be)\b)[\w'-]+ ){1,8}?)"
    r"(?:(?:is|are|be) (?:\w+ly )?(?P<act>\w+(?: (?:for|on|up|in|out|off))?) (?:every (?:\w+ ){1,2})?)?"
    rf"by (?P<who>us\b|you\b|(?:the|an?|our) (?!{_NO_PERSON}\b)[\w'-]+(?: (?!{_GOES_ON}\b)[\w'-]+)?)",
    re.IGNORECASE,
)
#: Whom a page calls so is its reader, and who is none.
_READER = re.compile(
    r"you\b|(?:the|an?) (?:\w+ )?(?:operative|driver|employee|worker|member|candidate|volunteer|hirer|tenant|resident"
    r"|student|traveller|passenger|applicant|claimant|borrower|user|player|holder)$",
    re.IGNORECASE,
)
_NO_READER = re.compile(
    rf"us\b|our\b|(?:the|an?) (?:[\w'-]+ )?(?:{ORGANISATIONS}|board|association|manager|head|supervisor"
    r"|department|insurer|child|pupil|parent"
    r"|client|fund)$",
    re.IGNORECASE,
)
_DO_I = re.compile(r"\b(?:do|did|must|should|shall|have|am) i\b", re.IGNORECASE)
_DO_YOU = re.compile(
    r"\b(?:do|does|will|must|should|are) (?:you|they|the (?:agency|company|school|firm|office))\b", re.IGNORECASE
)
_I_AM_THE = re.compile(r"\b(?:i['’]?m|i am|as) the(?: [\w'-]+){1,3}", re.IGNORECASE)
_HAVE_DONE = re.compile(r"\b(?:have|get|let|be) (?:(?:my|our|it|them|a|the) (?:\w+ )?)?\w+ed\b", re.IGNORECASE)
_YES: frozenset[Verdict] = frozenset({"yes"})
_NO: frozenset[Verdict] = frozenset({"no"})


def by_another(question: str, frame: Frame, clause: str) -> frozenset[Verdict]:
    """The yes that a clause does not give to “do I …” where another does it, and the no where its reader does; of “do
    you …” the other way round. Nothing where it is not known whether who does it is the asker.

    >>> from qa.frames import read_question
    >>> rule = "Parking fines are paid by the driver and tolls by us."
    >>> [sorted(by_another(q, read_question(q), rule)) for q in ("do i pay the tolls", "do you pay the tolls")]
    [['yes'], ['no']]
    """
    of_asker, of_us = _DO_I.search(question), _DO_YOU.search(question)
    asks_who = frame.asks in (Asks.WHETHER_OBLIGED, Asks.WHETHER_TRUE) and not _HAVE_DONE.search(question)
    who = _doer(frame, straight(clause)) if asks_who and bool(of_asker) != bool(of_us) else ""
    if not who:
        return frozenset()
    named = _I_AM_THE.search(question)
    if _READER.match(who) or stems(f"{called(question)} {named[0] if named else ''}") & stems(who):
        return _NO if of_asker else _YES
    return (_YES if of_asker else _NO) if _NO_READER.match(who) else frozenset()


def _doer(frame: Frame, clause: str) -> str:
    """Who does what the question speaks of, or ""."""
    every = list(_DONE_BY.finditer(clause))
    asked = [done for done in every if stems(done["what"]) & frame.stems]
    return asked[0]["who"] if len(asked) == 1 and every[0]["act"] else ""
