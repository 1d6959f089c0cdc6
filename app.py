"""The server: Streamlit, with the headers and the cookie of `desk.transport`. `streamlit run app.py` starts it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from desk.transport import Transport
from pages import entry

if __name__ == "__main__":  # run as a page's script, as Streamlit's own tests do
    entry.draw()
else:
    index = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    app = st.App("pages/entry.py", middleware=[Middleware(Transport, index=index)])
