"""What is asked of the law, another's book, earlier rules or another part is not answered by a rule of today."""

from __future__ import annotations

import pytest

from ingest.clauses import Clause, Sentence
from qa.elsewhere import asks_elsewhere
from qa.frames import read_question


def clause(text: str, *, number: str = "2", heading: str = "Phones") -> Clause:
    return Clause("page/1", "page", number, ("Page", heading), "", text, 0, len(text), (Sentence(text, 0, len(text)),))


RULE = "Do not text pupils."


@pytest.mark.parametrize(
    "question",
    [
        "is it against the law to text a pupil",
        "Is it even legal to text a pupil?",
        "by law must I text nobody",
        "what does the law say about texting pupils",
        "what does KCSIE say about texts",
        "do the teachers' standards forbid texting pupils",
        "does my union allow texts",
        "under GDPR, may i text a pupil",
        "did the old handbook allow texting",
        "was texting banned before this policy",
        "could teachers text pupils in 2015?",
        "what does section 3 say",
        "what's on page 12?",
    ],
)
def test_what_stands_elsewhere_is_not_answered_by_a_rule_of_today(question: str) -> None:
    assert asks_elsewhere(read_question(question).parts, clause(RULE))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("is it against the rules to text a pupil", RULE),
        ("what does the handbook say about texts", RULE),
        ("im her legal guardian, may i text her", RULE),
        ("i found illegal stuff on the pc, do i text anyone", RULE),
        ("my union rep texted a pupil, is that ok", RULE),
        ("i texted a pupil in 2015, was that wrong", RULE),
        ("what does rule 5 say about texts", RULE),
        ("what does section 2 say", RULE),
        ("is it illegal to text a pupil", "To text a pupil may be an offence."),
        ("what does KCSIE say about texts", "KCSIE asks you not to text pupils."),
        ("could teachers text pupils in 2015?", "Until 2016 teachers could text pupils."),
    ],
)
def test_a_rule_of_today_and_a_clause_that_names_what_is_asked_of_may_answer(question: str, text: str) -> None:
    assert not asks_elsewhere(read_question(question).parts, clause(text))
