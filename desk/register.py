"""The book of what was asked: exchanges written down redacted, read back, marked, counted and struck out."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desk.records import asked, conversations, counts
from desk.redaction import redact
from qa.answer import Answer, Citation
from qa.safeguarding import Harm

Mark = Literal["right", "wrong", "not_asked"]
MARKS: tuple[Mark, ...] = ("right", "wrong", "not_asked")
WRONG = MARKS[1:]  # those by which somebody asks for a consultant to look
LONGEST_MARK = 500  # characters of what is written to a mark
NOT_KEPT = "[not kept: it told of harm]"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it may be shown and kept, and what came of it: an answer, a safeguarding notice or a refusal.

    One that tells of harm has an answer too where its asker wanted the handbook searched anyway. `id` is that of its
    record, empty where nothing is kept; `unwritten` if it was to be kept and could not be. `withheld` are the kinds of
    personal data taken out. `line` is what its asker wrote to a mark.
    """

    question: str
    answer: Answer | None = None
    harm: Harm | None = None
    refusal: str = ""
    id: str = ""
    withheld: tuple[str, ...] = ()
    mark: str = ""
    line: str = ""
    unwritten: bool = False

    @property
    def verdict(self) -> str:
        """The answer's verdict, or `harm_…`; empty for a refusal."""
        return f"harm_{self.harm}" if self.harm else self.answer.verdict if self.answer else ""


def write_exchange(connection: sa.Connection, conversation: str, exchange: Exchange, now: datetime) -> str:
    """Writes an exchange down in a conversation, which begins with it if it is new; the id of its record.

    Of one that tells of harm neither the question nor the answer, which repeats it.
    """
    begin(connection, conversation, now)
    key = uuid.uuid4().hex
    connection.execute(
        asked.insert().values(
            id=key,
            conversation=conversation,
            at=now,
            question=NOT_KEPT if exchange.harm else redact(exchange.question).text,
            verdict=exchange.verdict,
            answer=exchange.answer.to_dict() if exchange.answer and not exchange.harm else {},
            mark="",
            line="",
        )
    )
    return key


def begin(connection: sa.Connection, conversation: str, now: datetime) -> None:
    """Notes that a conversation is alive now."""
    row = _insert(connection, conversations).values(id=conversation, begun=now, last=now)
    connection.execute(row.on_conflict_do_update(index_elements=[conversations.c.id], set_={"last": now}))


def count(connection: sa.Connection, verdict: str, now: datetime) -> None:
    """Adds one to the day's number of a verdict."""
    row = _insert(connection, counts).values(day=now.date(), verdict=verdict, number=1)
    connection.execute(
        row.on_conflict_do_update(index_elements=[counts.c.day, counts.c.verdict], set_={"number": counts.c.number + 1})
    )


def read_conversation(connection: sa.Connection, conversation: str) -> tuple[Exchange, ...]:
    """The exchanges of a conversation in the order they were asked."""
    rows = connection.execute(
        asked.select().where(asked.c.conversation == conversation).order_by(asked.c.at, asked.c.id)
    )
    return tuple(read_exchange(row._mapping) for row in rows)


def read_exchange(row: Mapping[Any, Any]) -> Exchange:
    """An exchange from its row."""
    harm = row["verdict"].removeprefix("harm_") if row["verdict"].startswith("harm_") else None
    answer = read_answer(row["answer"]) if row["answer"] else None
    return Exchange(row["question"], answer, harm, id=row["id"], mark=row["mark"], line=row["line"])


def is_gone(connection: sa.Connection, conversation: str, exchanges: Sequence[Exchange]) -> bool:
    """Whether nothing is left of what was written down of these exchanges of a conversation, where anything was."""
    ids = {exchange.id for exchange in exchanges} - {""}
    kept = sa.select(asked.c.id).where((asked.c.conversation == conversation) & asked.c.id.in_(ids)).limit(1)
    return bool(ids) and connection.execute(kept).first() is None


def mark_exchange(connection: sa.Connection, conversation: str, key: str, mark: Mark, line: str) -> None:
    """Writes down what its asker thinks of an answer; an exchange of another conversation is left alone."""
    own = (asked.c.id == key) & (asked.c.conversation == conversation)
    connection.execute(asked.update().where(own).values(mark=mark, line=redact(line[:LONGEST_MARK]).text))


def read_answer(row: Mapping[str, Any]) -> Answer:
    """An answer from its JSON; its evidence is not kept."""
    known = {f.name for f in fields(Answer)} & row.keys()
    values = {name: row[name] for name in known - {"citations", "closest", "parts", "evidence", "usage"}}
    return Answer(
        **values,
        citations=tuple(map(_citation, row["citations"])),
        closest=tuple(map(_citation, row["closest"])),
        parts=tuple(map(read_answer, row.get("parts") or ())),
    )


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(table)


def _citation(row: Mapping[str, Any]) -> Citation:
    known = {f.name: row[f.name] for f in fields(Citation) if f.name in row}
    lists: dict[str, Any] = {name: tuple(known[name]) for name in ("heading_path", "items") if name in known}
    return Citation(**{**known, **lists})
