"""How a question comes in, in this order:

too many in a minute                 refused in words, before any work
tells of harm                        the words a person wrote, before any search
too long                             refused in words
thanks, or no more than "ok"         told that nothing was asked
personal data                        taken out, before it is asked, shown or written
asked                                of the assistant, with the questions before it
written down                         as the agency has set: the question, a count, or nothing
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import sqlalchemy as sa

from desk.cases import Case, read_cases
from desk.hinge import Option, by_button
from desk.limits import Limit
from desk.records import BRIEFLY, Records, RecordsError, key_of, open_records, own_file
from desk.redaction import redact
from desk.register import Exchange, Mark, count, is_gone, mark_exchange, read_conversation, write_exchange
from ingest.settings import Settings
from qa.alert import Alert
from qa.answer import Answer
from qa.conversation import Turn, Understood, leans_on_nothing
from qa.question import BadQuestion, cleaned, told
from qa.question_words import SMALL_TALK
from qa.safeguarding import Guidance, Harm, read_guidance, reports_harm
from qa.steps import Tell

NOTHING_ASKED = "There is nothing to look up in that. Whenever you need to know something, type it here."
NOTHING_BEFORE = "What is this about? Ask the whole question, for example “can I text a parent back?”."
_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class Asked(Protocol):
    """Whoever answers: an assistant on one edition, or on the current one."""

    def ask(self, question: str, history: Sequence[Turn] = (), tell: Tell | None = None) -> Answer:
        """The checked answer; `tell` hears of each step on the way (`qa.steps.Step`)."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is asking: the token of the conversation and the network address, empty if it is this machine."""

    token: str
    address: str = ""

    @property
    def conversation(self) -> str:
        """What the records know the conversation by: the digest of its token."""
        return key_of(self.token)


