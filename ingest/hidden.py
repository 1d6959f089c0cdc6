"""HTML → what a reader sees of it: which elements are hidden, and the visible words of raw HTML in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from ingest.raised import PLACES

UNSHOWN = re.compile(
    "script|style|template|noscript|head|title|meta|link|object|embed|iframe|svg|canvas|audio|video|annotation|datalist"
    "|meter|noframes|progress"
)
"""Elements whose content is never words on the page."""

UNREAD = re.compile("noscript|object|canvas|audio|video")
"""Those of them that hold words for a reader whose browser lacks something: left out, and remarked."""

_ELEMENT = re.compile(
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body|br"
    "|button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt"
    "|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr"
    "|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|meter|nav|nobr"
    "|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|plaintext|pre|progress|q|rb|rp|rt|rtc"
    "|ruby|s|samp|script|search|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg"
    "|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|xmp"
)
_TAG = r"<(?:(?P<name>[A-Za-z][^\s/<>\"']*)(?P<rest>(?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^\"'<>])*+)|[/!?][^<>]*)>|<"
_MARKUP = re.compile(rf"<!--.*?-->|{_TAG}", re.DOTALL)
_TAGS = re.compile(_TAG)
_NAMED_ONLY = re.compile(
    r"\s+(?=[A-Za-z])(?!(?:hidden|open|checked|disabled|selected|required|reversed|compact|nowrap)\b)[^=]*"
)
_STRUCK = re.compile("del|s|strike")
_STRIKING_STYLE = re.compile(r"(?<![\w-])text-decoration(?:-line)?:([^;]*)")
_WEIGHING_STYLE = re.compile(r"(?<![\w-])font-weight:([^;!]*)")
_MOVING_STYLE = re.compile(r"(?<![\w-])vertical-align:(super|sub)\b")

_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
BLOCK = re.compile(
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|header|li|main"
    "|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|h[1-6]|br|hr"
)
"""Elements that begin a line of their own, and what ends one."""

_HIDING_CLASS = re.compile(
    r"(?<!\S)(?:(?:is-)?hidden|hide|d-none|sr-only|(?:govuk-)?visually-?hidden|screen-reader-(?:text|only)|invisible)(?!\S)"
)
_NOTHING = r"(?:0+(?:\.0+)?|\.0+)(?![\d.])"
NEAR_WHITE = r"(?:f[89a-f]){3}"
"""Six hexadecimal digits of white, or so near to it that nobody reads it on white: red, green and blue from 248."""

_NEAR_255 = r"(?:25[0-5]|24[89])"
_WHITE = (
    rf"(?:white|snow|ghostwhite|#(?:f{{3,4}}|{NEAR_WHITE}(?:ff)?)(?![\da-f])"
    rf"|rgba?\({_NEAR_255},{_NEAR_255},{_NEAR_255}(?:,[\d.]+)?\)|hsla?\([\d.]+,[\d.]+%,(?:100|9[89])%.*?\))"
)
"""The same in every way of writing a colour."""
_CLEAR = r"(?:transparent|#[0-9a-f]{6}00|rgba\([\d.]+,[\d.]+,[\d.]+,0(?:\.0+)?\))"
_HIDING_STYLE = re.compile(
    r"(?<![\w-])(?:-(?:webkit|moz|ms|o)-)?(?:display:none|(?:content-)?visibility:hidden|visibility:collapse"
    r"|opacity:(?:0+(?:\.0\d*)?|\.0\d*|\d(?:\.\d*)?%)(?=;|!|$)"
    rf"|(?:font-size|(?:max-)?height|(?:max-)?width|line-height):{_NOTHING}(?:px|pt|em|rem|%)?(?=;|!|$)"
    r"|font-size:(?:0?\.\d+|[1-3](?:\.\d+)?)(?:px|pt)"
    rf"|(?P<white>color:{_WHITE})(?=;|!|$)|(?P<clear>color:{_CLEAR})(?=;|!|$)"
    r"|(?:left|right|top|text-indent|margin-left|margin-top):-\d{3,}|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%"
    rf"|(?:transform|scale):(?:scale\()?{_NOTHING}|zoom:{_NOTHING}|filter:opacity\({_NOTHING}%?\)|font:{_NOTHING}(?:px|pt)?[/a-z])"
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


def strikes(tag: str, style: str) -> bool:
    """Whether an element with a CSS declaration block strikes its words out.

    >>> strikes("span", "text-decoration: line-through red"), strikes("del", ""), strikes("u", "")
    (True, True, False)
    """
    lines = _STRIKING_STYLE.findall(_plain(style))
    return _STRUCK.fullmatch(tag) is not None or bool(lines and "line-through" in lines[-1])


def is_bold(style: str) -> bool:
    """Whether a CSS declaration block sets words in bold.

    >>> is_bold("font-weight: 700"), is_bold("font-weight: bold; font-weight: 400")
    (True, False)
    """
    weights = _WEIGHING_STYLE.findall(_plain(style))
    return bool(weights) and re.fullmatch("bold|bolder|[6-9]00", weights[-1]) is not None


def place_of(tag: str, style: str) -> str:
    """Where an element with a CSS declaration block sets its words: "sup" above the line, "sub" below, or ""."""
    moved = _MOVING_STYLE.search(_plain(style))
    return tag if tag in PLACES else {"super": "sup", "sub": "sub"}[moved[1]] if moved else ""


def without_lookalikes(html: str) -> str:
    """HTML in which what only looks like a tag is text: no element has its name, or what follows is no attribute.

    >>> without_lookalikes("<p>Ask the <name of lead> or the <head teacher>")
    '<p>Ask the &lt;name of lead&gt; or the &lt;head teacher&gt;'
    """
    head, end, tail = html.rpartition("-->")  # after the last comment what opens one is text
    return _MARKUP.sub(_told_apart, head + end) + _TAGS.sub(_told_apart, tail)


def _told_apart(found: re.Match[str]) -> str:
    """A tag or comment as it is; what is none with "<" as text."""
    name, rest = found["name"], found["rest"]
    if found[0] == "<" or (name and not _is_tag(name.lower(), rest)):
        return "&lt;" + found[0][1:].replace(">", "&gt;")
    return found[0]


def _is_tag(name: str, rest: str) -> bool:
    if not _ELEMENT.fullmatch(name) and ":" not in name:  # Word writes <o:p>
        return "=" in rest
    return not _NAMED_ONLY.fullmatch(rest)


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element, with what holds of the words in it: do they show, on what ground, and off their line."""

    tag: str
    hidden: bool
    ground: str
    place: str


