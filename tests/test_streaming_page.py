"""In a real browser, while a chat model writes: what is on the page, how it ends, and Stop.

A statement is there while the model still writes, and goes when the model ends badly. Stop says so and keeps what was
asked.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from browsing import PHONE, needs_browser, settled, visiting
from scripted_endpoint import Endpoint, Script
from scripted_model import QUESTION, TRUE
from test_attacks_endpoint import DONE, SAID
from test_streaming import FIRST, HEAD, Stream, rest

from benchmarks.served import Served

pytestmark = needs_browser

ANOTHER = f"{QUESTION[:-1]} now?"  # an answer given once is known, and no model is asked again
DRAFTED = json.dumps({"verdict": "no", "statements": [{"label": 1, "quote": TRUE, "text": TRUE}]})
SLOWLY = Script(content=DRAFTED, drip=1.0)  # a second for each byte: no draft within any deadline
WHY = "Straight from the handbook, without the chat model: the model's answer was cut short."
ENDS = {
    "well": (f"please, {QUESTION}", (rest("]}"), SAID, DONE), 0),
    "badly": (f"{QUESTION[:-1]}, please?", (rest(", {"),), 1),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_is_checked_is_there_while_the_rest_is_written(
    end: str, browser: Any, drafted: Served, endpoint: Endpoint
) -> None:
    question, sent, why = ENDS[end]
    stream = Stream(HEAD + FIRST, *sent, waits=90)
    endpoint.scripts = [stream.script()]
    with visiting(browser, drafted.url, viewport=PHONE) as page:
        page.get_by_label("Type your question").fill(question)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="No", exact=False).wait_for()
        page.get_by_text("Checking every word against the handbook …").wait_for()
        page.get_by_text(TRUE).wait_for()
        page.get_by_test_id("stChatMessage").first.get_by_text(question).wait_for()
        stream.go()
        page.get_by_text("Was this answer right?").wait_for(state="attached")
        settled(page)
        assert page.get_by_role("heading", name="No", exact=False).count() == 1
        assert page.get_by_text(WHY).count() == why
        assert page.get_by_test_id("stChatMessage").count() == 2
        assert page.complaints == []


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
