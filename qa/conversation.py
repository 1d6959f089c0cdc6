"""Follow-ups: a question that cannot be understood alone gets the question before it in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa.modality import read_question
from qa.question import BadQuestion

_FOLLOWS = re.compile(
    r"^\W*(?:and|n|but|or|what about|how about|what if|even if|even|also|then|so what|same|ok but|ok and|okay but"
    r"|only if|is that|is it|its|does that|do they|are they|can they|can i do that|why|really|which one|not even"
    r"|unless)\b",
    re.IGNORECASE,
)
_ECHO = re.compile(r"(?:^|[.!,;]\s*)(?:is|was|would|will|does|do) (?:that|this|it|they)\b[^.!]{0,40}\?$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|that|this|those|these|them|they|one|ones|there|then|either|instead|him|her)\b", re.IGNORECASE
)
MOST_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the words it was answered with."""

    question: str
    answer: str = ""


def read_turns(history: Sequence[Any]) -> tuple[Turn, ...]:
    """Turns from turns or from `{"question": …, "answer": …}`.

    Raises:
        BadQuestion: it is something else.
    """
    if isinstance(history, str) or not isinstance(history, Sequence):
        raise BadQuestion('history is a list of {"question": …, "answer": …}, oldest first')
    return tuple(turn if isinstance(turn, Turn) else _turn(turn) for turn in history)


def _turn(row: Any) -> Turn:
    if isinstance(row, dict) and isinstance(row.get("question"), str) and isinstance(row.get("answer", ""), str):
        return Turn(row["question"], row.get("answer", ""))
    raise BadQuestion(f'a turn of the history is {{"question": …, "answer": …}}, not {row!r:.80}')


@dataclass(frozen=True, slots=True)
class Understood:
    """A question and, if it is a follow-up, the question that it follows.

    `typed` holds what was typed where a model has put it in words that stand alone.
    """

    question: str
    before: str = ""
    typed: str = ""

    @property
    def searched(self) -> str:
        """The words that are searched: the question before in front."""
        return f"{self.before} {self.question}" if self.before else self.question


def understand(question: str, history: Sequence[Turn]) -> Understood:
    """The question with what it leans on.

    >>> understand("and my laptop?", [Turn("does my phone need a pin")]).searched
    'does my phone need a pin and my laptop?'
    """
    if not history or not follows(question):
        return Understood(question)
    return Understood(question, history[-1].question)


def split_questions(text: str) -> tuple[str, ...]:
    """The questions of a message, if it asks more than one in so many words; else the message alone.

    What stands before the first question mark goes with the first question. A part that only echoes
    ("is that ok?", "right?") is none.

    >>> split_questions("Can I park in the yard? And who do I ask for a key?")
    ('Can I park in the yard?', 'And who do I ask for a key?')
    >>> split_questions("Mia's mum texted me. Can I text back? Is that ok?")
    ("Mia's mum texted me. Can I text back? Is that ok?",)
    """
    parts = [part.strip() for part in re.findall(r"[^?]+\?+|[^?]+$", text) if part.strip(" ?.!")]
    if len(parts) < 2 or not all(part.endswith("?") and _asks_something(part) for part in parts):
        return (text,)
    return tuple(parts[:MOST_QUESTIONS])


def _asks_something(part: str) -> bool:
    frame = read_question(part)
    return frame.confident and len(frame.stems) >= 2 and not _ECHO.search(part)


def follows(question: str) -> bool:
    """Whether a question leans on the one before it: it opens like one, points back, or is very short."""
    words = question.split()
    return (
        bool(_FOLLOWS.match(question)) or len(words) <= 5 or (len(words) <= 12 and bool(_POINTS_BACK.search(question)))
    )
