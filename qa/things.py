"""Of which thing a rule and a question speak: a phone or another device, one's own or the school's.

“Never have your phone visible” says nothing of a tablet, nor “no photos with your phone” of the school's camera.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.draft import YES_AND_NO, Verdict
from qa.frames import Frame
from qa.modality import BAN_HOLDS, nearest, settle
from qa.norms import Force, Norm
from qa.spelling import stems, straight, whole


def of_another_thing(question: str, frame: Frame, norms: Sequence[Norm]) -> frozenset[Verdict]:
    """The yes and no that a sentence, by its norms, gives only to another thing than that of a question."""
    norm = nearest(frame, norms)
    if _is_of_phones(straight(norm.says)) and _is_of_another_device(question):
        return YES_AND_NO
    if norm.force is Force.FORBIDDEN and _WITH_YOUR_OWN.search(straight(norm.says)) and _is_of_the_schools(question):
        holds = BAN_HOLDS.get(frame.asks)
        return frozenset({holds} if holds else ())
    return _of_another_own(question, frame, norms)


_A_PHONE = r"(?:(?:mobile|cell|smart)[ -]?)?phones?(?! (?:numbers?|calls?)\b)|mobiles?|handsets?|iphones?"
_NO_PHONE = (
    r"tablets?|i-?pads?|laptops?|(?:mac|chrome|net)books?|computers?|desktops?|pcs?|cameras?|camcorders?|e-?readers?|kindles?"
    r"|(?:smart ?|apple )watch(?:es)?|(?<=my )watch|(?<=a )watch|watches|consoles?|headphones|earphones|earbuds|airpods"
)
_PHONE, _OTHER_DEVICE = whole(_A_PHONE), whole(_NO_PHONE)
#: A phone that nobody carries.
_FIXED = whole(
    r"land ?-?lines?|(?:desk|wall|office|class(?:room)?|reception|staff ?room|school) (?:tele)?phones?"
    r"|(?:the|a) (?:tele)?phone (?:on|in) the (?:wall|class(?:room)?|office|staff ?room)"
)
_ANY_DEVICE = whole(r"anything|devices?|gadgets?|electronic\w*|equipment|technology|wearables?")
_BY = r"\b(?:using|use|with|on|from|via|by|through)"
#: A device by which something is done, not what a rule is about: "no photos using your phone".
_BY_PHONE = re.compile(rf"{_BY} (?:(?!to\b)[\w'-]+ ){{0,3}}?(?:{_A_PHONE})(?![\w-])", re.IGNORECASE)
_ANY = rf"(?:{_A_PHONE}|{_NO_PHONE}|devices?)(?![\w-])"
_WITH_YOUR_OWN = re.compile(rf"{_BY} your (?:own |personal |private )?(?:[\w-]+ )??{_ANY}", re.IGNORECASE)
_ORGANISATION = r"(?:school|nursery|college|work|office|class|department|team|company|firm|agency|club|charity)"
_THE_SCHOOLS = re.compile(
    rf"\b(?:the|an?|one of the|our) {_ORGANISATION}(?:['’]?s)? (?:own )?(?:[\w-]+ )??{_ANY}"
    rf"|\b(?:the|our) {_ORGANISATION}['’]?s(?: own)?(?: one)?\W*$",
    re.IGNORECASE,
)
_MINE = re.compile(rf"\bmy (?:own |personal |private )?(?:[\w-]+ )??{_ANY}|\b(?:my own|mine)\b", re.IGNORECASE)


def _is_of_phones(said: str) -> bool:
    """Whether what is said is about phones, and about no other device."""
    about = _BY_PHONE.sub(" ", said)
    return bool(_PHONE.search(about)) and not (_OTHER_DEVICE.search(said) or _ANY_DEVICE.search(said))


def _is_of_another_device(question: str) -> bool:
    """Whether a question names a device, and no phone but one that nobody carries."""
    carried = _FIXED.sub(" ", question)
    return bool(carried != question or _OTHER_DEVICE.search(question)) and not _PHONE.search(carried)


def _is_of_the_schools(question: str) -> bool:
    """Whether a question is of a device that is the school's, and of none of the asker's."""
    return bool(_THE_SCHOOLS.search(straight(question))) and not _MINE.search(question)


#: A thing of one's own: "my own keyboard", "a screen or keyboard of your own".
_OWN = re.compile(
    r"\b(?:my|your|our|their|his|her) own (?P<first>[\w'’-]+(?: (?:or|and) [\w'’-]+)?)"
    r"|(?P<last>(?:[\w'’-]+,? ){1,5})of (?:my|your|our|their|his|her) own\b",
    re.IGNORECASE,
)


def _of_another_own(question: str, frame: Frame, norms: Sequence[Norm]) -> frozenset[Verdict]:
    """The yes and no that a sentence gives only to another thing of one's own: of "bring your own mug, but not your own
    kettle" to a kettle, where a mug is asked of.
    """
    asked = _owned(question)
    named = [norm for norm in norms if asked & _owned(norm.says)]
    others = [norm for norm in norms if _owned(norm.says) and norm not in named]
    if len(named) != 1 or not others:
        return frozenset()
    given, elsewhere = (frozenset(settle(frame, [norm]).verdict for norm in some) for some in (named, others))
    return YES_AND_NO & (elsewhere - given) if YES_AND_NO & given else frozenset()


def _owned(text: str) -> frozenset[str]:
    """The stems of what is somebody's own in a text."""
    return stems(" ".join(found["first"] or found["last"] for found in _OWN.finditer(text)))
