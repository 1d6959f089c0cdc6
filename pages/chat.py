"""The candidates' page: a question in, the handbook's own words out, a consultant where it has none."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk.cases import of_conversation
from desk.hinge import Option
from desk.reception import NOTHING_ASKED, Reception
from desk.records import RecordsError
from desk.redaction import redact
from desk.register import Exchange
from desk.retention import erase
from desk.transcript import written
from desk.transport import SCROLL
from pages import card, handover, markup, paging
from pages.exchange import ask, draw_asking_on, draw_exchange, draw_growing
from pages.opening import opened_assistant, opened_reception
from pages.pushes import carried_through
from pages.visitor import visit
from qa.assistant import Assistant
from qa.steps import Step

EXAMPLES = (
    "Can I text a parent back?",
    "Can I use my own phone to film a lesson?",
    "What do I do if a pupil adds me on Instagram?",
)
STEPS = {
    "finding": "Looking in the handbook …",
    "reading": "Reading what was found …",
    "checking": "Checking every word against the handbook …",
}
SHOWN = 20  # exchanges drawn at first, and more at each push: each takes a telephone's time on every run
LOOKS = "1s"  # how often the page looks whether its answering was stopped
#: What the session keeps of a conversation beside its exchanges: none of it is drawn again once that is deleted.
OF_CONVERSATION = ("stopped", "asking", "again", "links", "sending")
DELETED = "This conversation was deleted, here or in another tab."
NOTICE = (
    "You get sentences from the handbook, word for word, and where they stand. What it does not say is not answered. "
    "This is no legal advice, and no way to report a worry about a child: tell the school’s safeguarding lead, or call "
    "999 if someone is in danger. Names and numbers are taken out of what you type."
)


def draw() -> None:
    """Draws the conversation of this visit and answers what is asked next."""
    st.title("Ask the handbook", anchor=False)
    assistant = opened_assistant()
    reception = opened_reception()
    if "exchanges" not in st.session_state:
        st.session_state.exchanges = reception.resume(visit())
        st.session_state.fresh = bool(st.session_state.exchanges)
    deleted = handover.look(reception)
    handover.draw_followed(reception)
    asked = st.session_state.pop("again", "")
    if deleted:
        _forget()
        st.session_state.refused = (DELETED, asked or None)
        st.rerun()  # the box is drawn by now, and what was drawn of the old exchanges is not to become the new ones'
    stopped = None if asked else _stopped()
    if not st.session_state.exchanges and not asked and not stopped:
        _draw_welcome()
    last = len(st.session_state.exchanges) - 1
    earlier = _draw_earlier(st.session_state.exchanges)
    for number, exchange in enumerate(st.session_state.exchanges):
        if number in earlier:
            continue
        under = draw_exchange(number, exchange, assistant, reception)
        if number == last and not asked and not stopped:
            with under:
                draw_asking_on(number, exchange, assistant)
    if asked:
        _draw_asked(asked, assistant, reception)
    elif stopped:
        _draw_stopped(stopped)
    if st.session_state.exchanges:
        _draw_keeping(st.session_state.exchanges, reception)
    if st.session_state.pop("fresh", False):
        _bring_into_sight(_told(st.session_state.exchanges))


def _draw_welcome() -> None:
    if erased := st.session_state.pop("erased", ""):
        st.success(erased)
    st.text(NOTICE)
    st.text("For example:")
    for example in EXAMPLES:
        st.button(example, on_click=ask, args=(example,), width="stretch")


def _draw_earlier(exchanges: Sequence[Exchange]) -> set[int]:
    """Offers the exchanges that are not shown, and says which these are: never one that a consultant has."""
    hidden = {
        n for n, exchange in enumerate(exchanges[: -paging.most("exchanges", SHOWN)]) if not handover.is_sent(exchange)
    }
    if hidden:
        paging.offer_more(f"Show earlier questions ({len(hidden)})", "exchanges", SHOWN)
    return hidden


def _draw_asked(asked: str | Exchange | Option, assistant: Assistant, reception: Reception) -> None:
    before = st.session_state.exchanges
    st.session_state.pop("stopped", None)
    st.session_state.pop("asking", None)
    if assistant.model:
        _watch()
    growing, progress = st.empty(), st.empty()

    def tell(step: Step) -> None:
        if step.kind in STEPS:
            progress.text(STEPS[step.kind])
        elif not step.answer:
            growing.empty()
        elif assistant.model:  # without one all of it is there at once
            with growing.container():
                draw_growing(step.answer)

    st.session_state.asking = asked
    with st.spinner("One moment …"):
        if isinstance(asked, Exchange):
            exchange = reception.search_anyway(visit(), asked, before, assistant, tell)
        elif isinstance(asked, Option):
            exchange = reception.settle(visit(), asked, before)
        else:
            exchange = reception.receive(visit(), asked, before, assistant, tell)
    growing.empty()
    progress.empty()
    del st.session_state.asking
    if exchange.refusal:
        st.session_state.refused = (exchange.refusal, None if exchange.refusal == NOTHING_ASKED else asked)
        st.rerun()  # the box is drawn by now, and takes words back only before it is
    st.session_state.exchanges = (*before, exchange)
    st.session_state.fresh = True
    if assistant.model:
        st.rerun()  # ends the watch
    with draw_exchange(len(before), exchange, assistant, reception):
        draw_asking_on(len(before), exchange, assistant)


@st.fragment(run_every=LOOKS)
def _watch() -> None:
    """Draws the page again once it was stopped: a run that is stopped can say nothing any more, and no other follows.

    While the question is being answered the runs of a fragment wait.
    """
    if "asking" in st.session_state:
        st.rerun()


def _stopped() -> str | Exchange | Option | None:
    """What was asked last, if the run that was answering it did not get to the end."""
    if "asking" in st.session_state:
        st.session_state.stopped = st.session_state.pop("asking")
        st.session_state.fresh = True
    stopped: str | Exchange | Option | None = st.session_state.get("stopped")
    return stopped


def _draw_stopped(stopped: str | Exchange | Option) -> None:
    with st.chat_message("user"):
        st.text(redact(stopped).text if isinstance(stopped, str) else _asked(stopped))
    with st.chat_message("assistant"):
        st.markdown("## :gray[■ Stopped]", anchors=False)
        st.text("This question has not been answered.")
        st.button("Ask it again", type="primary", on_click=ask, args=(stopped,))


def _asked(stopped: Exchange | Option) -> str:
    return stopped.said if isinstance(stopped, Option) else stopped.question


def _bring_into_sight(told: str) -> None:
    """The newest verdict at the top, however long its answer, and told to whoever does not see it.

    The same words would not be run a second time.
    """
    state = st.session_state
    state.shown = state.get("shown", 0) + 1
    st.html(
        f"<script>{SCROLL}</script><span hidden>{state.shown}</span>{markup.announced(told)}",
        unsafe_allow_javascript=True,
    )


def _told(exchanges: Sequence[Exchange]) -> str:
    """What came of the last question, in words for whoever does not see the page."""
    if "stopped" in st.session_state or not exchanges:
        return "Stopped"
    answer = exchanges[-1].answer
    return f"Answered: {card.told(answer)}" if answer else card.READ_FIRST


def _draw_keeping(exchanges: Sequence[Exchange], reception: Reception) -> None:
    """What can be done with a conversation; the text is made when it is asked for, with a reply that came meanwhile."""
    conversation, name = visit().conversation, "handbook-answers.txt"

    def text() -> str:
        return written(exchanges, reception.guidance.notices, of_conversation(reception.records, conversation))

    with st.container(horizontal=True):
        st.download_button("Download", text, name, "text/plain", on_click="ignore", icon=":material/download:")
        with st.popover("Delete", icon=":material/delete:"):
            st.text("This deletes your questions here, and messages to a consultant with their replies.")
            st.button("Delete this conversation", on_click=_delete)
    if problem := st.session_state.pop("not_erased", ""):
        st.error(problem)


@carried_through
def _delete() -> None:
    try:
        erased = erase(opened_reception().records, visit().conversation)
    except RecordsError as error:
        st.session_state.not_erased = handover.not_written("a conversation was not deleted", error)
        return
    _forget()
    st.session_state.erased = erased.line


def _forget() -> None:
    """Shows a conversation no more that was deleted."""
    st.session_state.exchanges = ()
    for kept in OF_CONVERSATION:
        st.session_state.pop(kept, None)
