"""Every visit begins here: an edition is opened or built, then the page that was asked for is drawn."""

from __future__ import annotations

import streamlit as st

from pages import chat, handbook


def draw() -> None:
    """Draws the page that the address names."""
    st.set_page_config(
        page_title="Handbook answers", page_icon=":material/menu_book:", initial_sidebar_state="collapsed"
    )
    pages = [
        st.Page(chat.draw, title="Ask", icon=":material/chat:", url_path="ask", default=True),
        st.Page(handbook.draw, title="Handbook", icon=":material/menu_book:", url_path="handbook"),
    ]
    st.navigation(pages, position="top").run()


if __name__ == "__main__":
    draw()
