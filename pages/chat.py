"""The candidates' page: a question in, the handbook's own words out."""

from __future__ import annotations

import streamlit as st

from desk.reception import Exchange, receive
from desk.transcript import answer_text, written
from pages.card import draw_answer
from pages.opening import opened_assistant
from qa.assistant import Assistant

EXAMPLES = (
    "Can I text a parent back?",
    "Can I use my own phone to film a lesson?",
    "What do I do if a pupil adds me on Instagram?",
)
NOTICE = (
    "Answers are sentences from the handbook, word for word, with where they stand. What the handbook does not say is "
    "not answered. This is not legal advice, and it is not the place to report a concern about a child: call your "
    "school’s safeguarding lead, or 999 if someone is in danger now."
)


def draw() -> None:
    """Draws the conversation of this session and takes the next question."""
    st.title("Ask the handbook", anchor=False)
    st.caption(NOTICE)
    assistant = opened_assistant()
    st.session_state.setdefault("exchanges", ())
    typed = st.chat_input("Type your question", key="typed")
    asked = typed or st.session_state.pop("again", "")
    if not st.session_state.exchanges and not asked:
        _draw_examples()
    for number, exchange in enumerate(st.session_state.exchanges):
        _draw_exchange(number, exchange, assistant)
    if asked:
        with st.spinner("Looking in the handbook …"):
            exchange = receive(asked, st.session_state.exchanges, assistant)
        st.session_state.exchanges = (*st.session_state.exchanges, exchange)
        _draw_exchange(len(st.session_state.exchanges) - 1, exchange, assistant)
    if st.session_state.exchanges:
        _draw_keeping()


def _ask(question: str) -> None:
    st.session_state.again = question


def _draw_examples() -> None:
    st.text("For example:")
    for example in EXAMPLES:
        st.button(example, on_click=_ask, args=(example,), width="stretch")


def _draw_exchange(number: int, exchange: Exchange, assistant: Assistant) -> None:
    if exchange.question:
        with st.chat_message("user"):
            st.text(exchange.question)
    with st.chat_message("assistant"):
        if exchange.answer is None:
            st.text(exchange.refusal)
            return
        draw_answer(exchange.answer, assistant)
        _draw_actions(number, exchange)


def _draw_actions(number: int, exchange: Exchange) -> None:
    assert exchange.answer is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Copy", icon=":material/content_copy:"):
            st.code(answer_text(exchange.answer), language=None, wrap_lines=True)
        with st.popover("Change", icon=":material/edit:"), st.form(f"change-{number}", border=False):
            st.text_area("Your question", exchange.question, key=f"changed-{number}")
            st.form_submit_button("Ask again", on_click=_ask_changed, args=(number,))


def _ask_changed(number: int) -> None:
    st.session_state.again = st.session_state[f"changed-{number}"]


def _draw_keeping() -> None:
    with st.container(horizontal=True):
        st.download_button(
            "Download", written(st.session_state.exchanges), "handbook-answers.txt", "text/plain", on_click="ignore"
        )
        st.button("Start again", on_click=st.session_state.pop, args=("exchanges",))
