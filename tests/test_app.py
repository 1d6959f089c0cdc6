"""The pages as Streamlit runs them, without a browser: what is drawn, and what each button does."""

from __future__ import annotations

import gc
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
import streamlit as st
from homes import republish
from sqlalchemy import Connection
from streamlit import config
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from desk.cases import Case, Contact, follow, hand_over, inbox, save_draft, send, take
from desk.hinge import Option
from desk.insights import Period
from desk.marked import marked_wrong
from desk.reception import Visit, utc_now
from desk.records import Records, asked, cases, lessons, open_records
from desk.register import NOT_KEPT, Exchange, read_conversation, write_exchange
from desk.taught import Lessons, Quote
from ingest.disk import copy_folder
from ingest.editions import Edition, open_edition
from pages import desk, handbook, handover, markup, opening
from pages.card import VERDICTS, verdict_words
from pages.chat import DELETED, SHOWN
from pages.exchange import UNWRITTEN
from pages.insights import COLOURS, days_chart
from pages.opening import opened_reception
from pages.teaching import GONE, NEXT, STEP
from qa.answer import Answer
from qa.assistant import Assistant
from qa.citations import cite
from qa.conversation import Turn
from qa.evidence import Evidence
from qa.reader import CHECK_FIRST

ROOT = Path(__file__).parent.parent
PATIENCE = 60


@pytest.fixture
def here(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shared home in the settings of this process, its edition opened once for all; the records are the test's."""
    monkeypatch.setenv("POLICY_QA_HOME", str(home))
    monkeypatch.setenv("POLICY_QA_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite3'}")
    monkeypatch.setenv("POLICY_QA_DESK", "")
    monkeypatch.chdir(ROOT)
    config.set_option("server.address", "127.0.0.1")
    yield tmp_path
    opening._reception.clear()
    opening._purged.clear()


@pytest.fixture
def elsewhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Sets another home, where the records are kept too."""

    def move(home: Path) -> None:
        monkeypatch.setenv("POLICY_QA_HOME", str(home))
        monkeypatch.delenv("POLICY_QA_RECORDS")

    st.cache_resource.clear()
    yield move
    st.cache_resource.clear()


@pytest.fixture
def two_pages(home: Path, tmp_path: Path) -> Path:
    """A home with a handbook of two pages that share a sentence."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("clothes", "visits"):
        (docs / f"{name}.md").write_text(f"# {name.title()}\n\n- Wear your badge.\n", "utf-8")
    copy_folder(home / "models", tmp_path / "two" / "models")
    republish(docs, tmp_path / "two")
    return tmp_path / "two"


@cache
def _components() -> BidiComponentManager:
    """The components that the installed packages bring, which each page would look up for itself."""
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


def _drawn(page: AppTest) -> AppTest:
    page._bidi_component_manager = _components()
    return page.run()


def _page(path: str = "app.py") -> AppTest:
    return _drawn(AppTest.from_file(str(ROOT / path), default_timeout=PATIENCE))


def _desk(name: str = "desk") -> AppTest:
    return _drawn(AppTest.from_string(f"from pages import {name}\n{name}.draw()", default_timeout=PATIENCE))


def _ask(page: AppTest, question: str) -> AppTest:
    return page.chat_input[0].set_value(question).run()


def _said(page: AppTest) -> str:
    """Every word on the page."""
    elements = [*page.text, *page.markdown, *page.caption, *page.error, *page.warning, *page.info, *page.success]
    return "\n".join(str(e.value) for e in elements) + "\n".join(str(e.proto.body) for e in page.get("html"))


def _is_whole(page: AppTest) -> bool:
    return not page.exception and not page.error


@pytest.mark.usefixtures("here")
def test_the_first_screen_says_what_this_is_and_gives_examples() -> None:
    page = _page()
    assert _is_whole(page)
    assert "word for word" in _said(page)
    assert "call 999" in _said(page)
    assert page.chat_input[0].placeholder == "Type your question, in English"
    assert len([b for b in page.button if b.label.endswith("?")]) == 3


@pytest.mark.usefixtures("here")
def test_an_answer_has_its_verdict_its_quote_and_the_quote_in_its_place() -> None:
    page = _ask(_page(), "can I text a parent back?")
    assert _is_whole(page)
    assert ":red[✗ No]" in _said(page)
    assert "“Do not exchange private texts" in _said(page)
    assert "<mark>Do not exchange private texts" in _said(page)
    assert "IT and Social Media, 9" in _said(page)


@pytest.mark.usefixtures("here")
def test_a_quote_that_has_become_a_heading_is_said_to_have_changed(assistant: Assistant) -> None:
    page = _page()
    answer = assistant.ask("can I text a parent back?")
    text = assistant.edition.documents[answer.citations[0].document].text
    at = text.index("# ") + 2
    quote = text[at : text.index("\n", at)]
    moved = replace(answer.citations[0], quote=quote, start=at, end=at + len(quote))
    page.session_state.exchanges = (Exchange(answer.question, replace(answer, citations=(moved,))),)
    page = page.run()
    assert _is_whole(page)
    assert "The handbook has changed since this was answered." in _said(page)
    assert "In full [1]" not in [expander.label for expander in page.expander]  # nobody has to open it to see that


@pytest.mark.usefixtures("here")
def test_an_example_is_asked_by_a_tap() -> None:
    page = _page()
    page = page.button[0].click().run()
    assert "“Do not exchange private texts" in _said(page)


@pytest.mark.usefixtures("here")
def test_what_the_handbook_does_not_say_is_not_answered_and_goes_to_a_consultant() -> None:
    page = _ask(_page(), "how much holiday do I get?")
    assert "– The handbook does not say" in _said(page)
    assert "not an answer" in " ".join(e.label for e in page.expander)
    assert "Send to a consultant" in [b.label for b in page.button]
    assert ":blue[**Ask a consultant**]" in [e.label for e in page.expander]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("can I text a parent back? do I need a PIN on my phone?", "Ask a consultant"),
        ("can I text a parent back? how much holiday do I get?", ":blue[**Ask a consultant**]"),
    ],
)
def test_a_consultant_is_offered_in_colour_where_one_of_several_questions_is_left_open(
    question: str, offered: str
) -> None:
    assert offered in [expander.label for expander in _ask(_page(), question).expander]


def test_a_handed_over_question_reaches_the_desk_and_the_reply_comes_back(here: Path) -> None:
    page = _ask(_page(), "how much holiday do I get?")
    page.text_input(key="name-0").set_value("Sam")
    page = next(b for b in page.button if b.label == "Send to a consultant").click().run()
    assert "Sent." in _said(page)
    assert "?case=" in page.code[-1].value
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    (case,) = inbox(records)
    assert (case.contact.name, case.exchange.question) == ("Sam", "how much holiday do I get?")
    send(records, case, "jo", "It is in your contract.", utc_now())
    records.close()
    page = page.run()
    assert "A consultant’s reply" in _said(page)
    assert "It is in your contract." in _said(page)
    assert "Sent." not in _said(page)
    assert "?case=" in page.code[-1].value