_OUTSIDE = _Element("", False, "", "")


class RawHtml(HTMLParser):
    """Reads the pieces of HTML between and inside Markdown blocks, in order, and keeps what is open.

    A hidden element may open in one piece and close in a later one: until then everything is hidden.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[_Element] = []  # outermost first
        self._times: Counter[str] = Counter()  # how often each is open
        self._words: list[str] = []
        self.left_out = 0
        self.struck = 0

    @property
    def hiding(self) -> bool:
        """Whether what comes now is hidden."""
        return self._inmost.hidden

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    @property
    def _inmost(self) -> _Element:
        return self._open[-1] if self._open else _OUTSIDE

    def read(self, piece: str) -> str:
        """The visible words of a piece, a line for each block in it."""
        self._words.clear()
        self.feed(without_lookalikes(piece))
        if self._inmost.tag not in self.CDATA_CONTENT_ELEMENTS:
            self.close()
            self.rawdata = ""
        return "".join(self._words)

    def shown(self, words: str) -> str:
        """What a reader sees of words that come now."""
        if self.hiding:
            return ""
        return PLACES[self._inmost.place](words) if self._inmost.place else words

    def close_to(self, depth: int) -> None:
        """Closes what a paragraph left open, as a browser does at its end."""
        self._times.subtract(element.tag for element in self._open[depth:])
        del self._open[depth:]
        self.clear_cdata_mode()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if BLOCK.fullmatch(tag):
            self._words.append("\n")
        if _VOID.fullmatch(tag):
            return
        attributes = {name: value or "" for name, value in attrs}
        style, around = style_of(attributes), self._inmost
        hidden = not around.hidden and is_hidden(tag, attributes, [around.ground])
        struck = not around.hidden and not hidden and strikes(tag, style)
        self.left_out += hidden and (not UNSHOWN.fullmatch(tag) or UNREAD.fullmatch(tag) is not None)
        self.struck += struck
        ground = style if has_background(style) else around.ground
        place = place_of(tag, style) or around.place
        self._open.append(_Element(tag, around.hidden or hidden or struck, ground, place))
        self._times[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML has no self-closing elements: <div/> opens one

    def handle_endtag(self, tag: str) -> None:
        if BLOCK.fullmatch(tag):
            self._words.append("\n")
        if self._times[tag]:
            last = next(at for at in range(len(self._open) - 1, -1, -1) if self._open[at].tag == tag)
            self._times.subtract(element.tag for element in self._open[last:])
            del self._open[last:]

    def handle_data(self, data: str) -> None:
        self._words.append(self.shown(data))
