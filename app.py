"""The server: Streamlit with the headers every answer carries. `streamlit run app.py` starts it."""

from __future__ import annotations

import streamlit as st

from pages import entry

if __name__ == "__main__":  # run as a script, as the tests of Streamlit do
    entry.draw()
else:
    app = st.App("pages/entry.py")
