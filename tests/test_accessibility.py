"""axe-core on every page, as people see it at work: no rule broken that it calls serious or critical."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from browsing import PHONE, WIDE, ask, needs_browser, settled, visiting

from benchmarks.served import Served, Session
from desk.cases import Contact, hand_over
from desk.reception import utc_now
from desk.records import key_of, open_records
from desk.register import Exchange
from qa.assistant import Assistant

pytestmark = needs_browser

VIEWS = (("light", PHONE), ("dark", WIDE))
MESSAGE = "Hi Jo, can I text a parent back? Also how much holiday do I get? Thanks, Sam"


def serious(page: Any) -> list[str]:
    """The rules broken in a way that axe-core calls serious or critical, each with the first place.

    Looked at twice, on a phone by day and at a desk in the dark; the page is left there.
    """
    from axe_playwright_python.sync_playwright import Axe

    broken, grounds = [], set()
    for scheme, size in VIEWS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        settled(page)
        grounds.add(page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor"))
        found = Axe().run(page).response["violations"]
        broken += [(scheme, v) for v in found if v["impact"] in ("serious", "critical")]
    assert len(grounds) == len(VIEWS), f"the page did not follow the scheme of colours: {grounds}"
    return [f"{scheme}: {v['id']}: {v['nodes'][0]['html'][:200]}" for scheme, v in broken]


def test_the_chat(browser: Any, app: Served) -> None:
    with visiting(browser, app.url) as page:
        page.get_by_role("button", name="Can I text a parent back?").wait_for()
        assert serious(page) == []
        ask(page, "can I text a parent back?")
        page.get_by_text("In full [1]").click()
        page.get_by_text("Wrong", exact=True).click()
        page.get_by_text("A consultant will look at it.").wait_for()
        assert serious(page) == []
        ask(page, "how much holiday do I get?")
        page.get_by_text("Ask a consultant", exact=True).last.click()
        assert serious(page) == []
        page.get_by_role("button", name="Send to a consultant").last.click()
        page.get_by_text("Sent. The reply will appear here.").wait_for()
        assert serious(page) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("can I text a parent back?", "Answered: No"),
        ("a pupil told me her dad hits her", "Please read this first"),
    ],
)
def test_what_came_of_a_question_is_told_to_whoever_does_not_see_it(
    question: str, told: str, browser: Any, app: Served
) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        page.get_by_label("Type your question").wait_for()
        assert page.get_by_role("alert").count() == 0
        ask(page, question)
        page.get_by_role("alert").get_by_text(told, exact=True).wait_for(state="attached")


def test_the_handbook(browser: Any, app: Served) -> None:
    with visiting(browser, f"{app.url}/handbook") as page:
        page.get_by_text("Never share your password").wait_for()
        assert serious(page) == []
        page.get_by_role("tab", name="What changed").click()
        assert serious(page) == []


def test_the_desk(browser: Any, app: Served, assistant: Assistant) -> None:
    with closing(open_records(f"sqlite:///{app.folder / 'home' / 'records.sqlite3'}")) as records:
        question = "how much holiday do I get?"
        hand_over(records, key_of("visit"), Exchange(question, assistant.ask(question)), Contact("Sam"), utc_now())
    with visiting(browser, f"{app.url}/desk") as page:
        page.get_by_text("Open", exact=True).first.click()
        assert serious(page) == []
        page.get_by_role("tab", name="Answer a message").click()
        page.get_by_role("textbox", name="Message").fill(MESSAGE)
        page.get_by_role("button", name="Find the questions in it").click()
        page.get_by_text("The reply, ready to paste").wait_for()
        assert serious(page) == []
        for tab in ("Answer a list", "Teach"):
            page.get_by_role("tab", name=tab).click()
            assert serious(page) == []


def test_the_insights(browser: Any, app: Served) -> None:
    for _ in range(3):
        with closing(Session(app)) as asker:
            asker.run("can I text a parent back?")
    with visiting(browser, f"{app.url}/insights") as page:
        page.get_by_role("heading", name="The handbook’s clauses").wait_for()
        assert serious(page) == []
