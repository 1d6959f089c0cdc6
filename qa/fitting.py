"""A yes or a no in words that fit the way the question was asked.

“Am I breaking rules if I text her?” – “Yes” and a green tick would be read as leave to do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from qa.answer import OPENINGS, Answer
from qa.draft import Verdict
from qa.frames import Asks, Frame, read_question
from qa.modality import nearest, settle
from qa.norms import Force, Norm, read_norms
from qa.reader import CHECK_FIRST, UNCLEAR


class Fitting(NamedTuple):
    """The verdict in words, and the verdict in whose shape and colour it is shown: a ban confirmed is shown as a no."""

    words: str
    shown: Verdict


_FITTING = {
    (Asks.WHETHER_FORBIDDEN, "yes"): Fitting("Yes, that is against the handbook", "no"),
    (Asks.WHETHER_FORBIDDEN, "no"): Fitting("No, that is not against the handbook", "yes"),
    (Asks.WHETHER_EXCUSED, "yes"): Fitting("Yes, that is not required", "yes"),
    (Asks.WHETHER_EXCUSED, "no"): Fitting("No, that is required", "no"),
    (Asks.WHETHER_OBLIGED, "yes"): Fitting("Yes, that is required", "yes"),
    (Asks.WHETHER_OBLIGED, "no"): Fitting("No, that is not required", "no"),
}
#: The openings that are made of them.
FITTED = tuple(f"{fits.words}." for fits in _FITTING.values())
_QUOTE_ALONE = Fitting("The handbook says", "info")


def fitting(answer: Answer) -> Fitting | None:
    """Words for the verdict where a bare yes or no could be misread; None where “Yes” and “No” say it.

    Only where the rules of language are certain of question and first quote and come to the same verdict: words
    that fit a question that was misread would be worse than none. Where they are not, a yes above a plain ban is
    left to the quote: of “is it cheeky to text her” it is right, and read as leave to.
    """
    if answer.verdict not in ("yes", "no") or not answer.citations:
        return None
    frame = read_question(answer.question)
    norms = read_norms(answer.citations[0].quote, answer.citations[0].lead)
    reading = settle(frame, norms)
    certain = reading.certain and reading.verdict == answer.verdict and frame.confident
    if certain and not answer.understood and not frame.avoids:
        return _FITTING.get((frame.asks, answer.verdict))
    return _QUOTE_ALONE if answer.verdict == "yes" and _confirms_a_ban(frame, norms) else None


def _confirms_a_ban(frame: Frame, norms: Sequence[Norm]) -> bool:
    """Whether a yes rests on what is plainly forbidden, and is no yes to “must I keep away from it?”."""
    norm = nearest(frame, norms)
    plain = norm.force is Force.FORBIDDEN and not norm.exception and not norm.condition
    return plain and not frame.avoids and frame.asks is not Asks.WHETHER_OBLIGED


def opening(answer: Answer, fits: Fitting | None) -> str:
    """The verdict as a sentence of its own: in the words that fit, if there are any; empty where quotes speak alone.

    Where no yes or no is dared it is no “It depends” either, but what the answer itself opens with.
    """
    if answer.because == UNCLEAR:
        return CHECK_FIRST if answer.text.startswith(CHECK_FIRST) else ""
    if fits and fits.shown != "info":
        return f"{fits.words}."
    return OPENINGS[fits.shown if fits else answer.verdict]


def fitted(answer: Answer) -> Answer:
    """The answer opened by the words that fit its question, if there are any: whoever reads its text alone, from
    `--json` or in another program, reads what the page says.
    """
    fits = fitting(answer)
    if fits is None:
        return answer
    rest = answer.text.removeprefix(OPENINGS[answer.verdict]).strip()
    return replace(answer, text=f"{opening(answer, fits)} {rest}".strip())
