"""Ruling → draft, without a model: the verdict in words, the deciding sentence, and what travels with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.answer import OPENINGS
from qa.citations import Checked
from qa.draft import Draft, Labelled, Statement
from qa.judge import Judgement, Ruling

MOST_CITED = 3
REFERRAL = "Ask your consultant before you act."
ALSO_FROM = 0.28  # share of belief from which a second sentence is cited too


def labelled(ruling: Ruling) -> tuple[Labelled, ...]:
    """The judged evidence under labels 1, 2, 3 …, best first."""
    return tuple(Labelled(number, j.candidate) for number, j in enumerate(ruling.judgements, 1))


def draft(ruling: Ruling, evidence: Sequence[Labelled]) -> Draft:
    """The reader's draft: quotes only, no words of its own about the policy."""
    if ruling.verdict == "not_covered":
        return Draft("not_covered", (), ruling.confidence)
    statements = tuple(_statements(ruling, evidence))[:MOST_CITED]
    return Draft(ruling.verdict, statements, ruling.confidence, ruling.because)


def _statements(ruling: Ruling, evidence: Sequence[Labelled]) -> Iterator[Statement]:
    for judgement, item in zip(ruling.judgements, evidence, strict=True):
        if item.label == 1 or _also_settles(ruling, judgement):
            yield Statement("", item.label, judgement.candidate.sentence.text)


def _also_settles(ruling: Ruling, judgement: Judgement) -> bool:
    return judgement.settles >= ALSO_FROM * ruling.answerable


def worded(drafted: Draft, checked: Checked) -> str:
    """The answer in words: the verdict, then each statement with its quote and label."""
    first, *others = checked.statements
    parts = [OPENINGS[drafted.verdict], f"The handbook says: “{first[1].quote}” [1]"]
    parts += [f"Also: “{citation.quote}” [{citation.label}]" for _, citation in others]
    return " ".join(part for part in parts if part)


def refusal() -> str:
    """The words for a question that the handbook leaves open."""
    return f"{OPENINGS['not_covered']} {REFERRAL}"
