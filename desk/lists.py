"""A list of questions as CSV → the same list with the answers, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from desk.exports import as_csv
from desk.queries import QueryError
from desk.reception import Asked
from desk.redaction import redact
from qa.alert import Alert
from qa.question import LONGEST, BadQuestion, in_plain_letters
from qa.safeguarding import reports_harm

MOST_ROWS = 500
LARGEST = 2_000_000  # bytes
#: How files begin that are no text, whatever their name says.
_BINARY = (b"MZ", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"<svg", b"<?xml")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as it came: its rows as wide as its header, and which column holds the question."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    column: int


def answer_csv(content: bytes, assistant: Asked, alert: Alert = reports_harm) -> bytes:
    """A CSV of questions (a column named question or questions, else the first) with the answers behind each row.

    Questions come back redacted, other columns as they came; rows with nothing in them are left out.

    Raises:
        QueryError: it is no CSV in UTF-8, is empty, or has more than `MOST_ROWS` rows.
    """
    sheet = _read_csv(content)
    header = (*sheet.header, "verdict", "answer", "quote", "where it stands", "edition")
    return as_csv(header, (_row(row, sheet.column, assistant, alert) for row in sheet.rows))


def _read_csv(content: bytes) -> Sheet:
    if len(content) > LARGEST:
        raise QueryError(f"{len(content):,} bytes are too many, {LARGEST:,} at most: split the file")
    if not content.strip():
        raise QueryError("the file is empty: give a CSV with a column named question")
    if b"\0" in content or content.lstrip()[:8].startswith(_BINARY):
        raise QueryError("this is no CSV: save the list as CSV (UTF-8) and try again")
    try:
        rows = [
            row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if any(cell.strip() for cell in row)
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise QueryError(f"this is no CSV in UTF-8 ({error}): save the list as CSV (UTF-8) and try again") from error
    named = [cell.strip().casefold().removesuffix("s") for cell in rows[0]] if rows else []
    header = rows.pop(0) if "question" in named else ["question"]
    if len(rows) > MOST_ROWS:
        raise QueryError(f"{len(rows):,} rows are too many, {MOST_ROWS} at most: split the file")
    width = max(map(len, [header, *rows]))
    padded = tuple((*row, *[""] * (width - len(row))) for row in rows)
    column = named.index("question") if "question" in named else 0
    return Sheet((*header, *[""] * (width - len(header))), padded, column)


def _row(row: Sequence[str], column: int, assistant: Asked, alert: Alert) -> tuple[str, ...]:
    kept = redact(row[column]).text
    return (*row[:column], kept[:LONGEST], *row[column + 1 :], *_answer(row[column], kept, assistant, alert))


def _answer(question: str, kept: str, assistant: Asked, alert: Alert) -> tuple[str, ...]:
    if question.strip() and (harm := alert(in_plain_letters(question))):
        return (f"harm: {harm}", "Safeguarding first: a person must read this one now.", "", "", "")
    try:
        answer = assistant.ask(kept)
    except BadQuestion as error:
        return ("", f"not asked: {error}", "", "", "")
    quotes = " / ".join(c.quote for c in answer.citations)
    where = " / ".join(f"{c.title}, {c.number}" for c in answer.citations)
    return (answer.verdict, answer.text, quotes, where, answer.edition)
