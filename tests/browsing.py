"""A real Chromium: pages visited in browsers of their own, questions typed, what a page complains of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
PATIENCE = 60_000  # milliseconds
READABLE = 3_000  # characters of a page that a failed test shows
PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 740}  # what 400 % zoom leaves of 1280 (WCAG 2.2, 1.4.10)
WIDE = {"width": 1200, "height": 900}

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


@contextmanager
def opened_browser() -> Iterator[Any]:
    """A browser that reaches no other machine, until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", LOOPBACK_ALONE])
        yield found
        found.close()


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
    try:
        yield page
    except Exception as error:
        error.add_note(f"{page.url} shows:\n{page.locator('body').inner_text()[:READABLE]}")
        raise
    finally:
        context.close()


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
