"""The one place where the parts meet: `open_assistant()` → `ask()` → Answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.editions import Edition, open_edition
from ingest.embedding import Encoder
from ingest.settings import Settings, read_settings
from qa import reader
from qa.answer import Answer, Citation
from qa.citations import Checked, check, cite
from qa.conversation import Turn, Understood, read_turns, split_questions, understand
from qa.draft import Draft
from qa.evidence import Evidence, Finder, Weights
from qa.judge import CrossEncoder, Fusion, Judge, Ruling, as_taught
from qa.question import cleaned
from qa.reader import refusal, worded

CLOSEST = 3
Tell = Callable[[str], None]
"""Told of each step: “finding”, “reading”, “checking”."""


class Assistant:
    """Answers questions from one edition of the handbook."""

    def __init__(self, edition: Edition, finder: Finder, judge: Judge) -> None:
        self.edition = edition
        self._finder = finder
        self._judge = judge

    def ask(
        self, question: str, history: Sequence[Turn | dict[str, Any]] = (), tell: Tell = lambda step: None
    ) -> Answer:
        """The checked answer to a question, the turns before it in `history`, oldest first.

        Raises:
            BadQuestion: nothing was asked, too much, or the history is none.
        """
        started = time.perf_counter()
        asked = cleaned(question)
        turns = read_turns(history)
        parts = split_questions(asked)
        many = len(parts) > 1
        answer = together(asked, self._each(parts, turns, tell)) if many else self._answer(asked, turns, tell)
        return replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000)

    def _each(self, parts: Sequence[str], turns: Sequence[Turn], tell: Tell) -> tuple[Answer, ...]:
        """The answers to the questions of one message, each of which may lean on the one before."""
        answers = []
        for number, part in enumerate(parts):
            before = turns if number == 0 else [*turns, Turn(parts[number - 1])]
            answers.append(self._answer(part, before, tell))
        return tuple(answers)

    def _answer(self, question: str, turns: Sequence[Turn], tell: Tell) -> Answer:
        asked = understand(question, turns)
        tell("finding")
        evidence = self._finder.find(asked.searched)
        tell("reading")
        ruling = self._judge(asked, evidence)
        if taught := self._finder.exactly_taught(asked.searched):
            ruling = as_taught(ruling, taught)
        given = reader.labelled(ruling)
        drafted = reader.draft(ruling, given)
        tell("checking")
        checked = check(drafted, given, self.edition.documents)
        return self._compose(asked, drafted, checked, evidence, ruling)

    def _compose(
        self, asked: Understood, drafted: Draft, checked: Checked, evidence: Evidence, ruling: Ruling
    ) -> Answer:
        silent = drafted.verdict == "not_covered" or not checked.statements
        return Answer(
            question=asked.question,
            understood=asked.searched if asked.before else "",
            verdict="not_covered" if silent else drafted.verdict,
            text=refusal() if silent else worded(drafted, checked),
            citations=() if silent else checked.citations,
            closest=self._closest(evidence) if silent else (),
            confidence=ruling.confidence,
            edition=self.edition.id,
            answered_by=drafted.drafted_by,
            elapsed_ms=0.0,
            because="" if silent else drafted.because,
            evidence=evidence,
        )

    def _closest(self, evidence: Evidence) -> tuple[Citation, ...]:
        near = evidence.clauses()[:CLOSEST]
        return tuple(cite(n, clause, self.edition.documents) for n, (clause, _) in enumerate(near, 1))


def together(question: str, parts: tuple[Answer, ...]) -> Answer:
    """One answer made of the answers to the questions in it; its verdict is theirs if they agree."""
    verdicts = {part.verdict for part in parts}
    first = parts[0]
    citations: list[Citation] = []
    for part in parts:
        citations += [replace(c, label=len(citations) + n) for n, c in enumerate(part.citations, 1)]
    covered = verdicts - {"not_covered"}
    return replace(
        first,
        question=question,
        verdict=first.verdict if len(verdicts) == 1 else covered.pop() if len(covered) == 1 else "info",
        text="\n".join(f"{n}. {part.text}" for n, part in enumerate(parts, 1)),
        citations=tuple(citations),
        closest=() if citations else first.closest,
        confidence=min(part.confidence for part in parts),
        because="",
        parts=parts,
    )


def open_assistant(
    home: Path | None = None, edition_id: str = "", *, model: str = "", settings: Settings | None = None
) -> Assistant:
    """An assistant on an edition, the current one unless an id is given.

    Raises:
        HandbookError: there is no edition, or it cannot be used; the message says what to do.
    """
    chosen = settings or read_settings()
    edition = open_edition(home or chosen.home, edition_id)
    finder = Finder(edition, Encoder(edition.parts["finder"]), Weights(**edition.settings.get("finder", {})))
    judge_folder = edition.parts.get("judge")
    encoder = CrossEncoder(judge_folder) if judge_folder else None
    return Assistant(edition, finder, Judge(encoder, Fusion.from_settings(edition.settings)))
