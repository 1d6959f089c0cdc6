"""One exchange of a conversation: the question, its answer, and what its asker can do with it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk.hinge import Option, options
from desk.reception import Reception
from desk.records import RecordsError
from desk.register import MARKS, NOT_KEPT, WRONG, Exchange, Mark
from desk.transcript import answer_text
from pages import handover
from pages.card import draw_answer, draw_notice, draw_so_far
from pages.markup import escaped
from pages.pushes import carried_through
from pages.visitor import visit
from qa.answer import Answer
from qa.assistant import Assistant

UNWRITTEN = (
    "This could not be written down just now: it is gone when you load this page again, unless you mark it or send it "
    "to a consultant."
)
MARKED: dict[str, str] = {"right": "Right", "wrong": "Wrong", "not_asked": "Not what I asked"}


def draw_exchange(number: int, exchange: Exchange, assistant: Assistant, reception: Reception) -> DeltaGenerator:
    """Draws an exchange; the place under its answer where the page may ask on."""
    with st.chat_message("user"):
        st.text(exchange.question)
        if exchange.withheld:
            st.caption(f"Taken out before it was searched or kept: {', '.join(exchange.withheld)}.")
    with st.chat_message("assistant"):
        if exchange.answer:
            if exchange.harm:
                st.text("First do what the notice above says: it does not wait for a reply.")
            draw_answer(exchange.answer, assistant)
        elif exchange.harm:
            draw_notice(reception.guidance.notices[exchange.harm])
        under = st.container()
        if exchange.answer:
            _draw_actions(number, exchange, reception)
        else:
            handover.draw_reply(number, exchange, reception)
    return under


def draw_growing(answer: Answer) -> None:
    """Draws an exchange whose answer is still being written, as far as it is checked."""
    with st.chat_message("user"):
        st.text(answer.question)
    with st.chat_message("assistant"):
        draw_so_far(answer)


def draw_asking_on(number: int, exchange: Exchange, assistant: Assistant) -> None:
    """The buttons by which its asker says the one fact that the answer hangs on, or asks anyway."""
    if exchange.harm and not exchange.answer and exchange.question != NOT_KEPT:
        st.button("Also look in the handbook", key=f"anyway-{number}", on_click=ask, args=(exchange,))
    found = options(exchange.answer, assistant.edition) if exchange.answer else ()
    if found:
        st.text("Which is it?")
        with st.container(horizontal=True, key=f"options-{number}"):
            for place, option in enumerate(found):
                st.button(escaped(option.label), key=f"option-{number}-{place}", on_click=ask, args=(option,))


@carried_through
def ask(asked: str | Exchange | Option) -> None:
    """Asks in the next run of the page."""
    st.session_state.again = asked


def _draw_actions(number: int, exchange: Exchange, reception: Reception) -> None:
    assert exchange.answer is not None
    if exchange.unwritten:
        st.warning(UNWRITTEN)
    handover.draw_form(number, exchange, reception)
    with st.popover("More"):
        _draw_more(number, exchange)
    handover.draw_reply(number, exchange, reception)
    st.radio(
        "Was this answer right?",
        MARKS,
        index=MARKS.index(exchange.mark) if exchange.mark in MARKS else None,
        key=f"mark-{number}",
        horizontal=True,
        label_visibility="collapsed",  # read out, not shown: on a phone its line would push the verdict out of sight
        format_func=lambda mark: MARKED[mark],
        on_change=_mark,
        args=(number, reception),
    )
    looked_at = exchange.mark in WRONG and exchange.id  # without an id nothing of it is kept
    if exchange.mark:
        st.caption("Thank you. A consultant will look at it." if looked_at else "Thank you.")
    if looked_at:
        st.text_input(
            "What was wrong? (if you like)",
            exchange.line,
            key=f"line-{number}",
            max_chars=300,
            on_change=_mark,
            args=(number, reception),
        )


def _draw_more(number: int, exchange: Exchange) -> None:
    assert exchange.answer is not None
    with st.form(f"change-{number}", border=False):
        st.text_area("Change your question", exchange.question, key=f"changed-{number}")
        st.form_submit_button("Ask again", on_click=_ask_changed, args=(number,))
    st.caption("To copy")  # last: below a long answer the rest would be out of sight on a phone
    st.code(answer_text(exchange.answer), language=None, wrap_lines=True)


@carried_through
def _ask_changed(number: int) -> None:
    st.session_state.again = st.session_state[f"changed-{number}"]


@carried_through
def _mark(number: int, reception: Reception) -> None:
    mark: Mark | None = st.session_state.get(f"mark-{number}")
    if mark:
        exchange: Exchange = st.session_state.exchanges[number]
        line = st.session_state.get(f"line-{number}", exchange.line)
        try:
            marked = reception.mark(visit(), exchange, mark, line)
        except RecordsError as error:
            st.session_state[f"problem-{number}"] = handover.not_written("a mark was not kept", error)
            return
        kept = list(st.session_state.exchanges)
        kept[number] = marked
        st.session_state.exchanges = tuple(kept)