@pytest.mark.usefixtures("here")
def test_a_follow_up_is_read_with_the_question_before_it() -> None:
    page = _ask(_ask(_page(), "does my phone need a PIN?"), "and my laptop?")
    assert "“Protect your mobile phone, laptop, and computer" in _said(page)
    assert "Read together with the question before it." in _said(page)


@pytest.mark.usefixtures("here")
def test_beside_an_answer_stands_what_is_also_relevant_and_marked_as_no_part_of_it() -> None:
    page = _ask(_page(), "can I text a parent back?")
    assert "Also relevant – not part of the answer" in [e.label for e in page.expander]


@pytest.mark.usefixtures("here")
def test_the_fact_that_an_answer_hangs_on_is_said_by_a_button_and_answered(assistant: Assistant) -> None:
    page = _page()
    page.session_state.exchanges = (_hanging(assistant),)
    page = page.run()
    page = next(b for b in page.button if b.label == "With my mobile phone").click().run()
    assert _is_whole(page)
    assert page.session_state.exchanges[-1].question == "With my mobile phone."
    assert ":red[✗ No]" in _said(page)
    assert "using your mobile phone.”" in _said(page)


@pytest.mark.usefixtures("here")
def test_what_stands_on_a_button_is_words_and_no_markdown(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page()
    hanging = _hanging(assistant)
    assert hanging.answer is not None
    option = Option("With a *red* [badge](https://evil.example)", "With a badge.", hanging.answer)
    monkeypatch.setattr("pages.exchange.options", lambda *_: (option,))
    page.session_state.exchanges = (hanging,)
    page = page.run()
    labels = [b.label for b in page.button]
    assert markup.escaped(option.label) in labels
    assert not any("](" in label for label in labels)


@pytest.mark.usefixtures("here")
def test_a_question_that_tells_of_harm_gets_the_fixed_words_and_no_search() -> None:
    page = _ask(_page(), "a pupil told me her dad hits her")
    assert "Please read this first" in _said(page)
    assert "Tell the designated safeguarding lead" in _said(page)
    assert "blockquote" not in _said(page)
    page = next(b for b in page.button if b.label == "Also look in the handbook").click().run()
    assert _is_whole(page)
    assert len(page.chat_message) == 4


def test_what_tells_of_harm_is_passed_on_with_words_alone(here: Path) -> None:
    page = _ask(_page(), "a pupil told me her dad hits her")
    page = next(b for b in page.button if b.label == "Also look in the handbook").click().run()
    page = next(b for b in page.button if b.label == "Send to a consultant").click().run()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    assert [error.value for error in page.error] == ["Not sent yet: please write what a consultant should know."]
    assert inbox(records) == ()
    page.text_area(key="words-1").set_value("Please ring me about a pupil.")
    page = next(b for b in page.button if b.label == "Send to a consultant").click().run()
    assert "Sent." in _said(page)
    assert [case.contact.words for case in inbox(records)] == ["Please ring me about a pupil."]
    records.close()


@pytest.mark.usefixtures("here")
def test_a_question_can_be_changed_and_asked_again() -> None:
    page = _ask(_page(), "can I text a pupil?")
    page.text_area(key="changed-0").set_value("is my phone allowed to be seen in a lesson?")
    page = next(b for b in page.button if b.label == "Ask again").click().run()
    assert "is my phone allowed to be seen in a lesson?" in _said(page)
    assert _is_whole(page)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("question", "says"), [("so " * 700, "2,100 characters are too many"), ("???", "no question")])
def test_what_is_refused_is_back_in_the_box_to_be_changed(question: str, says: str) -> None:
    page = _ask(_page(), question)
    box = page.chat_input[0].proto
    assert says in _said(page)
    assert (box.set_value, box.value) == (True, question)
    page = _ask(page, "can I text a parent back?")
    assert (says in _said(page), page.chat_input[0].proto.set_value) == (False, False)
    assert "“Do not exchange private texts" in _said(page)


@pytest.mark.usefixtures("here")
def test_thanks_get_no_answer_from_the_handbook() -> None:
    page = _ask(_ask(_page(), "can I text a parent back?"), "ok, thanks so much!")
    assert "There is nothing to look up in that" in _said(page)
    assert (len(page.chat_message), page.chat_input[0].proto.set_value) == (2, False)


@pytest.mark.usefixtures("here")
def test_a_question_that_leans_on_nothing_is_asked_for_whole() -> None:
    page = _ask(_page(), "can i tho")
    assert "What is this about? Ask the whole question" in _said(page)
    page = _ask(_ask(page, "can I text a parent back?"), "can i tho")
    assert "What is this about?" not in _said(page)


@pytest.mark.usefixtures("here")
def test_a_question_that_was_changed_and_refused_is_in_the_box() -> None:
    page = _ask(_page(), "can I text a pupil?")
    page.text_area(key="changed-0").set_value("so " * 700)
    page = next(b for b in page.button if b.label == "Ask again").click().run()
    assert page.chat_input[0].proto.value == "so " * 700
    assert "Send to a consultant" in [b.label for b in page.button]


