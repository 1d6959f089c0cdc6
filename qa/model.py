"""Ruling → draft, by a chat model that nobody trusts: its draft is checked like any, or the reader's is given.

The model is asked only where the judge holds that the handbook answers; it chooses among the sentences the
judge thinks may settle the question, shortens them, and gives a verdict that judge or rules must bear out.
It cannot turn a refusal into an answer. Nothing of langchain is imported before a model is set.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from ingest.documents import Document
from ingest.settings import Settings
from qa.breaker import Breaker
from qa.call import Deadline, Piece, Reply, Say, follow, persist, read_reply
from qa.conversation import Turn, Understood
from qa.draft import Labelled, Usage
from qa.faults import ModelFault, Refused, Resting, Silent
from qa.judge import Ruling
from qa.prompt import DRAFT_SCHEMA, REWRITE_SCHEMA, VERSION, Message, draft_prompt, rewrite_prompt
from qa.proposal import Proposal, Proposing
from qa.question import BadQuestion, cleaned
from qa.reply import read_restated, restated_wrongly
from qa.stream import listen

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

AT_ONCE = 16  # calls under way at the same time; who finds no room in a second is answered by the reader
log = logging.getLogger(__name__)


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
        self._streams = True

    def deadline(self, waiting: Callable[[], None]) -> Deadline:
        """When an answer to a question asked now must be there; `waiting` is called now and then until it is."""
        return Deadline.after(self._settings.model_deadline, waiting)

    def propose(
        self, ruling: Ruling, documents: dict[str, Document], deadline: Deadline, streamed: bool = False
    ) -> Iterator[Proposal]:
        """The model's checked draft on what the judge found; never raises for what a model does.

        If the reply is streamed, what stands of it comes first, each time that it is more; where a statement
        overturns those before it the rest is not waited for. The last proposal, and only that, is whole.
        """
        proposing = Proposing(self.name, ruling, documents)
        reply = self._reply_from(ruling.asked.searched, proposing.given, deadline, streamed)
        try:
            with closing(reply):
                proposal = yield from _until_whole(map(proposing.take, reply))
        except ModelFault as fault:
            log.warning("%s", fault)
            proposal = proposing.failed(fault.words)
        for why in proposal.checked.dropped:
            log.info("dropped: %r", why)
        yield proposal

    def _reply_from(
        self, question: str, given: Sequence[Labelled], deadline: Deadline, streamed: bool
    ) -> Generator[Piece | Reply, None, None]:
        try:
            yield from self._call(draft_prompt(question, given), DRAFT_SCHEMA, deadline, streamed)
            return
        except Refused as fault:
            if fault.status != 413 or len(given) < 2:
                raise
        yield from self._call(draft_prompt(question, given[: len(given) // 2]), DRAFT_SCHEMA, deadline, streamed)

    def restate(self, asked: Understood, history: Sequence[Turn], deadline: Deadline) -> Restated:
        """A follow-up in words that stand alone, all of them from the conversation; unchanged where that fails."""
        usage = None
        try:
            *_, reply = self._call(rewrite_prompt(asked.question, history), REWRITE_SCHEMA, deadline.sooner(0.4))
            assert isinstance(reply, Reply)
            usage = reply.usage
            question = cleaned(read_restated(reply))
        except (ModelFault, BadQuestion) as fault:
            log.warning("%s", fault)
            return Restated(asked, usage=usage)
        earlier = " ".join(turn.question for turn in history)
        if question == asked.question or restated_wrongly(question, asked.question, earlier):
            return Restated(asked, usage=usage)
        return Restated(Understood(question, typed=asked.question), usage=usage)

    def _call(
        self, messages: list[Message], schema: Mapping[str, Any], deadline: Deadline, streamed: bool = False
    ) -> Generator[Piece | Reply, None, None]:
        """One reply, whole and in time, before it its words if it is streamed; a fault counts towards the breaker.

        Raises:
            ModelFault: there is none.
        """
        if not self._room.acquire(timeout=min(1.0, deadline.left() / 4)):
            raise Resting
        try:
            if not self._breaker.allows():  # asked with room in hand: it may have opened while this one waited
                raise Resting
            for heard in follow(partial(self._ask, messages, schema, deadline, streamed), deadline):
                if isinstance(heard, Reply):
                    self._breaker.worked()
                yield heard
        except Resting:
            raise
        except ModelFault:
            self._breaker.failed()
            raise
        finally:
            self._room.release()

    async def _ask(
        self, messages: list[Message], schema: Mapping[str, Any], deadline: Deadline, streamed: bool, say: Say
    ) -> Reply:
        """Streamed and structured where provider and server have it, else without the one, then without both."""
        form = str(schema["title"])
        ways = _ways(streamed and self._streams, form not in self._plain)
        for streams, held in ways:
            chat = _structured(self._chat, schema) if held else self._chat
            try:
                reply = await persist(partial(self._once, chat, messages, say if streams else None), deadline)
            except ModelFault as fault:
                mended = isinstance(fault, Silent) or (isinstance(fault, Refused) and fault.status in (400, 422))
                if not mended or (streams, held) == ways[-1]:
                    raise
                say(None)
                continue
            self._remember(form, ways[0], (streams, held))
            return reply
        raise AssertionError("unreachable: the last way returns or raises")

    async def _once(self, chat: Any, messages: list[Message], say: Say | None) -> Reply:
        most = self._settings.model_bytes, self._settings.model_tokens
        if say:
            return await listen(chat, messages, most, say)
        found = await chat.ainvoke(messages)
        return read_reply(found["raw"] if isinstance(found, dict) else found, *most)

    def _remember(self, form: str, first: Way, worked: Way) -> None:
        """What the server did not take is not tried again."""
        if first[1] and not worked[1]:
            self._plain.add(form)
        elif first[0] and not worked[0]:
            self._streams = False


Way = tuple[bool, bool]
"""Whether a model is asked to stream, and whether it is held to a schema."""


def _ways(streams: bool, held: bool) -> list[Way]:
    """The ways to ask, from the best one down to one body in plain words."""
    return list(dict.fromkeys([(streams, held), (False, held), (False, False)]))


def _structured(chat: BaseChatModel, schema: Mapping[str, Any]) -> Any:
    """The model held to a schema, or as it is where its library cannot do that."""
    try:
        return chat.with_structured_output(dict(schema), include_raw=True)
    except (NotImplementedError, AttributeError, TypeError, ValueError):
        return chat


def _until_whole(proposals: Iterator[Proposal | None]) -> Generator[Proposal, None, Proposal]:
    """The proposals that are not whole; the first that is whole is returned."""
    for proposal in proposals:
        if proposal and proposal.whole:
            return proposal
        if proposal:
            yield proposal
    raise AssertionError("unreachable: a reply or a fault ends every call")


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
