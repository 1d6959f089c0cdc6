"""Does a drafted statement say only what the sentence it rests on says?

A statement is a sentence a model wrote; beside it stands the sentence of the handbook it rests on, which
the reader sees too. There are three outcomes:

    Fit.SAME     every word stands in the sentence, letter by letter and in its order; left out are only whole
                 items of a list ("pupils or parents" → "parents") or a whole clause with a rule of its own
    Fit.LOOSE    every word of weight stands there, but moved, inflected or thinned out, which can turn the
                 sense: the words are not shown, the quote is
    Fit.WRONG    a number, name, "not", "only", "must", "may" or any other word of weight that does not
                 stand there, another force (forbidden for allowed), or markup: the statement is dropped

So that "Turn off your phone" is not shown for "Turn off your bluetooth setting on your phone", nor
"You may text parents" for "Do not text parents".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qa.norms import Force, read_norms
from qa.shortening import ADDED, GUARDS, LEFT_OUT, MARKS, thinned
from qa.spelling import STOP, stem, straight


class Fit(StrEnum):
    """How a statement stands to the sentence it rests on."""

    SAME = "same"
    LOOSE = "loose"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Support:
    """The outcome, and for those who look into it, why."""

    fit: Fit
    why: str = ""


LONGEST = 600  # characters of a statement
MOST_ADDED = 3  # small words, of those in `qa.shortening.ADDED`

_MARKUP = re.compile(r"[<>\[\]{}`*_#|\\$~^@]|://|\bwww\.|\b(?:https?|mailto|javascript|data):", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9 .,;:'’()–—£€$%-]*")
_WORD = re.compile(r"(?:(?<!\S)-(?=[£$€]?\d))?[£$€]?\d+(?:[.,:/]\d+)*(?:%|[a-z]{1,2}\b)?|[^\W\d_]+|[,;:–—.!?()-]|%")
_CONTRACTIONS = (
    (re.compile(r"\b(?:cannot|can't)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bshan't\b"), "shall not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(?:re|ll|ve|m)\b"), ""),
    (re.compile(r"'s?(?![a-z])"), ""),
    (re.compile(r"(?<=\d)\s*([ap])\.?m\b\.?"), r"\1m"),
)
_STOP_WITHIN = re.compile(r"(?<![.\s]\w)[.?!;:](?=\s)")  # not that of "7 a.m. on"


def supported(statement: str, sentence: str, lead: str = "") -> Support:
    """How a statement stands to a sentence of the handbook and the words above it.

    >>> supported("Turn off your phone.", "Turn off your bluetooth setting on your phone.").fit.value
    'loose'
    >>> supported("Do not exchange texts with parents.", "Do not exchange texts, or photos with parents.").fit.value
    'same'
    >>> supported("You may exchange texts.", "Do not exchange texts with parents.").why
    '“may” does not stand in what it rests on'
    """
    stood = f"{lead} {sentence}".strip()
    if unfit := unfit_words(statement, stood):
        return Support(Fit.WRONG, unfit)
    if foreign := foreign_word(statement, stood):
        return Support(Fit.WRONG, f"“{foreign}” does not stand in what it rests on")
    if turned := _turned(statement, sentence, lead):
        return Support(Fit.WRONG, turned)
    loose = _respelt(statement, stood) or _weakened(statement, sentence, lead)
    loose = loose or thinned(tokens(statement), tokens(stood))
    return Support(Fit.LOOSE, loose) if loose else Support(Fit.SAME)


def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and marks in lower case, contractions undone.

    >>> tokens("Don't pay £1,250.50 by 7:30 a.m.!")
    ('do', 'not', 'pay', '£1250.50', 'by', '7.30am', '!')
    """
    plain = straight(text).lower()
    for pattern, words in _CONTRACTIONS:
        plain = pattern.sub(words, plain)
    return tuple(_number(found[0]) for found in _WORD.finditer(plain))


def _number(token: str) -> str:
    return re.sub(r",(?=\d{3})", "", token).replace(":", ".") if any(map(str.isdigit, token)) else token


def unfit_words(statement: str, stood: str) -> str:
    """Why a statement cannot be a sentence of an answer at all, or ""."""
    if len(statement) > LONGEST:
        return f"{len(statement)} characters, {LONGEST} at most"
    if marked := _MARKUP.search(statement):
        return f"{marked[0]!r} is markup or an address"
    if _STOP_WITHIN.search(statement.strip()) and not _STOP_WITHIN.search(stood):
        return "it is more than one sentence, and what it rests on is one"
    strange = next((c for c in statement if not _PLAIN.fullmatch(c) and c not in stood), "")
    return f"{strange!r} does not stand in what it rests on" if strange else ""


def _key(token: str) -> str:
    """What makes a word known: numbers and guards letter by letter, others by their stem."""
    return token if token in GUARDS or not token.isalpha() else stem(token)


def foreign_word(said: str, stood: str) -> str:
    """The first word of weight of a text that another text does not have, or ""."""
    known = {_key(token) for token in tokens(stood)}
    for token in tokens(said):
        small = token in MARKS or token in LEFT_OUT or (token in STOP and token not in GUARDS)
        if not small and _key(token) not in known:
            return token
    return ""


def _turned(statement: str, sentence: str, lead: str) -> str:
    """Why the statement has a force that the sentence has not, or ""."""
    found = {norm.force for norm in read_norms(sentence, lead)}
    for norm in read_norms(statement):
        if norm.force is not Force.STATED and norm.force not in found:
            return f"it says “{norm.force.value}”, the handbook {', '.join(sorted(f.value for f in found))}"
    return ""


def _weakened(statement: str, sentence: str, lead: str) -> str:
    """Why the statement no longer says what one must, may or must not, or ""."""
    if all(norm.force is Force.STATED for norm in read_norms(statement)):
        lost = sorted({norm.force.value for norm in read_norms(sentence, lead)} - {Force.STATED.value})
        return f"it no longer says what is {', '.join(lost)}" if lost else ""
    return ""


_SPELT = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,:]*\d|\d")


def _respelt(statement: str, stood: str) -> str:
    """Why the words are not spelt as they stand there, or ""; quotes and capitals make no difference."""
    said, spelt = (_SPELT.findall(straight(text).lower()) for text in (statement, stood))
    other = [word for word in said if word not in spelt]
    if any(word not in ADDED for word in other):
        return "its words are spelt otherwise"
    return f"it adds {len(other)} words, {MOST_ADDED} at most" if len(other) > MOST_ADDED else ""
