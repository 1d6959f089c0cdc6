"""HTML → Markdown: the page's own words, without what stands around them and what is not shown.

Navigation, cookie banners, forms, scripts and hidden elements go (also those that the page's own style sheet
hides), save what a control opens; links become their words, pictures go; markitdown makes Markdown of the rest.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, takewhile

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

from ingest.footnotes import NOTE, notes_in, reads_footnotes
from ingest.formats import Part, named, shortened
from ingest.hidden import BLOCK, UNREAD, UNSHOWN, is_bold, is_hidden, place_of, strikes, style_of, without_lookalikes
from ingest.markdown import ENDS, in_one_line
from ingest.plain import BYLINE, HELPFUL, without_count
from ingest.raised import PLACES
from ingest.sheets import Sheets, attributes_of
from ingest.tables import square, words_of
from ingest.unclosed import close
from ingest.weblists import count_as_google, counting, labels, nest, number
from ingest.webnotes import set_notes, with_marks

_FURNITURE = re.compile("nav|footer|aside|form|button|select|textarea|dialog|menu")
_CONTROL = re.compile("button|select")
_FURNITURE_ROLE = re.compile("navigation|banner|contentinfo|complementary|search|(?:alert)?dialog|menu(?:bar)?")
_FURNITURE_NAME = re.compile(  # of a class or id; whole names, for "social-media-policy" is matter
    r"onetrust(?:[-_].*)?|(?:.*[-_])?cookie[-_]?(?:banner|consent|notice|bar).*|breadcrumbs?|navbar|nav|sidebar"
    r"|pagination|skip-(?:link|nav(?:igation)?)|share-buttons|social-share"
    r"|(?:site-|page-)?(?:header|footer)|back-to-top|print-button|related-articles|recent-articles"
    r"|comments-area|wp-block-comments"
    r"|article-(?:relatives|votes|more-questions|subscribe|footer|return-to-top|sidebar)"
)
_FURNITURE_OR_MATTER = re.compile(  # a section of a policy may have such a name, too
    r"(?:cookies?|gdpr)(?:[-_].*)?|consent|navigation|menu|share|newsletter|comments?(?:[-_](?:section|area|list))?"
)
_NAMELESS = re.compile("h[1-6]|li|d[dt]|t[dhr]|form")
"""Elements whose class and id do not say that they are furniture: headings are named after what they say."""

_FURNITURE_TEXT = re.compile(
    r"^(?:(?:next|previous) (?:article|page)|back to top|return to top"
    r"|skip to (?:main )?content|share this page|print this page|have more questions\?.*"
    r"|did this answer your question\?.*"
    rf"|{BYLINE}|{HELPFUL})$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:table of |page )?contents|(?:on|in) this (?:page|article|section|policy):?", re.IGNORECASE)
_INLINE = ["a", "u", "ins", "sup", "sub", "mark", "font", "code", "kbd", "samp", "em", "i", "cite", "dfn", "var"]
_MARK = re.compile(r"[\\`*_\[\]<>&~|]")
"""What Markdown would read as more than itself."""
_ESCAPED_MARK = re.compile(r"\\\[\^[^\]\s]+\\\]")
"""The mark of a note, as `_escaped` writes it."""
_UNESCAPED = re.compile(r"\\(?=\W|_)")
_PARSER = reads_footnotes(MarkdownIt("commonmark").enable(["table", "strikethrough"]))


def markdown_part(markdown: str) -> Part:
    """Markdown with HTML in it as Markdown alone; notes that are called, and their marks, stay for `ingest.markdown`
    to read.
    """
    tokens = _PARSER.parse(markdown)
    notes = notes_in(tokens, markdown)
    kept = [token for token in tokens if token.type != NOTE or token.meta["mark"] not in notes]
    html = _PARSER.renderer.render(kept, _PARSER.options, {})
    part = html_part(f"<main>{without_lookalikes(html)}</main>", whole_page=False)
    text = _ESCAPED_MARK.sub(lambda found: _UNESCAPED.sub("", found[0]), part.markdown)
    written = (f"[^{mark}]: " + words.replace("\n", "\n    ") for mark, words in notes.items())
    return replace(part, markdown="\n\n".join([text, *written]))


def _uncalled(renderer: RendererProtocol, tokens: Sequence[Token], at: int, *_: object) -> str:
    return f"<p>[^{escapeHtml(tokens[at].meta['mark'])}]: {escapeHtml(tokens[at].content)}</p>\n"


_PARSER.add_render_rule(NOTE, _uncalled)


def html_part(page: str | bytes, whole_page: bool = True) -> Part:
    """A web page, or HTML that another program made of a document, as Markdown.

    Args:
        whole_page: whether there is furniture around the words, as a saved page has.

    Raises:
        NestedTooDeep: reading it would take minutes, and end in nothing.
    """
    soup = BeautifulSoup(_decoded(page) if isinstance(page, bytes) else page, "html.parser")
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    close(soup)
    count_as_google(soup)
    _name_headings(soup)
    hidden, struck = _take_out_unseen(soup)
    comments = _take_out_comments(soup) if whole_page else []
    set_notes(soup)
    furniture = [*comments, *_take_out_furniture(soup)] if whole_page else []
    around = square(soup)
    nest(soup)
    _plain_inline(soup)
    main = _main(soup)
    if whole_page and main is not soup:
        furniture = [*dict.fromkeys([*map(shortened, _beside(main)), *furniture])]  # matter, if any is, comes first
    remarks = (*_unseen(hidden, struck), *_remarks(around, furniture))
    return Part(with_marks(markdown_of(str(main))), title=title, remarks=remarks)


def _decoded(page: bytes) -> str:
    """A page as browsers decode it: by its mark, else as it says, else as UTF-8, else as windows-1252."""
    content, mark = EncodingDetector.strip_byte_order_mark(page)
    said = EncodingDetector.find_declared_encoding(content, is_html=True) or ""
    for name in (mark or "", said.removeprefix("utf-16"), "utf-8"):  # what can be read to say UTF-16 is none
        try:
            known = codecs.lookup(name).name
            return content.decode("windows-1252" if known in ("ascii", "iso8859-1") else known)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("windows-1252", "replace")


def _name_headings(soup: BeautifulSoup) -> None:
    """Makes headings of what is one by its role or by the style of the program that wrote the page; contents go."""
    for tag in soup.select("[role=heading][aria-level]"):
        if re.fullmatch("[1-6]", _joined(tag["aria-level"])):
            tag.name = f"h{tag['aria-level']}"
    for tag in soup.select("p.MsoTitle, p.title[id^='h.']"):  # Word's and Google's
        tag.name = "h1"
    for tag in soup.select("p[class^=MsoToc]"):
        tag.decompose()
    for mark in soup.select(":is(h1, h2, h3, h4, h5, h6) a[href*='#']"):
        if not re.search(r"\w", mark.get_text()):
            mark.decompose()  # it leads to the heading itself


def _unseen(hidden: Sequence[str], struck: int) -> Iterator[str]:
    if hidden:
        passages = f"{len(hidden)} hidden passage{'s' * (len(hidden) > 1)}"
        yield f"{passages} left out (HTML that is not shown): {named(hidden)}"
    if struck:
        yield f"{struck} struck-out passage{'s' * (struck > 1)} left out"


def _remarks(around: int, furniture: Sequence[str]) -> Iterator[str]:
    if around:
        tables = f"{around} table{'s' * (around > 1)} around other tables or headings"
        yield f"{tables} read as paragraphs: do they still say enough?"
    if furniture:
        passages = f"{len(furniture)} passage{'s' * (len(furniture) > 1)}"
        yield f"{passages} around the page's words left out: {named(furniture)}"


def markdown_of(html: str) -> str:
    """HTML as Markdown, by markitdown."""
    from markitdown.converters import HtmlConverter  # seconds to import: only here

    plain = {"escape_asterisks": False, "escape_underscores": False}  # `_plain_inline` has seen to that
    return str(HtmlConverter().convert_string(html, strict=True, **plain).markdown)


def _take_out_unseen(soup: BeautifulSoup) -> tuple[list[str], int]:
    """Takes out what is not shown or struck out; how each hidden passage with words begins, and how many are struck."""
    sheets = Sheets(soup)
    for note in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        note.extract()  # comments, and what Word writes for itself
    opened = _opened(soup)
    gone, struck = [], 0
    for tag in soup.find_all(True):
        if _is_gone(tag) or tag.name in ("html", "body") or tag.get("id") in opened:
            continue
        hidden = sheets.hide(tag) or is_hidden(tag.name, attributes_of(tag), sheets.around(tag))
        marked = f"{sheets.said(tag)};{style_of(attributes_of(tag))}"
        if hidden or strikes(tag.name, marked):
            worth = not UNSHOWN.fullmatch(tag.name) or UNREAD.fullmatch(tag.name)
            words = _beginning(tag) if worth else ""
            gone += [words] if hidden and words else []
            struck += bool(words and not hidden)
            tag.decompose()
        elif tag.name in ("span", "font"):
            tag.name = place_of(tag.name, marked) or ("b" if is_bold(marked) else tag.name)
        elif tag.name == "ol" and not tag.get("type"):
            tag["type"] = counting(marked)
    return gone, struck


def _opened(soup: BeautifulSoup) -> set[str]:
    """The ids of what a reader opens with a control that has words and is not hidden itself."""
    found: set[str] = set()
    for control in soup.select("[aria-controls]"):
        if control.get_text(strip=True) and not any(
            is_hidden(tag.name, attributes_of(tag)) for tag in (control, *control.parents)
        ):
            found.update(_joined(control["aria-controls"]).split())
    return found


def _take_out_comments(soup: BeautifulSoup) -> list[str]:
    """Takes out what reviewers say beside a text, as Google Docs and Word save it; how each begins."""
    found = soup.select("div:has(> p > a[id^=cmnt][href^='#cmnt_ref']), .msocomtxt")
    gone = [*map(_beginning, found)]
    for tag in (*found, *soup.select("a[id^=cmnt_ref], a.msocomanchor")):
        tag.decompose()
    return gone


def _take_out_furniture(soup: BeautifulSoup) -> list[str]:
    """Takes out what stands around the page's words; how each passage with words among it begins."""
    gone = []
    for form in soup.find_all("form"):
        if len(form.get_text()) > len(soup.get_text()) / 2:
            form.unwrap()  # it is around the page, as some programs put it
    for tab in soup.select("[role=tab][aria-controls]"):
        _fold_up(tab, soup)
    for button in soup.find_all("button"):
        if button.find_parent(re.compile("^h[1-6]$")):
            button.unwrap()  # it opens what the heading names
        elif button.has_attr("aria-expanded") or button.has_attr("aria-controls"):
            button.name = "p"
    targets = {_joined(tag["id"]) for tag in soup.select("[id]")} - {""}
    for tag in soup.find_all(["ul", "ol"]):
        if not _is_gone(tag) and _is_contents(tag, targets):
            named_by = tag.find_previous_sibling()
            if named_by and _CONTENTS.fullmatch(named_by.get_text(" ", strip=True)):
                named_by.decompose()
            gone.append(_beginning(tag))
            tag.decompose()
    for tag in soup.find_all(True):
        if not _is_gone(tag) and _is_furniture(tag) and not tag.find(["main", "article", "h1"]):
            gone.append("" if _CONTROL.fullmatch(tag.name) else _beginning(tag))
            tag.decompose()
    for tag in soup.find_all(["p", "a", "div", "span", "li", "h2", "h3"]):
        if not _is_gone(tag) and _FURNITURE_TEXT.match(tag.get_text(" ", strip=True)):
            gone.append(_beginning(tag))
            tag.decompose()
    return [words for words in dict.fromkeys(gone) if words]


