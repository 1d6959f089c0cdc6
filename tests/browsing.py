"""A real Chromium: pages visited in browsers of their own, questions typed, what a page complains of."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
PATIENCE = 60_000  # milliseconds
READABLE = 3_000  # characters of a page that a failed test shows
PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 740}  # what 400 % zoom leaves of 1280 (WCAG 2.2, 1.4.10)
WIDE = {"width": 1200, "height": 900}
DESKTOP = {"width": 1280, "height": 720}  # Playwright's own

LOOPBACK_ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
UNTIL_STILL = """patience => new Promise((done, failed) => {
    const begun = performance.now();
    let last = begun;
    const changed = () => { last = performance.now(); };
    const changes = new MutationObserver(changed);
    document.addEventListener("scroll", changed, true);
    changes.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    const moves = found => found.playState === "running" && isFinite(found.effect.getComputedTiming().endTime);
    const stale = "[data-stale=true], [data-test-script-state]:not([data-test-script-state=notRunning])";
    const look = () => {
        const now = performance.now();
        if (document.querySelector(stale) || document.getAnimations().some(moves)) last = now;
        if (now - last < 300 && now - begun < patience) return requestAnimationFrame(look);
        changes.disconnect();
        document.removeEventListener("scroll", changed, true);
        now - last < 300 ? failed(new Error("the page is drawn again and again")) : done();
    };
    look();
})"""

needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason=f"no Chromium at {CHROMIUM}"),
]


@dataclass(frozen=True)
class Chromium:
    """A running browser, and its pages that nobody visits, by the place they wait at."""

    browser: Any
    waiting: defaultdict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))


@contextmanager
def opened_browser() -> Iterator[Chromium]:
    """A browser that reaches no other machine, until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", LOOPBACK_ALONE])
        yield Chromium(found)
        found.close()


@contextmanager
def visiting(
    chromium: Chromium, url: str, *, viewport: dict[str, int] = DESKTOP, forced_colors: str = "none"
) -> Iterator[Any]:
    """A page as in a browser of its own, with what it complained of and what it asked of other machines on it.

    Who was there before has left no cookie, nothing stored and no history. But its process has read the app's scripts,
    which is half the work of a visit. Where a test fails, its page ends.
    """
    rest = _rest(url)
    page = chromium.waiting[rest].pop() if chromium.waiting[rest] else _new_page(chromium.browser, url)
    page.outside, page.complaints = [], []
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme="light", forced_colors=forced_colors)
    try:
        page.goto(url)
        yield page
        _leave(page, rest)
    except Exception as error:
        error.add_note(f"{page.url} shows:\n{page.locator('body').inner_text()[:READABLE]}")
        page.context.close()
        raise
    chromium.waiting[rest].append(page)


def _new_page(browser: Any, url: str) -> Any:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("request", lambda request: page.outside.append(request.url) if _is_away(request.url, url) else None)
    page.on("console", lambda m: page.complaints.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def _rest(url: str) -> str:
    """Where a page of an address waits: with nothing on it, and of the same origin, so that its process stays."""
    return f"{'/'.join(url.split('/')[:3])}/_stcore/health" if url.startswith("http") else "about:blank"


def _leave(page: Any, rest: str) -> None:
    """Brings a page to rest and takes away what was left in it."""
    page.goto(rest)
    page.mouse.move(0, 0)
    page.context.clear_cookies()
    tools = page.context.new_cdp_session(page)
    if rest.startswith("http"):
        page.evaluate("sessionStorage.clear()")
        tools.send("Storage.clearDataForOrigin", {"origin": page.evaluate("origin"), "storageTypes": "all"})
    tools.send("Page.resetNavigationHistory")
    tools.detach()


def _is_away(address: str, url: str) -> bool:
    """Whether an address is another machine's than that of the page."""
    return address.startswith("http") and address.split("/")[2] != url.split("/")[2]


def ask(page: Any, question: str) -> None:
    """Types a question and waits until what comes of it is drawn; till then the answer before may stand there twice."""
    before = page.get_by_test_id("stChatMessage").count()
    page.get_by_label("Type your question").fill(question)
    page.keyboard.press("Enter")
    page.get_by_test_id("stChatMessage").nth(before + 1).get_by_role("heading").first.wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")


def fits(page: Any) -> bool:
    """Whether nothing on the page makes it scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def fits_phones(page: Any) -> list[bool]:
    """The same on a phone and on the smallest window; the page is left on a phone."""
    found = []
    for size in (SMALLEST, PHONE):
        page.set_viewport_size(size)
        settled(page)
        found.append(fits(page))
    return found


def settled(page: Any) -> None:
    """Waits until nothing on the page is about to be drawn again: no run, nothing fades or moves."""
    page.evaluate(UNTIL_STILL, PATIENCE)
