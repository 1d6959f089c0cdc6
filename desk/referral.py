"""An answer as a consultant reads it and sends it on: without the words that send its reader to a consultant."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer
from qa.caveats import ASK_WHICH
from qa.reader import CHECK_FIRST, REFERRAL


def for_consultant(answer: Answer) -> Answer:
    """The answer, and each of its parts, without a word of asking a consultant; its quotes as they are."""
    text = answer.text.removeprefix(CHECK_FIRST).removesuffix(REFERRAL).strip()
    return replace(answer, text=text.replace(ASK_WHICH, ""), parts=tuple(map(for_consultant, answer.parts)))
