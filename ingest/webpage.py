"""HTML → Markdown: the page's own words, without what stands around them and what is not shown.

Navigation, cookie banners, forms, scripts and hidden elements go (also those that the page's own style sheet
hides by class or id); links become their words, pictures go; markitdown makes Markdown of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from bs4 import BeautifulSoup, Comment, Tag
from markdown_it import MarkdownIt

from ingest.formats import Part
from ingest.hidden import UNSHOWN, has_background, hides, is_hidden, style_of
from ingest.wordlists import counted

SHOWN = 8
"""Passages left out that a remark names; of a section that was matter its owner should see the first words."""

_FURNITURE = re.compile("nav|footer|aside|form|button|select|textarea|dialog|menu")
_CONTROL = re.compile("button|select|textarea")
_FURNITURE_ROLE = re.compile("navigation|banner|contentinfo|complementary|search|(?:alert)?dialog|menu(?:bar)?")
_FURNITURE_NAME = re.compile(  # of a class or id; whole names, for "social-media-policy" is matter
    r"onetrust(?:[-_].*)?|(?:.*[-_])?cookie[-_]?(?:banner|consent|notice|bar).*|breadcrumbs?|navbar|nav|sidebar"
    r"|pagination|skip-(?:link|nav(?:igation)?)|share-buttons|social-share"
    r"|(?:site-|page-)?(?:header|footer)|back-to-top|print-button|related-articles|recent-articles"
    r"|article-(?:relatives|votes|more-questions|subscribe|footer|return-to-top|sidebar)"
)
_FURNITURE_OR_MATTER = re.compile(  # a section of a policy may have such a name, too
    r"(?:cookies?|gdpr)(?:[-_].*)?|consent|navigation|menu|share|newsletter|comments"
)
_NAMELESS = re.compile("h[1-6]|li|d[dt]|t[dhr]|form")
"""Elements whose class and id do not say that they are furniture: headings are named after what they say."""

_FURNITURE_TEXT = re.compile(
    r"^(?:(?:next|previous) (?:article|page)|was this (?:article|page) helpful\??|back to top|return to top"
    r"|skip to (?:main )?content|share this page|print this page|have more questions\?.*)$",
    re.IGNORECASE,
)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)+|\[hidden\]", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[.#][\w-]+)*|(?:[.#][\w-]+)+", re.IGNORECASE)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rendered(markdown: str) -> str:
    """Markdown with HTML in it as one HTML page."""
    return f"<main>{_PARSER.render(markdown)}</main>"


def html_part(page: str | bytes, whole_page: bool = True) -> Part:
    """A web page, or HTML that another program made of a document, as Markdown.

    Args:
        whole_page: whether there is furniture around the words, as a saved page has.
    """
    soup = BeautifulSoup(page, "html.parser")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    hidden = _take_out_hidden(soup)
    furniture = _take_out_furniture(soup) if whole_page else []
    _plain_inline(soup)
    main = _main(soup)
    if whole_page and main is not soup:
        main.extract()
        furniture += [words for words in [_beginning(soup)] if words]
    return Part(markdown_of(str(main)), title=title, remarks=tuple(_remarks(hidden, furniture)))


def _remarks(hidden: int, furniture: Sequence[str]) -> Iterator[str]:
    if hidden:
        yield f"{hidden} hidden passage{'s' * (hidden > 1)} left out (HTML that is not shown)"
    if furniture:
        named = ", ".join(f"“{words}”" for words in furniture[:SHOWN]) + (", …" if len(furniture) > SHOWN else "")
        yield f"{len(furniture)} passage{'s' * (len(furniture) > 1)} around the page's words left out: {named}"


def markdown_of(html: str) -> str:
    """HTML as Markdown, by markitdown."""
    from markitdown.converters import HtmlConverter  # seconds to import: only here

    return str(HtmlConverter().convert_string(html, strict=True).markdown)


def _take_out_hidden(soup: BeautifulSoup) -> int:
    """Takes out what is not shown; the number of passages with words among them."""
    sheets = _Sheets(soup)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    count = 0
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in ("html", "body"):
            continue
        if sheets.hide(tag) or is_hidden(tag.name, _attributes(tag), sheets.around(tag)):
            count += not UNSHOWN.fullmatch(tag.name) and bool(tag.get_text(strip=True))
            tag.decompose()
    return count


class _Sheets:
    """What the page's own style sheets say of its elements, by class or id; rules for print or small screens aside."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._rules = tuple(_rules(soup))
        self._hiding = self._of_elements([r for r in self._rules if hides(r[1]) and _SIMPLE.fullmatch(r[0])])

    def hide(self, tag: Tag) -> bool:
        """Whether they leave nothing of an element to see."""
        return id(tag) in self._hiding and hides(self._hiding[id(tag)], self.around(tag))

    def around(self, tag: Tag) -> Iterator[str]:
        """The declarations of an element and of those around it that may say what is behind its words."""
        for element in (tag, *tag.parents):
            yield f"{self._painting.get(id(element), '')};{style_of(_attributes(element))}"

    @cached_property
    def _painting(self) -> dict[int, str]:
        return self._of_elements([r for r in self._rules if has_background(r[1]) and _PLAIN.fullmatch(r[0])])

    def _of_elements(self, rules: Iterable[tuple[str, str]]) -> dict[int, str]:
        found: dict[int, str] = {}
        for selector, declarations in rules:
            for tag in self._soup.select(selector):
                found[id(tag)] = f"{found.get(id(tag), '')};{declarations}"
        return found


