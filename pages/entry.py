"""Every visit begins here: who is here, which pages they may see, and the page that the address names."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ingest.console import log_visibly
from pages import box, chat, desk, handbook, insights
from pages.admission import came_back, is_consultant
from pages.opening import using_records


def draw() -> None:
    """Draws the page that the address names. The desk is in the menu of consultants only; it asks again itself."""
    log_visibly()
    shown: Literal["visible", "hidden"] = "visible" if is_consultant() else "hidden"
    ask = st.Page(chat.draw, title="Ask", url_path="ask", default=True)
    candidates = [ask, st.Page(handbook.draw, title="Handbook", url_path="handbook")]
    consultants = [
        st.Page(desk.draw, title="Desk", url_path="desk", visibility=shown),
        st.Page(insights.draw, title="Insights", url_path="insights", visibility=shown),
    ]
    page = st.navigation([*candidates, *consultants], position="top")
    if not page.url_path and (left := came_back()):
        for other in consultants:
            if other.url_path == left:
                st.switch_page(other)
    st.set_page_config(f"{page.title} – Handbook answers", initial_sidebar_state="collapsed")
    if page in candidates and (asked := box.draw()):
        st.session_state.again = asked
        if page.url_path:
            st.switch_page(ask)
    with using_records():
        page.run()
    if page.url_path and st.session_state.get("exchanges"):
        st.session_state.fresh = True  # who comes back from another page goes on at the last answer


if __name__ == "__main__":
    draw()
