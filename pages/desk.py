"""The consultants' page: the inbox, a pasted message answered, a list answered, and what the assistant is taught."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from urllib.parse import quote as percent

import streamlit as st

from desk.cases import LONGEST_REPLY, Case, CaseChanged, drafted, inbox, save_draft, send, take
from desk.lists import MOST_ROWS, answer_csv
from desk.queries import Answered, Message, answer_message, read_message, reply
from desk.reception import Reception
from desk.referral import for_consultant
from desk.roles import Consultant
from ingest.documents import HandbookError
from pages import markup, paging, teaching
from pages.admission import admitted, consultant, draw_standing, is_consultant
from pages.card import draw_answer, draw_notice, outcome
from pages.markup import escaped
from pages.opening import opened_assistant, opened_reception, using_records
from pages.pushes import carried_through
from qa.assistant import Assistant

STEP = 50  # cases of a shelf drawn at first, and more at each push
LOOKS = "60s"  # how often an open desk looks for cases that came in

T = TypeVar("T")


def draw() -> None:
    """Draws the desk for a consultant, and a way to sign in for anybody else."""
    who = admitted(_unsent())
    st.title("Desk", anchor=False)
    draw_standing(who)
    assistant, reception = opened_assistant(), opened_reception()
    if not reception.guidance.filled_in:
        st.warning(
            "The safeguarding words are still a template: fill in “_safeguarding.md” beside the handbook’s pages."
        )
    tabs = st.tabs(["Inbox", "Answer a message", "Answer a list", "Teach"])
    with tabs[0]:
        _draw_inbox(who, assistant, reception)
    with tabs[1]:
        _draw_message(assistant, reception)
    with tabs[2]:
        _draw_list(assistant, reception)
    with tabs[3]:
        teaching.draw(assistant, reception)


def _draw_inbox(who: Consultant, assistant: Assistant, reception: Reception) -> None:
    found = inbox(reception.records)
    _keep_begun(found)
    _put_by(found, who)
    shelves = {
        "New": [c for c in found if c.state == "new"],
        "Mine": [c for c in found if c.state == "taken" and c.consultant == who.name],
        "Others’": [c for c in found if c.state == "taken" and c.consultant != who.name],
        "Answered": [c for c in found if c.state == "answered"],
    }
    _reopen_begun()
    numbers = [f"{len(cases)}" for cases in shelves.values()]  # a label with its number would be another option
    shelf = st.radio("Cases", list(shelves), horizontal=True, captions=numbers, key="shelf", persist_state="session")
    st.session_state.inbox_read = True
    _draw_arrived({case.id for case in found}, reception)
    _draw_unsaved()
    _draw_moved({case.id: (name, case) for name, cases in shelves.items() for case in cases if name != shelf}, who)
    if not shelves[shelf]:
        st.text("Nothing here.")
    most = paging.most("cases", STEP)
    for case in shelves[shelf][:most]:
        _draw_case(case, who, assistant, reception)
    if most < len(shelves[shelf]):
        st.text(f"Not shown: {len(shelves[shelf]) - most} more.")
        paging.offer_more("Show more cases", "cases", STEP)


@st.fragment(run_every=LOOKS)
def _draw_arrived(drawn: Collection[str], reception: Reception) -> None:
    """Offers what came in since the cases were drawn: drawing them anew by itself would move what is being written.

    Drawn with the page, which has just read the inbox, it does not read it again.
    """
    if st.session_state.pop("inbox_read", False) or not is_consultant():
        return
    with using_records():
        arrived = [case for case in inbox(reception.records) if case.id not in drawn]
    if arrived and st.button(f"Show what has come in ({len(arrived)})", type="primary"):
        st.rerun()


def _draw_unsaved() -> None:
    """What a colleague was quicker with, till it is put away: the case may be on another shelf by now."""
    unsaved: list[tuple[str, str]] = st.session_state.setdefault("unsaved", [])
    for problem, words in unsaved:
        st.error(escaped(problem))
        if words:
            st.caption("What you had written:")
            st.code(words, language=None, wrap_lines=True)
    if unsaved:
        st.button("Put this away", on_click=unsaved.clear)


def _draw_moved(elsewhere: Mapping[str, tuple[str, Case]], who: Consultant) -> None:
    """Where a case has gone from under the hands of whoever writes its reply: only another shelf would tell."""
    for begun, _ in _begun():
        shelf, case = elsewhere.get(begun.id, ("", begun))
        if case.version != begun.version:
            words = f"{_other(case, who)} has changed a case that you are writing a reply to."
            st.warning(escaped(f"{words} It is under “{shelf}” now, with what you wrote: “{case.exchange.question}”"))


def _unsent() -> list[str]:
    """The replies of this session that are kept nowhere else."""
    refused = [words for _, words in st.session_state.get("unsaved", []) if words]
    return [*refused, *(words for _, words in _begun())]


def _begun() -> list[tuple[Case, str]]:
    """The replies that this session has changed and not sent, each with its case as that was when it was begun."""
    state = st.session_state
    cases = [case for key, case in state.items() if str(key).startswith("begun-") and not case.answered]
    replies = [(case, str(state.get(f"reply-{case.id}", ""))) for case in cases]
    return [(case, words) for case, words in replies if words and words != _offered(case)]


def _keep_begun(found: Sequence[Case]) -> None:
    """A reply that is out of sight keeps the version it was begun on too."""
    for case in found:
        if f"reply-{case.id}" in st.session_state:
            st.session_state.setdefault(f"begun-{case.id}", case)


def _reopen_begun() -> None:
    """A case whose reply was begun is open when its writer comes back from another shelf or page."""
    for case, _ in _begun():
        st.session_state.setdefault(f"open-{case.id}", True)


def _put_by(found: Sequence[Case], who: Consultant) -> None:
    """A reply whose case takes none any more, answered by a colleague or deleted, is shown at the top of the inbox."""
    now = {case.id: case for case in found}
    for begun, words in _begun():
        case = now.get(begun.id)
        if case and not case.answered:
            continue
        problem = f"{_other(case, who)} has answered this meanwhile" if case else "This case was deleted meanwhile"
        asked = f": “{begun.exchange.question}”" if case else ""
        st.session_state.setdefault("unsaved", []).append((f"{problem}{asked}. Your reply was not sent.", words))
        del st.session_state[f"begun-{begun.id}"], st.session_state[f"reply-{begun.id}"]


def _draw_case(case: Case, who: Consultant, assistant: Assistant, reception: Reception) -> None:
    with st.container(border=True):
        st.text(case.exchange.question)
        st.html(markup.small(_standing(case, reception.clock())))  # a caption would make links of addresses
        opened = st.expander("Open", key=f"open-{case.id}", on_change="rerun")
        if opened.open:
            with opened:
                _draw_opened(case, who, assistant, reception)


def _draw_opened(case: Case, who: Consultant, assistant: Assistant, reception: Reception) -> None:
    if case.contact.words:
        st.caption("They add:")
        st.text(case.contact.words)
    if case.history:
        st.caption("Asked before in this conversation:")
        for exchange in case.history:
            st.text(f"{exchange.question} – {outcome(exchange)}")
    st.caption("What the assistant found:")
    if case.exchange.answer:
        draw_answer(for_consultant(case.exchange.answer), assistant)
    elif case.exchange.harm:
        draw_notice(reception.guidance.notices[case.exchange.harm])
    if case.answered:
        _draw_sent(case)
    else:
        _draw_reply(case, who, reception)


def _draw_reply(case: Case, who: Consultant, reception: Reception) -> None:
    """The reply to write, begun on a version that the session keeps: a change in between is noticed.

    The session keeps what was typed too, while the case is closed or on a shelf that is not shown.
    """
    begun: Case = st.session_state.setdefault(f"begun-{case.id}", case)
    if begun.version != case.version:
        st.warning(f"{escaped(_other(case, who))} has changed this case since you began. Copy your text, then reload.")
        st.button("Take over the newest", key=f"newest-{case.id}", on_click=_restart, args=(case,))
    st.text_area(
        "Your reply",
        _offered(case),
        key=f"reply-{case.id}",
        height=300,
        max_chars=LONGEST_REPLY,
        persist_state="session",
    )
    with st.container(horizontal=True):
        if case.consultant != who.name:
            st.button("Take it", key=f"take-{case.id}", on_click=_act, args=(begun, reception, _take))
        st.button("Save the draft", key=f"save-{case.id}", on_click=_act, args=(begun, reception, _save))
        st.button("Send", key=f"send-{case.id}", type="primary", on_click=_act, args=(begun, reception, _send))
    if problem := st.session_state.pop(f"problem-{case.id}", ""):
        st.error(escaped(problem))
    _draw_mail(case, st.session_state[f"reply-{case.id}"])


def _other(case: Case, who: Consultant) -> str:
    """Whoever has changed a case; under one's own name it was another window, or at an open desk anybody."""
    return case.consultant if case.consultant not in ("", who.name) else "Somebody"


