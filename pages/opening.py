"""What all sessions share, opened once: settings, the reception with its records, the assistant on the handbook.

The first visit builds the edition where there is none, and shows how far it is.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NoReturn

import streamlit as st

from desk.reception import Reception, open_reception, utc_now
from desk.records import RecordsError
from desk.retention import purge
from desk.roles import NotAllowed, admit
from ingest.documents import HandbookError
from ingest.editions import NoEdition
from ingest.pointer import AlreadyBuilding
from ingest.publish import Report, publish
from ingest.settings import Settings, read_settings
from pages.visitor import visitor
from qa.alert import CurrentAlert
from qa.assistant import Assistant, open_assistant
from qa.current import CurrentAssistant

SAID_IN_LOG = "Please tell whoever runs this: the reason is in the server’s log."
WAIT = 3  # seconds between two looks at whether another visit has built the edition

_log = logging.getLogger(__name__)


def opened_settings() -> Settings:
    """The settings; where one is wrong the page ends."""
    try:
        return read_settings()
    except HandbookError as error:
        end("A setting is wrong.", error)


def opened_reception() -> Reception:
    """The reception; where its records cannot be opened the page ends.

    What is too old and cannot be deleted now is at the next visit: nobody waits for it, and nobody goes unanswered.
    """
    settings = opened_settings()
    try:
        reception = _reception(settings)
    except HandbookError as error:
        end("The records cannot be opened.", error, settings)
    try:
        _purged(reception, utc_now().date())
    except RecordsError as error:
        _log.error("what is too old was not deleted: %s", error)
    return reception


def opened_assistant() -> Assistant:
    """The assistant on the current edition; where there is none it is built first."""
    settings = opened_settings()
    try:
        try:
            return _current(settings).get()
        except NoEdition:
            _build_or_wait(settings)
            return _current(settings).get()
    except HandbookError as error:
        end("The handbook cannot be opened.", error, settings)


def _build_or_wait(settings: Settings) -> None:
    try:
        build(settings)
    except AlreadyBuilding:
        st.info("The handbook is being prepared for another visitor. This page goes on by itself.")
        time.sleep(WAIT)
        st.rerun()


def build(settings: Settings) -> Report:
    """Builds and publishes an edition from the handbook's folder, with a bar; what was done and left out.

    Raises:
        HandbookError: it cannot be built.
    """
    with st.status("Preparing the handbook. This takes a minute or two, the first time.", expanded=True) as status:
        bar = st.progress(0.0)

        def tell(what: str, done: int, total: int) -> None:
            if total:
                bar.progress(min(done / total, 1.0), text=f"{what}: {done} of {total}" if total > 1 else f"{what} …")

        report = publish(
            settings.docs, settings.home, embedding=settings.embedding, precision=settings.precision, progress=tell
        )
        status.update(label="The handbook is ready.", state="complete", expanded=False)
    return report


@contextmanager
def using_records() -> Iterator[None]:
    """Where the records are lost in between the page ends in a sentence; a fragment that runs again asks for itself."""
    try:
        yield
    except RecordsError as error:
        end("The records cannot be used just now. Please load this page again in a minute.", error)


def end(what: str, error: HandbookError, settings: Settings | None = None) -> NoReturn:
    """Ends the page with what went wrong; why, and what to do, is for the log, and for one at an open desk."""
    _log.error("%s %s", what, error)
    st.error(what, icon=":material/error:")
    st.text(str(error) if settings and _is_open_desk(settings) else SAID_IN_LOG)
    st.stop()


def _is_open_desk(settings: Settings) -> bool:
    try:
        return admit(visitor(), settings, utc_now()).open_desk
    except NotAllowed:
        return False


@st.cache_resource(show_spinner=False)
def _reception(_settings: Settings) -> Reception:
    return open_reception(_settings, CurrentAlert(_current(_settings).get))


@st.cache_resource(show_spinner=False, max_entries=1)
def _purged(_reception: Reception, day: date) -> None:
    purge(_reception.records, _reception.settings.keep_days, _reception.clock())


@st.cache_resource(show_spinner=False)
def _current(_settings: Settings) -> CurrentAssistant:
    def opened(home: Path) -> Assistant:
        found = open_assistant(home, settings=_settings)
        _set_apart()
        return found

    return CurrentAssistant(_settings.home, opened)


def _set_apart() -> None:
    """Takes all that is held now out of the search for garbage, which Streamlit makes after every run of a page.

    Gone through each time, a handbook and its taught questions make it three times as long as the run. What is set
    apart goes all the same once nobody holds it; what holds itself goes when the next edition is opened.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
