"""Passing a question on to a consultant, and the reply that comes back, in the conversation or under a private link."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from desk.cases import LONGEST_LINE, Case, CaseError, Contact, follow, hand_over, of_conversation
from desk.reception import Reception
from desk.records import RecordsError, new_token
from desk.register import Exchange
from pages.markup import sentence
from pages.opening import using_records
from pages.pushes import carried_through
from pages.visitor import visit
from qa.answer import Answer
from qa.reader import UNCLEAR

LINK = "case"  # in the address: the token of a private link
NOTHING_GOES = "What tells of harm is not kept: write below what you want a consultant to know."
LOOKS = "20s"  # how often an open case looks for its reply

_log = logging.getLogger(__name__)


def look(reception: Reception) -> bool:
    """Reads what became of what this conversation passed on, and whether it was deleted, once for a run of the page."""
    cases, deleted = reception.look(visit(), st.session_state.exchanges)
    st.session_state.passed_on = _by_exchange(cases)
    return deleted


def draw_form(number: int, exchange: Exchange, reception: Reception) -> None:
    """Offers the consultant, in colour where the handbook is silent or unclear.

    It opens in the page itself: what lies over it is never as high as the fields on a telephone, and hides the last.
    """
    if is_sent(exchange):
        return
    asks = reception.settings
    offer = ":blue[**Ask a consultant**]" if _leaves_open(exchange.answer) else "Ask a consultant"
    with (
        st.expander(offer, icon=":material/support_agent:", key=f"consultant-{number}"),
        st.form(f"handover-{number}", border=False, enter_to_submit=False),  # on a phone Enter means the next field
    ):
        goes = NOTHING_GOES if exchange.harm else "Your question and the answer above go to a consultant."
        before = "They also see what you asked before it." if number and exchange.id else ""
        st.text(" ".join(filter(None, (goes, before, "The reply appears here."))))
        if asks.case_name != "never":
            st.text_input(
                _label("Your name", asks.case_name), key=f"name-{number}", max_chars=LONGEST_LINE, autocomplete="name"
            )
        if asks.case_contact != "never":
            st.text_input(
                _label("E-mail or telephone", asks.case_contact),
                key=f"contact-{number}",
                max_chars=LONGEST_LINE,
                autocomplete="email",
            )
        asked = "What should a consultant know?" if exchange.harm else "Anything to add? (if you like)"
        st.text_area(asked, height=80, key=f"words-{number}", max_chars=2000)  # the button below stays near
        st.caption("Names and numbers are taken out of these words before they are kept.")
        st.form_submit_button("Send to a consultant", type="primary", on_click=_send, args=(number, reception))


def _leaves_open(answer: Answer | None) -> bool:
    """Whether the handbook is silent or unclear, to one of several questions too."""
    parts = (answer.parts or (answer,)) if answer else ()
    return any(part.verdict == "not_covered" or part.because == UNCLEAR for part in parts)


def draw_reply(number: int, exchange: Exchange, reception: Reception) -> None:
    """What became of an exchange that was passed on: that it waits, or the reply."""
    if problem := st.session_state.pop(f"problem-{number}", ""):
        st.error(problem)
    if is_sent(exchange):
        _draw_waiting(exchange.id, reception)


def draw_followed(reception: Reception) -> None:
    """The case behind the private link in the address, if there is one."""
    link = st.query_params.get(LINK, "")
    if link:
        _draw_followed(str(link)[:100], reception)


@st.fragment(run_every=LOOKS)
def _draw_waiting(key: str, reception: Reception) -> None:
    """Drawn with the page it takes what that run has read; run by itself it looks again."""
    with using_records():
        for case in st.session_state.passed_on.pop(key, ()) or _passed_on(reception).get(key, ()):
            _draw_case(case, st.session_state.get("links", {}).get(key, ""))


@st.fragment(run_every=LOOKS)
def _draw_followed(link: str, reception: Reception) -> None:
    with using_records(), st.container(border=True):
        try:
            case = follow(reception.records, link)
        except CaseError as error:
            st.text(sentence(error))
            return
        st.caption("Your question to a consultant")
        st.text(case.exchange.question)
        _draw_case(case)


def _draw_case(case: Case, link: str = "") -> None:
    """That a case waits, or its reply; below it the private link, for whoever has sent it in this session."""
    if case.answered:
        st.markdown(f"## ✉ A consultant’s reply, {case.answered:%d %B %Y}", anchors=False)
        st.text(case.reply)
    else:
        if link:
            st.success("Sent. The reply will appear here.")
        st.caption("✉ With a consultant. This page looks for the reply by itself.")
    if link:
        st.caption("To see the reply later or elsewhere, keep this private link:")
        st.code(f"{_here()}?{LINK}={link}", language=None, wrap_lines=True)


@carried_through
def _send(number: int, reception: Reception) -> None:
    state = st.session_state
    contact = Contact(*(str(state.get(f"{field}-{number}") or "") for field in ("name", "contact", "words")))
    kept = list(state.exchanges)
    if missing := _missing(contact, kept[number], reception):
        state[f"problem-{number}"] = f"Not sent yet: please {missing}."
        return
    try:
        begun, link = state.get("sending", (None, ""))
        if begun != kept[number]:
            if kept[number].id in _passed_on(reception):
                return
            link = new_token()
            state.sending = kept[number], link  # a second push ends this run anywhere, and goes on with the same link
        hand_over(reception.records, visit().conversation, kept[number], contact, reception.clock(), link)
        written = follow(reception.records, link).exchange.id
    except CaseError as error:
        state[f"problem-{number}"] = sentence(error)
        return
    except RecordsError as error:
        state[f"problem-{number}"] = not_written("a question was not passed on", error)
        return
    state.links = {**state.get("links", {}), written: link}
    kept[number] = replace(kept[number], id=written, unwritten=False)  # it has none before where questions are not kept
    state.exchanges = tuple(kept)


def _missing(contact: Contact, exchange: Exchange, reception: Reception) -> str:
    """What is still to be done before a question can be passed on, or ""."""
    asks = reception.settings
    wanted = (
        (asks.case_name == "required", contact.name, "give your name"),
        (asks.case_contact == "required", contact.contact, "give an e-mail address or a telephone number"),
        (exchange.harm, contact.words, "write what a consultant should know"),
    )
    return next((request for needed, given, request in wanted if needed and not given.strip()), "")


def not_written(what: str, error: RecordsError) -> str:
    """What to tell whoever did something that could not be written down; why it could not is for the log."""
    _log.error("%s: %s", what, error)
    return "That could not be written down. Please try again in a minute; if it goes on, ring your consultant."


def is_sent(exchange: Exchange) -> bool:
    """Whether an exchange was passed on."""
    return exchange.id in st.session_state.passed_on


def _passed_on(reception: Reception) -> dict[str, list[Case]]:
    """The cases of this conversation as they are now, by the exchange that each came out of."""
    return _by_exchange(of_conversation(reception.records, visit().conversation))


def _by_exchange(cases: Sequence[Case]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.exchange.id, []).append(case)
    return found


def _label(words: str, needed: str) -> str:
    return words if needed == "required" else f"{words} (if you like)"


def _here() -> str:
    return str(st.context.url or "").split("?")[0]
