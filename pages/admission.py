"""Who may see the desk: asked at each page of it, and again at each action."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from desk.reception import utc_now
from desk.roles import Consultant, NotAllowed, admit
from pages.markup import sentence
from pages.opening import opened_settings
from pages.visitor import browser, providers, visitor

MOST_AWAY = 1_000  # browsers whose page is kept while somebody signs in


def consultant() -> Consultant:
    """The consultant at the other end.

    Raises:
        NotAllowed: it is none.
    """
    return admit(visitor(), opened_settings(), utc_now())


def is_consultant() -> bool:
    """Whether the desk may be shown in the menu; the pages and actions of the desk ask again."""
    try:
        consultant()
    except NotAllowed:
        return False
    return True


def admitted(unsent: Sequence[str] = ()) -> Consultant:
    """The consultant at the other end; for anybody else the page ends with a way to sign in.

    `unsent` was written in this session, which ends with a sign-in: it is shown to be copied.
    """
    try:
        return consultant()
    except NotAllowed as error:
        st.title("For consultants", anchor=False)
        st.text(sentence(error))
        if unsent:
            st.warning("What you had written is not saved: copy it before you sign in or leave this page.")
        for reply in unsent:
            st.code(reply, language=None, wrap_lines=True)
        here = visitor()
        if here.login:
            signed_in = bool(here.claims.get("is_logged_in"))
            for name in providers():
                words = ("Sign in", "again" if signed_in else "", f"with {name}" if name else "")
                st.button(" ".join(filter(None, words)), on_click=_sign_in, args=(name or None,))
            if signed_in:
                st.button("Sign out", on_click=st.logout)
        st.stop()


def came_back() -> str:
    """The page from which this visit set out to sign in, told once, when it has: the provider leads to the chat."""
    return _away().pop(browser(), "") if visitor().claims.get("is_logged_in") else ""


def _sign_in(provider: str | None) -> None:
    here, away = browser(), _away()
    if here:
        away.pop(here, None)
        away[here] = str(st.context.url or "").partition("?")[0].rpartition("/")[2]
        while len(away) > MOST_AWAY:
            away.pop(next(iter(away)), None)  # the one that has been away longest
    st.login(provider)


@st.cache_resource(show_spinner=False)
def _away() -> dict[str, str]:
    """By browser, the page that it set out from: a session ends with a sign-in, and no address is trusted with it."""
    return {}


def draw_standing(who: Consultant) -> None:
    """Says as whom the consultant is here."""
    if who.open_desk:
        st.warning("This desk is open without a sign-in, on this machine only. For real use set up a sign-in.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Signed in as {who.name}")
        st.button("Sign out", on_click=st.logout)
