"""The handbook itself: its pages clause by clause, a search over them, and what changed since an earlier edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import streamlit as st

from desk.changes import in_force, published
from desk.reception import utc_now
from desk.search import search
from ingest.clauses import Clause
from ingest.difference import Difference, compare
from ingest.documents import Document, HandbookError
from ingest.editions import Edition, open_edition
from ingest.history import Entry, list_editions
from pages import markup
from pages.opening import end, opened_assistant, opened_settings
from qa.assistant import Assistant


def draw() -> None:
    """Draws the page that was picked, what a search found, or what changed."""
    st.title("Handbook", anchor=False)
    assistant = opened_assistant()
    reading, changes = st.tabs(["Read", "What changed"])
    with reading:
        words = st.text_input(
            "Search the handbook", type="search", icon=":material/search:", key="search", persist_state="session"
        )
        if words:
            _draw_found(words[:200], assistant)
        else:
            _draw_page(assistant)
    with changes:
        _draw_changes(assistant)


def _draw_page(assistant: Assistant) -> None:
    documents = list(assistant.edition.documents.values())
    named = assistant.edition.documents.get(st.query_params.get("page", ""), documents[0])
    picked = named
    if len(documents) > 1:
        picked = st.selectbox("Page", documents, documents.index(named), format_func=lambda d: d.title)
    st.text(" · ".join(part for part in (picked.section, picked.source, picked.effective) if part))
    shown: tuple[str, ...] = ()
    for clause in assistant.edition.clauses:
        if clause.document == picked.id:
            if clause.heading_path != shown:
                shown = clause.heading_path
                st.html(markup.heading(shown[-1], len(shown)))
            st.html(markup.clause_line(picked, clause, anchored=True))


def _draw_found(words: str, assistant: Assistant) -> None:
    found = search(assistant.edition, words)
    if not found:
        st.text("Nothing in the handbook holds these words.")
    for clause in found:
        document = assistant.edition.documents[clause.document]
        st.html(markup.small(" › ".join(clause.heading_path)))
        st.html(markup.clause_line(document, clause))


def _draw_changes(assistant: Assistant) -> None:
    try:
        entries = [e for e in list_editions(opened_settings().home) if e.manifest]
    except HandbookError as error:
        end("The earlier editions cannot be read.", error, opened_settings())
    earlier = [e for e in entries if e.id != assistant.edition.id]
    if not earlier:
        st.text("This is the first edition.")
        return
    entry = _picked(entries, earlier)
    if entry is None or entry.id == assistant.edition.id:
        st.text("No new edition was published since.")
        return
    st.text(f"Set against the edition of {_dated(entry)}.")
    try:
        difference = _difference(str(opened_settings().home), entry.id, assistant.edition.id, assistant.edition)
    except HandbookError as error:
        end("This edition cannot be opened.", error, opened_settings())
    _draw_difference(difference, assistant.edition.documents)


@st.cache_resource(show_spinner=False, max_entries=8)
def _difference(home: str, before: str, after: str, _edition: Edition) -> Difference:
    """From the edition `before` to `_edition`, whose id is `after`; neither ever changes."""
    return compare(open_edition(Path(home), before), _edition)


def _picked(entries: Sequence[Entry], earlier: Sequence[Entry]) -> Entry | None:
    """The edition to set the current one against: that of a day, or one by name."""
    ways = ("A day", "An edition")
    if st.radio("What changed since", ways, horizontal=True, key="since", persist_state="session") == ways[1]:
        return st.selectbox("Since the edition of", earlier, format_func=_dated, key="since_edition")
    today = utc_now().date()
    day = st.date_input(
        "Since the day",
        today - timedelta(days=30),
        max_value=today,
        format="DD/MM/YYYY",
        key="since_day",
        persist_state="session",
    )
    return in_force(entries, day)


def _draw_difference(difference: Difference, documents: dict[str, Document]) -> None:
    if not (difference.added or difference.removed or difference.changed):
        st.text("Nothing has changed since.")
        return
    if difference.changed:
        st.header("Changed", anchor=False)
    for pair in difference.changed:
        st.html(markup.changed(_place(pair.after, documents), [(w.op, w.text) for w in pair.words]))
    _draw_listed("New", difference.added, documents)
    _draw_listed("Gone", difference.removed, documents)


def _draw_listed(title: str, clauses: Sequence[Clause], documents: dict[str, Document]) -> None:
    if clauses:
        st.header(title, anchor=False)
    for clause in clauses:
        st.html(markup.changed(_place(clause, documents), [("same", clause.text)]))


def _place(clause: Clause, documents: dict[str, Document]) -> str:
    title = documents[clause.document].title if clause.document in documents else clause.document
    return f"{title}, {clause.number}"


def _dated(entry: Entry) -> str:
    return f"{published(entry):%d %B %Y, %H:%M} UTC"