@pytest.mark.usefixtures("here")
def test_a_button_that_is_refused_for_haste_puts_nothing_in_the_box(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_PER_MINUTE", "1")
    page = _ask(_page(), "can I text a pupil?")
    page.session_state.exchanges = (_hanging(assistant),)
    page = next(b for b in page.run().button if b.label == "With my mobile phone").click().run()
    assert "That was a lot of questions." in _said(page)
    assert not page.chat_input[0].proto.set_value
    assert "With my mobile phone" in [b.label for b in page.button]


@pytest.mark.usefixtures("here")
def test_an_answer_can_be_marked_wrong() -> None:
    page = _ask(_page(), "can I text a parent back?")
    page = page.radio(key="mark-0").set_value("wrong").run()
    assert page.session_state.exchanges[0].mark == "wrong"
    assert page.text_input(key="line-0").label.startswith("What was wrong?")


def test_what_was_written_to_a_mark_outlives_a_reload(here: Path) -> None:
    page = _ask(_page(), "can I text a parent back?")
    page = page.radio(key="mark-0").set_value("wrong").run()
    page = page.text_input(key="line-0").set_value("That is about phones.").run()
    again = _other_tab(page)
    assert again.text_input(key="line-0").value == "That is about phones."
    again = again.radio(key="mark-0").set_value("not_asked").run()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    (kept,) = marked_wrong(records, Period(utc_now().date(), utc_now().date()))
    assert (kept.exchange.mark, kept.exchange.line) == ("not_asked", "That is about phones.")
    again.text_input(key="line-0").set_value("").run()
    (kept,) = marked_wrong(records, Period(utc_now().date(), utc_now().date()))
    assert kept.exchange.line == ""
    records.close()


@pytest.mark.usefixtures("here")
def test_nobody_is_told_that_a_consultant_will_look_where_marks_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_RECORD", "counts")
    page = _ask(_page(), "can I text a parent back?")
    page = page.radio(key="mark-0").set_value("wrong").run()
    assert [c.value for c in page.caption if c.value.startswith("Thank you")] == ["Thank you."]
    assert "What was wrong? (if you like)" not in [t.label for t in page.text_input]


@pytest.mark.usefixtures("here")
def test_the_conversation_can_be_deleted() -> None:
    page = _ask(_page(), "can I text a parent back?")
    page = next(b for b in page.button if b.label == "Delete this conversation").click().run()
    assert page.session_state.exchanges == ()
    assert "For example:" in _said(page)


def _other_tab(page: AppTest) -> AppTest:
    """The same conversation in another tab."""
    tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    tab.session_state.token = page.session_state.token
    return _drawn(tab)


@pytest.mark.usefixtures("here")
def test_a_conversation_that_another_tab_has_deleted_is_shown_no_more() -> None:
    page = _ask(_page(), "can I text a parent back?")
    tab, third = _other_tab(page), _other_tab(page)
    next(b for b in page.button if b.label == "Delete this conversation").click().run()
    tab = tab.radio(key="mark-0").set_value("wrong").run()
    assert _is_whole(tab)
    assert [warning.value for warning in tab.warning] == [DELETED]
    assert "can I text a parent back?" not in _said(tab)
    third = _ask(third, "how much holiday do I get?")
    assert third.warning[0].value.startswith(f"{DELETED} What you wrote is in the box again")
    assert third.chat_input[0].proto.value == "how much holiday do I get?"
    assert "can I text a parent back?" not in _said(third)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("state", ["asking", "again", "stopped"])
def test_what_was_being_answered_is_deleted_with_the_conversation(state: str) -> None:
    page = _ask(_page(), "can I text a parent back?")
    page.session_state[state] = "is my phone allowed to be seen?"
    page = next(b for b in page.button if b.label == "Delete this conversation").click().run()
    assert page.session_state.exchanges == ()
    assert "is my phone allowed" not in _said(page)


@pytest.mark.usefixtures("here")
def test_after_a_deleted_conversation_the_next_question_can_be_handed_over_too() -> None:
    page = _hand_over_one()
    page = next(b for b in page.button if b.label == "Delete this conversation").click().run()
    page = _ask(page, "how much holiday do I get?")
    assert "Sent." not in _said(page)
    assert not [code for code in page.code if "?case=" in code.value]
    assert "Send to a consultant" in [b.label for b in page.button]


def test_what_cannot_be_written_down_is_said_and_can_be_done_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("cases", "retention"):
        monkeypatch.setattr(f"desk.{room}.SHORTLY", 0)
    page = _ask(_page(), "how much holiday do I get?")
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    page.text_input(key="name-0").set_value("Sam")

    def button(label: str) -> Any:
        return next(found for found in page.button if found.label == label)

    with records.writing():
        for act in (
            lambda: button("Send to a consultant").click(),
            lambda: page.radio(key="mark-0").set_value("right"),
            lambda: button("Delete this conversation").click(),
        ):
            act().run()
            assert [error.value[:31] for error in page.error] == ["That could not be written down."]
    records.close()
    assert page.text_input(key="name-0").value == "Sam"
    button("Send to a consultant").click().run()
    assert "Sent." in _said(page)
    assert not page.error


def test_an_answer_that_could_not_be_written_down_says_so_until_it_is(here: Path) -> None:
    page = _page()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    with records.writing():
        page = _ask(page, "can I text a parent back?")
        assert "“Do not exchange private texts" in _said(page)
        assert [warning.value for warning in page.warning] == [UNWRITTEN]
    records.close()
    page = page.radio(key="mark-0").set_value("wrong").run()
    assert not page.warning
    assert "A consultant will look at it." in _said(page)


def test_what_is_too_old_is_deleted_at_the_next_visit_where_it_cannot_be_now(
    here: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = _page()
    opening._purged.clear()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    with records.writing() as connection:
        write_exchange(connection, "of old", Exchange("of old"), utc_now() - timedelta(60))
    with records.writing():
        assert _is_whole(page.run())
    assert "what is too old was not deleted" in caplog.text
    with records.reading() as connection:
        assert read_conversation(connection, "of old")
    page.run()
    with records.reading() as connection:
        assert not read_conversation(connection, "of old")
    records.close()


def test_a_question_that_another_tab_has_sent_is_not_sent_again(here: Path) -> None:
    page = _ask(_page(), "how much holiday do I get?")
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    with records.reading() as connection:
        (row,) = connection.execute(asked.select())
        (exchange,) = read_conversation(connection, row.conversation)
    hand_over(records, row.conversation, exchange, Contact(), utc_now())
    next(b for b in page.button if b.label == "Send to a consultant").click().run()
    assert not page.error
    assert "With a consultant." in _said(page)
    assert len(inbox(records)) == 1
    records.close()


@pytest.mark.parametrize("keeps", ["questions", "nothing"])
@pytest.mark.parametrize("last", ["hand_over", "follow"])
def test_a_send_that_a_second_push_broke_off_goes_on(
    last: str, keeps: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_RECORD", keeps)
    page = _ask(_page(), "how much holiday do I get?")
    done = getattr(handover, last)

    def broken_off(*given: Any) -> NoReturn:
        monkeypatch.setattr(handover, last, done)
        done(*given)
        handover._send(0, opened_reception())  # the second push, before the first run notices it
        raise RerunException(RerunData())

    monkeypatch.setattr(handover, last, broken_off)
    page = next(b for b in page.button if b.label == "Send to a consultant").click().run()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    assert len(inbox(records)) == 1
    link = next(code.value for code in page.code if "?case=" in code.value).partition("=")[2]
    assert follow(records, link).id == inbox(records)[0].id
    assert not page.error
    records.close()


@pytest.mark.usefixtures("here")
def test_whoever_sends_a_question_is_told_that_those_before_it_go_too() -> None:
    page = _ask(_page(), "how much holiday do I get?")
    assert "what you asked before" not in _said(page)
    assert _said(_ask(page, "how much am I paid?")).count("They also see what you asked before it.") == 1


def test_of_a_long_conversation_the_latest_is_drawn_and_what_a_consultant_has(here: Path, assistant: Assistant) -> None:
    page = _hand_over_one()
    exchange = Exchange("can I text a parent back?", assistant.ask("can I text a parent back?"))
    page.session_state.exchanges = (*page.session_state.exchanges, *[exchange] * (SHOWN + 3))
    page = page.run()
    assert len(page.chat_message) == 2 * (SHOWN + 1)
    assert "With a consultant." in _said(page)
    page = next(b for b in page.button if b.label == "Show earlier questions (3)").click().run()
    assert len(page.chat_message) == 2 * (SHOWN + 4)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("keeps", ["questions", "counts", "nothing"])
def test_a_handed_over_question_waits_for_its_reply_whatever_is_kept(
    keeps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_RECORD", keeps)
    page = _hand_over_one()
    assert "Sent." in _said(page)
    assert "With a consultant." in _said(page)
    assert "Send to a consultant" not in [b.label for b in page.button]


@pytest.mark.usefixtures("here")
def test_the_handbook_can_be_read_and_searched() -> None:
    page = _desk("handbook")
    assert "Never share your password" in _said(page)
    page = page.text_input[0].set_value("bluetooth").run()
    assert "Turn off your bluetooth" in _said(page)
    assert "Never share your password" not in _said(page)


def test_the_handbook_shows_what_changed_since_a_day_and_since_an_edition(
    elsewhere: Callable[[Path], None], two_editions: Path
) -> None:
    elsewhere(two_editions)
    page = _desk("handbook")
    assert _is_whole(page)
    assert re.search(r"Set against the edition of \d\d \w+ \d{4}, \d\d:\d\d UTC\.", _said(page))
    assert "Hand in your visitor badge" in page.tabs[1].get("html")[-1].proto.body
    page = page.radio(key="since").set_value("An edition").run()
    assert _is_whole(page)
    assert "Hand in your visitor badge" in page.tabs[1].get("html")[-1].proto.body


@pytest.mark.parametrize("times", [1, 2])
def test_a_search_for_garbage_does_not_go_through_the_handbook(
    times: int, elsewhere: Callable[[Path], None], two_editions: Path
) -> None:
    """Streamlit searches after every run of a page."""
    elsewhere(two_editions)
    for _ in range(times):
        st.cache_resource.clear()
        edition = opening.opened_assistant().edition
    assert not {id(clause) for clause in edition.clauses} & {id(found) for found in gc.get_objects()}


def test_an_earlier_edition_is_opened_once_to_show_what_changed(
    elsewhere: Callable[[Path], None], two_editions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def noting(home: Path, edition_id: str) -> Edition:
        opened.append(edition_id)
        return open_edition(home, edition_id)

    monkeypatch.setattr(handbook, "open_edition", noting)
    elsewhere(two_editions)
    page = _desk("handbook").run()
    assert "Hand in your visitor badge" in page.tabs[1].get("html")[-1].proto.body
    assert len(opened) == 1


def test_a_handbook_whose_editions_are_gone_is_read_on(two_pages: Path, elsewhere: Callable[[Path], None]) -> None:
    elsewhere(two_pages)
    page = _desk("handbook")
    (two_pages / "editions").rename(two_pages / "gone")
    page = page.run()
    assert not page.exception
    assert "Wear your badge" in _said(page)
    assert "The earlier editions cannot be read." in [error.value for error in page.error]


@pytest.mark.parametrize("verdict", [*VERDICTS, "harm"])
def test_the_chart_of_days_has_a_colour_for_each_verdict_and_cuts_no_name_off(verdict: str) -> None:
    words = verdict_words(verdict)
    today = utc_now().date()
    colour = days_chart({words}, Period(today, today))["encoding"]["color"]
    assert colour["scale"] == {"domain": [words], "range": [COLOURS[verdict]]}
    assert colour["legend"]["labelLimit"] == 0  # no limit
    assert colour["legend"]["columns"] == 1  # two are wider than a telephone


@pytest.mark.usefixtures("here")
def test_the_insights_tell_gold_results_over_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk("insights")
    assert "answered right in the run accepted last" in _said(page)
    table = page.dataframe[-2].value
    assert list(table.columns)[:2] == ["accepted", "right, in %"]
    assert len(table) >= 1


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["desk", "insights"])
def test_without_a_sign_in_there_is_no_desk(name: str) -> None:
    page = _desk(name)
    assert "There is no desk here" in _said(page)
    assert not page.tabs
    assert not page.text_area


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["desk", "insights"])
def test_an_open_desk_says_that_it_is_open(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk(name)
    assert _is_whole(page)
    assert "open without a sign-in, on this machine only" in _said(page)


def test_a_right_taken_away_in_between_stops_the_action(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    monkeypatch.setenv("POLICY_QA_DESK", "")
    next(b for b in page.button if b.label == "Send").click().run()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    assert inbox(records)[0].state == "new"
    records.close()


@pytest.mark.parametrize("pushed", ["Send", "Save the draft"])
def test_what_was_written_is_shown_to_whose_sign_in_has_ended(
    pushed: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page, records = _taken_with_a_reply(here)
    records.close()
    page = _opened(page.radio(key="shelf").set_value("Mine").run())
    page.text_area[0].set_value("MY LONGER REPLY")
    monkeypatch.setenv("POLICY_QA_DESK", "")
    page = next(b for b in page.button if b.label == pushed).click().run()
    assert [code.value for code in page.run().code] == ["MY LONGER REPLY"]
    assert "copy it before you sign in" in _said(page)


def test_nothing_that_was_sent_or_offered_is_shown_to_whose_sign_in_has_ended(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    monkeypatch.setenv("POLICY_QA_DESK", "")
    assert not page.run().code
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(page.run())
    page.text_area[0].set_value("It is in your contract.")
    page = next(b for b in page.button if b.label == "Send").click().run().run()
    monkeypatch.setenv("POLICY_QA_DESK", "")
    assert not page.run().code


def test_a_consultant_replies_at_the_desk(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    reply = next(t for t in page.text_area if t.label == "Your reply")
    assert "You asked: how much holiday do I get?" in str(reply.value)
    reply.set_value("It is in your contract.")
    next(b for b in page.button if b.label == "Send").click().run()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    assert inbox(records)[0].reply == "It is in your contract."
    records.close()


@pytest.mark.parametrize("before", [True, False])
def test_a_reply_is_sent_though_another_run_breaks_its_sending_off(
    before: bool, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    next(t for t in page.text_area if t.label == "Your reply").set_value("It is in your contract.")
    name = "consultant" if before else "send"
    done = getattr(desk, name)

    def broken_off(*given: Any) -> NoReturn:
        monkeypatch.setattr(desk, name, done)
        done(*given)
        raise RerunException(RerunData())

    monkeypatch.setattr(desk, name, broken_off)
    page = next(b for b in page.button if b.label == "Send").click().run()
    assert "Sent: it is under “Answered”." in [said.value for said in page.toast]
    assert not page.error
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    assert inbox(records)[0].reply == "It is in your contract."
    records.close()


@pytest.mark.parametrize(
    ("pushed", "says"),
    [
        ("Take it", "Taken: it is under “Mine”."),
        ("Save the draft", "Saved, not sent: it is under “Mine”."),
        ("Send", "Sent: it is under “Answered”."),
    ],
)
def test_where_a_case_has_gone_is_said(pushed: str, says: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = next(b for b in _opened(_desk()).button if b.label == pushed).click().run()
    assert [toast.value for toast in page.toast] == [says]
    shelf = says.partition("“")[2].partition("”")[0]
    assert len([e for e in page.radio(key="shelf").set_value(shelf).run().expander if e.label == "Open"]) == 1


def test_the_desk_says_how_long_a_case_has_waited(
    here: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    exchange = Exchange("can I text a parent back?", assistant.ask("can I text a parent back?"))
    for minutes in (90, 130, 3000):
        hand_over(records, f"visit {minutes}", exchange, Contact(), utc_now() - timedelta(minutes=minutes))
    records.close()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    said = _said(_desk())
    assert [words in said for words in ("waiting an hour", "waiting 2 hours", "waiting 2 days")] == [True] * 3


def test_of_many_cases_the_first_are_drawn_and_every_one_can_be_reached(
    here: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "STEP", 2)
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    exchange = Exchange("can I text a parent back?", assistant.ask("can I text a parent back?"))
    for visit in "abc":
        hand_over(records, visit, exchange, Contact(visit), utc_now())
    records.close()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    assert len([e for e in page.expander if e.label == "Open"]) == 2
    assert "Not shown: 1 more." in _said(page)
    page = next(b for b in page.button if b.label == "Show more cases").click().run()
    assert len([e for e in page.expander if e.label == "Open"]) == 3
    assert "Not shown" not in _said(page)


def test_an_open_desk_looks_for_what_comes_in(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    lines = (
        "import streamlit as st",
        "from pages import desk, opening",
        "desk._draw_arrived(st.session_state.get('drawn', ()), opening.opened_reception())",
    )
    page = AppTest.from_string("\n".join(lines), default_timeout=PATIENCE).run()
    assert [button.label for button in page.button] == ["Show what has come in (1)"]
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    page.session_state.drawn = {case.id for case in inbox(records)}
    records.close()
    assert not page.run().button
    page.session_state.drawn = ()
    monkeypatch.setenv("POLICY_QA_DESK", "")
    assert not page.run().button


def test_a_run_of_the_desk_reads_the_inbox_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def reading(records: Records) -> tuple[Case, ...]:
        read.append(records)
        return inbox(records)

    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    monkeypatch.setattr(desk, "inbox", reading)
    page = _desk()
    assert _is_whole(page)
    assert len(read) == 1
    page.run()
    assert len(read) == 2


def test_an_empty_reply_is_said_below_its_box(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    page.text_area[0].set_value(" ")
    page = next(b for b in page.button if b.label == "Send").click().run()
    (opened,) = (expander for expander in page.expander if expander.label == "Open")
    assert [error.value for error in opened.error] == [error.value for error in page.error]
    assert page.error[0].value == markup.escaped("The reply is empty: write one.")


def test_what_was_asked_before_is_told_in_the_words_of_the_pages(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _ask(_ask(_page(), "a pupil told me her dad hits her"), "what is the dress code?")
    page = _ask(page, "how much holiday do I get?")
    next(b for b in reversed(page.button) if b.label == "Send to a consultant").click().run()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    said = _said(_opened(_desk()))
    assert f"{NOT_KEPT} – Safeguarding" in said
    assert "what is the dress code? – The handbook does not say" in said


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("am I breaking rules if I text a parent?", "Yes, that is against the handbook"),
        ("can I text a parent back? how much holiday do I get?", "No; The handbook does not say"),
    ],
)
def test_consultants_read_of_an_answer_what_its_asker_read(
    question: str, read: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _ask(_page(), question)
    page = page.radio(key="mark-0").set_value("wrong").run()
    page = _ask(page, "how much holiday do I get?")
    next(b for b in reversed(page.button) if b.label == "Send to a consultant").click().run()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    assert f"{question} – {read}\n" in _said(_opened(_desk()))
    assert f" · {read} · marked “Wrong”" in _said(_desk("insights"))


def test_what_is_held_back_says_what_is_not_certain(here: Path) -> None:
    assert CHECK_FIRST in [line.value for line in _ask(_page(), "is it illegal to text a pupil?").text]
    assert CHECK_FIRST not in _said(_ask(_page(), "can I text a pupil?"))


def test_a_consultant_is_not_told_to_ask_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    page.text_area(key="pasted").set_value("How much holiday do I get?")
    page = next(b for b in page.button if b.label == "Find the questions in it").click().run()
    assert _said(page).count("– The handbook does not say") == 2
    assert "The handbook does not say." in page.code[-1].value
    assert "your consultant" not in _said(page) + page.code[-1].value


def test_a_consultants_name_is_words_and_no_markdown(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    take(records, inbox(records)[0], "**[Jo](https://evil.example)**", utc_now())
    page = _opened(page.radio(key="shelf").set_value("Others’").run())
    assert "has changed this case since you began" in _said(page)
    page = next(b for b in page.button if b.label == "Send").click().run()
    assert page.error
    send(records, inbox(records)[0], "**[Jo](https://evil.example)**", "Yes.", utc_now())
    page = _opened(page.radio(key="shelf").set_value("Answered").run())
    assert "Answered by" in _said(page)
    assert not any("](" in e.value for e in (*page.markdown, *page.caption, *page.error))
    records.close()


def test_a_reply_that_was_begun_outlives_the_taking_of_its_case_and_other_shelves(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page, records = _taken_with_a_reply(here)
    assert [(case.state, case.draft) for case in inbox(records)] == [("taken", "MY LONG REPLY")]
    page = _opened(page.radio(key="shelf").set_value("Mine").run())
    assert page.text_area[0].value == "MY LONG REPLY"
    page.text_area[0].set_value("MY LONGER REPLY").run()
    for shelf in ("New", "Mine"):
        page = page.radio(key="shelf").set_value(shelf).run()
    assert _opened(page).text_area[0].value == "MY LONGER REPLY"
    next(b for b in page.button if b.label == "Send").click().run()
    assert inbox(records)[0].reply == "MY LONGER REPLY"
    records.close()


def test_a_case_is_taken_without_a_draft_where_nothing_was_typed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    next(b for b in _opened(_desk()).button if b.label == "Take it").click().run()
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    assert [(case.state, case.draft) for case in inbox(records)] == [("taken", "")]
    records.close()


def test_a_change_by_another_is_noticed_while_a_begun_reply_is_out_of_sight(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page, records = _taken_with_a_reply(here)
    save_draft(records, inbox(records)[0], "Jo", "Another reply", utc_now())
    page = _opened(page.radio(key="shelf").set_value("Others’").run())
    assert "Jo has changed this case since you began" in _said(page)
    page = next(b for b in page.button if b.label == "Send").click().run()
    assert [toast.value for toast in page.toast] == ["Not saved: see at the top of the inbox."]
    page = page.run()
    assert ("What you had written:" in _said(page), page.code[0].value) == (True, "MY LONG REPLY")
    assert page.text_area[0].value == "MY LONG REPLY"
    page = next(b for b in page.button if b.label == "Put this away").click().run()
    assert "What you had written:" not in _said(page)
    page = next(b for b in page.button if b.label == "Take over the newest").click().run()
    assert page.text_area[0].value == "Another reply"
    records.close()


def test_where_a_case_has_gone_whose_reply_is_being_written_is_said(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, records = _replying(here, monkeypatch)
    assert "has changed" not in _said(page)
    take(records, inbox(records)[0], "Jo", utc_now())
    page = page.run()
    assert [w.value for w in page.warning if "Jo" in w.value] == [
        markup.escaped(
            "Jo has changed a case that you are writing a reply to. It is under “Others’” now, "
            "with what you wrote: “how much holiday do I get?”"
        )
    ]
    page = _opened(page.radio(key="shelf").set_value("Others’").run())
    assert page.text_area[0].value == "MY LONG REPLY"
    records.close()


@pytest.mark.parametrize("deleted", [True, False])
def test_a_reply_to_a_case_that_takes_none_any_more_is_kept_to_be_copied(
    deleted: bool, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, records = _replying(here, monkeypatch)
    if deleted:
        with records.writing() as connection:
            connection.execute(cases.delete())
        says = "This case was deleted meanwhile. Your reply was not sent."
    else:
        send(records, inbox(records)[0], "Jo", "It is in your contract.", utc_now())
        says = "Jo has answered this meanwhile: “how much holiday do I get?”. Your reply was not sent."
    page = page.run().run()
    assert [error.value for error in page.error] == [markup.escaped(says)]
    assert page.code[0].value == "MY LONG REPLY"
    page = next(b for b in page.button if b.label == "Put this away").click().run()
    assert not page.error
    records.close()


def test_only_an_opened_case_is_drawn_and_searched_for(
    here: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched = []
    find = Assistant.find

    def finding(assistant: Assistant, question: str) -> Evidence:
        searched.append(question)
        return find(assistant, question)

    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    exchange = Exchange("can I text a parent back?", assistant.ask("can I text a parent back?"))
    for number in range(3):
        hand_over(records, f"visit {number}", exchange, Contact(), utc_now())
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    monkeypatch.setattr(Assistant, "find", finding)
    page = _desk()
    assert [t.value for t in page.text].count(exchange.question) == 3
    assert (searched, [t.label for t in page.text_area]) == ([], ["Message"])
    page.session_state[f"open-{inbox(records)[1].id}"] = True
    page = page.run()
    assert (len(searched), [t.label for t in page.text_area]) == (1, ["Your reply", "Message"])
    records.close()


def test_a_candidates_page_reads_the_records_once_a_run(
    here: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, plainly = [], Records.reading

    def reading(records: Records) -> AbstractContextManager[Connection]:
        read.append(records)
        return plainly(records)

    page = _page()
    exchange = Exchange("how much holiday do I get?", assistant.ask("how much holiday do I get?"))
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    token = Visit(f"{page.session_state.token}|").conversation
    for number in range(6):
        with records.writing() as connection:
            key = write_exchange(connection, token, exchange, utc_now())
        if number % 2:
            hand_over(records, token, replace(exchange, id=key), Contact(), utc_now())
    with records.reading() as connection:
        page.session_state.exchanges = read_conversation(connection, token)
    records.close()
    monkeypatch.setattr(Records, "reading", reading)
    page = page.run()
    assert _said(page).count("With a consultant.") == 3
    assert len(read) == 1


def test_a_question_that_is_sent_already_is_not_sent_again(here: Path) -> None:
    page = _ask(_page(), "how much holiday do I get?")
    again = next(b for b in page.button if b.label == "Send to a consultant")
    exchange, token = page.session_state.exchanges[0], f"{page.session_state.token}|"
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    hand_over(records, Visit(token).conversation, exchange, Contact(), utc_now())  # in another tab
    page = again.click().run()
    assert len(inbox(records)) == 1
    assert "With a consultant." in _said(page)
    assert "Send to a consultant" not in [b.label for b in page.button]
    records.close()


@pytest.mark.usefixtures("here")
def test_a_pasted_message_is_answered_question_by_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    mail = "Hi Jo,\nCan I text a parent back? Also is it ok to share my password\nThanks, Sam\n07700 900123"
    page.text_area(key="pasted").set_value(mail)
    page = next(b for b in page.button if b.label == "Find the questions in it").click().run()
    reply = page.code[-1].value
    assert "“Do not exchange private texts" in reply
    assert "“Never share your password" in reply
    assert "07700" not in reply


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("pasted", ["", "  "])
def test_an_empty_message_is_said_to_be_empty(pasted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    assert not page.error
    page.text_area(key="pasted").set_value(pasted)
    page = next(b for b in page.button if b.label == "Find the questions in it").click().run()
    said = "Nothing was pasted: paste the message of the candidate."
    assert [error.value for error in page.error] == [markup.escaped(said)]


@pytest.mark.usefixtures("here")
def test_a_pasted_message_with_marks_alone_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    page.text_area(key="pasted").set_value("A mum has texted me. Can I text her back? ?? \u200b?")
    page = next(b for b in page.button if b.label == "Find the questions in it").click().run()
    assert _is_whole(page)
    assert "“Do not exchange private texts" in page.code[-1].value


@pytest.mark.usefixtures("here")
def test_records_that_cannot_be_opened_end_in_a_sentence_without_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_RECORDS", "postgresql://jo:secret@db.internal.example:1/desk")
    page = _page()
    assert not page.exception
    assert "The records cannot be opened." in _said(page)
    assert "internal.example" not in _said(page)


def test_records_that_are_lost_while_a_page_is_open_end_in_a_sentence(here: Path) -> None:
    page = _ask(_page(), "how much holiday do I get?")
    assert _is_whole(page)
    with sqlite3.connect(here / "records.sqlite3") as connection:
        connection.execute("drop table cases")
    page.run()
    assert not page.exception
    assert [error.value[:42] for error in page.error] == ["The records cannot be used just now. Pleas"]
    assert "no such table" not in _said(page)


@pytest.mark.parametrize("drawn", ["_draw_waiting('x', reception)", "_draw_followed('x', reception)"])
def test_records_that_are_lost_between_two_looks_for_a_reply_end_in_a_sentence(drawn: str, here: Path) -> None:
    """A fragment that runs again has nothing of the page around it."""
    open_records(f"sqlite:///{here / 'records.sqlite3'}").close()
    with sqlite3.connect(here / "records.sqlite3") as connection:
        connection.execute("drop table cases")
    lines = (
        "import streamlit as st",
        "from pages import handover, opening",
        "st.session_state.passed_on = {}",
        "reception = opening._reception(opening.opened_settings())",
        f"handover.{drawn}",
    )
    page = _drawn(AppTest.from_string("\n".join(lines), default_timeout=PATIENCE))
    assert not page.exception
    assert [error.value[:42] for error in page.error] == ["The records cannot be used just now. Pleas"]


def test_a_lesson_lands_on_the_page_that_was_picked_where_two_say_the_same(
    elsewhere: Callable[[Path], None], two_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(two_pages)
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    shown = [words for words in page.multiselect(key="lesson_quotes").options if words.startswith("Wear your badge.")]
    assert shown == ["Wear your badge. – Clothes", "Wear your badge. – Visits"]
    page.text_input(key="lesson_question").set_value("must I wear my badge?")
    page.selectbox(key="lesson_verdict").set_value("yes")
    page.multiselect(key="lesson_quotes").set_value(shown[:1])
    page = next(b for b in page.button if b.label == "Propose").click().run()
    assert "Proposed" in _said(page)
    records = open_records(f"sqlite:///{two_pages / 'records.sqlite3'}")
    assert Lessons(records, two_pages).all()[0].quotes == (Quote("clothes", "Wear your badge."),)
    records.close()


def _turning(name: str, other: str) -> AppTest:
    """A page that another is drawn in place of while `away` is set."""
    lines = ("import streamlit as st", f"from pages import {name}, {other}")
    drawn = f"({other} if st.session_state.get('away') else {name}).draw()"
    return _drawn(AppTest.from_string("\n".join((*lines, drawn)), default_timeout=PATIENCE))


def _away_and_back(page: AppTest) -> AppTest:
    page.session_state.away = True
    page = page.run()
    page.session_state.away = False
    return page.run()


@pytest.mark.parametrize(
    ("name", "field", "picked"),
    [
        ("handbook", "search", "badge"),
        ("handbook", "since", "An edition"),
        ("handbook", "since_day", utc_now().date()),
        ("desk", "shelf", "Answered"),
        ("insights", "period", (utc_now().date() - timedelta(days=3), utc_now().date())),
    ],
)
def test_what_is_looked_for_is_there_again_after_a_look_at_another_page(
    name: str,
    field: str,
    picked: object,
    elsewhere: Callable[[Path], None],
    two_editions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere(two_editions)
    monkeypatch.setenv("POLICY_QA_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite3'}")
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _turning(name, "insights" if name == "desk" else "desk")
    kinds = (page.text_input, page.radio, page.date_input)
    (widget,) = (widget for kind in kinds for widget in kind if widget.key == field)
    page = _away_and_back(widget.set_value(picked).run())
    assert _is_whole(page)
    assert page.session_state[field] == picked


def test_a_case_whose_reply_was_begun_is_open_again_after_a_look_at_another_page(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_turning("desk", "handbook"))
    page = _away_and_back(page)
    assert [t.label for t in page.text_area] == ["Message"]  # nothing was written: it is closed
    page = _opened(page)
    page = _away_and_back(page.text_area[0].set_value("MY REPLY").run())
    assert page.text_area[0].value == "MY REPLY"


@pytest.mark.usefixtures("here")
def test_what_is_being_taught_and_what_was_pasted_are_there_again_after_a_look_at_the_handbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _turning("desk", "handbook")
    page.text_input(key="lesson_question").set_value("can I whatsapp a mum?")
    page.selectbox(key="lesson_verdict").set_value("no")
    page.multiselect(key="lesson_quotes").set_value(page.multiselect(key="lesson_quotes").options[:1])
    page.radio(key="lesson_purpose").set_value("gold")
    page.text_area(key="pasted").set_value("Can I text a parent back?").run()
    fields = ("lesson_question", "lesson_verdict", "lesson_quotes", "lesson_purpose", "pasted")
    before = [page.session_state[field] for field in fields]
    page = _away_and_back(page)
    assert [page.session_state[field] for field in fields] == before
    assert not page.text_input(
        key="lesson_question"
    ).proto.form_id  # what stands in a form is not known till it is sent


@pytest.mark.usefixtures("here")
def test_a_lesson_is_no_yes_because_nobody_picked_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    page.text_input(key="lesson_question").set_value("can I whatsapp a mum?")
    page.multiselect(key="lesson_quotes").set_value(page.multiselect(key="lesson_quotes").options[:1])
    page = next(b for b in page.button if b.label == "Propose").click().run()
    assert [info.value for info in page.info] == [markup.escaped("Not proposed: pick its answer.")]
    assert page.text_input(key="lesson_question").value == "can I whatsapp a mum?"
    page.selectbox(key="lesson_verdict").set_value("no")
    page = next(b for b in page.button if b.label == "Propose").click().run()
    assert "✗ No · teach the assistant · proposed" in _said(page)
    assert page.selectbox(key="lesson_verdict").value is None


def test_a_lesson_that_waits_for_an_edition_is_told_from_one_that_counts(
    two_pages: Path, elsewhere: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(two_pages)
    monkeypatch.setenv("POLICY_QA_DOCS", str(two_pages.parent / "docs"))
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    page.text_input(key="lesson_question").set_value("must I wear my badge?")
    page.selectbox(key="lesson_verdict").set_value("yes")
    page.multiselect(key="lesson_quotes").set_value([page.multiselect(key="lesson_quotes").options[0]])
    for label, waits in (("Propose", False), ("Approve", True), ("Publish a new edition now", False), ("Undo", True)):
        page = next(b for b in page.button if b.label == label).click().run()
        assert _is_whole(page)
        assert (NEXT in _said(page)) is waits
    assert "counts already" not in _said(page)
    page = next(b for b in page.button if b.label == "Publish a new edition now").click().run()
    assert [info.value for info in page.info] == [markup.escaped("A new edition is published.")]
    assert "All that was approved or undone counts already." in _said(page)


def test_what_a_new_edition_leaves_out_is_said_and_which_lessons_it_takes_the_ground_from(
    two_pages: Path, elsewhere: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(two_pages)
    docs = two_pages.parent / "docs"
    monkeypatch.setenv("POLICY_QA_DOCS", str(docs))
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    page.text_input(key="lesson_question").set_value("must I wear my badge?")
    page.selectbox(key="lesson_verdict").set_value("yes")
    page.multiselect(key="lesson_quotes").set_value([page.multiselect(key="lesson_quotes").options[0]])
    for label in ("Propose", "Approve"):
        page = next(b for b in page.button if b.label == label).click().run()
    assert GONE not in _said(page)
    for changed in docs.glob("*.md"):
        changed.write_text(changed.read_text("utf-8").replace("Wear your badge.", "Wear your lanyard."), "utf-8")
    page = next(b for b in page.button if b.label == "Publish a new edition now").click().run()
    assert "Left out:" in _said(page)
    assert "no sentence of the handbook holds" in _said(page)
    assert GONE in _said(page)
    assert NEXT not in _said(page)
    assert "All else that was approved or undone counts already." in _said(page)


def test_what_was_marked_wrong_is_shown_to_consultants_with_its_askers_words(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    assert "Nobody marked an answer as wrong" in _said(_desk("insights"))
    page = _ask(_page(), "can I text a parent back?")
    page = page.radio(key="mark-0").set_value("wrong").run()
    page.text_input(key="line-0").set_value("My head said yes, ring 07700 900123").run()
    page = _desk("insights")
    assert _is_whole(page)
    said = _said(page)
    assert "Single people’s words, because they asked for somebody to look" in said
    assert f"{utc_now():%d %B %Y} · No · marked “Wrong”" in said
    assert "can I text a parent back?" in said
    assert "Quoted: “Do not exchange private texts" in said
    assert "They say: My head said yes, ring [telephone number]" in said
    monkeypatch.setenv("POLICY_QA_DESK", "")
    assert "My head said yes" not in _said(_desk("insights"))


def test_a_table_of_the_insights_holds_no_formula(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit offers each table that it shows as CSV by itself."""
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    with records.writing() as connection:
        for visit in "abc":
            write_exchange(connection, visit, Exchange('=HYPERLINK("https://evil.example")'), utc_now())
    records.close()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    table = _desk("insights").dataframe[0].value
    assert table.iloc[0].tolist() == [3, 3, '\'=HYPERLINK("https://evil.example")']


def test_on_a_telephone_the_numbers_of_a_table_stand_before_its_long_words_and_its_button_above(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    with records.writing() as connection:
        for visit in "abc":
            write_exchange(connection, visit, Exchange("how much holiday do I get?"), utc_now())
    records.close()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk("insights")
    firsts = [next(iter(table.value.columns)) for table in page.dataframe]
    assert firsts == ["times", "accepted", "people"]
    drawn = [element.type for element in page.main]
    tables = [at for at, kind in enumerate(drawn) if kind == "dataframe"]
    assert {drawn[at - 1] for at in tables} == {"download_button"}


def test_every_lesson_can_be_reached_those_that_wait_first(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = open_records(f"sqlite:///{here / 'records.sqlite3'}")
    row = {"author": "jo", "verdict": "not_covered", "evidence": [], "purpose": "taught", "approver": ""}
    for number in range(STEP + 5):
        state, at = "proposed" if number == 0 else "approved", utc_now() + timedelta(number)
        values = {**row, "id": f"l{number}", "at": at, "question": f"Question {number}", "state": state}
        with records.writing() as connection:
            connection.execute(lessons.insert().values(**values))
    records.close()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    assert "Approve" in [b.label for b in page.button]
    assert "Question 1" not in [t.value for t in page.text]
    page = next(b for b in page.button if b.label == "Show older lessons").click().run()
    assert "Question 1" in [t.value for t in page.text]


@pytest.mark.usefixtures("here")
def test_a_message_and_a_list_are_answered_once_and_not_on_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def ask(assistant: Assistant, question: str, history: Sequence[Turn] = ()) -> Answer:
        asked.append(question)
        return answered(assistant, question, history)

    answered = Assistant.ask
    monkeypatch.setattr(Assistant, "ask", ask)
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _desk()
    page.text_area(key="pasted").set_value("Can I text a parent back?")
    page.file_uploader(key="list").set_value(("questions.csv", b"question\nis my phone ok\n", "text/csv"))
    page = next(b for b in page.button if b.label == "Find the questions in it").click().run()
    page = page.radio(key="shelf").set_value("Answered").run()
    assert _is_whole(page)
    assert asked == ["Can I text a parent back?", "is my phone ok"]
    assert page.get("download_button")
    page.file_uploader(key="list").set_value(("questions.csv", b"question\nmay I smoke\n", "text/csv")).run()
    assert asked[2:] == ["may I smoke"]


@pytest.mark.usefixtures("here")
def test_a_wrong_setting_ends_in_a_sentence_and_the_log_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("POLICY_QA_KEEP_DAYS", "many")
    page = _page()
    assert not page.exception
    assert "A setting is wrong." in _said(page)
    assert "POLICY_QA_KEEP_DAYS" not in _said(page)
    assert "POLICY_QA_KEEP_DAYS" in caplog.text


def test_what_the_log_names_is_shown_and_not_done(
    elsewhere: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    elsewhere(tmp_path / "home")
    monkeypatch.setenv("POLICY_QA_DOCS", str(tmp_path / "a\x1b[2Jb"))
    monkeypatch.setattr(logging, "lastResort", logging.StreamHandler())
    monkeypatch.setattr(logging.getLogger("pages"), "propagate", False)  # pytest's own log is above it
    _page()
    told = capsys.readouterr().err
    assert "a\\x1b[2Jb" in told
    assert "\x1b" not in told


@pytest.mark.parametrize("desk", ["", "open"])
def test_a_folder_without_pages_ends_in_a_sentence_and_only_an_open_desk_says_where(
    desk: str,
    elsewhere: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    elsewhere(tmp_path / "home")
    monkeypatch.setenv("POLICY_QA_DESK", desk)
    monkeypatch.setenv("POLICY_QA_DOCS", str(tmp_path / "nothing"))
    page = _page()
    assert not page.exception
    assert "The handbook cannot be opened." in _said(page)
    assert (str(tmp_path) in _said(page)) == bool(desk)
    assert str(tmp_path / "nothing") in caplog.text


def _taken_with_a_reply(here: Path) -> tuple[AppTest, Records]:
    """The desk after a reply was begun and its case taken, and the records it is kept in."""
    _hand_over_one()
    page = _opened(_desk())
    page.text_area[0].set_value("MY LONG REPLY").run()
    page = next(b for b in page.button if b.label == "Take it").click().run()
    return page, open_records(f"sqlite:///{here / 'records.sqlite3'}")


def _replying(here: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[AppTest, Records]:
    """The desk while a reply is being written, and the records its case is kept in."""
    _hand_over_one()
    monkeypatch.setenv("POLICY_QA_DESK", "open")
    page = _opened(_desk())
    page = page.text_area[0].set_value("MY LONG REPLY").run()
    return page, open_records(f"sqlite:///{here / 'records.sqlite3'}")


def _opened(page: AppTest) -> AppTest:
    """The desk with the cases of its shelf open."""
    for expander in page.expander:
        if expander.label == "Open":
            page.session_state[expander.proto.id.split("-", 2)[2]] = True
    return page.run()


def _hand_over_one() -> AppTest:
    page = _ask(_page(), "how much holiday do I get?")
    return next(b for b in page.button if b.label == "Send to a consultant").click().run()


def _hanging(assistant: Assistant) -> Exchange:
    """A question whose answer hangs on whose device is used, whatever the judge would make of it."""
    question = "can I take photos of a lesson?"
    clause = next(c for c in assistant.edition.clauses if "using your mobile phone" in c.text)
    sentence = clause.sentences[-1]
    cited = cite(1, clause, assistant.edition.documents, sentence.start - clause.start, len(sentence.text))
    text = f"It depends. The handbook says: “{cited.quote}” [1]"
    hung = {"verdict": "conditional", "text": text, "citations": (cited,), "closest": (), "because": ""}
    return Exchange(question, replace(assistant.ask(question), **hung))