def _fold_up(tab: Tag, soup: BeautifulSoup) -> None:
    """Makes a closed question ("details") of a tab and of what it opens."""
    panel = soup.find(id=_joined(tab["aria-controls"]))
    if panel:
        panel.name = "details"
        tab.name = "summary"
        panel.insert(0, tab.extract())


def _is_gone(tag: Tag) -> bool:
    """Whether an element went with one that was taken out; `Tag.decomposed` would search all below it for its mark."""
    return "_decomposed" in vars(tag)


def _beginning(tag: Tag) -> str:
    return shortened(words_of(tag))


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


def _is_contents(tag: Tag, targets: Set[str]) -> bool:
    """Whether a list is nothing but links to headings of its page, whose words stand there."""
    links = tag.find_all("a", href=True)
    inside = len(links) > 1 and all(_joined(a["href"]).partition("#")[2] in targets for a in links)
    return inside and _letters("".join(a.get_text() for a in links)) == _letters(tag.get_text())


def _is_matter(tag: Tag) -> bool:
    """Whether an element has a heading of its own, nothing to press or fill in, and is no list of links."""
    if not tag.find(re.compile("^h[1-6]$")) or tag.find(["button", "input", "select", "textarea"]):
        return False
    return len("".join(link.get_text() for link in tag.find_all("a"))) < len(tag.get_text()) / 2


