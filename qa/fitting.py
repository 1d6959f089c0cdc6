"""A yes or a no in words that fit the way the question was asked.

“Am I breaking rules if I text her?” – “Yes” and a green tick would be read as leave to do it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from qa.answer import OPENINGS, Answer
from qa.frames import Asks, read_question
from qa.modality import settle
from qa.norms import read_norms


class Fitting(NamedTuple):
    """The verdict in words, and whether it is shown as a yes is: a ban confirmed is shown as a no."""

    words: str
    as_yes: bool

    @property
    def shown(self) -> Literal["yes", "no"]:
        """The verdict whose shape and colour it is shown in."""
        return "yes" if self.as_yes else "no"


_FITTING = {
    (Asks.WHETHER_FORBIDDEN, "yes"): Fitting("Yes, that is against the handbook", False),
    (Asks.WHETHER_FORBIDDEN, "no"): Fitting("No, that is not against the handbook", True),
    (Asks.WHETHER_EXCUSED, "yes"): Fitting("Yes, that is not required", True),
    (Asks.WHETHER_EXCUSED, "no"): Fitting("No, that is required", False),
    (Asks.WHETHER_OBLIGED, "yes"): Fitting("Yes, that is required", True),
    (Asks.WHETHER_OBLIGED, "no"): Fitting("No, that is not required", False),
}


def fitting(answer: Answer) -> Fitting | None:
    """Words for the verdict where a bare yes or no could be misread; None where “Yes” and “No” say it.

    Only where the rules of language are certain of question and first quote and come to the same verdict: words
    that fit a question that was misread would be worse than none.
    """
    if answer.verdict not in ("yes", "no") or answer.understood or not answer.citations:
        return None
    frame = read_question(answer.question)
    reading = settle(frame, read_norms(answer.citations[0].quote, answer.citations[0].lead))
    if not (reading.certain and reading.verdict == answer.verdict and frame.confident) or frame.avoids:
        return None
    return _FITTING.get((frame.asks, answer.verdict))


def opening(answer: Answer, fits: Fitting | None) -> str:
    """The verdict as a sentence of its own: in the words that fit, if there are any; empty where quotes speak alone."""
    return f"{fits.words}." if fits else OPENINGS[answer.verdict]
