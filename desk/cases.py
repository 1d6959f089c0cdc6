"""Cases: questions that candidates passed on to a consultant, and what became of them.

The candidate keeps a private link; only its digest is kept here. Every change by a consultant names the version it
was made on, so that of two consultants on one case the second is told and overwrites nothing.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from desk.records import CASES_TURN, SHORTLY, Records, asked, cases, key_of, new_token, take_turn
from desk.redaction import redact
from desk.referral import for_consultant
from desk.register import NOT_KEPT, Exchange, begin, read_exchange, write_exchange
from ingest.documents import HandbookError
from ingest.invisible import seen
from qa.answer import Answer, remark
from qa.terminal import place

LONGEST_LINE = 200
LONGEST_WORDS = 4_000
LONGEST_REPLY = 20_000  # a draft that quotes for each part of a question fits

_ADDRESS = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\w")


class CaseError(HandbookError):
    """A case that cannot be begun, opened or changed; the message says what to do."""


class CaseChanged(CaseError):
    """Somebody else changed the case in between; nothing was written."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who passes a question on, as far as they say, and what they add."""

    name: str = ""
    contact: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        """Makes one line of each that can be seen: a name of several would go on in the reply that greets it."""
        for field in ("name", "contact"):
            object.__setattr__(self, field, " ".join(seen(getattr(self, field))[0].split())[:LONGEST_LINE].rstrip())

    @property
    def address(self) -> str:
        """The first e-mail address in what was given as a contact, empty if there is none."""
        found = _ADDRESS.search(self.contact)
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Case:
    """A question passed on, what the assistant had said to it, and where it has got to."""

    id: str
    opened: datetime
    contact: Contact
    exchange: Exchange
    history: tuple[Exchange, ...]
    consultant: str
    draft: str
    reply: str
    answered: datetime | None
    version: int

    @property
    def state(self) -> str:
        """answered, taken or new."""
        return "answered" if self.answered else "taken" if self.consultant else "new"


def hand_over(
    records: Records, conversation: str, exchange: Exchange, contact: Contact, now: datetime, link: str = ""
) -> str:
    """Passes an exchange on to the consultants; the token of the candidate's private link.

    The exchange is written down even where questions are not kept: whoever asks for a person wants to be answered.
    `link` is a token to take, if one was made before: what was passed on with it is not passed on again.

    Raises:
        CaseError: it was passed on already, and the link to that cannot be made again.
    """
    link = link or new_token()
    with records.writing(SHORTLY) as connection:
        take_turn(connection, CASES_TURN)
        if connection.execute(sa.select(cases.c.id).where(cases.c.link == key_of(link))).first():
            return link  # a button pushed twice
        begin(connection, conversation, now)
        key = exchange.id if _is_kept(connection, conversation, exchange.id) else ""
        if key and connection.execute(sa.select(cases.c.id).where(cases.c.asked == key)).first():
            raise CaseError("this question was sent to a consultant already: the reply appears below it")
        connection.execute(
            cases.insert().values(
                id=uuid.uuid4().hex,
                conversation=conversation,
                asked=key or write_exchange(connection, conversation, exchange, now),
                link=key_of(link),
                opened=now,
                last=now,
                name=contact.name,
                contact=contact.contact,
                words=redact(contact.words.strip()[:LONGEST_WORDS]).text,
                consultant="",
                draft="",
                reply="",
                version=1,
            )
        )
    return link


def follow(records: Records, link: str) -> Case:
    """The case behind a private link.

    Raises:
        CaseError: there is none, or no more.
    """
    with records.reading() as connection:
        found = _read(connection, cases.c.link == key_of(link))
    if not found:
        raise CaseError("there is nothing behind this link any more: ask your question again")
    return found[0]


def of_conversation(records: Records, conversation: str) -> tuple[Case, ...]:
    """The cases that came out of a conversation, the earliest first."""
    with records.reading() as connection:
        return read_cases(connection, conversation)


def read_cases(connection: sa.Connection, conversation: str) -> tuple[Case, ...]:
    """The same, of what else is read with them."""
    return _read(connection, cases.c.conversation == conversation)


def inbox(records: Records) -> tuple[Case, ...]:
    """All cases: those that wait first, the longest waiting on top, then the answered, the latest on top."""
    with records.reading() as connection:
        found = _read(connection, sa.true())
    waiting = [case for case in found if not case.answered]
    return (*waiting, *reversed([case for case in found if case.answered]))


