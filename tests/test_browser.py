"""The two people at work in a real browser: a candidate on a phone, a consultant at a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from served import Served, served

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
PATIENCE = 60_000  # milliseconds
PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1200, "height": 900}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason=f"no Chromium at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def app(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, served once for this file."""
    with served(home, tmp_path_factory.mktemp("served")) as found:
        yield found


@contextmanager
def visiting(browser: Any, url: str, **options: Any) -> Iterator[Any]:
    """A page in a browser of its own, with what it complained of and what it asked of other machines on it."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.outside = []
    page.complaints = []
    page.on("request", lambda request: page.outside.append(request.url) if _is_away(request.url, url) else None)
    page.on("console", lambda m: page.complaints.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(url)
    yield page
    context.close()


def _is_away(address: str, url: str) -> bool:
    """Whether an address is another machine's than that of the page."""
    return address.startswith("http") and address.split("/")[2] != url.split("/")[2]


def ask(page: Any, question: str) -> None:
    """Types a question and waits for what comes of it."""
    before = page.get_by_test_id("stChatMessage").count()
    page.get_by_label("Type your question").fill(question)
    page.keyboard.press("Enter")
    page.get_by_test_id("stChatMessage").nth(before + 1).get_by_role("heading").first.wait_for()


def fits(page: Any) -> bool:
    """Whether nothing on the page makes it scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_question_goes_from_a_phone_to_the_desk_and_its_reply_back(browser: Any, app: Served) -> None:
    at_desk = f"{app.url}/desk"
    with visiting(browser, app.url, viewport=PHONE) as phone, visiting(browser, at_desk, viewport=WIDE) as desk:
        ask(phone, "can I text a parent back?")
        phone.get_by_text("“Do not exchange private texts").first.wait_for()
        phone.get_by_text("In full [1]").click()
        assert phone.locator("mark").first.inner_text().startswith("Do not exchange private texts")
        ask(phone, "how much holiday do I get?")
        phone.get_by_role("heading", name="The handbook does not say").wait_for()
        phone.get_by_role("button", name="Ask a consultant").last.click()
        phone.get_by_label("Your name").last.fill("Sam")
        phone.get_by_role("button", name="Send to a consultant").last.click()
        phone.get_by_text("Sent. The reply will appear here.").wait_for()
        link = phone.get_by_text("?case=").first.inner_text().strip()

        desk.reload()
        desk.get_by_text("Open", exact=True).first.click()
        desk.get_by_label("Your reply").fill("Hello Sam, it is in your contract.")
        desk.get_by_label("Your reply").press("Control+Enter")
        desk.get_by_role("button", name="Send", exact=True).click()
        desk.get_by_text("Answered (1)").wait_for()

        phone.goto(link)
        phone.get_by_text("it is in your contract.").first.wait_for()
        assert fits(phone)
        assert phone.complaints == desk.complaints == []
        assert phone.outside == desk.outside == []


def test_a_conversation_survives_a_reload(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        ask(page, "do I need a PIN on my phone?")
        page.reload()
        page.get_by_text("do I need a PIN on my phone?").first.wait_for()
        page.get_by_text("“Protect your mobile phone").first.wait_for()


@pytest.mark.parametrize("path", ["", "handbook", "desk", "insights"])
@pytest.mark.parametrize("width", [360, 320])  # 320 is what 400 % zoom leaves of 1280 (WCAG 2.2, 1.4.10)
def test_no_page_scrolls_sideways(path: str, width: int, browser: Any, app: Served) -> None:
    with visiting(browser, f"{app.url}/{path}", viewport={"width": width, "height": 640}) as page:
        page.get_by_role("heading").first.wait_for()
        page.wait_for_timeout(1000)
        assert fits(page)
        assert page.complaints == []


def test_a_question_can_be_asked_and_opened_by_keyboard_alone(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=WIDE) as page:
        page.get_by_role("button", name="Can I text a parent back?").wait_for()
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.innerText || ''").startswith("Can I text a parent back?"):
                break
        page.keyboard.press("Enter")
        page.get_by_text("“Do not exchange private texts").first.wait_for()
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.tagName") == "SUMMARY":
                break
        page.keyboard.press("Enter")
        page.locator("mark").first.wait_for()


def test_an_answer_is_told_without_its_colour(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE, forced_colors="active") as page:
        ask(page, "how much holiday do I get?")
        assert page.get_by_role("heading", name="– The handbook does not say").is_visible()


def test_words_of_a_question_are_never_markup(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        question = "<img src=x onerror=alert(1)> **can** I :red[text] a parent $x$ ![](http://evil.example/a.png)"
        ask(page, question)
        assert page.get_by_text(question).first.is_visible()
        assert page.outside == []
