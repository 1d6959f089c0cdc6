"""Looking words up in the handbook: the words of a clause find it, those of its page's title only where none does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.search import MOST_FOUND, search
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


def test_of_very_many_clauses_that_hold_a_word_the_first_are_found(assistant: Assistant) -> None:
    hooks = "\n".join(f"- Key {number} hangs here." for number in range(MOST_FOUND + 5))
    page = Document("keys", "Keys", f"# Keys\n\n{hooks}\n", "keys.md")
    edition = replace(assistant.edition, clauses=cut(page), documents={page.id: page})
    assert search(edition, "hangs") == cut(page)[:MOST_FOUND]
