"""Whether the words of a model's own rest on what it cites: each statement, its label, its quote.

Deterministic and strict: a statement is supported when it carries the label of a citation, every number
in it stands in the quotes it points to, and so do at least half of its word stems. No model judges.
"""

from __future__ import annotations

import re

from eval.run import Answered
from ingest.clauses import sentences
from ingest.words import terms
from qa.answer import OPENINGS
from qa.fitting import FITTED

LEAST_SHARED = 0.5
_LABEL = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(
    r"(?:The handbook says|Also)(?:, under “[^”]*”)?: “.*?”(?= \[| *$)(?: \[\d+\])?|“[^”]*”"
)  # a quote is no statement
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NO_LEXICON: dict[str, dict[str, str]] = {"same": {}, "abbreviations": {}}


def statement_support(answer: Answered) -> float | None:
    """The share of a model's statements that its citations support; None where no model spoke."""
    if answer.answered_by in ("reader", "") or not answer.cited:
        return None
    held = [_is_supported(words, answer) for words in statements(answer.text)]
    return sum(held) / len(held) if held else None


def statements(text: str) -> tuple[str, ...]:
    """The statements of an answer, without the opening (“No.”) and without the quotes themselves.

    >>> statements("No. Texting a parent is ruled out [1].")
    ('Texting a parent is ruled out [1].',)
    """
    for opening in filter(None, (*FITTED, *OPENINGS.values())):
        text = text.removeprefix(opening)
    # A label after the full stop belongs to the sentence before it.
    joined = re.sub(r"([.!?])\s*((?:\[\d+\]\s*)+)", r" \2\1 ", _QUOTED.sub("", text))
    found = (sentence.text for sentence in sentences(joined.strip()))
    return tuple(s for s in found if _own_terms(s))


def _is_supported(statement: str, answer: Answered) -> bool:
    labels = [int(label) for label in _LABEL.findall(statement)]
    if not labels or not all(1 <= label <= len(answer.cited) for label in labels):
        return False
    quotes = " ".join(answer.cited[label - 1].quote for label in labels)
    words = _LABEL.sub("", statement)
    if not set(_NUMBER.findall(words)) <= set(_NUMBER.findall(quotes)):
        return False
    own = _own_terms(statement)
    return len(own & set(terms(quotes, _NO_LEXICON))) >= LEAST_SHARED * len(own)


def _own_terms(statement: str) -> set[str]:
    return set(terms(_LABEL.sub("", statement), _NO_LEXICON))
