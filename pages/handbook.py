"""The handbook itself: its pages, clause by clause, and a search over them."""

from __future__ import annotations

import streamlit as st

from desk.search import search
from ingest.documents import Document
from pages import markup
from pages.opening import opened_assistant
from qa.assistant import Assistant


def draw() -> None:
    """Draws the page that was picked, or what a search found."""
    st.title("Handbook", anchor=False)
    assistant = opened_assistant()
    documents = list(assistant.edition.documents.values())
    words = st.text_input("Search the handbook", type="search", icon=":material/search:")
    if words:
        _draw_found(words, assistant)
        return
    picked = st.selectbox("Page", documents, format_func=lambda d: d.title) if len(documents) > 1 else documents[0]
    _draw_document(picked, assistant)


def _draw_document(document: Document, assistant: Assistant) -> None:
    st.text(" · ".join(part for part in (document.section, document.source, document.effective) if part))
    own = [clause for clause in assistant.edition.clauses if clause.document == document.id]
    shown: tuple[str, ...] = ()
    for clause in own:
        if clause.heading_path != shown:
            shown = clause.heading_path
            st.html(markup.heading(shown[-1], len(shown)))
        st.html(markup.clause_line(document, clause))


def _draw_found(words: str, assistant: Assistant) -> None:
    found = search(assistant.edition, words)
    if not found:
        st.text("Nothing in the handbook holds these words.")
    for clause in found:
        st.html(markup.clause_line(assistant.edition.documents[clause.document], clause))
