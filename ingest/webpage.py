"""HTML → Markdown: the page's own words, without what stands around them and what is not shown.

Navigation, cookie banners, forms, scripts and hidden elements go (also those that the page's own style sheet
hides by class or id); links become their words, pictures go; markitdown makes Markdown of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag
from markdown_it import MarkdownIt

from ingest.formats import Part
from ingest.hidden import UNSHOWN, hides, is_hidden
from ingest.wordlists import counted

_FURNITURE = re.compile("nav|footer|aside|form|button|select|textarea|dialog|menu")
_FURNITURE_ROLE = re.compile("navigation|banner|contentinfo|complementary|search|(?:alert)?dialog|menu(?:bar)?")
_FURNITURE_NAME = re.compile(  # of a class or id; whole names, for "social-media-policy" is matter
    r"(?:cookies?|gdpr|onetrust)(?:[-_].*)?|.*[-_]cookie[-_]?(?:banner|consent|notice|bar).*|consent|breadcrumbs?|navbar"
    r"|nav(?:igation)?|sidebar|menu|pagination|skip-(?:link|nav(?:igation)?)|share(?:-buttons)?|social-share|newsletter"
    r"|(?:site-|page-)?(?:header|footer)|back-to-top|print-button|related-articles|recent-articles|comments"
    r"|article-(?:relatives|votes|more-questions|subscribe|footer|return-to-top|sidebar)"
)
_FURNITURE_TEXT = re.compile(
    r"^(?:(?:next|previous) (?:article|page)|was this (?:article|page) helpful\??|back to top|return to top"
    r"|skip to (?:main )?content|share this page|print this page|have more questions\?.*)$",
    re.IGNORECASE,
)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)+|\[hidden\]", re.IGNORECASE)
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
    if whole_page:
        _take_out_furniture(soup)
    _plain_inline(soup)
    remarks = (f"{hidden} hidden passage{'s' * (hidden > 1)} left out (HTML that is not shown)",) if hidden else ()
    return Part(markdown_of(_main(soup)), title=title, remarks=remarks)


def markdown_of(html: str) -> str:
    """HTML as Markdown, by markitdown."""
    from markitdown.converters import HtmlConverter  # seconds to import: only here

    return str(HtmlConverter().convert_string(html, strict=True).markdown)


def _take_out_hidden(soup: BeautifulSoup) -> int:
    """Takes out what is not shown; the number of passages with words among them."""
    by_sheet = {id(tag) for selector in _hiding_selectors(soup) for tag in soup.select(selector)}
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    count = 0
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in ("html", "body"):
            continue
        if id(tag) in by_sheet or is_hidden(tag.name, {name: _joined(value) for name, value in tag.attrs.items()}):
            count += not UNSHOWN.fullmatch(tag.name) and bool(tag.get_text(strip=True))
            tag.decompose()
    return count


def _hiding_selectors(soup: BeautifulSoup) -> Iterator[str]:
    """The class and id selectors that the page's own style sheets hide; rules for print or small screens aside."""
    for sheet in soup.find_all("style"):
        rules = re.sub(r"/\*.*?\*/", "", sheet.get_text(), flags=re.DOTALL)
        for selectors, declarations in _STYLE_RULE.findall(_AT_RULE.sub("", rules)):
            if hides(declarations):
                yield from (s.strip() for s in selectors.split(",") if _SIMPLE.fullmatch(s.strip()))


def _take_out_furniture(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_furniture(tag) and not tag.find(["main", "article", "h1"]):
            tag.decompose()
    for tag in soup.find_all(["p", "a", "div", "span", "li", "h2", "h3"]):
        if not tag.decomposed and _FURNITURE_TEXT.match(tag.get_text(" ", strip=True)):
            tag.decompose()


def _is_furniture(tag: Tag) -> bool:
    if tag.name in ("html", "body", "main", "article"):
        return False
    if tag.name == "header":
        return not tag.find_parent(["main", "article"])
    names = [*_joined(tag.get("class")).lower().split(), _joined(tag.get("id")).lower()]
    return (
        _FURNITURE.fullmatch(tag.name) is not None
        or _FURNITURE_ROLE.fullmatch(_joined(tag.get("role"))) is not None
        or any(_FURNITURE_NAME.fullmatch(name) for name in names)
    )


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


def _main(soup: BeautifulSoup) -> str:
    """The part of the page that is its matter, as HTML: its one `main` or `article`, else all of it."""
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1:
            return str(found[0])
    roles = soup.select("[role=main]")
    return str(roles[0] if len(roles) == 1 else soup.body or soup)


def _joined(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
