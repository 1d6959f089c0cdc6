"""What a conditional answer hangs on, as the handbook puts it: slices of the quotes, one for each condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answer import Answer, Citation
from qa.frames import Asks, Frame, read_question
from qa.modality import nearest
from qa.norms import Force, Norm, read_norms
from qa.question_words import BY_DAY
from qa.spelling import straight

#: “… and make sure that you have permission”
ENSURE = re.compile(r"\b(?:ensure|make sure|be sure)(?: that)? (?P<what>you [^,;.]+)", re.IGNORECASE)


def conditions(answer: Answer) -> tuple[str, ...]:
    """The conditions and exceptions in the quotes of a conditional answer, word for word; of others none.

    Of several rules in a quote only the one nearest to the question is asked, where it has any.
    """
    if answer.verdict != "conditional":
        return ()
    frame = read_question(answer.understood or answer.question)
    return tuple(dict.fromkeys(words for citation in answer.citations for words in _of(citation, frame)))


def turns_on(norm: Norm) -> tuple[str, ...]:
    """The condition and the exception of a norm.

    A sentence that opens with “If …” or “Where …” tells when it speaks, and “before you …” when a duty is done: those
    are no conditions of what is said. A clause that is nothing else, “but no more than three times a year”, is one.
    """
    found = (norm.condition or "", norm.exception or "")
    says, condition = norm.says.strip(), norm.condition or "\0"
    occasion = condition if says.startswith(condition) and says.strip(".,; ") != condition else ""
    if norm.force is Force.OBLIGED and _DONE_WHEN.match(condition):
        occasion = condition
    only = occasion.lower().startswith("only")
    return tuple(words for words in found if words and (words != occasion or only))


_DONE_WHEN = re.compile(r"(?:before|after|while|whilst|as soon as)\b", re.IGNORECASE)


def _by_day(norm: Norm) -> tuple[str, ...]:
    """The part of the day, or the place, for which something is banned: “during the school day”."""
    banned = norm.says.partition(straight(norm.cue))[2] if norm.force is Force.FORBIDDEN and norm.cue else ""
    return tuple(found[0] for found in BY_DAY.finditer(banned))


def _as_told(norm: Norm, frame: Frame) -> tuple[str, ...]:
    """What is to be done by whoever does it: “If you post, make it clear that …” – may one?"""
    may = frame.asks is Asks.WHETHER_ALLOWED and norm.force is Force.OBLIGED and norm.condition and norm.cue
    told = norm.says[norm.says.find(straight(norm.cue)) :].strip(" .;,")
    return (told,) if may and not ENSURE.search(norm.says) else ()


def _of(citation: Citation, frame: Frame) -> Iterator[str]:
    quote, plain = citation.quote, straight(citation.quote)
    norms = read_norms(quote, citation.lead)
    asked_of = nearest(frame, norms)
    for norm in [asked_of] if turns_on(asked_of) else norms:
        for words in turns_on(norm) or (_by_day(norm) or _as_told(norm, frame) if norm is asked_of else ()):
            at = plain.find(words)
            if at >= 0 and len(words.split()) > 2:
                yield quote[at : at + len(words)]
    for found in ENSURE.finditer(quote):
        yield found["what"]
