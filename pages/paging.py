"""Long lists, of which so many are drawn at first and more at each push."""

from __future__ import annotations

import streamlit as st

from pages.pushes import carried_through


def most(what: str, step: int) -> int:
    """How many of these are drawn."""
    return int(st.session_state.get(f"{what}_shown", step))


def offer_more(label: str, what: str, step: int) -> None:
    """Draws the button that shows so many more of these."""
    st.button(label, on_click=_show, args=(what, most(what, step) + step))


@carried_through
def _show(what: str, shown: int) -> None:
    st.session_state[f"{what}_shown"] = shown
