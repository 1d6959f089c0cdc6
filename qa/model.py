"""Ruling → draft, by a chat model that nobody trusts: its draft is checked like any, or the reader's is given.

The model is asked only where the judge holds that the handbook answers; it chooses among the sentences the
judge thinks may settle the question, shortens them, and gives a verdict that judge or rules must bear out.
It cannot turn a refusal into an answer. Nothing of langchain is imported before a model is set.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from ingest.documents import Document
from ingest.settings import Settings
from qa.breaker import Breaker
from qa.call import Deadline, Reply, persist, read_reply, run_within
from qa.citations import Checked, check, relevant, verdict_refused
from qa.conversation import Turn, Understood
from qa.draft import Draft, Labelled, Usage
from qa.faults import ModelFault, Refused, Resting
from qa.judge import Ruling
from qa.prompt import DRAFT_SCHEMA, REWRITE_SCHEMA, VERSION, Message, draft_prompt, rewrite_prompt
from qa.question import BadQuestion, cleaned
from qa.reply import read_draft, read_restated, restated_wrongly

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

AT_ONCE = 16  # calls under way at the same time; who finds no room in a second is answered by the reader
SURE = 0.8  # from this belief in an answer on, a model's "not covered" is not taken
log = logging.getLogger(__name__)

NOTHING_STANDS = "nothing the model wrote could be found in the handbook"
VERDICT_REFUSED = "the model's verdict does not follow from the words it cites"
FOUND_NOTHING = "the model found no answer where the handbook has one"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model's checked draft; with a reason, the reader's is to be given instead. Either way it took tokens."""

    draft: Draft
    checked: Checked
    reason: str = ""
    prompt: str = VERSION
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Restated:
    """A follow-up as a model put it, or as it was where that failed; either way it took tokens."""

    asked: Understood
    prompt: str = VERSION
    usage: Usage | None = None