def _offered(case: Case) -> str:
    return case.draft or drafted(case)


def _draw_sent(case: Case) -> None:
    st.caption(f"Answered by {escaped(case.consultant)}. The candidate sees this under their link:")
    st.code(case.reply, language=None, wrap_lines=True)
    _draw_mail(case, case.reply)


def _draw_mail(case: Case, words: str) -> None:
    if address := case.contact.address:
        mail = f"mailto:{percent(address, safe='@')}?subject=Your%20question&body={percent(words)}"
        st.link_button("Open as an e-mail", mail, icon=":material/mail:")


def _standing(case: Case, now: datetime) -> str:
    who = " · ".join(part for part in (case.contact.name, case.contact.contact) if part) or "no name given"
    if case.answered:
        return f"{who} · answered {case.answered:%d %B %Y} by {case.consultant}"
    taken = f" · with {case.consultant}" if case.consultant else ""
    return f"{who} · waiting {_waited(int((now - case.opened).total_seconds() // 3600))}{taken}"


def _waited(hours: int) -> str:
    if hours < 2:
        return "an hour" if hours else "less than an hour"
    return f"{hours // 24} days" if hours >= 48 else f"{hours} hours"


@carried_through
def _act(begun: Case, reception: Reception, action: Callable[[Case, str, str, Reception], str]) -> None:
    """Does something with a case and says so, if the visitor is still a consultant and the case still what it was."""
    words = str(st.session_state.get(f"reply-{begun.id}", ""))
    try:
        done = action(begun, consultant().name, words, reception)
    except CaseChanged as error:
        st.toast("Not saved: see at the top of the inbox.", icon=":material/error:", duration="long")
        st.session_state.unsaved.append((markup.sentence(error), words))
    except HandbookError as error:
        st.session_state[f"problem-{begun.id}"] = markup.sentence(error)
    else:
        st.session_state.pop(f"begun-{begun.id}", None)
        st.toast(done, icon=":material/check:")  # the case is on another shelf by now