def _plain_inline(soup: BeautifulSoup) -> None:
    """Links become their words, pictures go, a closed question ("details") becomes an item with its answer in it."""
    for tag in soup.find_all(["img", "picture"]):
        tag.decompose()
    for tag in soup.find_all(["sup", "sub"]):
        for words in tag.find_all(string=True):
            words.replace_with(PLACES[tag.name](words))
    for tag in soup.find_all(_INLINE):
        tag.unwrap()
    for tag in soup.find_all(["b", "strong"]):
        if not (tag.get_text().strip() and _is_whole_block(tag)):
            tag.unwrap()  # marks that stand beside a letter or a stop would be text
    for tag in soup.find_all(["td", "th", "dd"]):
        _put_in_one_line(tag)
    for tag in soup.find_all("ol"):
        number(tag)
    for tag in soup.select("li ul, li ol"):
        _set_apart([*takewhile(_is_inline, tag.next_siblings)])
    for tag in soup.find_all("details"):
        question = tag.find("summary", recursive=False)
        if question:
            question.name = "p"
            name = question.get_text().strip()
            if name and not ENDS.search(name):
                question.append(":")  # what stands in it is read under its name
        tag.name = "li"
        tag.wrap(soup.new_tag("ul"))
    broken = {id(around) for end in soup.find_all("br") for around in end.parents}
    for words in soup.find_all(string=True):
        if type(words) is NavigableString and not words.find_parent("pre"):
            block = words.find_parent(BLOCK)
            counted_on = block is not None and id(block) not in broken
            marked = without_count(_escaped(words)) if counted_on else _escaped(words)
            if marked != words:  # each that is put in is looked for among all of its block
                words.replace_with(marked)


