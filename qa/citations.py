"""Draft → checked citations: what cannot be found word for word in the edition never gets out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.clauses import Clause, opened_by
from ingest.documents import Document, HandbookError
from qa.answer import Citation
from qa.draft import Draft, Labelled, Statement, Verdict
from qa.judge import Judgement, Ruling
from qa.modality import contradicts, settle
from qa.norms import Norm, is_open, leans_on_heading, read_norms
from qa.support import Fit, supported, tokens

MOST_STATEMENTS = 3
SHORTEST_QUOTE = 12  # characters of a piece of a sentence; less could stand anywhere
RELEVANT_FROM = 0.1  # share of the judge's belief in an answer; a model may not cite a sentence with less


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
    """Maps labels back to sentences and keeps the statements that stand, at most `MOST_STATEMENTS`.

    A statement stands if its label was given out, its quote is a slice of that clause (typographic
    differences undone) and its words are supported by the sentences it quotes. The citation is the slice,
    widened to whole sentences, so that no "not" is cut off. Words that are only loosely supported are left
    out and the quote speaks for itself.
    """
    known = {item.label: item for item in evidence}
    kept: list[tuple[Statement, Citation]] = []
    dropped: list[str] = []
    for statement in draft.statements:
        clause = known[statement.label].candidate.clause if statement.label in known else None
        span = _slice(clause, statement.quote) if clause else None
        if clause is None or span is None:
            dropped.append(
                f"label {statement.label}: {'the quote is not in the clause' if clause else 'never given out'}"
            )
            continue
        citation = cite(len(kept) + 1, clause, documents, span[0], span[1] - span[0])
        fit, why = _fit(statement, citation, clause, kept)
        if fit is not Fit.SAME:
            dropped.append(f"label {statement.label}: {why}")
        if fit is not Fit.WRONG:
            whole = tokens(statement.text) == tokens(citation.quote)  # then it is a quote, and shown as one
            text = statement.text if fit is Fit.SAME and not whole else ""
            kept.append((replace(statement, text=text, quote=citation.quote), citation))
    quotes = {citation.quote for _, citation in kept}
    once = [(s, replace(c, items=tuple(item for item in c.items if item not in quotes))) for s, c in kept]
    return Checked(tuple(once), tuple(dropped))


def _fit(
    statement: Statement, citation: Citation, clause: Clause, kept: Sequence[tuple[Statement, Citation]]
) -> tuple[Fit, str]:
    """How a statement stands to its citation, and to those that are kept already."""
    if len(kept) == MOST_STATEMENTS:
        return Fit.WRONG, f"more than {MOST_STATEMENTS} statements"
    if any(c.clause == citation.clause and c.start < citation.end and citation.start < c.end for _, c in kept):
        return Fit.WRONG, "the same sentence again"
    if not statement.text:
        return Fit.SAME, ""
    support = supported(statement.text, citation.quote, clause.lead)
    return support.fit, support.why


def _slice(clause: Clause, quote: str) -> tuple[int, int] | None:
    """Where the whole sentences that hold a quote stand in the clause, or None if it does not hold it."""
    found = locate(quote, clause.text)
    if found is None:
        return None
    spans = [(s.start - clause.start, s.end - clause.start) for s in clause.sentences]
    held = [span for span in spans if span[0] < found[1] and found[0] < span[1]]
    if not held or (len(quote.strip()) < SHORTEST_QUOTE and found not in held):
        return None
    return held[0][0], held[-1][1]


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """The span of a quote in a text, typographic differences undone: quotes, dashes, ellipses, white space.

    >>> locate("the school's  IT -policy", "Ask for the school’s IT –policy.")
    (8, 31)
    """
    asked = quote.strip()
    if asked and (at := text.find(asked)) >= 0:  # as it mostly is
        return at, at + len(asked)
    wanted = "".join(plain for plain, _ in _plainly(quote)).strip()
    pieces = list(_plainly(text))
    at = "".join(plain for plain, _ in pieces).find(wanted) if wanted else -1
    if at < 0:
        return None
    places = [place for plain, place in pieces for _ in plain]
    return places[at], places[at + len(wanted) - 1] + 1


_TYPOGRAPHY = dict.fromkeys("’‘‛", "'") | dict.fromkeys("“”„", '"') | dict.fromkeys("–—‐‑−", "-")
_TYPOGRAPHY |= dict.fromkeys("\u00ad\u200b\u2060\ufeff", "") | {"…": "...", "ﬁ": "fi", "ﬂ": "fl"}


def _plainly(text: str) -> Iterator[tuple[str, int]]:
    """Each character in plain typography with its place; runs of white space are one space."""
    blank = False
    for place, character in enumerate(text):
        plain = " " if character.isspace() else _TYPOGRAPHY.get(character, character)
        if plain != " " or not blank:
            yield plain, place
        blank = plain == " " or (blank and not plain)


def relevant(checked: Checked, ruling: Ruling) -> Checked:
    """The statements whose sentence the judge thinks may settle the question: a model chooses among those."""
    kept = [(s, c) for s, c in checked.statements if _share(c, ruling) >= RELEVANT_FROM]
    beside = [f"label {s.label}: beside the question" for s, c in checked.statements if (s, c) not in kept]
    statements = tuple((s, replace(c, label=n)) for n, (s, c) in enumerate(kept, 1))
    return Checked(statements, (*checked.dropped, *beside))


def _share(citation: Citation, ruling: Ruling) -> float:
    believed = sum(j.settles for j in _judged(citation, ruling))
    return believed / ruling.answerable if ruling.answerable else 0.0


def _judged(citation: Citation, ruling: Ruling) -> list[Judgement]:
    """The judgements on the sentences of a citation."""
    return [
        j
        for j in ruling.judgements
        if j.candidate.clause.id == citation.clause
        and citation.start <= j.candidate.sentence.start
        and j.candidate.sentence.end <= citation.end
    ]


def verdict_refused(verdict: Verdict, checked: Checked, ruling: Ruling) -> str:
    """Why a drafted verdict may not be given with these citations, or "".

    It must follow from the words of a cited sentence by the rules, a yes or a no such that they can be relied
    on, or be the judge's and on a sentence the judge rests it on; what a consultant has taught is not overruled;
    a yes or a no that the words plainly contradict is stopped, and one where the reader itself would hold back:
    whoever drafts, the caution is one.
    """
    firm = verdict in ("yes", "no")
    norms = [_norms(citation, ruling) for citation in checked.citations]
    if ruling.taught and verdict != ruling.verdict:
        return f"“{verdict}” is not what a consultant has taught"
    if any(contradicts(verdict, ruling.frame, read) for read in norms):
        return f"“{verdict}” contradicts the words it rests on"
    if firm and (ruling.disputed or verdict in ruling.doubted or ruling.verdict == "conditional"):
        return f"“{verdict}” is firmer than the reader would be"
    rests = any(j.cited for citation in checked.citations for j in _judged(citation, ruling))
    if verdict == ruling.verdict and rests:
        return ""
    readings = [settle(ruling.frame, read) for read in norms]
    if any(reading.verdict == verdict and (reading.certain or not firm) for reading in readings):
        return ""
    return f"“{verdict}” follows neither from the words it rests on nor from the judge"


def _norms(citation: Citation, ruling: Ruling) -> tuple[Norm, ...]:
    judged = _judged(citation, ruling)
    return tuple(n for j in judged for n in j.norms) or read_norms(citation.quote, citation.lead)


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
        page=clause.page,
        lead=_lead(clause, document, quote),
        items=_items(document, start, end),
    )


def _lead(clause: Clause, document: Document, quote: str) -> str:
    """What stands above a quote without which it is not understood: the stems of its list, or an open heading."""
    out = [clause.heading] if leans_on_heading(f"{clause.lead} {quote}".strip(), clause.heading) else []
    rest = clause.lead.removesuffix(" …").split()
    while rest:
        # Stems are joined by a space: each is the longest that the page has.
        most = next((n for n in range(len(rest), 0, -1) if " ".join(rest[:n]) in document.text), 0)
        if not most:
            return ""
        out.append(" ".join(rest[:most]))
        rest = rest[most:]
    return " … ".join(out)


def _items(document: Document, start: int, end: int) -> tuple[str, ...]:
    """The items of the list that a quote opens; none where the quote is finished by itself."""
    return opened_by(document, start, end) if is_open(document.text[start:end]) else ()
