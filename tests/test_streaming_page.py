"""In a real browser: a statement is on the page while the model still writes, and goes when the model ends badly."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import PHONE, needs_browser, settled, visiting
from scripted_endpoint import Endpoint
from scripted_model import QUESTION, TRUE
from test_attacks_endpoint import DONE, SAID
from test_streaming import FIRST, HEAD, Stream, rest

from benchmarks.served import Served

pytestmark = needs_browser

WHY = "Straight from the handbook, without the chat model: the model's answer was cut short."


ENDS = {"well": (QUESTION, (rest("]}"), SAID, DONE), 0), "badly": (f"{QUESTION[:-1]}, please?", (rest(", {"),), 1)}


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
