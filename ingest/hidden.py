"""HTML → what a reader sees of it: which elements are hidden, and the visible words of raw HTML in Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

UNSHOWN = re.compile("script|style|template|noscript|head|title|meta|link|object|embed|iframe|svg|canvas|audio|video")
"""Elements whose content is never words on the page."""

_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_BLOCK = re.compile(
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|header|li|main"
    "|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|h[1-6]|br|hr"
)
_HIDING_CLASS = re.compile(
    r"(?<!\S)(?:(?:is-)?hidden|hide|d-none|sr-only|(?:govuk-)?visually-?hidden|screen-reader-(?:text|only)|invisible)(?!\S)"
)
_NOTHING = r"0*(?:\.0+)?(?:px|pt|em|rem|%)?"
_HIDING_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0*(?:\.0*[0-4]\d*)?(?=;|!|$)"
    rf"|(?:font-size|(?:max-)?height|(?:max-)?width|line-height):{_NOTHING}(?=;|!|$)"
    r"|font-size:(?:0?\.\d+|[1-3](?:\.\d+)?)(?:px|pt)"
    r"|(?<![\w-])color:(?:white|transparent|#fff(?:fff)?(?:ff)?|#[0-9a-f]{6}00|rgba?\(255,255,255(?:,[\d.]+)?\)"
    r"|rgba\([\d.]+,[\d.]+,[\d.]+,0(?:\.0+)?\)|hsla?\([\d.]+,[\d.]+%,100%.*?\))(?=;|!|$)"
    r"|(?:left|right|top|text-indent|margin-left|margin-top):-\d{3,}|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%"
    r"|(?:transform|scale):(?:scale\()?0\b"
)


def hides(style: str) -> bool:
    """Whether a CSS declaration block leaves nothing to see (white text counts: pages are white).

    >>> hides("display: none"), hides("color:#000; font-size: 16px")
    (True, False)
    """
    plain = re.sub(r"/\*.*?\*/|\s+", "", style.lower(), flags=re.DOTALL)
    match = _HIDING_STYLE.search(plain)
    if match and "color:" in match[0]:
        return not re.search(r"background(?:-color)?:(?!#fff|white|transparent|none)", plain)
    return bool(match)


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element says of itself that it is not shown."""
    return (
        UNSHOWN.fullmatch(tag) is not None
        or "hidden" in attributes
        or _HIDING_CLASS.search(attributes.get("class", "").lower()) is not None
        or (tag == "font" and hides("color:" + attributes.get("color", "")))
        or hides(attributes.get("style", ""))
    )


class RawHtml(HTMLParser):
    """Reads the pieces of HTML between and inside Markdown blocks, in order, and keeps what is open.

    A hidden element may open in one piece and close in a later one: until then everything is hidden.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool]] = []  # (tag, does it hide), outermost first
        self._words: list[str] = []
        self.left_out = 0

    @property
    def hiding(self) -> bool:
        """Whether what comes now is hidden."""
        return any(hidden for _, hidden in self._open)

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def read(self, piece: str) -> str:
        """The visible words of a piece, a line for each block in it."""
        self._words.clear()
        self.feed(piece)
        if not self._open or self._open[-1][0] not in self.CDATA_CONTENT_ELEMENTS:
            self.close()
            self.rawdata = ""
        return "".join(self._words)

    def close_to(self, depth: int) -> None:
        """Closes what a paragraph left open, as a browser does at its end."""
        del self._open[depth:]
        self.clear_cdata_mode()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _BLOCK.fullmatch(tag):
            self._words.append("\n")
        if _VOID.fullmatch(tag):
            return
        hidden = is_hidden(tag, {name: value or "" for name, value in attrs})
        self.left_out += hidden and not self.hiding and not UNSHOWN.fullmatch(tag)
        self._open.append((tag, hidden))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML has no self-closing elements: <div/> opens one

    def handle_endtag(self, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self._words.append("\n")
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if not self.hiding:
            self._words.append(data)
