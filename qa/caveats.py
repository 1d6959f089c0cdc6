"""Answer → answer with what a reader must know of the handbook itself before relying on it.

- Another page says the same with other figures (“one week”, “four weeks”): both are quoted, with the day
  from which each holds if that is given, and neither a yes nor a no is said.
- Another clause of the page takes back the one that is quoted (“Paragraph 3 shall not apply to …”): both are
  quoted, and neither a yes nor a no is said.
- The clause points to a part that is not there (“see Appendix Z”): the answer says so.

What is added is checked as all quotes are, and found without asking or reading anything again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from ingest.documents import Document
from ingest.editions import Edition
from ingest.remarks import absent, masked
from qa.answer import OPENINGS, Answer, pieces
from qa.citations import MOST_STATEMENTS, cite
from qa.evidence import Candidate, Evidence
from qa.overrides import Override, Overrides

DIFFER = "two pages of the handbook differ"
ASK_WHICH = ": ask your consultant which one holds"
OVERRIDDEN = "another rule of the page makes an exception"


class Caveats:
    """What a reader must know of one edition's rules beside what an answer quotes."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._overrides = Overrides(edition)

    def __call__(self, answer: Answer, evidence: Evidence) -> Answer:
        """The answer, with what takes it back, what another page says otherwise and what is missing; the same answer
        if there is none of these.
        """
        documents = self._edition.documents
        settled = bool(evidence.recalled) and evidence.recalled[0].score == 1  # by a consultant, for these very words
        if not settled:
            found = tuple(_overriding(answer, self._overrides))
            answer = _with_exceptions(answer, found, documents) if found else answer
            differing = next(_differing(answer, evidence), None)
            answer = _with_both(answer, *differing, documents) if differing else answer
        return _with_missing_parts(answer, self._missing)

    @cached_property
    def _missing(self) -> Mapping[str, Sequence[str]]:
        """The parts that a clause refers to and that are not there, by the clause; read when first asked for."""
        clauses, documents = self._edition.clauses, list(self._edition.documents.values())
        missing: dict[str, list[str]] = {}
        for clause, part in absent(documents, clauses):
            missing.setdefault(clause.id, []).append(part)
        return missing


def _overriding(answer: Answer, known: Overrides) -> Iterator[Override]:
    """What takes back a rule that is quoted, in the order of the quotes; one for each clause that does."""
    seen = set()
    for cited in answer.citations:
        for found in known.of(cited.document):
            quoted = found.rule.id == cited.clause and found.start < cited.end and cited.start < found.end
            if quoted and found.by.id not in seen:
                seen.add(found.by.id)
                yield found


def _with_exceptions(answer: Answer, found: Sequence[Override], documents: dict[str, Document]) -> Answer:
    """The answer with what takes back its quotes, in place of the last of them where there would be too many."""
    quoted = {citation.clause for citation in answer.citations}
    missing = [o for o in found if o.by.id not in quoted][: MOST_STATEMENTS - 1]
    kept = answer.citations[: MOST_STATEMENTS - len(missing)]
    words, citations = list(pieces(answer)), list(kept)
    told = "".join(words[: len(kept)])
    for override in missing:
        citations.append(cite(len(citations) + 1, override.by, documents, override.at, override.length))
        told += f" {citations[-1].told}"
    told += "".join(words[len(answer.citations) :])
    told += "".join(
        f" An exception to {o.rule.number} is in {o.by.number}: see whether it holds for you." for o in found
    )
    because = OVERRIDDEN if answer.verdict in ("yes", "no") else answer.because
    return _hanging(replace(answer, text=told, citations=tuple(citations), because=because))


def _hanging(answer: Answer) -> Answer:
    """The answer without its yes or no, if it is one."""
    if answer.verdict not in ("yes", "no"):
        return answer
    rest = answer.text.removeprefix(OPENINGS[answer.verdict]).strip()
    return replace(answer, verdict="conditional", text=f"{OPENINGS['conditional']} {rest}")


def _differing(answer: Answer, evidence: Evidence) -> Iterator[tuple[Candidate, Candidate]]:
    """A cited sentence, and one of another page that holds today and says the same with other figures."""
    today = date.today().isoformat()
    for cited in (c for c in evidence.candidates if _is_cited(c, answer)):
        words, figures = masked(cited.sentence.text)
        for other in evidence.candidates if figures else ():
            elsewhere = other.clause.document != cited.clause.document
            holds = elsewhere and not other.clause.period(other.sentence).outside(today)
            if holds and figures != (found := masked(other.sentence.text))[1] and words == found[0]:
                yield cited, other


def _is_cited(candidate: Candidate, answer: Answer) -> bool:
    sentence = candidate.sentence
    return any(
        c.clause == candidate.clause.id and c.start <= sentence.start and sentence.end <= c.end
        for c in answer.citations
    )


def _with_both(answer: Answer, cited: Candidate, other: Candidate, documents: dict[str, Document]) -> Answer:
    text, citations = answer.text, answer.citations
    if not _is_cited(other, answer):
        at, length = other.sentence.start - other.clause.start, len(other.sentence.text)
        citations = (*citations, cite(len(citations) + 1, other.clause, documents, at, length))
        text += f" {citations[-1].told}"
    pages = " and ".join(_named(found, documents) for found in (cited, other))
    text += f" Two pages differ here, {pages}{ASK_WHICH}."
    return _hanging(replace(answer, text=text, citations=citations, because=DIFFER))


def _named(found: Candidate, documents: dict[str, Document]) -> str:
    """A page by its title, with the day from which the sentence holds if one is given."""
    title, since = documents[found.clause.document].title, found.clause.period(found.sentence).since
    return f"{title} (from {since})" if since else title


def _with_missing_parts(answer: Answer, missing: Mapping[str, Sequence[str]]) -> Answer:
    parts = dict.fromkeys(part for cited in answer.citations for part in missing.get(cited.clause, ()))
    said = "".join(f" It refers to {part}, which is not in the handbook." for part in parts)
    return replace(answer, text=answer.text + said) if said else answer
