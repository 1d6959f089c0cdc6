"""Looking words up in the handbook, as in the index of a book: no model, nothing judged."""

from __future__ import annotations

import re

from ingest.clauses import Clause
from ingest.editions import Edition
from ingest.words import terms

MOST_FOUND = 30

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


def search(edition: Edition, words: str) -> tuple[Clause, ...]:
    """The clauses that hold the most of the words searched, in any form of them, best first; at most `MOST_FOUND`.

    The title of a page stands above all of it: it puts its clauses first among equals, and finds them alone where no
    clause holds a word.
    """
    wanted = _held(words, edition)
    titles = {key: len(wanted & _held(document.title, edition)) for key, document in edition.documents.items()}
    scored = [(len(wanted & _held(_own(c, edition), edition)), titles[c.document], c) for c in edition.clauses]
    best = max((count for count, _, _ in scored), default=0)
    found = sorted((s for s in scored if s[0] == best and (best or s[1])), key=lambda s: -s[1])
    return tuple(clause for _, _, clause in found)[:MOST_FOUND]


def _own(clause: Clause, edition: Edition) -> str:
    """The words of a clause, with the headings and the lead above it."""
    headings = [words for words in clause.heading_path if words != edition.documents[clause.document].title]
    return " ".join((*headings, clause.lead, clause.text))


def _held(text: str, edition: Edition) -> set[str]:
    """The terms of a text; what is no term stays one where it is written in capitals (“IT”)."""
    found = terms(text, edition.lexicon)
    return {*found, *(word for word in _CAPITALS.findall(text) if not terms(word, edition.lexicon))}