def _escaped(words: str) -> str:
    """Words of a page as Markdown that means no more than they do."""
    return _MARK.sub(r"\\\g<0>", words)


def _put_in_one_line(cell: Tag) -> None:
    """Makes one line of the blocks of a cell or definition, for Markdown has no more room there."""
    if cell.find("table"):
        return
    for words in cell.find_all(string=True):
        words.replace_with(re.sub(r"\s+", " ", words))
    for ordered in cell.find_all("ol"):
        for item, label in labels(ordered):
            item.insert(0, f"{label} ")
    for ended in cell.find_all("br"):
        ended.replace_with("\n")
    for block in cell.find_all(BLOCK):
        block.insert(0, "\n\n")
        block.append("\n\n")
    lines = cell.get_text().strip().split("\n")
    if len(lines) > 1 or cell.find("li"):
        cell.string = in_one_line(lines)


def _is_whole_block(tag: Tag) -> bool:
    """Whether nothing stands beside an element in its block."""
    while tag.parent is not None and not BLOCK.fullmatch(tag.name):
        if any(other.get_text().strip() for other in chain(tag.previous_siblings, tag.next_siblings)):
            return False
        tag = tag.parent
    return True


def _is_inline(element: PageElement) -> bool:
    return not (isinstance(element, Tag) and BLOCK.fullmatch(element.name))


def _set_apart(loose: Sequence[PageElement]) -> None:
    """Makes a paragraph of what stands loose behind a block."""
    if loose:
        loose[0].insert_before(paragraph := Tag(name="p"))
        paragraph.extend(loose)


def _main(soup: BeautifulSoup) -> Tag:
    """The part of the page that is its matter: its one `main` or `article`, else all of it."""
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1:
            return found[0]
    roles = soup.select("[role=main]")
    return roles[0] if len(roles) == 1 else soup.body or soup


def _beside(main: Tag) -> Iterator[str]:
    """The words of each element of a page that stands beside its matter."""
    for level in (main, *main.parents):
        for element in (*level.previous_siblings, *level.next_siblings):
            if isinstance(element, Tag) and element.name != "head" and (words := words_of(element)):
                yield words


def _letters(words: str) -> str:
    return "".join(words.split())


def _joined(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
