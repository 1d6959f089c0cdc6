"""How a question comes in: refused if it is too long or too fast, answered first if it tells of harm, else asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.assistant import Assistant
from qa.conversation import Turn
from qa.question import BadQuestion


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it may be shown and kept, and what it was answered with: an answer or a refusal in words."""

    question: str
    answer: Answer | None = None
    refusal: str = ""


def receive(question: str, before: Sequence[Exchange], assistant: Assistant) -> Exchange:
    """Asks a question after the exchanges before it."""
    turns = [Turn(e.question, e.answer.text) for e in before if e.answer]
    try:
        answer = assistant.ask(question, turns)
    except BadQuestion as error:
        return Exchange("", refusal=str(error))
    return Exchange(answer.question, answer)
