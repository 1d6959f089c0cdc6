"""The two people at work in a real browser: a candidate on a phone, a consultant at a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, WIDE, ask, fits, fits_phones, needs_browser, settled, visiting

from benchmarks.served import Served
from pages import card, markup

pytestmark = needs_browser


def test_a_question_goes_from_a_phone_to_the_desk_and_its_reply_back(browser: Any, app: Served) -> None:
    at_desk = f"{app.url}/desk"
    with visiting(browser, app.url, viewport=PHONE) as phone, visiting(browser, at_desk, viewport=WIDE) as desk:
        ask(phone, "can I text a parent back?")
        phone.get_by_text("“Do not exchange private texts").first.wait_for()
        phone.get_by_text("In full [1]").click()
        assert phone.locator("mark").first.inner_text().startswith("Do not exchange private texts")
        ask(phone, "how much holiday do I get?")
        phone.get_by_role("heading", name="The handbook does not say").wait_for()
        phone.get_by_text("Ask a consultant", exact=True).last.click()
        phone.get_by_label("Your name").last.fill("Sam")
        phone.keyboard.press("Enter")  # sends nothing yet
        phone.get_by_label("E-mail or telephone").last.fill("07700 900123")
        settled(phone)  # Streamlit may forget a click that comes in the same instant as another run
        phone.get_by_role("button", name="Send to a consultant").last.click()
        phone.get_by_text("Sent. The reply will appear here.").wait_for()
        link = phone.get_by_text("?case=").first.inner_text().strip()

        desk.reload()
        desk.get_by_text("Sam · 07700 900123 · waiting").wait_for()
        desk.get_by_text("Open", exact=True).first.click()
        desk.get_by_label("Your reply").fill("Hello Sam, it is in your contract.")
        desk.get_by_label("Your reply").press("Control+Enter")
        settled(desk)
        desk.get_by_role("button", name="Send", exact=True).click()
        desk.get_by_test_id("stRadioCaption").last.get_by_text("1").wait_for()
        assert desk.get_by_role("radio", name="New").is_checked()

        phone.goto(link)
        phone.get_by_text("it is in your contract.").first.wait_for()
        with phone.expect_download() as download:
            phone.get_by_role("button", name="Download").click()
        assert "it is in your contract." in Path(download.value.path()).read_text("utf-8")
        assert fits(phone)
        assert phone.complaints == desk.complaints == []
        assert phone.outside == desk.outside == []


def test_an_answer_in_full_does_not_scroll_sideways(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        ask(page, "can I text a parent back?")
        page.get_by_text("In full [1]").click()
        page.get_by_text("Also relevant").click()
        page.get_by_role("button", name="More").click()
        page.get_by_label("Change your question").wait_for()
        assert fits_phones(page) == [True, True]
        assert page.get_by_label("Change your question").is_visible()
        page.keyboard.press("Escape")
        page.get_by_label("Change your question").wait_for(state="hidden")
        ask(page, "how much holiday do I get?")
        page.get_by_text("Nearest in the handbook").click()
        page.get_by_text("Ask a consultant", exact=True).last.click()
        assert fits_phones(page) == [True, True]


SCROLLER = """e => {
    const scrolls = e => e.scrollHeight > e.clientHeight && /auto|scroll/.test(getComputedStyle(e).overflowY);
    while (e && !scrolls(e)) e = e.parentElement;
    return e?.dataset.testid;
}"""


def test_the_fields_for_a_consultant_scroll_with_the_page_alone(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        ask(page, "how much holiday do I get?")
        page.get_by_text("Ask a consultant", exact=True).last.click()
        send = page.get_by_role("button", name="Send to a consultant")
        send.scroll_into_view_if_needed()
        settled(page)
        assert send.evaluate(SCROLLER) == "stMain"  # in a window of its own the button would be out of sight below
        assert fits(page)


LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"


@pytest.mark.parametrize(
    "shown",
    [
        markup.heading(LONG_WORD, 1),
        markup.small(LONG_WORD),
        markup.changed(LONG_WORD, [("added", LONG_WORD)]),
        markup.notice(LONG_WORD, [LONG_WORD]),
        markup.listed([LONG_WORD]),
    ],
)
def test_no_word_of_the_handbook_is_cut_off(shown: str, browser: Any) -> None:
    with visiting(browser, "about:blank", viewport=PHONE) as page:
        page.set_content(f'<meta name="viewport" content="width=device-width"><body>{shown}</body>')
        assert fits(page)


LONG = "can I text a parent back? can I share my password with a pupil? do I need a PIN? can I film a lesson?"


def test_the_verdict_is_in_sight_on_a_phone_however_long_the_answer(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        for question in ("can I text a parent back?", LONG, LONG):
            ask(page, question)
            settled(page)
            assert 60 <= _verdict(page) <= 200, question  # below the bar on top
        page.reload()
        page.get_by_test_id("stChatMessage").nth(5).get_by_role("heading").first.wait_for()
        settled(page)
        assert 60 <= _verdict(page) <= 200
        page.get_by_text("Right", exact=True).last.click()
        settled(page)
        stood = _verdict(page)
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(600)
        assert _verdict(page) == pytest.approx(stood + 300, abs=20)  # who scrolls away is left alone
        assert page.complaints == []


def _verdict(page: Any) -> float:
    """How far from the top of the window the first verdict of the last answer stands."""
    place = page.get_by_test_id("stChatMessage").last.get_by_role("heading").first.bounding_box()
    return float(place["y"])


def test_who_comes_back_from_the_handbook_goes_on_at_the_last_answer(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=WIDE) as page:
        for question in ("can I text a parent back?", LONG):
            ask(page, question)
        page.get_by_role("link", name="Handbook", exact=True).click()
        page.get_by_label("Search the handbook").wait_for()  # its sentences the answers have too
        settled(page)
        page.get_by_role("link", name="Ask", exact=True).click()
        page.get_by_test_id("stChatMessage").nth(3).get_by_role("heading").first.wait_for()
        settled(page)
        assert 60 <= _verdict(page) <= 200


def test_what_is_typed_stays_while_the_handbook_is_looked_up_and_can_be_asked_from_there(
    browser: Any, app: Served
) -> None:
    with visiting(browser, app.url, viewport=WIDE) as page:
        typed = page.get_by_label("Type your question")
        typed.fill("can I text a parent")
        page.get_by_role("link", name="Handbook", exact=True).click()
        page.get_by_label("Search the handbook").wait_for()
        settled(page)
        assert typed.input_value() == "can I text a parent"
        page.get_by_role("link", name="Ask", exact=True).click()
        page.get_by_role("heading", name="Ask the handbook").wait_for()
        settled(page)
        assert typed.input_value() == "can I text a parent"
        page.get_by_role("link", name="Handbook", exact=True).click()
        page.get_by_label("Search the handbook").wait_for()
        settled(page)
        typed.press("Enter")
        page.get_by_test_id("stChatMessage").last.get_by_role("heading", name="No", exact=False).wait_for()
        assert page.get_by_test_id("stChatMessage").first.get_by_text("can I text a parent", exact=True).is_visible()
        assert typed.input_value() == ""


def test_what_is_refused_is_in_the_box_again_and_the_reason_in_sight(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        ask(page, LONG)
        page.get_by_label("Type your question").fill(LONG * 20)
        page.keyboard.press("Enter")
        reason = page.get_by_text("2,000 at most")
        reason.wait_for()
        settled(page)
        assert page.get_by_label("Type your question").input_value() == LONG * 20
        assert 60 <= reason.bounding_box()["y"] <= PHONE["height"]
        assert fits(page)


def test_a_conversation_survives_a_reload(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        ask(page, "do I need a PIN on my phone?")
        page.reload()
        page.get_by_text("do I need a PIN on my phone?").first.wait_for()
        page.get_by_text("“Protect your mobile phone").first.wait_for()


def test_each_page_has_a_title_of_its_own(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=WIDE) as page:
        for name in ("Handbook", "Desk", "Insights", "Ask"):
            page.get_by_role("link", name=name, exact=True).click()
            page.wait_for_function("name => document.title === `${name} – Handbook answers`", arg=name)


@pytest.mark.parametrize("path", ["", "handbook", "desk", "insights"])
def test_no_page_scrolls_sideways(path: str, browser: Any, app: Served) -> None:
    with visiting(browser, f"{app.url}/{path}", viewport=PHONE) as page:
        page.get_by_role("heading").first.wait_for()
        assert fits_phones(page) == [True, True]
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


DRAWN = """sign => {
    const brush = document.createElement("canvas").getContext("2d");
    brush.font = "40px sans-serif";
    brush.fillText(sign, 10, 60);
    return brush.canvas.toDataURL();
}"""
UNASSIGNED = "\u0378"  # no font has it: it is drawn as what a font lacks


def test_each_verdicts_shape_is_in_the_fonts_of_a_plain_machine(browser: Any) -> None:
    with visiting(browser, "about:blank") as page:
        lacking = page.evaluate(DRAWN, UNASSIGNED)
        assert page.evaluate(DRAWN, "A") != lacking
        shapes = [shape for shape, _, _ in (*card.VERDICTS.values(), card.CHECK)]
        assert [shape for shape in shapes if page.evaluate(DRAWN, shape) == lacking] == []


def test_words_of_a_question_are_never_markup(browser: Any, app: Served) -> None:
    with visiting(browser, app.url, viewport=PHONE) as page:
        question = "<img src=x onerror=alert(1)> **can** I :red[text] a parent $x$ ![](http://evil.example/a.png)"
        ask(page, question)
        assert page.get_by_text(question).first.is_visible()
        assert page.outside == []


def test_no_address_in_what_is_said_of_a_case_is_a_link(browser: Any, app: Served) -> None:
    """The desk warns of a case in Markdown, which makes links of addresses by itself."""
    asked = "is https://evil.example/a or www.evil.example about my holiday?"
    at_desk = f"{app.url}/desk"
    with visiting(browser, app.url, viewport=WIDE) as page, visiting(browser, at_desk, viewport=WIDE) as desk:
        ask(page, asked)
        page.get_by_text("Ask a consultant", exact=True).last.click()
        page.get_by_role("button", name="Send to a consultant").last.click()
        page.get_by_text("Sent. The reply will appear here.").wait_for()
        desk.reload()
        desk.get_by_text("Open", exact=True).last.click()
        settled(desk)
        desk.get_by_label("Your reply").fill("Hello")
        desk.get_by_label("Your reply").press("Control+Enter")
        settled(desk)
        page.goto(at_desk)
        page.get_by_text("Open", exact=True).last.click()
        settled(page)
        page.get_by_role("button", name="Take it").click()
        page.get_by_text("Taken: it is under").wait_for()
        desk.get_by_text("Answered", exact=True).click()
        warning = desk.get_by_test_id("stAlert").filter(has_text="has changed a case that you are writing")
        warning.get_by_text("about my holiday?").wait_for()
        assert warning.locator("a").count() == 0
