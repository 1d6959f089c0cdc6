"""The one place where the parts meet: `open_assistant()` → `ask()` → Answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.editions import Edition, open_edition
from ingest.embedding import Encoder
from ingest.settings import Settings, read_settings
from qa import reader
from qa.answer import OPENINGS, Answer, Citation
from qa.citations import Checked, check, cite
from qa.conversation import Turn, stand_alone
from qa.draft import Draft
from qa.evidence import Evidence, Finder, Weights
from qa.judge import CrossEncoder, Fusion, Judge, Ruling

CLOSEST = 3
REFERRAL = "Ask your consultant before you act."


class Assistant:
    """Answers questions from one edition of the handbook."""

    def __init__(self, edition: Edition, finder: Finder, judge: Judge) -> None:
        self.edition = edition
        self._finder = finder
        self._judge = judge

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The checked answer to a question, the turns before it in `history`, oldest first."""
        started = time.perf_counter()
        alone = stand_alone(question, history)
        evidence = self._finder.find(alone)
        ruling = self._judge(evidence)
        given = reader.labelled(ruling)
        drafted = reader.draft(ruling, given)
        checked = check(drafted, given, self.edition.documents)
        answer = self._compose(question, drafted, checked, evidence, ruling)
        elapsed = (time.perf_counter() - started) * 1000
        understood = alone if alone != question else ""
        return replace(answer, elapsed_ms=elapsed, understood=understood)

    def _compose(
        self, question: str, drafted: Draft, checked: Checked, evidence: Evidence, ruling: Ruling
    ) -> Answer:
        silent = drafted.verdict == "not_covered" or not checked.statements
        return Answer(
            question=question,
            verdict="not_covered" if silent else drafted.verdict,
            text=refusal() if silent else worded(drafted, checked),
            citations=() if silent else checked.citations,
            closest=self._closest(evidence) if silent else (),
            confidence=ruling.confidence,
            edition=self.edition.id,
            answered_by=drafted.drafted_by,
            elapsed_ms=0.0,
            because="" if silent else drafted.because,
            evidence=evidence,
        )

    def _closest(self, evidence: Evidence) -> tuple[Citation, ...]:
        near = evidence.clauses()[:CLOSEST]
        return tuple(cite(n, clause, self.edition.documents) for n, (clause, _) in enumerate(near, 1))


def worded(drafted: Draft, checked: Checked) -> str:
    """The answer in words: the verdict, then each statement with its quote and label."""
    first, *others = checked.statements
    parts = [OPENINGS[drafted.verdict], f"The handbook says: “{first[1].quote}” [1]"]
    parts += [f"Also: “{citation.quote}” [{citation.label}]" for _, citation in others]
    return " ".join(part for part in parts if part)


def refusal() -> str:
    """The words for a question that the handbook leaves open."""
    return f"{OPENINGS['not_covered']} {REFERRAL}"


def open_assistant(home: Path | None = None, edition_id: str = "", settings: Settings | None = None) -> Assistant:
    """An assistant on an edition, the current one unless an id is given.

    Raises:
        HandbookError: there is no edition, or it cannot be used; the message says what to do.
    """
    chosen = settings or read_settings()
    edition = open_edition(home or chosen.home, edition_id)
    finder = Finder(edition, Encoder(edition.folder / "finder"), Weights(**edition.settings.get("finder", {})))
    judge_folder = edition.folder / "judge"
    encoder = CrossEncoder(judge_folder) if judge_folder.is_dir() else None
    return Assistant(edition, finder, Judge(encoder, Fusion.from_settings(edition.settings)))
