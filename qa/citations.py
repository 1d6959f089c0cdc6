"""Draft → checked citations: what cannot be found word for word in the edition never gets out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clauses import Clause
from ingest.documents import Document, HandbookError
from qa.answer import Citation
from qa.draft import Draft, Labelled, Statement


class QuoteAltered(HandbookError):
    """A span that does not cut the quote out of its page; nothing may be shown."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The statements that stand, each with its citation, and what was dropped and why."""

    statements: tuple[tuple[Statement, Citation], ...]
    dropped: tuple[str, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(citation for _, citation in self.statements)


def check(draft: Draft, evidence: Sequence[Labelled], documents: dict[str, Document]) -> Checked:
    """Maps labels back to sentences and keeps the statements whose quote is an exact slice of the page."""
    known = {item.label: item for item in evidence}
    kept: list[tuple[Statement, Citation]] = []
    dropped: list[str] = []
    for statement in draft.statements:
        item = known.get(statement.label)
        if item is None:
            dropped.append(f"label {statement.label} was never given out")
            continue
        clause = item.candidate.clause
        at = clause.text.find(statement.quote) if statement.quote else -1
        if at < 0:
            dropped.append(f"label {statement.label}: the quote is not in the clause")
            continue
        kept.append((statement, cite(len(kept) + 1, clause, documents, at, len(statement.quote))))
    return Checked(tuple(kept), tuple(dropped))


def cite(
    label: int, clause: Clause, documents: dict[str, Document], at: int = 0, length: int | None = None
) -> Citation:
    """A citation of a slice of a clause, the whole clause if no length is given.

    Raises:
        QuoteAltered: the page does not hold the clause where the clause says it stands.
    """
    document = documents[clause.document]
    start = clause.start + at
    end = clause.end if length is None else start + length
    quote = clause.text[at:] if length is None else clause.text[at : at + length]
    if document.text[start:end] != quote:
        raise QuoteAltered(f"{clause.id} does not stand at {start}–{end} of {document.id}: run policy-ingest again")
    return Citation(
        label=label,
        document=document.id,
        title=document.title,
        clause=clause.id,
        number=clause.number,
        heading_path=clause.heading_path,
        quote=quote,
        start=start,
        end=end,
        source=document.source,
    )
