"""Looking words up in the handbook: the words of a clause find it, those of its page's title only where none does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.search import search
from ingest.clauses import cut
from ingest.documents import Document
from qa.assistant import Assistant

TRAINS = "Claim for a train with the ticket."
REPORTS = "If it breaks, report it to IT."
LOCKS = "Lock your screen."
PAGES = (
    Document("money", "Expenses", f"# Expenses\n\n- {TRAINS}\n- Keep the slips.\n", "money.md"),
    Document("it", "Use of IT", f"# Use of IT\n\n- {REPORTS}\n\n## Passwords\n\n- {LOCKS}\n", "it.md"),
    Document("trips", "Trips", "# Trips\n\n- Wait for the train together.\n- Use the subway.\n", "trips.md"),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("slips", ["Keep the slips."]),
        ("passwords", [LOCKS]),
        ("expenses", [TRAINS, "Keep the slips."]),
        ("use", ["Use the subway."]),
        ("expenses train", [TRAINS, "Wait for the train together."]),
        ("IT", [REPORTS]),
        ("it", []),
        ("nothing of the kind", []),
    ],
)
def test_the_words_of_a_clause_find_it_before_those_of_a_title(
    words: str, found: list[str], assistant: Assistant
) -> None:
    clauses = [clause for page in PAGES for clause in cut(page)]
    edition = replace(assistant.edition, clauses=clauses, documents={page.id: page for page in PAGES})
    assert [clause.text for clause in search(edition, words)] == found
