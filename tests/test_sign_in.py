"""Sign-in at a real OpenID Connect provider on loopback: who reaches the desk, and which tokens bring nobody there.

The provider signs each identity token (RS256) and lets a test say what it claims: `aud`, `exp` and the rest come from
the user's claims where they have any. The desk is set open throughout: a sign-in that is set up must close it.
"""

from __future__ import annotations

import http.client
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browsing import WIDE, needs_browser, visiting
from oidc_provider_mock import run_server_in_thread

from benchmarks.served import Served, served

pytestmark = needs_browser

CLIENT = "policy-qa"
CONSULTANT = "jo@agency.example"
CANDIDATE = "sam@elsewhere.example"
SIGNED_IN = "_streamlit_user"
DOOR = "Sign in to see the desk."
LASTS = 30  # seconds: time enough to reach the desk on a slow machine, and gone by when the last test asks


@pytest.fixture(scope="module")
def provider() -> Iterator[int]:
    """The port of a provider on loopback."""
    with run_server_in_thread() as server:
        yield server.server_port


@pytest.fixture(scope="module")
def app(home: Path, provider: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, set up to sign people in at the provider."""
    folder = tmp_path_factory.mktemp("served")
    settings = folder / ".streamlit" / "secrets.toml"
    settings.parent.mkdir()
    settings.write_text(
        "[auth]\n"
        'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        f'cookie_secret = "{secrets.token_hex(32)}"\n'
        f'client_id = "{CLIENT}"\n'
        f'client_secret = "{secrets.token_hex(16)}"\n'
        f'server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"\n',
        "utf-8",
    )
    with served(home, folder, "--secrets.files", str(settings), settings={"POLICY_QA_STAFF": CONSULTANT}) as found:
        yield found


@contextmanager
def _at_the_door(browser: Any, app: Served) -> Iterator[Any]:
    """The desk's page in a browser of its own."""
    with visiting(browser, f"{app.url}/desk", viewport=WIDE) as page:
        page.get_by_text(DOOR).first.wait_for()
        assert page.get_by_text("Inbox").count() == 0
        yield page


@pytest.fixture(scope="module")
def outside(browser: Any, app: Served) -> Iterator[Any]:
    """A page at the door, for those whom the door stays shut to."""
    with _at_the_door(browser, app) as page:
        yield page


@pytest.fixture
def stranger(outside: Any, app: Served) -> Any:
    """Somebody at the door, whatever the test before left there."""
    if SIGNED_IN in _cookies(outside) or outside.url != f"{app.url}/desk":
        outside.context.clear_cookies()
        _go(outside, app, "desk", DOOR)
    return outside


@pytest.fixture(scope="module")
def leaving(browser: Any, app: Served, provider: int) -> Iterator[tuple[Any, float]]:
    """A consultant who has signed in, and when that expires: long after the first test, before the last."""
    with _at_the_door(browser, app) as page:
        ends = time.time() + LASTS
        _sign_in(page, provider, CONSULTANT, lasts=LASTS, says=f"Signed in as {CONSULTANT}")
        assert page.url == f"{app.url}/desk"
        yield page, ends


def _claim(provider: int, address: str, claims: dict[str, Any]) -> None:
    """Has the provider put claims into the next token of somebody."""
    connection = http.client.HTTPConnection("localhost", provider, timeout=30)
    body = json.dumps({"email": address, "email_verified": True, **claims})
    connection.request("PUT", f"/users/{quote(address)}", body, {"Content-Type": "application/json"})
    assert connection.getresponse().status == 204
    connection.close()


def _sign_in(
    page: Any, provider: int, address: str, *, lasts: float = 3600, says: str = "Ask the handbook", **claims: Any
) -> None:
    """Goes from the desk's page through the provider's and back to the app, with a token that lasts some seconds."""
    page.get_by_role("button", name="Sign in").click()
    page.get_by_placeholder("sub").fill(address)
    _claim(provider, address, {"exp": int(time.time() + lasts), **claims})
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.get_by_text(says).first.wait_for()


def _go(page: Any, app: Served, to: str, says: str) -> None:
    """Opens a page by its address and waits for words on it."""
    page.goto(f"{app.url}/{to}")
    page.get_by_text(says).first.wait_for()


def _cookies(page: Any) -> set[str]:
    return {cookie["name"] for cookie in page.context.cookies()}


def test_a_consultant_signs_in_and_sees_the_desk(leaving: tuple[Any, float], provider: int) -> None:
    page, _ = leaving
    page.get_by_role("tab", name="Inbox").wait_for()
    assert page.complaints == []
    assert page.outside[0].startswith(f"http://localhost:{provider}/oauth2/authorize?")
    assert all(c["httpOnly"] for c in page.context.cookies() if c["name"].startswith(SIGNED_IN))


@pytest.mark.parametrize("to", ["desk", "insights"])
def test_a_candidate_signs_in_and_is_refused_what_is_for_consultants(
    to: str, browser: Any, app: Served, provider: int
) -> None:
    with _at_the_door(browser, app) as page:
        _sign_in(page, provider, CANDIDATE, says="You are signed in, but not as a consultant")
        assert SIGNED_IN in _cookies(page)
        assert page.get_by_role("link", name="Desk").count() == 0
        _go(page, app, to, "You are signed in, but not as a consultant")
        assert page.get_by_text("Inbox").count() == page.get_by_text("Signed in as").count() == 0
        page.get_by_role("button", name="Sign in again").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="End session").click()
        page.get_by_label("Type your question").wait_for()
        assert SIGNED_IN not in _cookies(page)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"aud": "another-app"}, "Missing claim: 'azp'"),
        ({"aud": ["another-app"], "azp": "another-app"}, "Invalid claim: 'azp'"),
        ({"lasts": -3600}, "The token is expired"),
        ({"iss": "http://elsewhere.example"}, "Invalid claim: 'iss'"),
        ({"nonce": "of another sign-in"}, "Invalid claim: 'nonce'"),
    ],
    ids=["audience", "audience and party", "expired", "issuer", "nonce"],
)
def test_a_token_not_made_for_this_sign_in_signs_nobody_in(
    claims: dict[str, Any], why: str, stranger: Any, app: Served, provider: int
) -> None:
    before = len(app.log)
    _sign_in(stranger, provider, CONSULTANT, **claims)
    assert SIGNED_IN not in _cookies(stranger)
    _go(stranger, app, "desk", DOOR)
    assert stranger.get_by_text("Inbox").count() == 0
    assert why in app.log[before:]


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"aud": "another-app", "azp": CLIENT}, "This sign-in was made for another application"),
        ({"lasts": -30}, "Your sign-in has expired"),
    ],
    ids=["audience", "expired"],
)
def test_a_token_that_the_library_lets_through_does_not_open_the_desk(
    claims: dict[str, Any], says: str, stranger: Any, app: Served, provider: int
) -> None:
    """Authlib takes another audience if the authorised party is this application, and an expiry two minutes past."""
    _sign_in(stranger, provider, CONSULTANT, says=says, **claims)
    assert SIGNED_IN in _cookies(stranger)
    assert stranger.get_by_role("link", name="Desk").count() == 0
    for to in ("desk", "insights"):
        _go(stranger, app, to, says)
        assert stranger.get_by_text("Signed in as").count() == 0


def test_whoever_signs_out_is_signed_in_no_more(browser: Any, app: Served, provider: int) -> None:
    with _at_the_door(browser, app) as page:
        _sign_in(page, provider, CONSULTANT, says=f"Signed in as {CONSULTANT}")
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="End session").click()
        page.get_by_label("Type your question").wait_for()
        assert not {name for name in _cookies(page) if name.startswith(SIGNED_IN)}
        _go(page, app, "desk", DOOR)
        assert page.get_by_text("Inbox").count() == 0


def test_a_session_that_expires_at_the_desk_ends_there(leaving: tuple[Any, float], app: Served) -> None:
    page, ends = leaving
    page.wait_for_timeout(max(0.0, ends + 2 - time.time()) * 1000)
    page.get_by_text("Answered", exact=True).click()
    page.get_by_text("Your sign-in has expired").wait_for()
    page.get_by_text("Signed in as").wait_for(state="hidden")
    _go(page, app, "desk", "Your sign-in has expired")
