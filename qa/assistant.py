"""The one place where the parts meet: `open_assistant()` → `ask()` → Answer."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.editions import Edition, open_edition
from ingest.embedding import Encoder
from ingest.settings import Settings, read_settings
from qa import reader
from qa.answer import Answer, Citation
from qa.cache import Cache
from qa.citations import Checked, check, cite
from qa.conversation import Turn, Understood, read_turns, split_questions, understand
from qa.draft import Draft
from qa.evidence import Evidence, Finder, Weights
from qa.judge import CrossEncoder, Fusion, Judge, Ruling, as_taught
from qa.question import cleaned
from qa.reader import refusal, worded

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.call import Deadline
    from qa.model import Drafter, Proposal

CLOSEST = 3
ANSWERS = 256  # kept for those who ask the same again; one holds its evidence, about 50 kB
Tell = Callable[[str], None]
"""Told of each step: “finding”, “reading”, “checking”; of none where the answer is known already."""


class Assistant:
    """Answers questions from one edition of the handbook."""

    def __init__(self, edition: Edition, finder: Finder, judge: Judge, drafter: Drafter | None = None) -> None:
        self.edition = edition
        self._finder = finder
        self._judge = judge
        self._drafter = drafter
        self._answers: Cache[bytes, Answer] = Cache(ANSWERS)

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
        key = _key(asked, turns)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._worked_out(asked, turns, tell)
            if self._may_repeat(answer, turns):
                self._answers.put(key, _repeated(answer))
        return replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000)

    def _worked_out(self, asked: str, turns: Sequence[Turn], tell: Tell) -> Answer:
        parts = (asked,) if self._finder.exactly_taught(asked) else split_questions(asked)
        by = self._drafter.deadline() if self._drafter else None
        if len(parts) > 1:
            return together(asked, self._each(parts, turns, tell, by))
        return self._answer(asked, turns, tell, by)

    def _may_repeat(self, answer: Answer, turns: Sequence[Turn]) -> bool:
        """Whether asking again would give the same: not after a model's fault, nor where it may have restated."""
        return not self._drafter or not (turns or answer.parts or answer.fallback_reason)

    def find(self, question: str) -> Evidence:
        """What the handbook holds on a question, ranked, without an answer.

        Raises:
            BadQuestion: nothing was asked, or too much.
        """
        return self._finder.find(cleaned(question))

    def _each(self, parts: Sequence[str], turns: Sequence[Turn], tell: Tell, by: Deadline | None) -> tuple[Answer, ...]:
        """The answers to the questions of one message, each of which may lean on the one before."""
        answers = []
        for number, part in enumerate(parts):
            before = turns if number == 0 else [*turns, Turn(parts[number - 1])]
            answers.append(self._answer(part, before, tell, by))
        return tuple(answers)

    def _answer(self, question: str, turns: Sequence[Turn], tell: Tell, by: Deadline | None) -> Answer:
        asked = self._understood(question, turns)
        if self._drafter and by and asked.before:
            asked = self._drafter.restate(asked, turns, by)
        tell("finding")
        evidence = self._finder.find(asked.searched)
        tell("reading")
        ruling = self._judge(asked, evidence)
        if taught := self._finder.exactly_taught(asked.searched):
            ruling = as_taught(ruling, taught)
        proposal = None
        if self._drafter and by and ruling.verdict != "not_covered":  # a refusal is not a model's to overturn
            proposal = self._drafter.propose(ruling, self.edition.documents, by)
        tell("checking")
        if proposal and not proposal.reason:
            return self._spent(self._compose(asked, proposal.draft, proposal.checked, evidence, ruling), proposal)
        given = reader.labelled(ruling)
        drafted = reader.draft(ruling, given)
        checked = check(drafted, given, self.edition.documents)
        answer = self._compose(asked, drafted, checked, evidence, ruling)
        return self._spent(answer, proposal) if proposal else answer

    def _understood(self, question: str, turns: Sequence[Turn]) -> Understood:
        """The question with what it leans on; one taught as a follow-up to the same question leans on it."""
        if turns and self._finder.exactly_taught(f"{turns[-1].question} {question}"):
            return Understood(question, turns[-1].question)
        return understand(question, turns)

    def _spent(self, answer: Answer, proposal: Proposal) -> Answer:
        """The answer with what asking a model took, and why its draft is not the one given."""
        return replace(
            answer,
            fallback_reason=proposal.reason,
            prompt=proposal.prompt,
            usage=proposal.draft.usage,
            dropped=len(proposal.checked.dropped),
        )

    def _compose(
        self, asked: Understood, drafted: Draft, checked: Checked, evidence: Evidence, ruling: Ruling
    ) -> Answer:
        silent = drafted.verdict == "not_covered" or not checked.statements
        return Answer(
            question=asked.typed or asked.question,
            understood=asked.searched if asked.before or asked.typed else "",
            verdict="not_covered" if silent else drafted.verdict,
            text=refusal() if silent else worded(drafted, checked),
            citations=() if silent else checked.citations,
            closest=self._closest(evidence) if silent else (),
            confidence=drafted.confidence,
            edition=self.edition.id,
            answered_by=drafted.drafted_by,
            elapsed_ms=0.0,
            because="" if silent else drafted.because,
            evidence=evidence,
        )

    def _closest(self, evidence: Evidence) -> tuple[Citation, ...]:
        near = evidence.clauses()[:CLOSEST]
        return tuple(cite(n, clause, self.edition.documents) for n, (clause, _) in enumerate(near, 1))


def _key(asked: str, turns: Sequence[Turn]) -> bytes:
    """All that an answer depends on in one assistant; on another day other clauses hold."""
    return hashlib.sha256(repr((asked, turns, date.today())).encode()).digest()


def _repeated(answer: Answer) -> Answer:
    """The answer as it is given again: that takes no tokens."""
    return replace(answer, usage=None)


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
    home: Path | None = None,
    edition_id: str = "",
    *,
    model: str | BaseChatModel = "",
    settings: Settings | None = None,
) -> Assistant:
    """An assistant on an edition, the current one unless an id is given.

    `model` is a chat model as `provider:name`, or one of LangChain's that the caller has made; without it
    the setting counts, and without that no model is asked.

    Raises:
        HandbookError: there is no edition, or it cannot be used; the message says what to do.
    """
    chosen = settings or read_settings()
    edition = open_edition(home or chosen.home, edition_id)
    finder = Finder(edition, Encoder(edition.parts["finder"]), Weights(**edition.settings.get("finder", {})))
    judge_folder = edition.parts.get("judge")
    encoder = CrossEncoder(judge_folder) if judge_folder else None
    judge = Judge(encoder, Fusion.from_settings(edition.settings))
    return Assistant(edition, finder, judge, _drafter(model or chosen.model, chosen))


def _drafter(model: str | BaseChatModel, settings: Settings) -> Drafter | None:
    """The chat model that drafts, if one is set; only then is anything of langchain imported."""
    if not model:
        return None
    from qa.model import open_drafter

    return open_drafter(model, settings)
