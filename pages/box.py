"""The box that questions are typed into, below the chat and below the handbook."""

from __future__ import annotations

import streamlit as st

from pages.opening import opened_assistant


def draw() -> str | None:
    """Draws the box, once there is a handbook to ask; what was sent with it.

    Streamlit keeps what is typed and not sent only in what is drawn outside the page that is left.
    """
    opened_assistant()
    _draw_refused()
    return st.bottom.chat_input("Type your question, in English", key="typed", submit_mode="stop")


def _draw_refused() -> None:
    """Says above the box why the last question was refused; what was typed is in the box again."""
    refusal, asked = st.session_state.pop("refused", ("", None))
    if isinstance(asked, str):
        st.session_state.typed = asked
        refusal += " What you wrote is in the box again, to be changed and sent."
    if refusal:
        st.bottom.warning(refusal, icon=":material/info:")
