"""A question that asks for a list gets the whole of it, not the item or two that sound most like it."""

from __future__ import annotations

from dataclasses import replace

from ingest.clauses import MOST_ITEMS, Clause
from ingest.editions import Edition
from ingest.words import terms
from qa.citations import Checked
from qa.evidence import Candidate
from qa.judge import Ruling
from qa.norms import is_open, opens_conditions

BESIDE_FROM = 0.3  # share of the judge's belief in an answer that lies on the list, but not on its best item


def with_whole_list(checked: Checked, ruling: Ruling, edition: Edition) -> Checked:
    """The statements, the last item cited of a list with those of its items that are not cited.

    So it is where an item is one of several conditions, and where the answer is no yes or no and the question is as
    near to the stem as to any item ("what must I carry?"): it has words of the stem only, or the judge believes in
    several items.
    """
    if ruling.taught or not checked.statements or any(citation.items for citation in checked.citations):
        return checked
    best = ruling.judgements[0].candidate
    if not (opens_conditions(best.clause.lead) or _asks_for_list(ruling, best, edition)):
        return checked
    items = {c.id: c.text for c in edition.clauses if c.document == best.clause.document and _below(c, best.clause)}
    last = [citation for citation in checked.citations if items.pop(citation.clause, "")][-1:]
    rest = tuple(items.values())[:MOST_ITEMS]
    statements = tuple((s, replace(c, items=rest) if c in last else c) for s, c in checked.statements)
    return replace(checked, statements=statements)


def _asks_for_list(ruling: Ruling, item: Candidate, edition: Edition) -> bool:
    open_question = ruling.verdict == "info" and is_open(item.clause.lead)
    return open_question and (_asks_above(ruling, item, edition) or _is_spread(ruling, item))


def _asks_above(ruling: Ruling, item: Candidate, edition: Edition) -> bool:
    """Whether a question has words of an item's stem and none of its own."""
    asked = set(terms(ruling.asked.searched, edition.lexicon))
    own, stem = (set(terms(words, edition.lexicon)) for words in (item.sentence.text, item.clause.lead))
    if len(item.clause.lead.split()) == 1:
        stem |= set(terms(item.clause.heading, edition.lexicon))  # "Never:" below "What to wear"
    return bool(asked & stem) and not asked & (own - stem)


def _is_spread(ruling: Ruling, item: Candidate) -> bool:
    """Whether the judge's belief lies on other parts of the list as well."""
    beside = sum(j.settles for j in ruling.judgements[1:] if _of_list(j.candidate, item.clause))
    return beside >= BESIDE_FROM * ruling.answerable


def _of_list(candidate: Candidate, item: Clause) -> bool:
    """Whether a sentence is the stem that an item stands under, or of an item under it."""
    clause = candidate.clause
    of_page = clause.document == item.document
    return of_page and (_below(clause, item) or item.lead.endswith(candidate.sentence.text))


def _below(clause: Clause, item: Clause) -> bool:
    """Whether a clause of the page stands under the stem that an item stands under."""
    return clause.heading_path == item.heading_path and f"{clause.lead} ".startswith(f"{item.lead} ")
