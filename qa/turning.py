"""Whether a follow-up turns a condition of the question before it round.

    can I watch a video that isn't for the lesson?    no
    and if it's for the lesson?                       not to be answered by that “no”

What a sentence says to a question it does not say to its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.conversation import Understood
from qa.draft import YES_AND_NO, Verdict
from qa.frames import read_question
from qa.modality import settle
from qa.norms import Norm
from qa.spelling import plain, stems

#: The words by which what follows is left out, comes first, is over or goes on; "can I not" and "I can't" leave
#: nothing out.
_LEFT_OUT = (
    r"without|outside|off(?= (?:duty|site|shift|work|school)\b)|unrelated|unconnected|nothing"
    r"|(?<!can i )(?<!do i )(?<!or )not(?! (?:allowed|supposed|meant)\b)"
    r"|(?:(?<=with )|(?<=have )|(?<=got )|(?<=theres )|(?<=is )|(?<=are ))no(?! one\b)"
    r"|(?:is|are|was|were|have|has|had)nt|(?:if|when) \w+ (?:do|does|did)nt"
)
_PLACES = re.compile(
    rf"\b(?:(?P<out>{_LEFT_OUT})|(?P<before>before|until|till)|(?P<after>after|once)"
    r"|(?P<if>during|with|within|while|whilst|when|if)|(?P<at>for|in|inside|on|at))\b"
)
_REACH = 6  # words after such a word that it places
_WORD = re.compile(r"[\w-]+")


def turned_round(asked: Understood, norms: Sequence[Norm]) -> frozenset[Verdict]:
    """The yes or no that a sentence, by its norms, gives to the question before and so not to this one, which places
    what both name otherwise; both where it gives neither. Nothing where the follow-up turns nothing round.
    """
    if not asked.before or not _turns(asked.before, asked.question):
        return frozenset()
    now, earlier = read_question(asked.question), read_question(asked.before)
    if now.confident and now.asks is not earlier.asks:
        return frozenset()
    given = settle(earlier, norms).verdict
    return YES_AND_NO & {given} or YES_AND_NO


def _turns(before: str, question: str) -> bool:
    """Whether what two questions name is placed otherwise by the second, which may name it only by "it" or not at all.

    >>> _turns("can I eat before the store is locked", "and after it's locked?"), _turns("can I eat", "and after?")
    (True, False)
    """
    earlier, now = list(_placed(before)), list(_placed(question))
    if any(words for _, words in now):
        return any(_differ(place, then) and words & others for place, words in now for then, others in earlier)
    place, _ = now[-1]
    return any(_differ(place, then) for then, _ in earlier if "at" not in (then, place))


def _differ(place: str, then: str) -> bool:
    """Whether two places are not the same; "if it is" and "at it" are."""
    return place != then and {place, then} != {"at", "if"}


def _placed(question: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The stems of a question by where its words place them, what is only named first, as if it went on."""
    text = plain(question)
    place, start = "at", 0
    for found in _PLACES.finditer(text):
        yield place, _stems_near(text[start : found.start()])
        said = found.lastgroup or ""
        tied = (
            place == "out" and said in ("at", "if") and not stems(text[start : found.start()])
        )  # "nothing to do with"
        place, start = "out" if tied else said, found.end()
    yield place, _stems_near(text[start:])


def _stems_near(words: str) -> frozenset[str]:
    return stems(" ".join(_WORD.findall(words)[:_REACH]))