def take(records: Records, case: Case, consultant: str, now: datetime) -> None:
    """Makes a case a consultant's own.

    Raises:
        CaseChanged: it was changed since `case` was read.
    """
    _change(records, case, {"consultant": consultant}, now)


def save_draft(records: Records, case: Case, consultant: str, draft: str, now: datetime) -> None:
    """Keeps a reply that is not finished.

    Raises:
        CaseChanged: it was changed since `case` was read.
    """
    _change(records, case, {"consultant": consultant, "draft": draft[:LONGEST_REPLY]}, now)


def send(records: Records, case: Case, consultant: str, reply: str, now: datetime) -> None:
    """Gives the reply, which the candidate then sees under the private link.

    Raises:
        CaseError: it is empty.
        CaseChanged: the case was changed since `case` was read.
    """
    if not reply.strip():
        raise CaseError("the reply is empty: write one")
    _change(
        records, case, {"consultant": consultant, "draft": "", "reply": reply[:LONGEST_REPLY], "answered": now}, now
    )


def drafted(case: Case) -> str:
    """A reply to begin with: the question, and what the handbook says to it word for word."""
    greeting = f"Hello {case.contact.name}," if case.contact.name else "Hello,"
    lines = [greeting, ""]
    if case.exchange.question != NOT_KEPT:
        lines += [f"You asked: {case.exchange.question}", ""]
    if answer := case.exchange.answer:
        lines += _found(for_consultant(answer))
    return "\n".join([*lines, "", "Best wishes"])


def _found(answer: Answer) -> list[str]:
    """What the handbook says, below each question of several; where it is silent, room for what a person says."""
    if answer.parts:
        return [line for part in answer.parts for line in (part.question, *_found(part), "")][:-1]
    if not answer.citations:
        return ["The handbook does not say this, so here is my answer:", ""]
    said = remark(answer)
    return [*(f"{c.introduced}: {c.quoted} ({place(c)})" for c in answer.citations), *([said] if said else [])]


def _change(records: Records, case: Case, values: Mapping[str, Any], now: datetime) -> None:
    with records.writing(SHORTLY) as connection:
        same = (cases.c.id == case.id) & (cases.c.version == case.version)
        done = connection.execute(cases.update().where(same).values(**values, last=now, version=case.version + 1))
        if not done.rowcount:
            row = connection.execute(cases.select().where(cases.c.id == case.id)).first()
            if row and row.version == case.version + 1 and _holds(row._mapping, values):
                return  # a button pushed twice
            who = row.consultant if row else ""
            by = f"{who} has" if who else "the case was deleted, or somebody has"
            raise CaseChanged(
                f"{by} changed this case since you opened it: nothing of yours was saved; copy your text and reload"
            )


def _holds(row: Mapping[Any, Any], values: Mapping[str, Any]) -> bool:
    """Whether a case is as it was to become, whenever that was."""
    return all(row[name] == value for name, value in values.items() if name != "answered")


def _is_kept(connection: sa.Connection, conversation: str, key: str) -> bool:
    own = (asked.c.id == key) & (asked.c.conversation == conversation)
    return bool(key) and connection.execute(sa.select(asked.c.id).where(own)).first() is not None


def _read(connection: sa.Connection, which: sa.ColumnElement[bool]) -> tuple[Case, ...]:
    """The cases that are so, the earliest first, with what was asked before them: two statements for any number."""
    found = connection.execute(cases.select().where(which).order_by(cases.c.opened)).all()
    own = asked.c.conversation.in_(sa.select(cases.c.conversation).where(which))
    exchanges = defaultdict[str, list[Exchange]](list)
    for row in connection.execute(asked.select().where(own).order_by(asked.c.at, asked.c.id)):
        exchanges[row.conversation].append(read_exchange(row._mapping))
    return tuple(_case(row._mapping, tuple(exchanges[row.conversation])) for row in found)


def _case(row: Mapping[Any, Any], exchanges: tuple[Exchange, ...]) -> Case:
    index = next(i for i, exchange in enumerate(exchanges) if exchange.id == row["asked"])
    return Case(
        id=row["id"],
        opened=row["opened"],
        contact=Contact(row["name"], row["contact"], row["words"]),
        exchange=exchanges[index],
        history=exchanges[:index],
        consultant=row["consultant"],
        draft=row["draft"],
        reply=row["reply"],
        answered=row["answered"],
        version=row["version"],
    )
