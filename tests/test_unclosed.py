"""Elements that are not ended → where a browser ends them, in time that grows as the page does."""

from __future__ import annotations

import sys
from contextlib import suppress
from types import FrameType

import pytest
from bs4 import BeautifulSoup

from ingest.errors import NestedTooDeep
from ingest.unclosed import close

ENDED = {
    "what stands behind an item": ("<ul><li>a<li>b</li>c</li></ul>", "<ul><li>a</li><li>b</li>c</ul>"),
    "what stands behind it in bold": ("<li><b>a<li>b</li></b>c</li>", "<li><b>a</b>c</li><li>b</li>"),
    "an item that begins with one": ("<li><li>a", "<li></li><li>a</li>"),
    "a list in an item": (
        "<ul><li>a<ul><li>b<li>c</ul><li>d</ul>",
        "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
    ),
    "a row in a cell": ("<tr><td>a<td>b<tr><td>c", "<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>"),
    "a paragraph in a block": ("<p>a<div><p>b<p>c</div>", "<p>a<div><p>b</p><p>c</p></div></p>"),
}


@pytest.mark.parametrize(("html", "ended"), ENDED.values(), ids=ENDED)
def test_each_element_ends_where_the_next_one_begins(html: str, ended: str) -> None:
    soup = BeautifulSoup(html, "html.parser")
    close(soup)
    assert str(soup) == ended
    assert soup.find_all(True) == BeautifulSoup(ended, "html.parser").find_all(True)


def test_a_page_that_is_nested_too_deep_is_refused_where_it_gets_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.unclosed.DEEPEST", 100)
    assert _steps("<a><p>b</p>" * 400) < 2.2 * _steps("<a><p>b</p>" * 200)


@pytest.mark.parametrize("unit", ["<p>a", "<li>a", "<p><b>a</b>", "<tr><td>a<td>b", "<dt>a<dd>b", "<p>a</p>b"])
def test_twice_as_many_elements_take_twice_the_steps(unit: str) -> None:
    assert _steps(unit * 400) < 2.2 * _steps(unit * 200)


def _steps(html: str) -> int:
    """How many lines of Python `close` runs."""
    soup, count = BeautifulSoup(html, "html.parser"), 0

    def trace(frame: FrameType, event: str, arg: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        with suppress(NestedTooDeep):
            close(soup)
    finally:
        sys.settrace(before)
    return count
