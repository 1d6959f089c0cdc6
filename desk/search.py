"""Looking words up in the handbook, as in the index of a book: no model, nothing judged."""

from __future__ import annotations

from ingest.clauses import Clause
from ingest.editions import Edition
from ingest.words import terms

MOST_FOUND = 30


def search(edition: Edition, words: str) -> tuple[Clause, ...]:
    """The clauses that hold the most of the words searched, in any form of them, best first; at most `MOST_FOUND`."""
    wanted = set(terms(words, edition.lexicon))
    scored = [(len(wanted & set(terms(f"{c.context} {c.text}", edition.lexicon))), c) for c in edition.clauses]
    found = sorted((s for s in scored if s[0]), key=lambda s: -s[0])
    best = found[0][0] if found else 0
    return tuple(clause for count, clause in found if count == best)[:MOST_FOUND]