def _take(case: Case, name: str, words: str, reception: Reception) -> str:
    """What was typed before becomes the draft."""
    if words == _offered(case):
        take(reception.records, case, name, reception.clock())
    else:
        save_draft(reception.records, case, name, words, reception.clock())
    return "Taken: it is under “Mine”."


def _save(case: Case, name: str, words: str, reception: Reception) -> str:
    save_draft(reception.records, case, name, words, reception.clock())
    return "Saved, not sent: it is under “Mine”."


def _send(case: Case, name: str, words: str, reception: Reception) -> str:
    send(reception.records, case, name, words, reception.clock())
    return "Sent: it is under “Answered”."


@carried_through
def _restart(case: Case) -> None:
    st.session_state[f"begun-{case.id}"] = case
    st.session_state[f"reply-{case.id}"] = _offered(case)


def _draw_message(assistant: Assistant, reception: Reception) -> None:
    st.text("Paste an e-mail or a chat from a candidate. Names and numbers are taken out before anything is searched.")
    with st.form("message", border=False):
        pasted = st.text_area("Message", height=200, key="pasted", persist_state="session")
        submitted = st.form_submit_button("Find the questions in it", type="primary")
    if not pasted and not submitted:
        return
    try:
        with st.spinner("Answering …"):
            message, answered = _once("message", pasted, assistant, lambda: _answered(pasted, assistant, reception))
    except HandbookError as error:
        st.error(escaped(markup.sentence(error)))
        return
    if message.harm:
        draw_notice(reception.guidance.notices[message.harm])
    if not answered:
        st.text("There is no question in this message.")
        return
    for one in answered:
        with st.container(border=True):
            st.text(one.query.text)
            draw_answer(for_consultant(one.answer), assistant)
    if message.more:
        st.warning(f"{message.more} more questions of this message are not answered here: paste the rest by itself.")
    st.header("The reply, ready to paste", anchor=False)
    st.code(reply(answered), language=None, wrap_lines=True)


def _answered(pasted: str, assistant: Assistant, reception: Reception) -> tuple[Message, tuple[Answered, ...]]:
    message = read_message(pasted, reception.alert)
    return message, answer_message(message, assistant)


def _once(what: str, given: str | bytes, assistant: Assistant, answer: Callable[[], T]) -> T:
    """What is answered to something given, worked out once in this session and edition, not on each run of the page."""
    key = (sha256(repr(given).encode()).hexdigest(), assistant.edition.id)
    if st.session_state.get(f"{what}-given") != key:
        st.session_state[f"{what}-answers"] = answer()
        st.session_state[f"{what}-given"] = key
    answers: T = st.session_state[f"{what}-answers"]
    return answers


def _draw_list(assistant: Assistant, reception: Reception) -> None:
    st.text("A CSV with a column named question comes back with an answer in each row.")
    file = st.file_uploader(
        f"List of questions (CSV, up to {MOST_ROWS} rows)", type=["csv"], key="list", max_upload_size=2
    )
    if file is None:
        return
    try:
        consultant()
        with st.spinner("Answering …"):
            content = file.getvalue()
            answers = _once("list", content, assistant, lambda: answer_csv(content, assistant, reception.alert))
    except HandbookError as error:
        st.error(escaped(markup.sentence(error)))
        return
    st.download_button("Download the answers", answers, "answers.csv", "text/csv", on_click="ignore", type="primary")
