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

from desk.hinge import by_button
from desk.records import Records, asked, counts
from desk.register import NOT_KEPT, Exchange, read_exchange
from ingest.clauses import Clause
from ingest.editions import Edition
from ingest.embedding import Embedder
from ingest.taught import folded
from qa.terminal import place

FEWEST = 3  # conversations; what fewer asked is not shown, so that nobody is recognised by it
ALIKE = 0.8  # cosine from which two questions are one group
IN_OTHER_WORDS = "each in other words"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Entry:
    """A question that was asked, by whom (the digest of the conversation), and what came of it.

    `about` is the sentence of the handbook that its answer rests on first, or that came nearest, with its place.
    """

    conversation: str
    question: str
    verdict: str
    mark: str
    cited: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask alike, under words that are nobody's own: `FEWEST` used them, or they are the handbook's."""

    question: str
    times: int
    askers: int


def during(period: Period) -> sa.ColumnElement[bool]:
    """That something was asked in a period."""
    start = datetime.combine(period.first, time(), UTC)
    end = datetime.combine(period.last, time(), UTC) + timedelta(days=1)
    return (asked.c.at >= start) & (asked.c.at < end)


def read_entries(records: Records, period: Period) -> tuple[Entry, ...]:
    """What was asked in a period, the earliest first; what was said by a button belongs to a question and is none."""
    with records.reading() as connection:
        rows = connection.execute(asked.select().where(during(period)).order_by(asked.c.at))
        found = [(row.conversation, read_exchange(row._mapping)) for row in rows]
    return tuple(_entry(who, e) for who, e in found if not (e.answer and by_button(e.answer)))


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
    found = [Group(_label(own), len(own), len({e.conversation for e in own})) for own in members.values()]
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


def _entry(conversation: str, exchange: Exchange) -> Entry:
    citations, closest = (exchange.answer.citations, exchange.answer.closest) if exchange.answer else ((), ())
    about = next((f"{place(c)}: “{c.quote}”" for c in citations or closest), "")
    cited = tuple(citation.clause for citation in citations)
    return Entry(conversation, exchange.question, exchange.verdict, exchange.mark, cited, about)


def _label(own: Sequence[Entry]) -> str:
    """The wording that most askers share, capitals and marks apart, if `FEWEST` do; else what most are about."""
    wording, askers = _most((folded(e.question), e.conversation) for e in own)
    if askers >= FEWEST:
        return next(e.question for e in own if folded(e.question) == wording)
    return _most((e.about, e.conversation) for e in own)[0] or IN_OTHER_WORDS


def _most(pairs: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """The words of most people, the first of equals, and of how many: pairs are words and whose they are."""
    return Counter(words for words, _ in dict.fromkeys(pairs)).most_common(1)[0]