def _rules(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """The rules of style sheets: a selector, and what it declares."""
    for sheet in soup.find_all("style"):
        rules = re.sub(r"/\*.*?\*/", "", sheet.get_text(), flags=re.DOTALL)
        for selectors, declarations in _STYLE_RULE.findall(_AT_RULE.sub("", rules)):
            yield from ((selector.strip(), declarations) for selector in selectors.split(","))


def _attributes(tag: Tag) -> dict[str, str]:
    return {name: _joined(value) for name, value in tag.attrs.items()}


def _take_out_furniture(soup: BeautifulSoup) -> list[str]:
    """Takes out what stands around the page's words; how each passage with words among it begins."""
    gone = []
    for form in soup.find_all("form"):
        if len(form.get_text()) > len(soup.get_text()) / 2:
            form.unwrap()  # it is around the page, as some programs put it
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_furniture(tag) and not tag.find(["main", "article", "h1"]):
            gone.append("" if _CONTROL.fullmatch(tag.name) else _beginning(tag))
            tag.decompose()
    for tag in soup.find_all(["p", "a", "div", "span", "li", "h2", "h3"]):
        if not tag.decomposed and _FURNITURE_TEXT.match(tag.get_text(" ", strip=True)):
            gone.append(_beginning(tag))
            tag.decompose()
    return [words for words in dict.fromkeys(gone) if words]


def _beginning(tag: Tag) -> str:
    words = " ".join(tag.get_text(" ").split())
    return words if len(words) <= 30 else f"{words[:30].rstrip()}…"


def _is_furniture(tag: Tag) -> bool:
    if tag.name in ("html", "body", "main", "article"):
        return False
    if tag.name == "header":
        return not tag.find_parent(["main", "article", "section"])
    if _FURNITURE.fullmatch(tag.name) or _FURNITURE_ROLE.fullmatch(_joined(tag.get("role"))):
        return True
    names = [*_joined(tag.get("class")).lower().split(), _joined(tag.get("id")).lower()]
    if _NAMELESS.fullmatch(tag.name):
        return False
    return any(map(_FURNITURE_NAME.fullmatch, names)) or (
        any(map(_FURNITURE_OR_MATTER.fullmatch, names)) and not _is_matter(tag)
    )


def _is_matter(tag: Tag) -> bool:
    """Whether an element has a heading of its own, nothing to press or fill in, and is no list of links."""
    if not tag.find(re.compile("^h[1-6]$")) or tag.find(["button", "input", "select", "textarea"]):
        return False
    return len("".join(link.get_text() for link in tag.find_all("a"))) < len(tag.get_text()) / 2


def _plain_inline(soup: BeautifulSoup) -> None:
    """Links become their words, pictures go, a closed question ("details") becomes an item with its answer in it."""
    for tag in soup.find_all(["img", "picture"]):
        tag.decompose()
    for tag in soup.find_all(["a", "u", "ins", "sup", "sub", "mark", "font"]):
        tag.unwrap()
    for tag in soup.find_all("ol", type=re.compile("^[aAiI]$")):
        _label(tag)
    for tag in soup.find_all("details"):
        question = tag.find("summary", recursive=False)
        if question:
            question.name = "p"
        tag.name = "li"
        tag.wrap(soup.new_tag("ul"))


def _label(ordered: Tag) -> None:
    """Writes the letters or Roman numbers of a list, which Markdown has not, in front of its items."""
    ordered.name = "ul"
    start = _joined(ordered.get("start"))
    style = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}[_joined(ordered.get("type"))]
    for number, item in enumerate(ordered.find_all("li", recursive=False), int(start) if start.isdigit() else 1):
        (item.find("p") or item).insert(0, f"({counted(number, style)}) ")


def _main(soup: BeautifulSoup) -> Tag:
    """The part of the page that is its matter: its one `main` or `article`, else all of it."""
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1:
            return found[0]
    roles = soup.select("[role=main]")
    return roles[0] if len(roles) == 1 else soup.body or soup


def _joined(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