class Reception:
    """Takes questions in; one for all sessions, it keeps nothing of any in itself."""

    def __init__(
        self,
        settings: Settings,
        records: Records,
        clock: Clock = utc_now,
        alert: Alert = reports_harm,
    ) -> None:
        self.settings = settings
        self.records = records
        self.clock = clock
        self.alert = alert
        self._each = Limit(settings.per_minute)
        self._address = Limit(settings.per_minute_address)

    @property
    def guidance(self) -> Guidance:
        """The safeguarding words as their file has them now: who fills it in need not start the app again."""
        return read_guidance(self.settings.docs)

    def receive(
        self, visit: Visit, question: str, before: Sequence[Exchange], assistant: Asked, tell: Tell | None = None
    ) -> Exchange:
        """What comes of a question after the exchanges before it; `tell` hears how far it has got."""
        try:
            asked = cleaned(question)
        except BadQuestion as error:
            at_length = told(question)
            noticed = self._noticed(visit, at_length) if at_length and not self._wait(visit) else None
            return noticed or Exchange("", refusal=_polite(str(error)))
        if wait := self._wait(visit):
            return Exchange("", refusal=_slower(wait))
        if noticed := self._noticed(visit, asked):
            return noticed
        kept = redact(asked)
        if SMALL_TALK.fullmatch(asked):
            return Exchange("", refusal=NOTHING_ASKED)
        if not before and leans_on_nothing(Understood(asked)):
            return Exchange("", refusal=NOTHING_BEFORE)
        return self._searched(visit, Exchange(kept.text, withheld=kept.kinds), before, assistant, tell)

    def search_anyway(
        self, visit: Visit, exchange: Exchange, before: Sequence[Exchange], assistant: Asked, tell: Tell | None = None
    ) -> Exchange:
        """What the handbook says to a question that got a safeguarding notice, because its asker wants that too."""
        if wait := self._wait(visit):
            return Exchange("", refusal=_slower(wait))
        again = Exchange(exchange.question, harm=exchange.harm, withheld=exchange.withheld)
        return self._searched(visit, again, before, assistant, tell)

    def settle(self, visit: Visit, option: Option, before: Sequence[Exchange]) -> Exchange:
        """What follows from the fact that the asker of a conditional answer has said by a button."""
        if wait := self._wait(visit):
            return Exchange("", refusal=_slower(wait))
        return self._written(visit, Exchange(option.said, option.answer, _leant_on(option.answer, before)))

    def resume(self, visit: Visit) -> tuple[Exchange, ...]:
        """The conversation behind a token, as it was written down; empty if nothing was."""
        with self.records.reading() as connection:
            return read_conversation(connection, visit.conversation)

    def look(self, visit: Visit, exchanges: Sequence[Exchange]) -> tuple[tuple[Case, ...], bool]:
        """The cases of a conversation that is shown, and whether it was deleted: in another tab, or for its age."""
        with self.records.reading() as connection:
            return read_cases(connection, visit.conversation), is_gone(connection, visit.conversation, exchanges)

    def mark(self, visit: Visit, exchange: Exchange, mark: Mark, line: str = "") -> Exchange:
        """Takes in what the asker thinks of an answer; one that could not be written down before is then too."""
        if exchange.id or exchange.unwritten:
            with self.records.writing(BRIEFLY) as connection:
                if exchange.unwritten:
                    exchange = self._write(connection, visit, exchange)
                mark_exchange(connection, visit.conversation, exchange.id, mark, line)
        return replace(exchange, mark=mark, line=line)

    def _searched(
        self, visit: Visit, exchange: Exchange, before: Sequence[Exchange], assistant: Asked, tell: Tell | None
    ) -> Exchange:
        turns = [_turn(e.answer) for e in before if e.answer]
        try:
            answer = assistant.ask(exchange.question, turns, tell)
        except BadQuestion as error:
            return Exchange("", refusal=_polite(str(error)))
        harm = exchange.harm or _leant_on(answer, before)
        return self._written(visit, replace(exchange, question=answer.question, answer=answer, harm=harm))

    def _noticed(self, visit: Visit, asked: str) -> Exchange | None:
        """The notice for a message that tells of harm."""
        harm = self.alert(asked)
        if not harm:
            return None
        kept = redact(asked)
        return self._written(visit, Exchange(kept.text, harm=harm, withheld=kept.kinds))

    def _wait(self, visit: Visit) -> float:
        return self._each.wait(visit.token) or self._address.wait(visit.address or "this machine")

    def _written(self, visit: Visit, exchange: Exchange) -> Exchange:
        if self.settings.record == "nothing":
            return exchange
        try:
            with self.records.writing(BRIEFLY) as connection:
                return self._write(connection, visit, exchange)
        except RecordsError as error:  # whoever asked gets the answer all the same
            _log.error("a question was answered and could not be written down: %s", error)
            return replace(exchange, unwritten=self.settings.record == "questions")

    def _write(self, connection: sa.Connection, visit: Visit, exchange: Exchange) -> Exchange:
        now = self.clock()
        count(connection, exchange.verdict, now)
        if self.settings.record == "counts":
            return exchange
        key = write_exchange(connection, visit.conversation, exchange, now)
        return replace(exchange, id=key, unwritten=False)


def open_reception(settings: Settings, alert: Alert = reports_harm) -> Reception:
    """The reception with its records, made where there are none yet.

    Raises:
        RecordsError: the records cannot be opened.
    """
    url = settings.records or f"sqlite:///{own_file(settings.home)}"
    return Reception(settings, open_records(url), alert=alert)


def _turn(answer: Answer) -> Turn:
    """An exchange as a turn of the conversation; what was said by a button is read with the question it belongs to."""
    return Turn(answer.understood if by_button(answer) else answer.question, answer.text)


def _leant_on(answer: Answer, before: Sequence[Exchange]) -> Harm | None:
    """The harm told of in what an answer was read together with: its words stand in the answer too."""
    if not any(part.understood for part in answer.parts or (answer,)):
        return None
    return next((exchange.harm for exchange in reversed(before) if exchange.answer and exchange.harm), None)


def _slower(wait: float) -> str:
    return f"That was a lot of questions. Please ask again in {math.ceil(wait)} seconds."


def _polite(reason: str) -> str:
    return f"That could not be asked: {reason}."
