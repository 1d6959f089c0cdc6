"""Who is at the other end, as the server knows it: never by what the page was told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import streamlit as st

from desk.reception import Visit
from desk.records import key_of, new_token
from desk.roles import Visitor
from desk.transport import VISIT, visit_token


def visit() -> Visit:
    """This visit: its cookie and who is signed in open its conversation; without a cookie the session alone does."""
    token = _cookie() or st.session_state.setdefault("token", new_token())
    person = str(st.user.get("sub") or "") if _login() else ""
    return Visit(f"{token}|{person}", _text(st.context.ip_address))


def browser() -> str:
    """What tells this browser from others, whoever is signed in: the digest of its cookie, empty without one."""
    return key_of(cookie) if (cookie := _cookie()) else ""


def visitor() -> Visitor:
    """What the server knows of the visitor."""
    login = _login()
    return Visitor(
        login=login,
        claims=dict(st.user.to_dict()) if login else {},
        client_ids=_client_ids() if login else (),
        server=str(st.get_option("server.address") or ""),
        peer=_text(st.context.ip_address),
        headers={name.lower(): value for name, value in st.context.headers.items()},
    )


def providers() -> tuple[str, ...]:
    """The names of the sign-ins to choose from; one without a name if there is one only."""
    auth = _auth()
    named = tuple(name for name, value in auth.items() if isinstance(value, Mapping) and "client_id" in value)
    return named or ("",)


def _cookie() -> str:
    return visit_token(_text(st.context.cookies.get(VISIT)))


def _text(value: object) -> str:
    """A value of the connection, empty where there is none (this machine, or no connection at all)."""
    return value if isinstance(value, str) else ""


def _login() -> bool:
    return "is_logged_in" in st.user


def _auth() -> Mapping[str, Any]:
    return cast(Mapping[str, Any], st.secrets["auth"])


def _client_ids() -> tuple[str, ...]:
    auth = _auth()
    sections = [auth, *(value for value in auth.values() if isinstance(value, Mapping))]
    return tuple(str(section["client_id"]) for section in sections if "client_id" in section)
