"""The one draft that both the reader and a chat model make: a verdict and statements on labelled evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.evidence import Candidate

Verdict = Literal["yes", "no", "conditional", "info", "not_covered"]
YES_AND_NO: frozenset[Verdict] = frozenset(("yes", "no"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """Evidence under the label that whoever drafts is given instead of its name."""

    label: int
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer and the words of labelled evidence that it rests on.

    `text` is empty where the quote speaks for itself.
    """

    text: str
    label: int
    quote: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens a chat model took, as its provider counted them; kept only where they can be true."""

    input_tokens: int
    output_tokens: int

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)


def total(*taken: Usage | None) -> Usage | None:
    """The tokens of several calls together, as far as they are known; None if none are."""
    known = [usage for usage in taken if usage]
    return sum(known[1:], known[0]) if known else None


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is checked."""

    verdict: Verdict
    statements: tuple[Statement, ...]
    confidence: float
    because: str = ""
    drafted_by: str = "reader"
