"""What a question asks: whether something is allowed, forbidden, needed or so, and what its asker says of conditions.

    read_question("is it banned to share mine")    WHETHER_FORBIDDEN

The rules are the table of `qa.question_words`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qa import question_words as words
from qa.amounts import Amount, amounts
from qa.spelling import LONGEST, plain, stems, upright

READ = 16_384  # questions whose frames are kept: what is taught is read again with each question that is like it


class Asks(StrEnum):
    """What a question wants to know; OPEN is anything that yes or no would not answer."""

    WHETHER_ALLOWED = "whether_allowed"
    WHETHER_FORBIDDEN = "whether_forbidden"
    WHETHER_OBLIGED = "whether_obliged"
    WHETHER_EXCUSED = "whether_excused"
    WHETHER_TRUE = "whether_true"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question asks, by which words, and what its asker says of conditions.

    `confident` is false where no words of asking were found and the frame is a guess.
    `avoids` says that the asker means to leave something be, so that WHETHER_FORBIDDEN is of what is left.
    `parts` are the clauses of the question, in plain spelling.
    """

    asks: Asks
    cue: str
    states_condition: bool
    lacks_condition: bool
    confident: bool = True
    avoids: bool = False
    parts: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    amounts: tuple[Amount, ...] = ()

    @property
    def said(self) -> str:
        """The clauses of the question as one text, in plain spelling."""
        return ". ".join(self.parts)


_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")
_PART = re.compile(r"[,.;:?!()\n]+|\s+-+\s+|\b(?:and|but|so|cos|because|though)\b")


@lru_cache(maxsize=READ)
def read_question(question: str, before: str = "") -> Frame:
    """What the question asks; `before` is the question it follows, whose frame "what if…" inherits."""
    text = plain(question.strip()[-LONGEST:])
    asking = _asking_sentence(text)
    asks, cue, confident = _asks(asking)
    if before and asks is not Asks.OPEN and (not confident or words.ELLIPTICAL.match(asking)):
        earlier = read_question(before)
        asks, cue, confident = earlier.asks, earlier.cue, False
    lacks = bool(words.CONDITION_UNMET.search(text))
    return Frame(
        asks=asks,
        cue=cue,
        states_condition=not lacks and bool(words.CONDITION_MET.search(text)),
        lacks_condition=lacks,
        confident=confident,
        avoids=confident and asks is Asks.WHETHER_FORBIDDEN and _avoids(asking),
        parts=tuple(p.strip() for p in _PART.split(text) if p.strip()),
        stems=stems(text + " " + before[-LONGEST:].lower()),
        amounts=amounts(text),
    )


def _avoids(asking: str) -> bool:
    declined = words.RIGHT_TO.search(asking) and words.DECLINED.search(asking)
    return bool(declined or words.AVOIDS_ASKED.search(asking))


#: "Would it?" asks what the sentence before said.
_POINTS_BACK = re.compile(
    r"(?:can|could|would|will|does|do|is|are|may|should|must|has|have) (?:i|we|you|he|she|it|they)\W*$"
    r"|what(?:s| is) the answer\W*$"
    r"|(?:is|was) (?:that|this|it) (?:right|true|correct|so)\W*$"
)


def as_judged(question: str) -> str:
    """A question in the words that the judge reads, in training as in use: outright, and without the sentences that
    ask of nobody, if others ask.

    >>> as_judged("Don't I need a permit? It's free. Who'd mind?")
    "Do I need a permit? It's free."
    """
    told = " ".join(_telling(question, [s for s in _SENTENCE_END.split(question) if s.strip()]))
    return upright(told)


def _telling(question: str, sentences: list[str]) -> list[str]:
    telling = [s for s in sentences if not words.ASKS_NOTHING.fullmatch(plain(s))]
    if len(telling) < len(sentences) and any(s.rstrip().endswith("?") or _asks(plain(s))[2] for s in telling):
        return telling
    return sentences or [question]


def _asking_sentence(text: str) -> str:
    """The last sentence with a question mark, else the last with words of asking, else the last."""
    sentences = _telling(text, [s for s in _SENTENCE_END.split(text) if s.strip()])
    if len(sentences) > 1 and _POINTS_BACK.match(sentences[-1]) and _asks(sentences[-2])[2]:
        return sentences[-2]
    if words.THEIRS.search(sentences[-1]):
        return sentences[-1]
    marked = [s for s in sentences if s.rstrip().endswith("?")]
    if marked:
        at = sentences.index(marked[-1])
        if at and _POINTS_BACK.match(marked[-1]) and _asks(sentences[at - 1])[2]:
            return sentences[at - 1]
        return " ".join(sentences[at - 1 : at + 1]) if at and words.RIGHT_TO.search(marked[-1]) else marked[-1]
    return next((s for s in reversed(sentences) if _asks(s)[2]), sentences[-1])


