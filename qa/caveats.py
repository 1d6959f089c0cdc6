"""Answer → answer with what a reader must know of the handbook itself before relying on it.

- Another page says the same with other figures (“one week”, “four weeks”): both are quoted, with the day
  from which each holds if that is given, and neither a yes nor a no is said.
- The clause points to a part that is not there (“see Appendix Z”): the answer says so.

What is added is checked as all quotes are, and found without asking or reading anything again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ingest.clauses import Clause
from ingest.documents import Document
from ingest.editions import Edition
from ingest.remarks import absent, masked
from qa.answer import OPENINGS, Answer
from qa.citations import cite
from qa.draft import Verdict
from qa.evidence import Candidate, Evidence

DIFFER = "two pages of the handbook differ"


def with_caveats(answer: Answer, evidence: Evidence, edition: Edition) -> Answer:
    """The answer, with what another page says otherwise and what is missing; the same answer if there is neither."""
    settled = bool(evidence.recalled) and evidence.recalled[0].score == 1  # by a consultant, for these very words
    found = None if settled else next(_differing(answer, evidence), None)
    if found:
        answer = _with_both(answer, *found, edition.documents)
    return _with_missing_parts(answer, evidence, edition)


def _differing(answer: Answer, evidence: Evidence) -> Iterator[tuple[Candidate, Candidate]]:
    """A cited sentence, and one of another page that holds today and says the same with other figures."""
    today = date.today().isoformat()
    for cited in (c for c in evidence.candidates if _is_cited(c, answer)):
        words, figures = masked(cited.sentence.text)
        for other in evidence.candidates if figures else ():
            elsewhere = other.clause.document != cited.clause.document and other.clause.effective <= today
            if elsewhere and figures != (found := masked(other.sentence.text))[1] and words == found[0]:
                yield cited, other


def _is_cited(candidate: Candidate, answer: Answer) -> bool:
    sentence = candidate.sentence
    return any(
        c.clause == candidate.clause.id and c.start <= sentence.start and sentence.end <= c.end
        for c in answer.citations
    )


def _with_both(answer: Answer, cited: Candidate, other: Candidate, documents: dict[str, Document]) -> Answer:
    text, citations = answer.text.removeprefix(OPENINGS[answer.verdict]).strip(), answer.citations
    if not _is_cited(other, answer):
        at, length = other.sentence.start - other.clause.start, len(other.sentence.text)
        citations = (*citations, cite(len(citations) + 1, other.clause, documents, at, length))
        text += f" {citations[-1].told}"
    verdict: Verdict = "conditional" if answer.verdict in ("yes", "no") else answer.verdict
    pages = " and ".join(_named(found.clause, documents) for found in (cited, other))
    text += f" Two pages differ here, {pages}: ask your consultant which one holds."
    return replace(
        answer, verdict=verdict, text=f"{OPENINGS[verdict]} {text}".strip(), citations=citations, because=DIFFER
    )


def _named(clause: Clause, documents: dict[str, Document]) -> str:
    """A page by its title, with the day from which the clause holds if one is given."""
    title = documents[clause.document].title
    return f"{title} (from {clause.effective})" if clause.effective else title


def _with_missing_parts(answer: Answer, evidence: Evidence, edition: Edition) -> Answer:
    clauses = {c.clause.id: c.clause for c in evidence.candidates if _is_cited(c, answer)}.values()
    found = absent(list(clauses), list(edition.documents.values()), edition.clauses)
    said = "".join(
        f" It refers to {part}, which is not in the handbook." for part in dict.fromkeys(p for _, p in found)
    )
    return replace(answer, text=answer.text + said) if said else answer
