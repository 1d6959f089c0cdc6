"""Gold questions → answers, as data: everything a scorer needs, and nothing that changes from run to run.

How long each answer took is kept apart (`Run.elapsed_ms`), so that the same run twice is the same bytes.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from eval.gold import GoldQuestion
from ingest.documents import Document
from ingest.editions import Edition
from ingest.rows import Progress
from qa.answer import Answer, Citation

FOUND = 100  # clauses kept of what was found: as many as policy-ask --evidence gives at most


class Asked(Protocol):
    """Whatever answers questions from an edition: an `Assistant`, or one built to be wrong."""

    edition: Edition

    def ask(self, question: str, history: Sequence[dict[str, str]] = ...) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote that was shown, where it is said to stand, and whether it does."""

    document: str
    clause: str
    quote: str
    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A clause that was found, best first in its list."""

    document: str
    clause: str
    text: str


@dataclass(frozen=True, slots=True)
class Modelled:
    """What asking a chat model for an answer came to; tokens are 0 where none were reported."""

    fallback_reason: str
    dropped: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one gold question; `verdict` is "error" where asking failed, and `error` says how.

    `misquoted` are quotes in its words that are of none of its citations.
    """

    id: str
    verdict: str
    text: str
    cited: tuple[Cited, ...]
    closest: tuple[Cited, ...]
    found: tuple[Found, ...]
    confidence: float
    answered_by: str
    error: str = ""
    model: Modelled | None = None
    misquoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """All answers to some gold from one edition; `edition` is the digest of its content, not its date.

    `seconds` is how long asking took altogether, `elapsed_ms` how long each answer took.
    """

    edition: str
    gold: tuple[GoldQuestion, ...]
    answers: tuple[Answered, ...]
    elapsed_ms: tuple[float, ...]
    seconds: float = 0.0


def ask_all(assistant: Asked, gold: Sequence[GoldQuestion], progress: Progress, jobs: int = 1) -> Run:
    """Asks every question, `jobs` at a time, and keeps the answers in the order of the gold."""
    started = time.perf_counter()
    done = 0
    answers: list[Answered] = []
    elapsed: list[float] = []
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for answered, took in pool.map(lambda question: _ask(assistant, question), gold):
            done += 1
            progress("asking", done, len(gold))
            answers.append(answered)
            elapsed.append(took)
    edition = assistant.edition.manifest.digest[:12]
    return Run(edition, tuple(gold), tuple(answers), tuple(elapsed), time.perf_counter() - started)


def _ask(assistant: Asked, gold: GoldQuestion) -> tuple[Answered, float]:
    try:
        answer = assistant.ask(gold.question, gold.turns)
    except Exception as error:  # one answer that breaks is counted as wrong and named; it must not hide the others
        said = without_secrets(f"{type(error).__name__}: {error}", os.environ)
        return Answered(gold.id, "error", "", (), (), (), 0.0, "", said), 0.0
    return answered(gold.id, answer, assistant.edition.documents), answer.elapsed_ms


def answered(gold_id: str, answer: Answer, documents: Mapping[str, Document]) -> Answered:
    """An answer as data, its quotes held against the pages of the edition."""
    clauses = answer.evidence.clauses()[:FOUND] if answer.evidence else ()
    return Answered(
        id=gold_id,
        verdict=answer.verdict,
        text=answer.text.encode("utf-8", "replace").decode(),  # a model may send half a surrogate pair
        cited=tuple(_cited(c, documents) for c in answer.citations),
        closest=tuple(_cited(c, documents) for c in answer.closest),
        found=tuple(Found(clause.document, clause.id, clause.text) for clause, _ in clauses),
        confidence=round(answer.confidence, 4),
        answered_by=answer.answered_by,
        model=_modelled(answer) if answer.prompt else None,
        misquoted=tuple(misquoted(answer)),
    )


def _modelled(answer: Answer) -> Modelled:
    read, written = (answer.usage.input_tokens, answer.usage.output_tokens) if answer.usage else (0, 0)
    return Modelled(answer.fallback_reason, answer.dropped, read, written)


def is_exact(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Whether `page_text[start:end] == quote` holds for a citation, it quotes anything at all, and what stands above
    the quote and its list's items are slices of the page too.
    """
    document = documents.get(citation.document)
    beside = (*citation.items, *(citation.lead.split(" … ") if citation.lead else ()))
    if document is None or not citation.quote or not all(words and words in document.text for words in beside):
        return False
    return document.text[citation.start : citation.end] == citation.quote


def misquoted(answer: Answer) -> Iterator[str]:
    """What stands between “ and ” in the words of an answer and is neither of its citations nor in a page's title."""
    shown = {words for c in answer.citations for words in (c.quote, c.lead, *c.items, c.title) if words}
    rest = answer.text
    for words in sorted(shown, key=lambda words: (-len(words), words)):
        rest = rest.replace(f"“{words}”", "")  # whole first: a quote may hold marks of its own
    yield from (found for found in re.findall(r"“([^”]*)”?", rest) if not any(found in words for words in shown))


def without_secrets(text: str, environment: Mapping[str, str]) -> str:
    """A text without the values of keys, tokens and passwords that stand in the environment."""
    secret = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL", re.IGNORECASE)
    for name, value in environment.items():
        if secret.search(name) and len(value) >= 6:
            text = text.replace(value, f"[{name}]")
    return text


def _cited(citation: Citation, documents: Mapping[str, Document]) -> Cited:
    exact = is_exact(citation, documents)
    return Cited(citation.document, citation.clause, citation.quote, citation.start, citation.end, exact)
