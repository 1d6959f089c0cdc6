"""What consultants learn from what was asked: in groups of like questions, never from fewer than three askers.

The day's counts know no askers, so that they hold nothing of anybody: there it is three questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import sqlalchemy as sa

from desk.records import Records, asked, counts
from desk.register import NOT_KEPT
from ingest.clauses import Clause
from ingest.editions import Edition
from ingest.embedding import Embedder

FEWEST = 3  # conversations; what fewer asked is not shown, so that nobody is recognised by it
ALIKE = 0.8  # cosine from which two questions are one group


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Entry:
    """A question that was asked, by whom (the digest of the conversation), and what came of it."""

    conversation: str
    question: str
    verdict: str
    mark: str
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask alike: the first of them stands for all."""

    question: str
    times: int
    askers: int


def during(period: Period) -> sa.ColumnElement[bool]:
    """That something was asked in a period."""
    start = datetime.combine(period.first, time(), UTC)
    end = datetime.combine(period.last, time(), UTC) + timedelta(days=1)
    return (asked.c.at >= start) & (asked.c.at < end)


def read_entries(records: Records, period: Period) -> tuple[Entry, ...]:
    """What was asked in a period, the earliest first."""
    with records.reading() as connection:
        rows = connection.execute(asked.select().where(during(period)).order_by(asked.c.at))
        return tuple(Entry(r.conversation, r.question, r.verdict, r.mark, tuple(_cited(r.answer))) for r in rows)


def verdicts_by_day(records: Records, period: Period) -> tuple[tuple[date, str, int], ...]:
    """(day, verdict, how many) over a period, from counts that hold no words; numbers under `FEWEST` are left out."""
    with records.reading() as connection:
        inside = counts.c.day.between(period.first, period.last) & (counts.c.number >= FEWEST)
        rows = connection.execute(sa.select(counts).where(inside).order_by(counts.c.day, counts.c.verdict))
        return tuple((row.day, row.verdict, row.number) for row in rows)


def groups(entries: Iterable[Entry], embedder: Embedder) -> tuple[Group, ...]:
    """Like questions together, the most asked first; groups of fewer than `FEWEST` askers are left out.

    A question joins the first group whose first question it is like enough (leader clustering).
    """
    readable = [e for e in entries if e.question != NOT_KEPT]
    distinct = list(dict.fromkeys(e.question for e in readable))
    if not distinct:
        return ()
    leader_of = _leaders(distinct, embedder)
    members: dict[str, list[Entry]] = {}
    for entry in readable:
        members.setdefault(leader_of[entry.question], []).append(entry)
    found = [Group(leader, len(own), len({e.conversation for e in own})) for leader, own in members.items()]
    return tuple(sorted((g for g in found if g.askers >= FEWEST), key=lambda g: -g.times))


def never_cited(entries: Iterable[Entry], edition: Edition) -> tuple[Clause, ...]:
    """Clauses of the edition that no answer rested on."""
    cited = {clause for entry in entries for clause in entry.cited}
    return tuple(clause for clause in edition.clauses if clause.id not in cited)


def most_cited(entries: Iterable[Entry], edition: Edition) -> tuple[tuple[Clause, int], ...]:
    """Clauses with how many askers' answers rested on them, the most first; under `FEWEST` left out."""
    number = Counter(clause for clause, _ in {(c, entry.conversation) for entry in entries for c in entry.cited})
    found = [(clause, number[clause.id]) for clause in edition.clauses if number[clause.id] >= FEWEST]
    return tuple(sorted(found, key=lambda one: -one[1]))


def _leaders(questions: Sequence[str], embedder: Embedder) -> dict[str, str]:
    vectors = embedder(list(questions))
    leaders: list[int] = []
    out = {}
    for index, question in enumerate(questions):
        near = np.asarray(vectors[leaders]) @ vectors[index] if leaders else np.zeros(0)
        best = int(np.argmax(near)) if len(near) else -1
        if best >= 0 and near[best] >= ALIKE:
            out[question] = questions[leaders[best]]
        else:
            leaders.append(index)
            out[question] = question
    return out


def _cited(answer: dict[str, object]) -> Iterable[str]:
    rows = answer.get("citations") or ()
    return (row["clause"] for row in rows) if isinstance(rows, list) else ()