_POINT = re.compile(r"(?<=\d)[.:](?=\d)")  # "at 2.45", "1.8 m": no words end there


@lru_cache(maxsize=512)  # a question's sentences are read to find the one that asks, and that one again
def _asks(asking: str) -> tuple[Asks, str, bool]:
    """What one sentence asks, by which words, and whether they are sure words of asking."""
    asking = words.TAG.sub(r"\g<said>", words.CONFIRMING.sub("", asking))
    asking = _POINT.sub("", words.OR_BANNED.sub("", words.THAT_RIGHT.sub(", right?", asking)))
    whether = _asks_whether(asking)
    if outright := words.OPEN_OUTRIGHT.search(asking):
        return Asks.OPEN, outright["cue"], True
    openly = words.OPEN.search(asking)
    if openly and not (whether and (openly["start"] or openly["mid"]) and whether[1].start() < openly.start()):
        cue = next(c for c in (*openly.group("start", "mid", "asked", "tail", "bare"),) if c)
        return Asks.OPEN, cue.strip(" ?"), True
    if theirs := words.THEIRS.search(asking):
        return Asks.WHETHER_TRUE, theirs[0], False
    if whether:
        return whether[0], whether[1][0].strip(" ,.;:-"), True
    if avoiding := words.AVOIDING.search(asking):
        return Asks.WHETHER_FORBIDDEN, avoiding["cue"], True
    if perhaps := words.TRUE_PERHAPS.search(asking):
        return Asks.WHETHER_TRUE, perhaps["cue"], False
    if confirmation := words.CONFIRMS.search(asking):
        return Asks.WHETHER_ALLOWED, confirmation[0].strip(), False
    return Asks.WHETHER_ALLOWED, "", False


def _asks_whether(asking: str) -> tuple[Asks, re.Match[str]] | None:
    """The yes/no frame; to be forbidden not to is to be obliged, to be obliged to avoid is to be forbidden."""
    if found := words.NOTHING_AGAINST.search(asking):
        return Asks.WHETHER_ALLOWED, found
    if found := words.BEST_NOT.search(asking) or words.SAYS_NOT.search(asking):
        return Asks.WHETHER_FORBIDDEN, found
    if found := words.FORBIDDEN_ASKED.search(asking):
        omits = words.OMITS.search(asking, found.start())
        return (Asks.WHETHER_OBLIGED if omits else Asks.WHETHER_FORBIDDEN), found
    if found := words.NO_DUTY_ASKED.search(asking):
        return Asks.WHETHER_EXCUSED, found
    if found := words.RIGHT_TO.search(asking):
        return (Asks.WHETHER_FORBIDDEN if words.DECLINED.search(asking) else Asks.WHETHER_TRUE), found
    if found := words.OBLIGED_ASKED.search(asking):
        avoids = words.AVOIDS.match(asking, found.end() + 1)
        return (Asks.WHETHER_FORBIDDEN if avoids else Asks.WHETHER_OBLIGED), found
    if found := words.MEANING_ASKED.search(asking):
        return Asks.WHETHER_TRUE, found
    if found := words.DIRECT_ASKED.search(asking):
        avoids = words.AVOIDS_ASKED.match(asking, found.start())
        return (Asks.WHETHER_FORBIDDEN if avoids else Asks.WHETHER_TRUE), found
    if found := words.WHAT_POLICY_GIVES.search(asking):
        return Asks.WHETHER_TRUE, found
    if found := words.ALLOWED_ASKED.search(asking):
        if words.ALLOWED_TOLD.match(found[0]) and (told := words.FORBIDDEN_TOLD.search(asking)):
            return Asks.WHETHER_FORBIDDEN, told
        skips = words.OMITS.search(asking) and not words.AN_ACT_IF_NOT.search(asking)
        return (Asks.WHETHER_EXCUSED if skips else Asks.WHETHER_ALLOWED), found
    if found := words.FORBIDDEN_TOLD.search(asking):
        return Asks.WHETHER_FORBIDDEN, found
    if found := words.OBLIGED_TOLD.search(asking):
        return Asks.WHETHER_OBLIGED, found
    if found := words.TRUE_ASKED.search(asking):
        return Asks.WHETHER_TRUE, found
    return None
