"""The one place where the parts meet: `open_assistant()` → `ask()` → Answer."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ingest.editions import Edition, open_edition
from ingest.embedding import Encoder
from ingest.settings import Settings, read_settings
from qa import reader
from qa.answer import Answer, Citation, numbered, pieces, together
from qa.cache import Cache
from qa.caveats import with_caveats
from qa.citations import Checked, check, cite
from qa.conversation import Turn, Understood, read_turns, split_questions, understand
from qa.draft import Draft, total
from qa.evidence import Evidence, Finder, Weights
from qa.judge import CrossEncoder, Fusion, Judge, Ruling, as_taught
from qa.question import cleaned
from qa.reader import refusal, worded

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.call import Deadline
    from qa.model import Drafter, Proposal, Restated

CLOSEST = 3
ANSWERS = 256  # kept for those who ask the same again; one holds its evidence, about 50 kB
Tell = Callable[[str], None]
"""Told of each step: “finding”, “reading”, “checking”; of none where the answer is known already.

While a chat model is waited for it is told of the same step again and again; what it raises ends the asking.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens on the way to an answer: a progress, then words that may be shown, last the answer itself.

    The `words` of all steps that say something, joined, are the answer's text; nothing in them is unchecked.
    """

    kind: Literal["finding", "reading", "checking", "says", "answer"]
    words: str = ""
    answer: Answer | None = None


Answering = Generator[Step, None, Answer]


class Assistant:
    """Answers questions from one edition of the handbook."""

    def __init__(self, edition: Edition, finder: Finder, judge: Judge, drafter: Drafter | None = None) -> None:
        self.edition = edition
        self._finder = finder
        self._judge = judge
        self._drafter = drafter
        self._answers: Cache[bytes, Answer] = Cache(ANSWERS)

    @property
    def model(self) -> str:
        """The name of the chat model that drafts, or ""."""
        return self._drafter.name if self._drafter else ""

    def without_model(self) -> Assistant:
        """The assistant on the same edition that asks no chat model."""
        return Assistant(self.edition, self._finder, self._judge)

    def ask(
        self, question: str, history: Sequence[Turn | dict[str, Any]] = (), tell: Tell = lambda step: None
    ) -> Answer:
        """The checked answer to a question, the turns before it in `history`, oldest first.

        Raises:
            BadQuestion: nothing was asked, too much, or the history is none.
        """
        now = "finding"

        def waiting() -> None:
            tell(now)

        for step in self.steps(question, history, waiting):
            if step.answer:
                return step.answer
            if step.kind != "says":
                now = step.kind
                tell(now)
        raise AssertionError("unreachable: the last step is the answer")

    def steps(
        self,
        question: str,
        history: Sequence[Turn | dict[str, Any]] = (),
        waiting: Callable[[], None] = lambda: None,
    ) -> Iterator[Step]:
        """The same answer as `ask` gives, step by step, each statement as soon as it is checked.

        A chat model's draft is checked whole: one that was cut, or whose verdict does not follow, shows no
        word. Of several questions in a message each is shown before the next is asked. `waiting` is called now
        and then while a model is waited for; what it raises ends the asking.

        Raises:
            BadQuestion: nothing was asked, too much, or the history is none; at once, not at the first step.
        """
        return self._steps(cleaned(question), read_turns(history), waiting)

    def _steps(self, asked: str, turns: Sequence[Turn], waiting: Callable[[], None]) -> Iterator[Step]:
        started = time.perf_counter()
        key = _key(asked, turns)
        answer = self._answers.get(key)
        if answer is not None:
            yield from _said(answer)
        else:
            answer = yield from self._worked_out(asked, turns, waiting)
            if self._may_repeat(answer, turns):
                self._answers.put(key, _repeated(answer))
        yield Step("answer", answer=replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000))

    def _worked_out(self, asked: str, turns: Sequence[Turn], waiting: Callable[[], None]) -> Answering:
        parts = (asked,) if self._finder.exactly_taught(asked) else split_questions(asked)
        by = self._drafter.deadline(waiting) if self._drafter else None
        if len(parts) > 1:
            return together(asked, (yield from self._each(parts, turns, by)))
        answer = yield from self._answer(asked, turns, by)
        yield from _said(answer)
        return answer

    def _may_repeat(self, answer: Answer, turns: Sequence[Turn]) -> bool:
        """Whether asking again would give the same: not after a model's fault, nor where it may have restated."""
        return not self._drafter or not (turns or answer.parts or answer.fallback_reason)

    def find(self, question: str) -> Evidence:
        """What the handbook holds on a question, ranked, without an answer.

        Raises:
            BadQuestion: nothing was asked, or too much.
        """
        return self._finder.find(cleaned(question))

    def _each(
        self, parts: Sequence[str], turns: Sequence[Turn], by: Deadline | None
    ) -> Generator[Step, None, tuple[Answer, ...]]:
        """The answers to the questions of one message, each of which may lean on the one before."""
        answers: list[Answer] = []
        for number, part in enumerate(parts):
            before = turns if number == 0 else [*turns, Turn(parts[number - 1])]
            answers.append((yield from self._answer(part, before, by)))
            yield from _said(numbered(answers)[-1], "\n" if number else "")
        return tuple(answers)

    def _answer(self, question: str, turns: Sequence[Turn], by: Deadline | None) -> Answering:
        asked, restated = self._understood(question, turns), None
        if self._drafter and by and asked.before:
            restated = self._drafter.restate(asked, turns, by)
            asked = restated.asked
        yield Step("finding")
        evidence = self._finder.find(asked.searched)
        yield Step("reading")
        ruling = self._judge(asked, evidence)
        if taught := self._finder.exactly_taught(asked.searched):
            ruling = as_taught(ruling, taught)
        proposal = None
        if self._drafter and by and ruling.verdict != "not_covered":  # a refusal is not a model's to overturn
            proposal = self._drafter.propose(ruling, self.edition.documents, by)
        yield Step("checking")
        if proposal and not proposal.reason:
            answer = self._compose(asked, proposal.draft, proposal.checked, evidence, ruling)
            return self._spent(answer, proposal, restated)
        given = reader.labelled(ruling)
        drafted = reader.draft(ruling, given)
        checked = check(drafted, given, self.edition.documents)
        return self._spent(self._compose(asked, drafted, checked, evidence, ruling), proposal, restated)

    def _understood(self, question: str, turns: Sequence[Turn]) -> Understood:
        """The question with what it leans on; one taught as a follow-up to the same question leans on it."""
        if turns and self._finder.exactly_taught(f"{turns[-1].question} {question}"):
            return Understood(question, turns[-1].question)
        return understand(question, turns)

    def _spent(self, answer: Answer, proposal: Proposal | None, restated: Restated | None) -> Answer:
        """The answer with what asking a model took, and why its draft is not the one given."""
        restating = restated.usage if restated else None
        if proposal is None:
            return replace(answer, usage=restating, prompt=restated.prompt if restated else "")
        return replace(
            answer,
            fallback_reason=proposal.reason,
            prompt=proposal.prompt,
            usage=total(restating, proposal.usage),
            dropped=len(proposal.checked.dropped),
        )

    def _compose(
        self, asked: Understood, drafted: Draft, checked: Checked, evidence: Evidence, ruling: Ruling
    ) -> Answer:
        silent = drafted.verdict == "not_covered" or not checked.statements
        answer = Answer(
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
        return with_caveats(answer, evidence, self.edition)

    def _closest(self, evidence: Evidence) -> tuple[Citation, ...]:
        near = evidence.clauses()[:CLOSEST]
        return tuple(cite(n, clause, self.edition.documents) for n, (clause, _) in enumerate(near, 1))


def _said(answer: Answer, lead: str = "") -> Iterator[Step]:
    """A step for each piece of an answer, what leads over to it in front."""
    for number, words in enumerate(pieces(answer)):
        yield Step("says", words if number else lead + words)


def _key(asked: str, turns: Sequence[Turn]) -> bytes:
    """All that an answer depends on in one assistant; on another day other clauses hold."""
    return hashlib.sha256(repr((asked, turns, date.today())).encode()).digest()


def _repeated(answer: Answer) -> Answer:
    """The answer as it is given again: that takes no tokens."""
    return replace(answer, usage=None)


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
