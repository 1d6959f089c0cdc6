"""Who may see the desk. Decided on the server, at each page and again at each action.

With a sign-in configured (`[auth]` in Streamlit's secrets, OpenID Connect) a consultant is whom `POLICY_QA_STAFF`
names: an address, a domain (`@agency.example`) or a claim (`groups=consultants`). An address counts if its token says
that it was verified; where a provider never says so, a claim is the way. Without a sign-in there is no desk, except
with `POLICY_QA_DESK=open`, and then only for this machine: the server listens on loopback and nothing forwards to it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ingest.documents import HandbookError
from ingest.settings import Settings

#: A proxy in front adds one of these: then the visitor is not on this machine, whatever the socket says.
FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")


class NotAllowed(HandbookError):
    """Somebody who is no consultant asked for the desk; the message says what they can do."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """What the server knows of whoever is at the other end.

    Args:
        login: whether a sign-in is configured.
        claims: of the identity token, empty without one.
        client_ids: of this application at its providers; the token must be meant for one.
        server: the address the server listens on.
        peer: the address at the other end, empty for this machine.
        headers: of the request, names in lower case.
    """

    login: bool
    claims: Mapping[str, Any]
    client_ids: tuple[str, ...] = ()
    server: str = ""
    peer: str = ""
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Consultant:
    """Somebody who may work at the desk; `open_desk` if that is only because the desk is open on this machine."""

    name: str
    open_desk: bool = False


def admit(visitor: Visitor, settings: Settings, now: datetime) -> Consultant:
    """The consultant that a visitor is.

    Raises:
        NotAllowed: the visitor is none.
    """
    if visitor.login:
        return _signed_in(visitor, settings, now)
    if settings.desk != "open":
        raise NotAllowed("there is no desk here: no sign-in is set up (see “Consultants” in the README)")
    if not is_loopback(visitor.server) or not is_loopback(visitor.peer or "127.0.0.1") or _is_forwarded(visitor):
        raise NotAllowed("the desk is open on the machine it runs on, and nowhere else: set up a sign-in")
    return Consultant("desk", open_desk=True)


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own and nobody else's."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _signed_in(visitor: Visitor, settings: Settings, now: datetime) -> Consultant:
    claims = visitor.claims
    if not claims.get("is_logged_in"):
        raise NotAllowed("sign in to see the desk")
    if not set(visitor.client_ids) & set(_values(claims.get("aud"))):
        raise NotAllowed("this sign-in was made for another application: sign in again")
    if now >= _ends(claims, settings):
        raise NotAllowed("your sign-in has expired: sign in again")
    if not any(_fits(rule.strip(), claims) for rule in settings.staff.split(",") if rule.strip()):
        raise NotAllowed("you are signed in, but not as a consultant: ask whoever runs this to add you")
    return Consultant(str(claims.get("email") or claims.get("name") or claims.get("sub")))


def _ends(claims: Mapping[str, Any], settings: Settings) -> datetime:
    """When a sign-in ends: when its token expires, or the agency's hours after it was made."""
    zone = datetime.now().astimezone().tzinfo
    try:
        if settings.session_hours:
            return datetime.fromtimestamp(float(claims["iat"]), zone) + timedelta(hours=settings.session_hours)
        return datetime.fromtimestamp(float(claims["exp"]), zone)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, zone)


def _fits(rule: str, claims: Mapping[str, Any]) -> bool:
    """Whether a rule names this person: an address or its domain only if the provider has verified the address."""
    if "=" in rule:
        name, _, value = rule.partition("=")
        return value in _values(claims.get(name))
    address = str(claims.get("email") or "").casefold()
    verified = claims.get("email_verified") in (True, "true")
    rule = rule.casefold()
    return verified and bool(address) and (address.endswith(rule) if rule.startswith("@") else address == rule)


def _values(claim: object) -> tuple[str, ...]:
    if isinstance(claim, (list, tuple)):
        return tuple(str(value) for value in claim)
    return () if claim is None else (str(claim),)


def _is_forwarded(visitor: Visitor) -> bool:
    return any(name in (visitor.headers or {}) for name in FORWARDED)
