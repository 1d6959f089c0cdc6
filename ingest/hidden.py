"""HTML → what a reader sees of it: which elements are hidden, and the visible words of raw HTML in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
_NOTHING = r"(?:0+(?:\.0+)?|\.0+)(?![\d.])"
_WHITE = r"(?:white|#fff(?:fff)?(?:ff)?(?![\da-f])|rgba?\(255,255,255(?:,[\d.]+)?\)|hsla?\([\d.]+,[\d.]+%,100%.*?\))"
_CLEAR = r"(?:transparent|#[0-9a-f]{6}00|rgba\([\d.]+,[\d.]+,[\d.]+,0(?:\.0+)?\))"
_HIDING_STYLE = re.compile(
    r"(?<![\w-])(?:-(?:webkit|moz|ms|o)-)?(?:display:none|visibility:(?:hidden|collapse)"
    r"|opacity:(?:0+(?:\.0\d*)?|\.0\d*|\d(?:\.\d*)?%)(?=;|!|$)"
    rf"|(?:font-size|(?:max-)?height|(?:max-)?width|line-height):{_NOTHING}(?:px|pt|em|rem|%)?(?=;|!|$)"
    r"|font-size:(?:0?\.\d+|[1-3](?:\.\d+)?)(?:px|pt)"
    rf"|(?P<white>color:{_WHITE})(?=;|!|$)|(?P<clear>color:{_CLEAR})(?=;|!|$)"
    r"|(?:left|right|top|text-indent|margin-left|margin-top):-\d{3,}|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%"
    rf"|(?:transform|scale):(?:scale\()?{_NOTHING})"
)
_BACKGROUND = re.compile(r"(?<![\w-])background(?:-color|-image)?:(?!transparent|none|inherit|initial|unset|0)([^;]*)")


def hides(style: str, around: Iterable[str] = ()) -> bool:
    """Whether a CSS declaration block leaves nothing to see; white text does where nothing puts a colour behind it.

    Args:
        around: the blocks of the elements around, the nearest first.

    >>> hides("display: none"), hides("color:#000; font-size: 16px"), hides("color: #fff", ["background: navy"])
    (True, False, False)
    """
    found = {match.lastgroup for match in _HIDING_STYLE.finditer(_plain(style))}
    if "white" in found and not _is_on_colour((style, *around)):
        return True
    return None in found or ("clear" in found and not _is_on_colour([style]))


def _is_on_colour(styles: Iterable[str]) -> bool:
    """Whether the nearest background, of blocks given from the inside out, is another than the white of a page."""
    grounds = (ground for style in styles for ground in reversed(_BACKGROUND.findall(_plain(style))))
    return re.match(_WHITE, next(grounds, "white")) is None


def _plain(style: str) -> str:
    return re.sub(r"/\*.*?\*/|\s+", "", style.lower(), flags=re.DOTALL)


def has_background(style: str) -> bool:
    """Whether a CSS declaration block says what is behind its element."""
    return _BACKGROUND.search(_plain(style)) is not None


def style_of(attributes: Mapping[str, str]) -> str:
    """The CSS declarations of an element's attributes."""
    return f"background:{attributes.get('bgcolor') or 'none'};{attributes.get('style', '')}"


def is_hidden(tag: str, attributes: Mapping[str, str], around: Iterable[str] = ()) -> bool:
    """Whether an element says of itself that it is not shown; `around` is as `hides` has it."""
    return (
        UNSHOWN.fullmatch(tag) is not None
        or "hidden" in attributes
        or _HIDING_CLASS.search(attributes.get("class", "").lower()) is not None
        or (tag == "font" and hides("color:" + attributes.get("color", ""), (style_of(attributes), *around)))
        or hides(style_of(attributes), around)
    )


class RawHtml(HTMLParser):
    """Reads the pieces of HTML between and inside Markdown blocks, in order, and keeps what is open.

    A hidden element may open in one piece and close in a later one: until then everything is hidden.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, bool, str]] = []  # (tag, does it hide, its style), outermost first
        self._words: list[str] = []
        self.left_out = 0

    @property
    def hiding(self) -> bool:
        """Whether what comes now is hidden."""
        return any(hidden for _, hidden, _ in self._open)

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
        attributes = {name: value or "" for name, value in attrs}
        hidden = is_hidden(tag, attributes, (style for _, _, style in reversed(self._open)))
        self.left_out += hidden and not self.hiding and not UNSHOWN.fullmatch(tag)
        self._open.append((tag, hidden, style_of(attributes)))

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
