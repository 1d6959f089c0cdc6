"""Who is a consultant is decided by what the server knows, and by nothing that a page or a header says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk.roles import FORWARDED, NotAllowed, Visitor, admit, is_loopback
from desk.transport import content_policy, visit_token
from ingest.settings import Settings

NOW = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)
STAFF = Settings(staff="jo@agency.example, @desk.agency.example, groups=consultants")
HERE = Visitor(login=False, claims={}, server="127.0.0.1")


def _signed_in(**claims: Any) -> Visitor:
    """Somebody signed in; a claim that is None is not in the token."""
    given = {
        "is_logged_in": True,
        "sub": "1",
        "aud": "policy-qa",
        "iat": (NOW - timedelta(minutes=5)).timestamp(),
        "exp": (NOW + timedelta(minutes=55)).timestamp(),
        "email": "jo@agency.example",
        "email_verified": True,
    }
    sent = {name: value for name, value in (given | claims).items() if value is not None}
    return Visitor(login=True, claims=sent, client_ids=("policy-qa",), server="0.0.0.0")


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "JO@agency.example"},
        {"email": "lee@desk.agency.example"},
        {"email": "x@elsewhere.example", "groups": ["teachers", "consultants"]},
        {"email": None, "groups": "consultants"},
        {"email_verified": None, "groups": ["consultants"]},
        {"aud": ["another", "policy-qa"]},
    ],
)
def test_staff_by_address_domain_or_claim_is_let_in(claims: dict[str, Any]) -> None:
    assert not admit(_signed_in(**claims), STAFF, NOW).open_desk


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"is_logged_in": False}, "sign in"),
        ({"aud": "another-app"}, "another application"),
        ({"aud": None}, "another application"),
        ({"exp": NOW.timestamp()}, "expired"),
        ({"exp": None}, "expired"),
        ({"exp": "soon"}, "expired"),
        ({"email": "sam@gmail.example"}, "not as a consultant"),
        ({"email_verified": False}, "not as a consultant"),
        ({"email_verified": None}, "not as a consultant"),
        ({"email": "lee@desk.agency.example", "email_verified": None}, "not as a consultant"),
        ({"email": "jo@agency.example.evil.example"}, "not as a consultant"),
        ({"email": "x@evil-desk.agency.example"}, "not as a consultant"),
        ({"email": "@desk.agency.example.org"}, "not as a consultant"),
        ({"email": None, "groups": "consultants-of-nothing"}, "not as a consultant"),
    ],
)
def test_anybody_else_is_not(claims: dict[str, Any], says: str) -> None:
    with pytest.raises(NotAllowed, match=says):
        admit(_signed_in(**claims), STAFF, NOW)


def test_without_named_staff_a_sign_in_makes_nobody_a_consultant() -> None:
    with pytest.raises(NotAllowed, match="not as a consultant"):
        admit(_signed_in(), Settings(staff=""), NOW)


def test_the_agency_may_let_a_sign_in_last_longer_than_its_token() -> None:
    late = NOW + timedelta(hours=3)
    assert admit(_signed_in(), STAFF.model_copy(update={"session_hours": 8}), late).name == "jo@agency.example"
    with pytest.raises(NotAllowed, match="expired"):
        admit(_signed_in(), STAFF.model_copy(update={"session_hours": 2}), late)


def test_without_a_sign_in_there_is_no_desk() -> None:
    with pytest.raises(NotAllowed, match="there is no desk here"):
        admit(HERE, Settings(desk=""), NOW)


def test_an_open_desk_is_open_on_this_machine() -> None:
    assert admit(HERE, Settings(desk="open"), NOW).open_desk


@pytest.mark.parametrize(
    "other",
    [
        {"server": ""},
        {"server": "0.0.0.0"},
        {"server": "192.168.1.20"},
        {"peer": "192.168.1.30"},
        *({"headers": {name: "127.0.0.1"}} for name in FORWARDED),
    ],
)
def test_an_open_desk_is_closed_to_every_other_machine(other: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed, match="nowhere else"):
        admit(replace(HERE, **other), Settings(desk="open"), NOW)


def test_an_open_desk_is_no_way_round_a_sign_in() -> None:
    with pytest.raises(NotAllowed, match="sign in"):
        admit(replace(_signed_in(is_logged_in=False), server="127.0.0.1"), Settings(desk="open"), NOW)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_this_machine_is_known(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.1", "localhost.evil.example", ""])
def test_any_other_is_not_taken_for_it(address: str) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize("cookie", ["", "short", "x" * 65, "a" * 40 + ";", "../" + "a" * 40, "é" * 40])
def test_a_cookie_not_made_here_opens_no_conversation(cookie: str) -> None:
    assert visit_token(cookie) == ""


def test_the_content_policy_names_inline_scripts_by_digest_and_no_other_host() -> None:
    policy = content_policy("<script>let a = 1</script><script src='x.js'></script>")
    assert policy.count("'sha256-") == 2  # the page's own, and the one that keeps the verdict in sight
    assert "http" not in policy
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-" in policy
