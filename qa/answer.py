"""The result: a verdict, words, and citations that anyone can check."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

from qa.draft import Usage, Verdict
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
    """A quote with where it stands: `page_text[start:end] == quote`; `page` is a PDF's printed page label."""

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


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader of the page gets; not answering is a result too (`verdict` is not_covered).

    Where a chat model was asked: `prompt` is the version of what it was told, `usage` the tokens it took,
    `dropped` how many of its words or statements did not stand, `fallback_reason` why the reader answers.
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
            out["parts"] = [part.to_dict() for part in self.parts]
        if evidence and self.evidence is not None:
            out["evidence"] = [
                {"document": clause.document, "clause": clause.id, "text": clause.text, "score": round(score, 4)}
                for clause, score in self.evidence.clauses()[:evidence]
            ]
        return out


def _citation(citation: Citation) -> dict[str, Any]:
    out = {**asdict(citation), "heading_path": list(citation.heading_path)}
    return out if citation.page else {name: value for name, value in out.items() if name != "page"}
