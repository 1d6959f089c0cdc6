"""Lessons: what consultants teach the assistant, or hold back to measure it with, never both.

A lesson is proposed, then approved, and can be undone. Approved for teaching it is a line of `taught.jsonl` beside the
handbook's pages and counts from the next edition on; approved as gold it is a line of `gold.jsonl` there.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from desk.gold import DESK_GOLD
from desk.records import LESSONS_TURN, Records, lessons, take_turn
from desk.redaction import redact
from ingest.disk import replace_text
from ingest.documents import HandbookError
from ingest.editions import Edition
from ingest.taught import VERDICTS, folded, lines_of

Purpose = Literal["taught", "gold"]
FILES: Mapping[str, str] = {"taught": "taught.jsonl", "gold": DESK_GOLD}


class LessonError(HandbookError):
    """A lesson that cannot be kept; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the handbook that settles a question."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, its verdict and the sentences that settle it, with what was decided about it and by whom."""

    id: str
    author: str
    question: str
    verdict: str
    quotes: tuple[Quote, ...]
    purpose: Purpose
    state: str
    approver: str = ""

    def line(self) -> dict[str, Any]:
        """The lesson as a line of its file (the form of gold questions)."""
        evidence = [{"quote": q.text, "role": "required", "document": q.document} for q in self.quotes]
        return {
            "id": self.id,
            "question": self.question,
            "history": [],
            "verdict": self.verdict,
            "evidence": evidence,
            "tags": ["desk"],
        }


class Lessons:
    """The lessons in the records and in the files beside the handbook's pages."""

    def __init__(self, records: Records, docs: Path) -> None:
        self._records = records
        self._docs = docs

    def propose(self, lesson: Lesson, edition: Edition, now: datetime) -> Lesson:
        """Writes a new lesson down; the same of the same author again is the one that is there.

        Raises:
            LessonError: its verdict or a quote is not what the edition has, or the question is taught or gold already.
        """
        _check(lesson, edition)
        question = redact(lesson.question).text.strip()
        with self._records.writing() as connection:
            take_turn(connection, LESSONS_TURN)
            proposed = replace(lesson, id=f"desk-{uuid.uuid4().hex[:12]}", question=question, state="proposed")
            for row in connection.execute(lessons.select().where(lessons.c.state == "proposed")):
                waiting = _lesson(row._mapping)
                if replace(proposed, id=waiting.id) == waiting:
                    return waiting  # a button pushed twice
            self._refuse_twice(connection, {folded(lesson.question), folded(question)})
            connection.execute(
                lessons.insert().values(
                    id=proposed.id,
                    at=now,
                    author=proposed.author,
                    question=proposed.question,
                    verdict=proposed.verdict,
                    purpose=proposed.purpose,
                    state=proposed.state,
                    approver="",
                    evidence=[{"document": q.document, "quote": q.text} for q in proposed.quotes],
                )
            )
        return proposed

    def approve(self, key: str, approver: str, now: datetime) -> None:
        """Puts a proposed lesson into its file.

        Raises:
            LessonError: it is not proposed any more, another asks the same by now, or its file cannot be written.
        """
        self._decide(key, ("proposed",), "approved", approver, now)

    def undo(self, key: str, approver: str, now: datetime) -> None:
        """Takes a lesson back, out of its file too if it was in it.

        Raises:
            LessonError: it was undone already, or its file cannot be written.
        """
        self._decide(key, ("proposed", "approved"), "undone", approver, now)

    def all(self) -> tuple[Lesson, ...]:
        """Every lesson, the latest first."""
        with self._records.reading() as connection:
            return tuple(
                _lesson(row._mapping) for row in connection.execute(lessons.select().order_by(lessons.c.at.desc()))
            )

    def _decide(self, key: str, allowed: Sequence[str], to: str, approver: str, now: datetime) -> None:
        with self._records.writing() as connection:
            take_turn(connection, LESSONS_TURN)
            fits = (lessons.c.id == key) & lessons.c.state.in_(allowed)
            done = connection.execute(lessons.update().where(fits).values(state=to, approver=approver, decided=now))
            if not done.rowcount:
                raise LessonError(
                    f"lesson {key} is not {' or '.join(allowed)} any more: reload to see what became of it"
                )
            lesson = _lesson(connection.execute(lessons.select().where(lessons.c.id == key)).one()._mapping)
            if to == "approved":
                self._refuse_twice(connection, {folded(lesson.question)}, key)
            _rewrite(self._docs / FILES[lesson.purpose], lesson, keep=to == "approved")

    def _refuse_twice(self, connection: sa.Connection, wanted: Collection[str], own: str = "") -> None:
        """Refuses a question that is known already, as it was typed or as it is kept: `wanted` are both, folded.

        `own` is the lesson that may be known.
        """
        others = (lessons.c.state != "undone") & (lessons.c.id != own)
        known = [(row.purpose, row.question) for row in connection.execute(lessons.select().where(others))]
        known += [(purpose, q) for purpose, name in FILES.items() for q in _questions(self._docs / name, own)]
        for purpose, known_question in known:
            if folded(known_question) in wanted:
                raise LessonError(
                    f"this question is {purpose} already: a question teaches or tests, never both; undo that one first"
                )


def stands(lesson: Lesson, edition: Edition) -> bool:
    """Whether an edition has what a lesson quotes; without it no edition counts the lesson."""
    pages = edition.documents
    return all(quote.document in pages and quote.text in pages[quote.document].text for quote in lesson.quotes)


def _check(lesson: Lesson, edition: Edition) -> None:
    if lesson.verdict not in VERDICTS:
        raise LessonError(f"verdict {lesson.verdict!r} is none of {', '.join(VERDICTS)}")
    if not folded(lesson.question):
        raise LessonError("there is no question: write it as candidates ask it")
    if (lesson.verdict == "not_covered") == bool(lesson.quotes):
        raise LessonError("a question that is not covered has no sentence, any other has at least one: pick again")
    for quote in lesson.quotes:
        own = [c for c in edition.clauses if c.document == quote.document]
        if not any(quote.text == s.text for c in own for s in c.sentences):
            raise LessonError(
                f"no sentence of {quote.document} reads {quote.text[:80]!r}: pick it from the handbook again"
            )


def _lesson(row: Mapping[Any, Any]) -> Lesson:
    quotes = tuple(Quote(e["document"], e["quote"]) for e in row["evidence"])
    return Lesson(
        row["id"], row["author"], row["question"], row["verdict"], quotes, row["purpose"], row["state"], row["approver"]
    )


def _rewrite(path: Path, lesson: Lesson, *, keep: bool) -> None:
    """The file with the lesson's line in it, or without, by one rename; all other lines stay as they are."""
    lines = lines_of(path)
    kept = [line for line in lines if _row(line).get("id") != lesson.id]
    if keep:
        kept.append(json.dumps(lesson.line(), ensure_ascii=False))
    if kept == lines:
        return
    try:
        replace_text(path, "".join(line + "\n" for line in kept))
    except OSError as error:
        why = f"{path} cannot be written ({error.strerror}), so nothing was changed"
        raise LessonError(f"{why}: make its folder, or see to who may write there") from error


def _questions(path: Path, own: str) -> list[str]:
    return [str(row["question"]) for row in map(_row, lines_of(path)) if "question" in row and row.get("id") != own]


def _row(line: str) -> dict[str, Any]:
    """A line of such a file, empty where it is no question: ingest reports that."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}
