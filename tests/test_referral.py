"""What a consultant reads and sends on: nobody is sent to a consultant by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desk.cases import Case, Contact, drafted
from desk.queries import Answered, Query, reply
from desk.referral import for_consultant
from desk.register import Exchange
from desk.transcript import answer_text
from qa.answer import Answer, Citation, together
from qa.caveats import ASK_WHICH
from qa.reader import CHECK_FIRST, UNCLEAR, refusal

CITED = Citation(1, "a", "A", "a/1", "1", ("A",), "Ask your consultant before you act.", 0, 35)
QUOTED = f"“{CITED.quote}”"
TOLD = f"The handbook says: {QUOTED} [1]"
ANSWER = Answer("what now?", "conditional", f"It depends. {TOLD}", (CITED,), (), 0.9, "e", "reader", 1.0)
SILENT = replace(ANSWER, verdict="not_covered", text=refusal(), citations=())
HELD_BACK = replace(ANSWER, text=f"{CHECK_FIRST} {TOLD}", because=UNCLEAR)
DIFFERING = replace(ANSWER, text=f"It depends. {TOLD} Two pages differ here, A and B{ASK_WHICH}.")


@pytest.mark.parametrize("answer", [SILENT, HELD_BACK, DIFFERING, together("both?", (SILENT, HELD_BACK))])
def test_a_consultant_sends_nobody_to_a_consultant(answer: Answer) -> None:
    case = Case("c", datetime.now(UTC), Contact(), Exchange("what now?", answer), (), "", "", "", None, 1)
    for sent in (reply([Answered(Query("what now?"), answer)]), drafted(case)):
        assert "consultant" not in sent.replace(QUOTED, "")
    assert "consultant" in answer_text(answer).replace(QUOTED, "")


def test_what_the_handbook_says_of_consultants_stays_and_a_difference_is_told() -> None:
    assert for_consultant(ANSWER) == ANSWER
    assert answer_text(for_consultant(HELD_BACK)).startswith(f"The handbook says:\n{QUOTED} [1]")
    assert "Two pages differ here, A and B." in answer_text(for_consultant(DIFFERING)).splitlines()
