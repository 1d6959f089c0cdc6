"""Gold against an edition: every quote is a slice of it, or the nearest sentence is named, for the handbook changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from eval.gold import GoldError, GoldQuestion, Quote
from ingest.clauses import Clause
from ingest.editions import Edition
from ingest.taught import collapsed


def check_quotes(gold: Iterable[GoldQuestion], edition: Edition) -> None:
    """Every quote is a slice of the edition.

    Raises:
        GoldError: one is not; the message names the nearest sentence of the handbook.
    """
    faults = [fault for question in gold for fault in misplaced(question, edition)]
    if faults:
        raise GoldError(f"gold that does not fit edition {edition.id}", faults)


def misplaced(question: GoldQuestion, edition: Edition) -> Iterator[str]:
    """What is wrong with the quotes of a question in this edition."""
    for quote in question.evidence:
        if quote.document and quote.document not in edition.documents:
            yield f"{question.id}: no document {quote.document!r} in this edition: {_some(edition.documents)}"
        elif not places(quote, edition.clauses):
            yield f"{question.id}: {quote.text!r} is nowhere in the handbook. Nearest: {nearest(quote, edition)!r}"


def placed(gold: Iterable[GoldQuestion], edition: Edition) -> tuple[GoldQuestion, ...]:
    """The questions with the document of every quote filled in, the first that holds it."""
    return tuple(replace(q, evidence=tuple(_placed(quote, edition) for quote in q.evidence)) for q in gold)


def _placed(quote: Quote, edition: Edition) -> Quote:
    return replace(quote, document=next((c.document for c in places(quote, edition.clauses)), quote.document))


def places(quote: Quote, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses that hold a quote word for word, white space collapsed."""
    here = [c for c in clauses if quote.document in ("", c.document)]
    return tuple(c for c in here if collapsed(quote.text) in collapsed(c.text))


def nearest(quote: Quote, edition: Edition) -> str:
    """The sentence of the edition that is most like a quote, letter by letter."""
    from rapidfuzz import fuzz, process

    texts = [s.text for c in edition.clauses if quote.document in ("", c.document) for s in c.sentences]
    found = process.extractOne(quote.text, texts, scorer=fuzz.ratio)
    return str(found[0]) if found else ""


def _some(names: Iterable[str]) -> str:
    known = sorted(names)
    return ", ".join(known[:5]) + (f" and {len(known) - 5} more" if len(known) > 5 else "")
