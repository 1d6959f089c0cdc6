"""The assistant that every session shares; the first visit builds the edition and shows how far it is."""

from __future__ import annotations

import threading
from pathlib import Path

import streamlit as st

from ingest.documents import HandbookError
from ingest.editions import NoEdition, current_id
from ingest.publish import publish
from ingest.settings import Settings, read_settings
from qa.assistant import Assistant, open_assistant


@st.cache_resource(show_spinner=False)
def _building() -> threading.Lock:
    return threading.Lock()


@st.cache_resource(show_spinner="Opening the handbook …", max_entries=2)
def _opened(home: Path, edition_id: str) -> Assistant:
    return open_assistant(home, edition_id)


def opened_assistant() -> Assistant:
    """The assistant on the current edition. Where there is none it is built first; where it cannot be, the page ends
    with what to do."""
    try:
        settings = read_settings()
        return _opened(settings.home, _edition_id(settings))
    except HandbookError as error:
        st.error("The handbook cannot be opened.", icon=":material/error:")
        st.text(str(error))
        st.stop()


def _edition_id(settings: Settings) -> str:
    try:
        return current_id(settings.home)
    except NoEdition:
        with _building():
            try:
                return current_id(settings.home)
            except NoEdition:
                _build(settings)
    return current_id(settings.home)


def _build(settings: Settings) -> None:
    with st.status(
        "Preparing the handbook for its first questions. This takes a minute or two.", expanded=True
    ) as status:
        bar = st.progress(0.0)

        def tell(what: str, done: int, total: int) -> None:
            if total:
                bar.progress(min(done / total, 1.0), text=f"{what}: {done} of {total}" if total > 1 else f"{what} …")

        publish(settings.docs, settings.home, embedding=settings.embedding, precision=settings.precision, progress=tell)
        status.update(label="The handbook is ready.", state="complete", expanded=False)
