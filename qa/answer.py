"""The result: a verdict, words, and citations that anyone can check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from qa.draft import Usage, Verdict, total
from qa.evidence import Evidence

OPENINGS: dict[str, str] = {
    "yes": "Yes.",
    "no": "No.",
    "conditional": "It depends.",
    "info": "",
    "not_covered": "The handbook does not say.",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with where it stands: `page_text[start:end] == quote`.

    `lead` holds the words above it without which it is not understood ("You must not:"), slices of the page joined by
    " … " where there are several. `items` are those of the list that the quote opens ("The exceptions are:") or
    stands in, each a slice of the page. `page` is a PDF's printed page label.
    """

    label: int
    document: str
    title: str
    clause: str
    number: str
    heading_path: tuple[str, ...]
    quote: str
    start: int
    end: int
    source: str = ""
    page: str = ""
    lead: str = ""
    items: tuple[str, ...] = ()

    @property
    def under(self) -> str:
        """The words that the quote stands under, without the colon at their end: one of the answer's own follows."""
        return self.lead.rstrip(": ")

    @property
    def introduced(self) -> str:
        """The words in front of the quote in an answer."""
        words = "The handbook says" if self.label == 1 else "Also"
        return f"{words}, under “{self.under}”" if self.lead else words

    @property
    def quoted(self) -> str:
        """The quote in marks, and behind it the items of its list."""
        return " ".join(f"“{words}”" for words in (self.quote, *self.items))

    @property
    def told(self) -> str:
        """The quote as it stands in an answer: introduced, and with its label."""
        return f"{self.introduced}: {self.quoted} [{self.label}]"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader of the page gets; not answering is a result too (`verdict` is not_covered).

    Where a chat model was asked: `prompt` is the version of what it was told, `usage` the tokens that all calls
    for this answer took, `dropped` how many of its words or statements did not stand, `fallback_reason` why the
    reader answers.
    """

    question: str
    verdict: Verdict
    text: str
    citations: tuple[Citation, ...]
    closest: tuple[Citation, ...]
    confidence: float
    edition: str
    answered_by: str
    elapsed_ms: float
    understood: str = ""
    because: str = ""
    fallback_reason: str = ""
    parts: tuple[Answer, ...] = ()
    prompt: str = ""
    usage: Usage | None = None
    dropped: int = 0
    evidence: Evidence | None = field(default=None, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Twelve hex digits that stay the same for the same question, edition and drafter."""
        return hashlib.sha256(
            "\0".join((self.edition, self.answered_by, self.understood, self.question)).encode()
        ).hexdigest()[:12]

    def to_dict(self, evidence: int = 0) -> dict[str, Any]:
        """The answer as the JSON contract has it, with the best `evidence` clauses if asked for."""
        out: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "verdict": self.verdict,
            "text": self.text,
            "citations": [_citation(c) for c in self.citations],
            "closest": [_citation(c) for c in self.closest],
            "confidence": round(self.confidence, 4),
            "edition": self.edition,
            "answered_by": self.answered_by,
            "elapsed_ms": round(self.elapsed_ms, 1),
        }
        for name in ("understood", "because", "fallback_reason"):
            if getattr(self, name):
                out[name] = getattr(self, name)
        if self.prompt:
            out["prompt"] = self.prompt
        if self.usage:
            out["usage"] = asdict(self.usage)
        if self.dropped:
            out["dropped"] = self.dropped
        if self.parts:
            out["parts"] = [part.to_dict(evidence) for part in self.parts]
        if evidence and self.evidence is not None:
            out["evidence"] = [
                {"document": clause.document, "clause": clause.id, "text": clause.text, "score": round(score, 4)}
                for clause, score in self.evidence.clauses()[:evidence]
            ]
        return out


def _citation(citation: Citation) -> dict[str, Any]:
    out = {**asdict(citation), "heading_path": list(citation.heading_path), "items": list(citation.items)}
    return {name: value for name, value in out.items() if value or name not in ("page", "lead", "items")}


def pieces(answer: Answer) -> Iterator[str]:
    """The words of an answer, one cited statement after the other; joined they are its text.

    The first has the opening in front; what stands after the last citation is a piece of its own.
    """
    at = 0
    for citation in answer.citations:
        mark = f"[{citation.label}]"
        quoted = answer.text.find(f"{citation.quoted} {mark}", at)
        end = (quoted + len(citation.quoted) + 1 if quoted >= 0 else answer.text.find(mark, at)) + len(mark)
        yield answer.text[at:end]
        at = end
    if at < len(answer.text):
        yield answer.text[at:]


def remark(answer: Answer) -> str:
    """What an answer says after its quotes: that two pages differ, that a rule has an exception, or nothing."""
    return "".join(list(pieces(answer))[len(answer.citations) :]).strip() if answer.citations else ""


def numbered(parts: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers to the questions of one message, numbered, their citations labelled through."""
    out: list[Answer] = []
    label = 0
    for number, part in enumerate(parts, 1):
        words = list(pieces(part))
        for n, citation in enumerate(part.citations):
            words[n] = words[n].removesuffix(f"[{citation.label}]") + f"[{label + n + 1}]"
        citations = tuple(replace(c, label=label + n) for n, c in enumerate(part.citations, 1))
        out.append(replace(part, text=f"{number}. {''.join(words)}", citations=citations))
        label += len(citations)
    return tuple(out)


def together(question: str, parts: tuple[Answer, ...]) -> Answer:
    """One answer made of the answers to the questions in it.

    Its verdict is that of the parts which the handbook covers if these agree, else `info`; `not_covered` only if it
    covers none. A part that is not covered says so under its own number: a refusal of the whole would hide what the
    handbook says to the others. The confidence is the lowest of the parts'.
    """
    verdicts = {part.verdict for part in parts}
    covered = verdicts - {"not_covered"}
    first = parts[0]
    told = numbered(parts)
    citations = tuple(citation for part in told for citation in part.citations)
    return replace(
        first,
        question=question,
        verdict=first.verdict if len(verdicts) == 1 else covered.pop() if len(covered) == 1 else "info",
        text="\n".join(part.text for part in told),
        citations=citations,
        closest=() if citations else first.closest,
        confidence=min(part.confidence for part in parts),
        because="",
        parts=parts,
        evidence=_all_found(question, parts),
        prompt=next((part.prompt for part in parts if part.prompt), ""),
        usage=total(*(part.usage for part in parts)),
        dropped=sum(part.dropped for part in parts),
        answered_by=next((part.answered_by for part in parts if part.answered_by != "reader"), "reader"),
        fallback_reason=next((part.fallback_reason for part in parts if part.fallback_reason), ""),
    )


def _all_found(question: str, parts: Sequence[Answer]) -> Evidence | None:
    """What was found for all of the questions, by score alone; what else is known of it stays with each part."""
    found = [part.evidence for part in parts if part.evidence]
    candidates = (candidate for evidence in found for candidate in evidence.candidates)
    return Evidence(question, tuple(sorted(candidates, key=lambda c: -c.score))) if found else None
