"""A list of questions as CSV → the same list with the answers, as CSV."""

from __future__ import annotations

import csv
import io

from desk.alert import Alert
from desk.exports import as_csv
from desk.queries import QueryError
from desk.reception import Asked
from desk.redaction import redact
from desk.safeguarding import reports_harm
from qa.question import LONGEST, BadQuestion

MOST_ROWS = 500
LARGEST = 2_000_000  # bytes
#: How files begin that are no text, whatever their name says.
_BINARY = (b"MZ", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"<svg", b"<?xml")


def answer_csv(content: bytes, assistant: Asked, alert: Alert = reports_harm) -> bytes:
    """A CSV of questions (a column named question, or the first) with the answers, as CSV.

    Raises:
        QueryError: it is no CSV in UTF-8, is empty, or has more than `MOST_ROWS` rows.
    """
    questions = _read_csv(content)
    header = ("question", "verdict", "answer", "quote", "where it stands", "edition")
    return as_csv(header, (_row(question, assistant, alert) for question in questions))


def _read_csv(content: bytes) -> list[str]:
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
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    column = header.index("question") if "question" in header else 0
    found = [row[column] for row in rows[1 if "question" in header else 0 :] if len(row) > column]
    if len(found) > MOST_ROWS:
        raise QueryError(f"{len(found):,} rows are too many, {MOST_ROWS} at most: split the file")
    return found


def _row(question: str, assistant: Asked, alert: Alert) -> tuple[str, ...]:
    kept = redact(question).text
    if harm := alert(question):
        return (kept, f"harm: {harm}", "Safeguarding first: a person must read this one now.", "", "", "")
    try:
        answer = assistant.ask(kept)
    except BadQuestion as error:
        return (kept[:LONGEST], "", f"not asked: {error}", "", "", "")
    quotes = " / ".join(c.quote for c in answer.citations)
    where = " / ".join(f"{c.title}, {c.number}" for c in answer.citations)
    return (kept, answer.verdict, answer.text, quotes, where, answer.edition)
