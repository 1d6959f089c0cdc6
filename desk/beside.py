"""What else the handbook holds near a question: the next-best clauses found, beside those an answer rests on."""

from __future__ import annotations

from qa.answer import Answer, Citation
from qa.assistant import Assistant
from qa.citations import cite

MOST = 3
NEAR = 0.5  # share of the best score from which a clause is still near the question


def also_relevant(answer: Answer, assistant: Assistant) -> tuple[Citation, ...]:
    """Whole clauses that were kept for the judge and are not cited, best first, at most `MOST`; no part of the answer.

    Where an answer was read back from the records, which keep no evidence, or a new edition was published since, the
    handbook is searched as it is.
    """
    if not answer.citations or answer.parts:
        return ()
    evidence = answer.evidence if answer.edition == assistant.edition.id else None
    evidence = evidence or assistant.find(answer.understood or answer.question)
    best = max((candidate.score for candidate in evidence.kept), default=0.0)
    near = {c.clause.id: c.clause for c in evidence.kept if c.score >= NEAR * best}
    cited = {citation.clause for citation in answer.citations}
    beside = [clause for key, clause in near.items() if key not in cited][:MOST]
    return tuple(cite(n, clause, assistant.edition.documents) for n, clause in enumerate(beside, 1))
