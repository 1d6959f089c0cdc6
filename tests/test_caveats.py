"""An answer says where another page says otherwise, and what it points to that is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from desk.cases import Case, Contact, drafted
from desk.register import Exchange
from desk.transcript import answer_text
from ingest.clauses import Clause, cut
from ingest.documents import Document
from ingest.editions import Edition
from ingest.taught import TaughtQuestion
from qa.answer import OPENINGS, Answer, pieces, remark
from qa.assistant import Assistant
from qa.caveats import DIFFER, OVERRIDDEN, Caveats
from qa.citations import cite
from qa.draft import Verdict
from qa.evidence import Candidate, Evidence, Recalled
from qa.terminal import show

ONE = "The notice period is one week."
FOUR = "The notice period is four weeks."
OLD = Document("old", "Handbook 2020", f"{ONE}\n", "old.md", effective="2020-09-01")
NEW = Document("new", "Handbook 2021", f"{FOUR}\n", "new.md", effective="2021-09-01")
DIFFERS = (
    f"It depends. The handbook says: “{ONE}” [1] Also: “{FOUR}” [2] Two pages differ here, Handbook 2020 (from"
    " 2020-09-01) and Handbook 2021 (from 2021-09-01): ask your consultant which one holds."
)


def clauses_of(*documents: Document) -> list[Clause]:
    return [clause for document in documents for clause in cut(document)]


def evidence_of(*documents: Document) -> Evidence:
    found = clauses_of(*documents)
    return Evidence(
        "what is the notice period?", tuple(Candidate(c, s, 1, {}, True, "") for c in found for s in c.sentences)
    )


def edition_of(assistant: Assistant, *documents: Document) -> Edition:
    return replace(assistant.edition, documents={d.id: d for d in documents}, clauses=tuple(clauses_of(*documents)))


def answer_with(verdict: Verdict, *documents: Document) -> Answer:
    """An answer that quotes the first clause of each document."""
    known = {document.id: document for document in documents}
    cited = tuple(cite(n, cut(document)[0], known) for n, document in enumerate(documents, 1))
    quoted = " Also: ".join(f"“{c.quote}” [{c.label}]" for c in cited)
    text = f"{OPENINGS[verdict]} The handbook says: {quoted}".strip()
    return Answer("what is the notice period?", verdict, text, cited, (), 0.9, "1", "reader", 1.0)


def test_two_pages_that_differ_are_both_quoted_and_neither_yes_nor_no_is_said(assistant: Assistant) -> None:
    found = Caveats(edition_of(assistant, OLD, NEW))(answer_with("yes", OLD), evidence_of(OLD, NEW))
    assert (found.verdict, found.because, found.text) == ("conditional", DIFFER, DIFFERS)
    assert [(c.document, c.quote) for c in found.citations] == [("old", ONE), ("new", FOUR)]
    assert "".join(pieces(found)) == found.text


def test_a_page_that_is_quoted_already_is_not_quoted_again(assistant: Assistant) -> None:
    found = Caveats(edition_of(assistant, OLD, NEW))(answer_with("no", OLD, NEW), evidence_of(OLD, NEW))
    assert (found.verdict, found.text, len(found.citations)) == ("conditional", DIFFERS, 2)


def test_what_is_told_stays_told(assistant: Assistant) -> None:
    found = Caveats(edition_of(assistant, OLD, NEW))(answer_with("info", OLD), evidence_of(OLD, NEW))
    assert (found.verdict, found.text) == ("info", DIFFERS.removeprefix("It depends. "))


@pytest.mark.parametrize(
    "other",
    [
        replace(NEW, text="The notice period is one week.\n"),
        replace(NEW, text="The trial period is four weeks.\n"),
        replace(NEW, effective="2099-09-01"),
        replace(NEW, id="old"),
    ],
    ids=["the same figures", "other words", "not in force yet", "the same page"],
)
def test_pages_that_do_not_differ_leave_the_answer_as_it_is(assistant: Assistant, other: Document) -> None:
    answer = answer_with("yes", OLD)
    assert Caveats(edition_of(assistant, OLD, other))(answer, evidence_of(OLD, other)) == answer


def test_what_a_consultant_has_settled_is_not_reopened(assistant: Assistant) -> None:
    taught = TaughtQuestion("t1", "what is the notice period?", (), "info", (), 0)
    settled = replace(evidence_of(OLD, NEW), recalled=(Recalled(taught, 1.0),))
    answer = answer_with("info", OLD)
    assert Caveats(edition_of(assistant, OLD, NEW))(answer, settled) == answer


def test_a_part_that_is_not_there_is_said_once_and_one_that_is_there_is_not(assistant: Assistant) -> None:
    text = "Park in the bays: see Appendix Z, see Appendix Z and see Appendix B.\n\n## Appendix B\n\nNone.\n"
    page = Document("a", "Parking", text, "a.md")
    found = Caveats(edition_of(assistant, page))(answer_with("info", page), evidence_of(page))
    assert found.text.endswith("see Appendix B.” [1] It refers to Appendix Z, which is not in the handbook.")


def test_a_refusal_has_no_caveats(assistant: Assistant) -> None:
    silent = replace(answer_with("info", OLD), verdict="not_covered", citations=(), text=OPENINGS["not_covered"])
    assert Caveats(edition_of(assistant, OLD, NEW))(silent, evidence_of(OLD, NEW)) == silent


LEAD = "Dogs must be kept on a lead."
ASSISTANCE = "Section 7 does not apply to assistance dogs."
DOGS = Document("dogs", "Dogs", f"7. {LEAD}\n\n8. {ASSISTANCE}\n\n9. Cats are fed at six.\n", "dogs.md")
EXCEPTED = f"“{LEAD}” [1] Also: “{ASSISTANCE}” [2] An exception to 7 is in 8: see whether it holds for you."


def test_what_is_said_beside_the_quotes_is_shown_wherever_an_answer_is(
    assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Caveats(edition_of(assistant, DOGS))(answer_with("yes", DOGS), evidence_of(DOGS))
    said = "An exception to 7 is in 8: see whether it holds for you."
    assert (remark(found), remark(answer_with("yes", DOGS))) == (said, "")
    show(found)
    case = Case("c", datetime.now(UTC), Contact(), Exchange("dogs?", found), (), "", "", "", None, 1)
    shown = (capsys.readouterr().out, answer_text(found), drafted(case))
    assert [said in words for words in shown] == [True, True, True]

    def card() -> None:
        import streamlit as st

        from pages.card import draw_answer

        draw_answer(*st.session_state.drawn)

    page = AppTest.from_function(card)
    page.session_state.drawn = (found, assistant)
    assert said in [text.value for text in page.run().text]


@pytest.mark.parametrize(("verdict", "opening"), [("yes", "It depends. "), ("info", "")])
def test_a_rule_comes_with_the_one_that_takes_it_back_and_neither_yes_nor_no(
    assistant: Assistant, verdict: Verdict, opening: str
) -> None:
    found = Caveats(edition_of(assistant, DOGS))(answer_with(verdict, DOGS), evidence_of(DOGS))
    assert found.text == f"{opening}The handbook says: {EXCEPTED}"
    assert (found.verdict, found.because) == (("conditional", OVERRIDDEN) if opening else ("info", ""))
    assert [(c.label, c.number, c.quote) for c in found.citations] == [(1, "7", LEAD), (2, "8", ASSISTANCE)]
    assert "".join(pieces(found)) == found.text


def test_the_exception_takes_the_place_of_a_third_quote_and_never_of_the_rule(assistant: Assistant) -> None:
    others = tuple(replace(page, id=name) for name, page in (("b", OLD), ("c", replace(OLD, text="Sign in.\n"))))
    found = Caveats(edition_of(assistant, DOGS, *others))(answer_with("no", DOGS, *others), evidence_of(DOGS, *others))
    assert [(c.label, c.quote) for c in found.citations] == [(1, LEAD), (2, ONE), (3, ASSISTANCE)]
    assert "".join(pieces(found)) == found.text


def test_an_exception_that_is_quoted_needs_no_rule_beside_it(assistant: Assistant) -> None:
    page = replace(DOGS, text=DOGS.text.partition("\n\n")[2] + f"\n7. {LEAD}\n")
    answer = answer_with("yes", page)
    assert Caveats(edition_of(assistant, page))(answer, evidence_of(page)) == answer


def test_what_a_consultant_has_settled_needs_no_exception(assistant: Assistant) -> None:
    taught = TaughtQuestion("t1", "must dogs be on a lead?", (), "yes", (), 0)
    settled = replace(evidence_of(DOGS), recalled=(Recalled(taught, 1.0),))
    answer = answer_with("yes", DOGS)
    assert Caveats(edition_of(assistant, DOGS))(answer, settled) == answer
