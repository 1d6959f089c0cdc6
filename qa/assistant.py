"""The one place where the parts meet: `open_assistant()` → `ask()` → Answer."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.editions import Edition, open_edition
from ingest.embedding import Embedder, Encoder
from ingest.manifest import made_sense_of
from ingest.settings import Settings, read_settings
from qa import reader
from qa.answer import Answer, Citation, together
from qa.cache import Cache
from qa.caveats import Caveats
from qa.citations import Checked, check, cite
from qa.conversation import (
    Turn,
    Understood,
    names_another,
    points_back,
    puts_another,
    read_turns,
    split_questions,
    understand,
)
from qa.cross_encoder import CrossEncoder
from qa.draft import Draft, total
from qa.enumeration import with_whole_list
from qa.evidence import Evidence, Finder, Weights
from qa.fitting import fitted
from qa.judge import AT_FIRST, Fusion, Judge, Ruling, above, as_taught
from qa.people import speaks_of_others
from qa.question import cleaned
from qa.reader import refusal, worded
from qa.steps import PROGRESS, Step, Tell, said, standing

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.call import Deadline
    from qa.model import Drafter, Restated
    from qa.proposal import Proposal

CLOSEST = 3
ANSWERS = 256  # kept for those who ask the same again; one holds its evidence, about 50 kB

Answering = Generator[Step, None, Answer]


class Assistant:
    """Answers questions from one edition of the handbook."""

    def __init__(self, edition: Edition, finder: Finder, judge: Judge, drafter: Drafter | None = None) -> None:
        self.edition = edition
        self.finder = finder
        self.judge = judge
        self._drafter = drafter
        self._caveats = Caveats(edition)
        self._answers: Cache[bytes, Answer] = Cache(ANSWERS)

    @property
    def model(self) -> str:
        """The name of the chat model that drafts, or ""."""
        return self._drafter.name if self._drafter else ""

    @property
    def embedder(self) -> Embedder:
        """What makes vectors like the edition's of texts."""
        return self.finder.embedder

    def without_model(self) -> Assistant:
        """The assistant on the same edition that asks no chat model."""
        return Assistant(self.edition, self.finder, self.judge)

    def ask(self, question: str, history: Sequence[Turn | dict[str, Any]] = (), tell: Tell | None = None) -> Answer:
        """The checked answer to a question, the turns before it in `history`, oldest first.

        Raises:
            BadQuestion: nothing was asked, too much, or the history is none.
        """
        now = Step("finding")

        def waiting() -> None:
            if tell:
                tell(now)

        with closing(self._steps(cleaned(question), read_turns(history), waiting, bool(tell))) as steps:
            for step in steps:
                if step.kind == "answer" and step.answer:
                    return step.answer
                if step.kind in PROGRESS:
                    now = step
                if tell:
                    tell(step)
        raise AssertionError("unreachable: the last step is the answer")

    def steps(
        self,
        question: str,
        history: Sequence[Turn | dict[str, Any]] = (),
        waiting: Callable[[], None] = lambda: None,
    ) -> Iterator[Step]:
        """The same answer as `ask` gives, step by step, each statement as soon as it is checked.

        A chat model is asked to stream, and its statements are checked one by one as it closes them; how it
        ends is checked at the end. Of several questions in a message each is shown before the next is asked.
        `waiting` is called now and then while a model is waited for; what it raises ends the asking.

        Raises:
            BadQuestion: nothing was asked, too much, or the history is none; at once, not at the first step.
        """
        return self._steps(cleaned(question), read_turns(history), waiting, True)

    def _steps(
        self, asked: str, turns: Sequence[Turn], waiting: Callable[[], None], streamed: bool
    ) -> Generator[Step, None, None]:
        started = time.perf_counter()
        key = _key(asked, turns)
        answer = self._answers.get(key)
        if answer is not None:
            yield from said(answer)
        else:
            answer = yield from self._worked_out(asked, turns, waiting, streamed)
            if self._may_repeat(answer, turns):
                self._answers.put(key, _repeated(answer))
        yield Step("answer", answer=replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000))

    def _worked_out(self, asked: str, turns: Sequence[Turn], waiting: Callable[[], None], streamed: bool) -> Answering:
        """The answer to a message; of several questions in it each may lean on the one before."""
        parts = (asked,) if self.finder.exactly_taught(asked) else split_questions(asked)
        by = self._drafter.deadline(waiting) if self._drafter else None
        answers: tuple[Answer, ...] = ()
        told = ""
        for number, part in enumerate(parts):
            before = turns if number == 0 else [*turns, Turn(parts[number - 1])]
            for step in self._answer(part, before, by, streamed):
                if step.answer is None:
                    yield step
                    continue
                known = (*answers, step.answer)
                so_far = together(asked, known) if len(parts) > 1 else step.answer
                yield from said(so_far, told)
                told = so_far.text
            answers = known
        return so_far

    def _may_repeat(self, answer: Answer, turns: Sequence[Turn]) -> bool:
        """Whether asking again would give the same: not after a model's fault, nor where it may have restated."""
        return not self._drafter or not (turns or answer.parts or answer.fallback_reason)

    def find(self, question: str) -> Evidence:
        """What the handbook holds on a question, ranked, without an answer.

        Raises:
            BadQuestion: nothing was asked, or too much.
        """
        return self.finder.find(cleaned(question))

    def _answer(self, question: str, turns: Sequence[Turn], by: Deadline | None, streamed: bool) -> Iterator[Step]:
        """The answer to one question as far as it is known, each time that it is more; last the whole of it."""
        asked, restated = self._understood(question, turns), None
        if self._drafter and by and asked.before and not self.finder.exactly_taught(asked.searched):
            restated = self._drafter.restate(asked, turns, by)
            asked = restated.asked
        yield Step("finding")
        evidence = self.finder.find(asked.searched, bool(asked.before or asked.typed))
        yield Step("reading")
        taught = self.finder.exactly_taught(asked.searched)
        fewest = len(evidence.kept) if taught else AT_FIRST if self._drafter else 1  # a model chooses among them
        ruling = self.judge(asked, evidence, fewest=fewest)
        evidence = evidence.unread_from(len(ruling.judgements))
        ruling = as_taught(ruling, taught) if taught else self._of_another(ruling)
        proposal, checking = None, iter([Step("checking")])
        if self._drafter and by and ruling.verdict != "not_covered":  # a refusal is not a model's to overturn
            for proposal in self._drafter.propose(ruling, self.edition.documents, by, streamed):
                if not proposal.whole:
                    yield from checking
                    answer = self._compose(asked, proposal.draft, proposal.checked, evidence)
                    yield from standing(answer, proposal)
        yield from checking
        if proposal and not proposal.reason:
            answer = self._compose(asked, proposal.draft, proposal.checked, evidence)
        else:
            given = reader.labelled(ruling)
            drafted = reader.draft(ruling, given)
            checked = check(drafted, given, self.edition.documents)
            answer = self._compose(asked, drafted, with_whole_list(checked, ruling, self.edition), evidence)
        yield Step("answer", answer=self._spent(answer, proposal, restated))

    def _understood(self, question: str, turns: Sequence[Turn]) -> Understood:
        """The question with what it leans on; one taught as a follow-up to the same question leans on it."""
        if turns and self.finder.exactly_taught(f"{turns[-1].question} {question}"):
            return Understood(question, turns[-1].question)
        return understand(question, turns)

    def _of_another(self, ruling: Ruling) -> Ruling:
        """The ruling, without a yes or a no where a follow-up asks of something the sentences it rests on leave out.

        Those settle the question before it, whose words are searched with it. A follow-up that asks in so many words
        is judged by them where it points back, and else for itself: "can I wear trainers then".
        """
        asked, rests_on = ruling.asked, [j.candidate for j in ruling.judgements if j.cited]
        whole = ruling.frame.confident
        if not asked.before or not rests_on or (whole and points_back(asked.question)):
            return ruling
        shown = [reader.with_what_travels(candidate, asked.searched, instead=False) for candidate in rests_on]
        said = " ".join(f"{above(c.clause, c.sentence)} {words}" for c, words in zip(rests_on, shown, strict=True))
        for one in (Understood(asked.question),) if whole else asked.follow_ups:
            of_others = puts_another(one.question) and speaks_of_others(one.question, said)
            if of_others or names_another(one, said, self.edition.lexicon):
                return replace(ruling, doubted=ruling.doubted | {"yes", "no"})
        return ruling

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

    def _compose(self, asked: Understood, drafted: Draft, checked: Checked, evidence: Evidence) -> Answer:
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
        return fitted(self._caveats(answer, evidence))

    def _closest(self, evidence: Evidence) -> tuple[Citation, ...]:
        near = evidence.clauses()[:CLOSEST]
        return tuple(cite(n, clause, self.edition.documents) for n, (clause, _) in enumerate(near, 1))


def _key(asked: str, turns: Sequence[Turn]) -> bytes:
    """All that an answer depends on in one assistant; on another day other clauses hold."""
    return hashlib.sha256(repr((asked, turns, date.today())).encode()).digest()


def _repeated(answer: Answer) -> Answer:
    """The answer as it is given again: that takes no tokens."""
    return replace(answer, usage=None)


def open_assistant(
    home: Path | str | None = None,
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
    edition = open_edition(Path(home or chosen.home), edition_id)
    with made_sense_of(edition.id):
        weights, fusion = Weights(**edition.settings.get("finder", {})), Fusion.from_settings(edition.settings)
    finder = Finder(edition, Encoder(edition.parts["finder"]), weights)
    judge_folder = edition.parts.get("judge")
    encoder = CrossEncoder(judge_folder) if judge_folder else None
    judge = Judge(encoder, fusion)
    return Assistant(edition, finder, judge, _drafter(model or chosen.model, chosen))


def _drafter(model: str | BaseChatModel, settings: Settings) -> Drafter | None:
    """The chat model that drafts, if one is set; only then is anything of langchain imported."""
    if not model:
        return None
    from qa.model import open_drafter

    return open_drafter(model, settings)
