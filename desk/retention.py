"""How long things are kept: what is older than the agency's days goes, and a conversation at once when its owner asks.

Age is counted in whole seconds of UTC, so a change of the clocks moves nothing: what is exactly `keep_days` × 24 hours
old stays, what is older goes. Deleted text is overwritten and the log emptied, so it is in no file of SQLite's; while
another program reads what stood there before, the log waits for it. PostgreSQL frees deleted text with its next vacuum.
The day's counts hold no words and stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from desk.records import BRIEFLY, CASES_TURN, SHORTLY, Records, asked, cases, conversations, take_turn

IN_LOG = "Their words leave the database’s log as soon as nothing else is reading it."


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was deleted, and whether its words are out of the database's log too."""

    questions: int
    cases: int
    everywhere: bool = True

    @property
    def line(self) -> str:
        """The proof in a line."""
        done = f"Deleted: {_number(self.questions, 'question')}, {_number(self.cases, 'message')} to a consultant."
        return done if self.everywhere else f"{done} {IN_LOG}"


def purge(records: Records, keep_days: int, now: datetime) -> Erased:
    """Deletes what is older than `keep_days` days: questions, and cases since their last change.

    Raises:
        RecordsError: the database cannot be used now.
    """
    before = now - timedelta(days=keep_days)
    with records.writing(BRIEFLY) as connection:
        take_turn(connection, CASES_TURN)  # else a case that is being passed on would go with its old question
        old_cases = connection.execute(cases.delete().where(cases.c.last < before)).rowcount
        open_still = sa.select(cases.c.asked)
        old = (asked.c.at < before) & asked.c.id.not_in(open_still)
        old_asked = connection.execute(asked.delete().where(old)).rowcount
        used = sa.select(asked.c.conversation)
        connection.execute(
            conversations.delete().where((conversations.c.last < before) & conversations.c.id.not_in(used))
        )
    return Erased(old_asked, old_cases, everywhere=records.tidy())


def erase(records: Records, conversation: str) -> Erased:
    """Deletes all of a conversation: its questions, its feedback, its cases."""
    with records.writing(SHORTLY) as connection:
        old_cases = connection.execute(cases.delete().where(cases.c.conversation == conversation)).rowcount
        old_asked = connection.execute(asked.delete().where(asked.c.conversation == conversation)).rowcount
        connection.execute(conversations.delete().where(conversations.c.id == conversation))
    return Erased(old_asked, old_cases, everywhere=records.tidy())


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
