"""The candidates' page: a question in, the handbook's own words out, a consultant where it has none."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk.reception import Reception
from desk.register import MARKS, NOT_KEPT, Exchange, Mark
from desk.retention import erase
from desk.transcript import answer_text, written
from pages import handover
from pages.card import draw_answer, draw_notice
from pages.opening import opened_assistant, opened_reception
from pages.visitor import visit
from qa.assistant import Assistant

EXAMPLES = (
    "Can I text a parent back?",
    "Can I use my own phone to film a lesson?",
    "What do I do if a pupil adds me on Instagram?",
)
NOTICE = (
    "You get sentences from the handbook, word for word, and where they stand. What it does not say is not answered. "
    "This is no legal advice, and no way to report a worry about a child: tell the school’s safeguarding lead, or call "
    "999 if someone is in danger. Names and numbers are taken out of what you type."
)
MARKED: dict[str, str] = {"right": "Right", "wrong": "Wrong", "not_asked": "Not what I asked"}


def draw() -> None:
    """Draws the conversation of this visit and takes the next question."""
    st.title("Ask the handbook", anchor=False)
    assistant = opened_assistant()
    reception = opened_reception()
    if "exchanges" not in st.session_state:
        st.session_state.exchanges = reception.resume(visit())
    handover.draw_followed(reception)
    typed = st.chat_input("Type your question", key="typed", submit_mode="stop")
    asked = typed or st.session_state.pop("again", "")
    if not st.session_state.exchanges and not asked:
        _draw_welcome()
    for number, exchange in enumerate(st.session_state.exchanges):
        _draw_exchange(number, exchange, assistant, reception)
    if asked:
        _draw_asked(asked, assistant, reception)
    if st.session_state.exchanges:
        _draw_keeping(st.session_state.exchanges)


def _draw_welcome() -> None:
    st.text(NOTICE)
    st.text("For example:")
    for example in EXAMPLES:
        st.button(example, on_click=_ask, args=(example,), width="stretch")


def _draw_asked(asked: str | Exchange, assistant: Assistant, reception: Reception) -> None:
    before = st.session_state.exchanges
    with st.spinner("Looking in the handbook …"):
        if isinstance(asked, Exchange):
            exchange = reception.search_anyway(visit(), asked, before, assistant)
        else:
            exchange = reception.receive(visit(), asked, before, assistant)
    if exchange.refusal:
        st.warning("Not asked", icon=":material/info:")
        st.text(exchange.refusal)
        return
    st.session_state.exchanges = (*before, exchange)
    _draw_exchange(len(before), exchange, assistant, reception)


def _draw_exchange(number: int, exchange: Exchange, assistant: Assistant, reception: Reception) -> None:
    with st.chat_message("user"):
        st.text(exchange.question)
        if exchange.withheld:
            st.caption(f"Taken out before it was searched or kept: {', '.join(exchange.withheld)}.")
    with st.chat_message("assistant"):
        if exchange.harm:
            draw_notice(reception.guidance.notices[exchange.harm])
            if exchange.question != NOT_KEPT and number == len(st.session_state.exchanges) - 1:
                st.button("Also look in the handbook", key=f"anyway-{number}", on_click=_ask, args=(exchange,))
        if exchange.answer:
            draw_answer(exchange.answer, assistant)
            _draw_actions(number, exchange, reception)


def _draw_actions(number: int, exchange: Exchange, reception: Reception) -> None:
    assert exchange.answer is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        handover.draw_button(number, exchange, reception)
        with st.popover("Copy", icon=":material/content_copy:"):
            st.code(answer_text(exchange.answer), language=None, wrap_lines=True)
        with st.popover("Change", icon=":material/edit:"), st.form(f"change-{number}", border=False):
            st.text_area("Your question", exchange.question, key=f"changed-{number}")
            st.form_submit_button("Ask again", on_click=_ask_changed, args=(number,))
    handover.draw_reply(number, exchange, reception)
    st.pills(
        "Was this answer right?",
        MARKS,
        key=f"mark-{number}",
        default=exchange.mark if exchange.mark in MARKS else None,
        format_func=lambda mark: MARKED[mark],
        on_change=_mark,
        args=(number, reception),
    )
    if exchange.mark in ("wrong", "not_asked"):
        st.text_input(
            "What was wrong? (if you like)",
            key=f"line-{number}",
            max_chars=300,
            on_change=_mark,
            args=(number, reception),
        )


def _ask(asked: str | Exchange) -> None:
    st.session_state.again = asked


def _ask_changed(number: int) -> None:
    st.session_state.again = st.session_state[f"changed-{number}"]


def _mark(number: int, reception: Reception) -> None:
    mark: Mark | None = st.session_state.get(f"mark-{number}")
    if mark:
        line = st.session_state.get(f"line-{number}") or ""
        marked = reception.mark(visit(), st.session_state.exchanges[number], mark, line)
        kept = list(st.session_state.exchanges)
        kept[number] = marked
        st.session_state.exchanges = tuple(kept)
        st.toast("Thank you. A consultant will look at it." if mark != "right" else "Thank you.")


def _draw_keeping(exchanges: Sequence[Exchange]) -> None:
    with st.container(horizontal=True):
        name = "handbook-answers.txt"
        st.download_button(
            "Download", written(exchanges), name, "text/plain", on_click="ignore", icon=":material/download:"
        )
        with st.popover("Delete", icon=":material/delete:"):
            st.text("This deletes your questions here, and messages to a consultant with their replies.")
            st.button("Delete this conversation", on_click=_delete)


def _delete() -> None:
    erased = erase(opened_reception().records, visit().conversation)
    st.session_state.exchanges = ()
    st.toast(erased.line)
