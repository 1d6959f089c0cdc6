"""Stop, in a real browser, while a chat model drips its draft: the page says so and keeps what was asked."""

from __future__ import annotations

import json
from typing import Any

from browsing import PHONE, needs_browser, settled, visiting
from scripted_endpoint import Endpoint, Script
from scripted_model import QUESTION, TRUE

from benchmarks.served import Served

pytestmark = needs_browser

ANOTHER = "can I text a parent back, please?"  # an answer given once is known, and no model is asked again
DRAFTED = json.dumps({"verdict": "no", "statements": [{"label": 1, "quote": TRUE, "text": TRUE}]})
SLOWLY = Script(content=DRAFTED, drip=1.0)  # a second for each byte: no draft within any deadline


def _ask_and_stop(page: Any, question: str) -> None:
    page.get_by_label("Type your question").fill(question)
    page.keyboard.press("Enter")
    page.get_by_text("Reading what was found …").wait_for()
    page.get_by_role("button", name="Stop script").click()


def test_a_stopped_question_is_still_there_and_is_asked_again(
    browser: Any, drafted: Served, endpoint: Endpoint
) -> None:
    endpoint.scripts = [SLOWLY, Script(content=DRAFTED)]
    with visiting(browser, drafted.url, viewport=PHONE) as page:
        _ask_and_stop(page, QUESTION)
        page.get_by_role("heading", name="Stopped").wait_for()
        assert page.get_by_text("This question has not been answered.").is_visible()
        assert page.get_by_test_id("stChatMessage").first.get_by_text(QUESTION).is_visible()
        settled(page)
        assert not page.get_by_text("Reading what was found …").is_visible()
        page.get_by_role("button", name="Ask it again").click()
        page.get_by_role("heading", name="No", exact=False).wait_for()
        settled(page)
        assert page.get_by_test_id("stChatMessage").count() == 2
        assert not page.get_by_role("heading", name="Stopped").is_visible()
        assert page.complaints == []


def test_after_a_stop_another_question_can_be_asked(browser: Any, drafted: Served, endpoint: Endpoint) -> None:
    endpoint.scripts = [SLOWLY, Script(content=DRAFTED)]
    with visiting(browser, drafted.url, viewport=PHONE) as page:
        _ask_and_stop(page, ANOTHER)
        page.get_by_role("heading", name="Stopped").wait_for()
        page.get_by_label("Type your question").fill("how much holiday do I get?")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="The handbook does not say").wait_for()
        settled(page)
        assert page.get_by_test_id("stChatMessage").count() == 2
        page.reload()
        page.get_by_role("heading", name="The handbook does not say").wait_for()
        assert not page.get_by_text(ANOTHER).is_visible()  # what was stopped was never answered, and is not kept