class Drafter:
    """A chat model with its limits, its breaker and room for so many calls at once."""

    def __init__(self, chat: BaseChatModel, name: str, settings: Settings, breaker: Breaker | None = None) -> None:
        self.name = name
        self._chat = chat
        self._settings = settings
        self._breaker = breaker or Breaker()
        self._room = BoundedSemaphore(AT_ONCE)
        self._plain: set[str] = set()

    def deadline(self, waiting: Callable[[], None]) -> Deadline:
        """When an answer to a question asked now must be there; `waiting` is called now and then until it is."""
        return Deadline.after(self._settings.model_deadline, waiting)

    def propose(self, ruling: Ruling, documents: dict[str, Document], deadline: Deadline) -> Proposal:
        """The model's checked draft on what the judge found; never raises for what a model does."""
        given, usage = labelled(ruling), None
        try:
            reply = self._reply_from(ruling.asked.searched, given, deadline)
            usage = reply.usage
            drafted = read_draft(reply, self.name, ruling)
        except ModelFault as fault:
            log.warning("%s", fault)
            return Proposal(Draft("not_covered", (), 0.0), Checked((), ()), fault.words, usage=usage)
        return replace(judged(drafted, given, ruling, documents), usage=usage)

    def _reply_from(self, question: str, given: Sequence[Labelled], deadline: Deadline) -> Reply:
        try:
            return self._call(draft_prompt(question, given), DRAFT_SCHEMA, deadline)
        except Refused as fault:
            if fault.status != 413 or len(given) < 2:
                raise
        return self._call(draft_prompt(question, given[: len(given) // 2]), DRAFT_SCHEMA, deadline)

    def restate(self, asked: Understood, history: Sequence[Turn], deadline: Deadline) -> Restated:
        """A follow-up in words that stand alone, all of them from the conversation; unchanged where that fails."""
        usage = None
        try:
            reply = self._call(rewrite_prompt(asked.question, history), REWRITE_SCHEMA, deadline.sooner(0.4))
            usage = reply.usage
            question = cleaned(read_restated(reply))
        except (ModelFault, BadQuestion) as fault:
            log.warning("%s", fault)
            return Restated(asked, usage=usage)
        earlier = " ".join(turn.question for turn in history)
        if question == asked.question or restated_wrongly(question, asked.question, earlier):
            return Restated(asked, usage=usage)
        return Restated(Understood(question, typed=asked.question), usage=usage)

    def _call(self, messages: list[Message], schema: Mapping[str, Any], deadline: Deadline) -> Reply:
        """One reply, whole and in time; every fault counts towards the breaker.

        Raises:
            ModelFault: there is none.
        """
        if not self._room.acquire(timeout=min(1.0, deadline.left() / 4)):
            raise Resting
        try:
            if not self._breaker.allows():  # asked with room in hand: it may have opened while this one waited
                raise Resting
            reply = run_within(self._ask(messages, schema, deadline), deadline)
        except Resting:
            raise
        except ModelFault:
            self._breaker.failed()
            raise
        finally:
            self._room.release()
        self._breaker.worked()
        return reply

    async def _ask(self, messages: list[Message], schema: Mapping[str, Any], deadline: Deadline) -> Reply:
        """Structured where provider and server have it; where the server refuses that, once more in plain words."""
        form = str(schema["title"])
        if form in self._plain:
            return await persist(lambda: self._once(self._chat, messages), deadline)
        try:
            return await persist(lambda: self._once(_structured(self._chat, schema), messages), deadline)
        except Refused as fault:
            if fault.status not in (400, 422):
                raise
        reply = await persist(lambda: self._once(self._chat, messages), deadline)
        self._plain.add(form)
        return reply

    async def _once(self, chat: Any, messages: list[Message]) -> Reply:
        found = await chat.ainvoke(messages)
        message = found["raw"] if isinstance(found, dict) else found
        return read_reply(message, self._settings.model_bytes, self._settings.model_tokens)


def _structured(chat: BaseChatModel, schema: Mapping[str, Any]) -> Any:
    """The model held to a schema, or as it is where its library cannot do that."""
    try:
        return chat.with_structured_output(dict(schema), include_raw=True)
    except (NotImplementedError, AttributeError, TypeError, ValueError):
        return chat


def open_drafter(model: str | BaseChatModel, settings: Settings) -> Drafter:
    """A drafter from `provider:name`, or from a LangChain chat model of the caller's own.

    Raises:
        SettingsError: the model cannot be used; the message says what to do.
    """
    if isinstance(model, str):
        from qa.endpoint import open_chat_model

        return Drafter(open_chat_model(model, settings), model, settings)
    named = getattr(model, "model_name", None) or getattr(model, "model", None)
    return Drafter(model, f"{model._llm_type}:{named}" if isinstance(named, str) else model._llm_type, settings)


def labelled(ruling: Ruling) -> tuple[Labelled, ...]:
    """The clauses of the judged evidence, each once, under labels 1, 2, 3 …, best first."""
    best = {j.candidate.clause.id: j.candidate for j in reversed(ruling.judgements)}
    order = dict.fromkeys(j.candidate.clause.id for j in ruling.judgements)
    return tuple(Labelled(number, best[clause]) for number, clause in enumerate(order, 1))


def judged(drafted: Draft, given: Sequence[Labelled], ruling: Ruling, documents: dict[str, Document]) -> Proposal:
    """The draft with what stands of it, and the reason to give the reader's instead, if there is one."""
    if drafted.verdict == "not_covered":
        sure = ruling.taught is not None or ruling.answerable >= SURE
        return Proposal(replace(drafted, statements=()), Checked((), ()), FOUND_NOTHING if sure else "")
    checked = relevant(check(drafted, given, documents), ruling)
    for why in checked.dropped:
        log.info("dropped: %r", why)
    if not checked.statements:
        return Proposal(drafted, checked, NOTHING_STANDS)
    refused = verdict_refused(drafted.verdict, checked, ruling)
    return Proposal(drafted, checked, VERDICT_REFUSED if refused else "")
