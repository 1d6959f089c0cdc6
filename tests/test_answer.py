"""What an answer is known by, and one answer made of several."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answer import Answer, Citation, together

QUOTE = "Do not text parents."
CITED = Citation(1, "it", "IT", "it/1", "1", ("IT",), QUOTE, 0, len(QUOTE))
NO = Answer(
    "can I text a parent?", "no", f"No. The handbook says: “{QUOTE}” [1]", (CITED,), (), 0.9, "e", "reader", 1.0
)
SILENT = Answer(
    "how much is my pay?", "not_covered", "The handbook does not say.", (), (CITED,), 0.6, "e", "reader", 1.0
)


def test_an_answer_is_known_by_its_edition_its_drafter_and_how_its_question_was_understood() -> None:
    others = [replace(NO, **{name: "other"}) for name in ("edition", "answered_by", "understood", "question")]
    assert len({answer.id for answer in (NO, *others)}) == 5
    assert replace(NO, confidence=0.1, elapsed_ms=2.0).id == NO.id


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        (("no", "no"), "no"),
        (("no", "not_covered"), "no"),
        (("no", "yes"), "info"),
        (("no", "yes", "not_covered"), "info"),
        (("not_covered", "not_covered"), "not_covered"),
    ],
)
def test_several_answers_agree_where_those_that_are_covered_do(verdicts: tuple[str, ...], verdict: str) -> None:
    parts = tuple(SILENT if v == "not_covered" else replace(NO, verdict=v) for v in verdicts)  # type: ignore[arg-type]
    assert together("both?", parts).verdict == verdict


def test_several_answers_are_as_sure_as_the_least_and_name_what_is_near_only_where_nothing_is_cited() -> None:
    both, neither = together("both?", (SILENT, NO)), together("both?", (SILENT, SILENT))
    assert (both.confidence, neither.confidence) == (0.6, 0.6)
    assert ([c.label for c in both.citations], both.closest) == ([1], ())
    assert (neither.citations, neither.closest) == ((), (CITED,))
