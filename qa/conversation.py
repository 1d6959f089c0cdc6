"""Follow-ups: a question that cannot be understood alone gets the question before it in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa.question import BadQuestion

_FOLLOWS = re.compile(
    r"^\W*(?:and|but|or|what about|how about|what if|even if|even|also|then|so what|same|ok but|ok and|okay but|only if"
    r"|is that|is it|does that|do they|are they|can they|can i do that|why|really|which one|not even|unless)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:it|that|this|those|these|them|they|one|ones|there|then|either|instead|him|her)\b", re.IGNORECASE)


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


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """The question as it is searched: alone, or with the question it follows in front.

    >>> stand_alone("and my laptop?", [Turn("does my phone need a pin")])
    'does my phone need a pin and my laptop?'
    """
    if not history or not follows(question):
        return question
    return f"{history[-1].question} {question}"


def follows(question: str) -> bool:
    """Whether a question leans on the one before it: it opens like one, points back, or is very short."""
    words = question.split()
    return bool(_FOLLOWS.match(question)) or len(words) <= 4 or (len(words) <= 12 and bool(_POINTS_BACK.search(question)))
