"""Markdown → normal form: the one text of a page that is published, quoted and cited.

One block a line (heading, item, paragraph, table row), blocks parted by blank lines, hard wraps joined,
inline marks (emphasis, links, code) left out and their words kept. What a reader of the page would not see
is left out: HTML that is hidden, comments, struck-out words, images and their descriptions.

    # Heading                     a line that begins with 1 to 6 number signs
    - Item                        two spaces deeper for each list it stands in
    1. Numbered item
    - Grade: A; Rate: £120        a table row, named by the table's header
    \\# Not a heading              a backslash where a paragraph's own words look like a mark
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ingest.errors import UnreadableFile
from ingest.footnotes import NOTE, notes_of, reads_footnotes, with_notes, without_marks
from ingest.hidden import RawHtml
from ingest.invisible import seen
from ingest.numbering import labels_of_series
from ingest.sentences import abbreviated

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

DEEPEST = 60
"""Lists and quotes may nest this deep; a page that goes deeper is refused, for its end would be cut off."""

_TEMPLATE_LINK = re.compile(  # Liquid and Jinja, as site generators use; no tag begins inside another
    r"(?<=\]\()\{[%{](?:(?!\{[%{]|[%}]\})[^\n])*+[%}]\}(?=[^)\n]{0,200}+\))"
)
_TEMPLATE = re.compile(r"\{%(?:(?!\{%|%\})[^\n])*+%\}|^ *+\{:[^}\n]*+\} *+$|\{:(?: *+[.#][\w-]++)++ *+\}", re.MULTILINE)
ENDS = re.compile(r"[.!?…:;][\"'”’)]*$")
"""What ends a sentence, or opens what comes after it."""

_CONTENTS = re.compile(r"\[\[?_?TOC_?\]\]?", re.IGNORECASE)
"""Where a site sets a table of contents."""
_TICK_BOX = re.compile(r"^\[[ xX]\] (?=\S)")
_CALLOUT = re.compile(r"^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*", re.IGNORECASE)
_DO_OR_NOT = re.compile(
    r"(?:do[’']?s?|don[’']t[’']?s?|always|never|(?:not )?allowed|(?:un)?acceptable|you (?:may|must|can|should)(?: not)?"
    r"|you can(?:not|[’']t))[:!]?",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:#{1,6}|-) |\\")
NO_ITEM = r"(?:(?:and|or|of|above|below)\b|to [(\d])"
"""What follows a label that is only named, where a line breaks before it ("(b) to (d)"), as a regular expression."""
_STARTS_ITEM = re.compile(
    r"(?:[•◦▪‣●○∙·] *|(?:\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|\d{1,3}\)|\d{1,2}(?:\.\d{1,2})+\.?(?: ?\([a-z]+\))*)"
    rf" +(?!{NO_ITEM}))(?=\S)"
)
_HARD_SPACE = re.compile(r"^( *(?:[-*+]|\d{1,3}[.)]|#{1,6}))\u00a0\s*", re.MULTILINE)
_GLYPH = re.compile(r"^[•◦▪‣●○∙·] *(?=\S)")
_ASKS = re.compile(
    r"^(?:(?:what|when|who|how) to do|who (?:may|must|can|should|will|shall)"
    r"|what (?:you|we|they|staff) (?:may|must|can|should|will|shall|need))\b",
    re.IGNORECASE,
)
"""How a heading or a column's name begins that would be a rule without these words ("Who may borrow it")."""
_RULE = re.compile(
    r"\b(?:must|not|never|no|do|don[’']t|can|cannot|can[’']t|should|shall|may|will|need|ask|please|only|always|ensure)\b",
    re.IGNORECASE,
)


def normal_form(markdown: str) -> str:
    """Markdown in normal form.

    Raises:
        UnreadableFile: it nests too deep.

    >>> normal_form("Never share\\nyour **password**.\\n\\n* Or your\\n  PIN")
    'Never share your password.\\n\\n- Or your PIN\\n'
    """
    return normalised(markdown)[0]


def normalised(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Markdown in normal form, and remarks about what was left out because a reader would not see it."""
    from markdown_it.tree import SyntaxTreeNode  # here: a question, and pages taken over, need no parser

    markdown, remarks = seen(markdown.replace("\r\n", "\n").replace("\r", "\n"))
    markdown = _HARD_SPACE.sub(r"\1 ", without_templates(markdown))
    tokens = _parser().parse(markdown)
    if max((one.level for token in tokens for one in (token, *(token.children or ()))), default=0) > DEEPEST:
        raise UnreadableFile(f"lists, quotes or emphasis nested more than {DEEPEST} deep: flatten them")
    page = _Page(markdown.split("\n"), notes_of(tokens))
    text, more = seen("\n\n".join(page.lines(SyntaxTreeNode(tokens), 0)))
    if more:  # invisible characters that were written as &#8203; and the like
        text = "\n\n".join(line.rstrip() for line in text.split("\n") if line.strip(" -"))
    return (text + "\n" if text else ""), (*remarks, *more, *page.remarks())


def without_templates(markdown: str) -> str:
    """Markdown without the tags of a site generator (Liquid, Jinja, kramdown); the words they show stay.

    >>> without_templates('Ask {% channel "parents" "the parents channel" %}.')
    'Ask the parents channel.'
    """
    return _TEMPLATE.sub(_template_words, _TEMPLATE_LINK.sub("", markdown))


def looks_like_heading(words: str) -> bool:
    """Whether a short line that stands out is a heading and not a rule: a rule must stay quotable.

    >>> looks_like_heading("Mobile phones"), looks_like_heading("No phones in class")
    (True, False)
    """
    if len(words) > 80 or not words[:1].isalnum() or words[-1] in ".!,;:…":
        return False
    return words.endswith("?") or (len(words.split()) <= 8 and not _RULE.search(_ASKS.sub("", words)))


def in_one_line(lines: Iterable[str]) -> str:
    """The lines of a cell in one, parted by semicolons where no stop parts them and the next, or what stands after a
    blank one, begins anew.

    >>> in_one_line(["Off in class", "On in the", "staff room."]), in_one_line(["sign in", "", "wear a badge"])
    ('Off in class; On in the staff room.', 'sign in; wear a badge')
    """
    text, before = "", ""
    for line in map(_one_line, lines):
        if line:
            goes_on = not text or ENDS.search(text) or (before and line[0].islower())
            text = f"{text} {line}".lstrip() if goes_on else f"{text}; {line}"
        before = line
    return text


def looks_like_rule(words: str) -> bool:
    """Whether a line that stands out says what holds, and is neither a name nor a question.

    >>> looks_like_rule("4.2 Staff must sign in"), looks_like_rule("Mobile phones"), looks_like_rule("Must I sign in?")
    (True, False, False)
    """
    return not looks_like_heading(words) and bool(words.endswith((".", "!")) or _RULE.search(words))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return reads_footnotes(MarkdownIt("commonmark", {"maxNesting": DEEPEST + 10}).enable(["table", "strikethrough"]))


class _Page:
    """One walk down a page; remembers which raw HTML elements are open."""

    def __init__(self, source: Sequence[str], notes: Mapping[str, str]) -> None:
        self._source = source
        self._notes = {mark: _one_line(normal_form(note).replace("\n- ", "\n")) for mark, note in notes.items()}
        self._labels = tuple(f"{label} " for label in labels_of_series("\n".join(source)))
        self._html = RawHtml()
        self._struck = 0
        self._too_long = 0

    def remarks(self) -> Iterator[str]:
        hidden = self._html.left_out
        if hidden:
            yield f"{hidden} hidden passage{'s' * (hidden > 1)} left out (HTML that is not shown)"
        struck = self._struck + self._html.struck
        if struck:
            yield f"{struck} struck-out passage{'s' * (struck > 1)} left out"
        if self._too_long:
            yield f"{self._too_long} × left out: cells of a table row longer than its header: name their columns"

    def lines(self, node: SyntaxTreeNode, indent: int) -> Iterator[str]:
        """The lines of one block, nested blocks after the one they stand in."""
        margin = " " * indent
        if node.type == "heading":
            words, called = without_marks(self._words(node), self._notes)
            drawn_below = node.markup == "-" and ENDS.search(words)  # a rule, by somebody who left out a blank line
            mark = margin if drawn_below else "#" * int(node.tag[1]) + " "
            yield from [mark + (_unmistaken(words) if drawn_below else words)] if words else []
            yield from (margin + _unmistaken(self._notes[note]) for _, note in called)
        elif node.type in ("bullet_list", "ordered_list"):
            yield from self._list_lines(node, indent)
        elif node.type == "table":
            yield from (margin + row for row in self._rows(node))
        elif node.type == NOTE:
            mark = node.meta["mark"]
            yield from (
                [] if mark in self._notes or self._html.hiding else [margin + f"[^{mark}]: {_one_line(node.content)}"]
            )
        elif node.type == "paragraph":
            yield from (margin + piece for piece in self._paragraph(node))
        elif node.type in ("fence", "code_block"):
            words = "" if self._html.hiding else _one_line(node.content)
            yield from [margin + _unmistaken(words)] if words else []
        elif node.type == "html_block":
            pieces = map(_one_line, self._html.read(node.content).split("\n"))
            yield from (margin + _unmistaken(piece) for piece in pieces if piece)
        else:
            for child in node.children:
                yield from self.lines(child, indent)

    def _list_lines(self, node: SyntaxTreeNode, indent: int) -> Iterator[str]:
        start = int(node.attrs.get("start", 1))
        for index, item in enumerate(node.children):
            label = f"{start + index}{item.markup}" if node.type == "ordered_list" else "-"
            yield from self._item_lines(item, " " * indent + label + " ", indent)

    def _item_lines(self, item: SyntaxTreeNode, label: str, indent: int) -> Iterator[str]:
        for position, child in enumerate(item.children):
            if position == 0 and child.type == "paragraph":
                first, *rest = [*self._pieces(child), ""]
                yield from [label + _TICK_BOX.sub("", first.removeprefix("• "))] if first else []
                yield from (" " * (indent + 2) + _line(piece) for piece in rest if piece)
            else:
                yield from self.lines(child, indent + 2)

    def _rows(self, table: SyntaxTreeNode) -> Iterator[str]:
        """Each row as an item that stands alone: `- Grade: A; Rate: £120`."""
        rows = [row for part in table.children for row in part.children]
        nodes = [row.children for row in rows]
        self._too_long += sum(_cells(self._source[row.map[0]]) > len(row.children) for row in rows[1:] if row.map)
        header, *body = [[in_one_line(self._noted(cell).split("\n")) for cell in row] for row in nodes]
        if body and not any(header) and _heads(nodes[1], body[0]) and len(body) > 1:
            header, *body = body
        if not body:
            yield "- " + "; ".join(cell for cell in header if cell)
        for row in body:
            yield from _row(header, row)

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[str]:
        pieces = list(self._pieces(node))
        bold = [child.type for child in _inline_of(node)] == ["strong"]
        if bold and len(pieces) == 1 and looks_like_heading(pieces[0]):
            yield f"###### {pieces[0]}"
            return
        if len(pieces) == 1 and _CONTENTS.fullmatch(pieces[0]):
            return
        yield from map(_line, pieces)

    def _pieces(self, node: SyntaxTreeNode) -> Iterator[str]:
        """The words of a paragraph, a piece for each label, bullet ("• …") or definition that begins a line in it."""
        piece, term = "", ""
        for line in self._noted(node).split("\n"):
            words = _GLYPH.sub("• ", _one_line(line), count=1)
            if (piece or term) and words.startswith(": "):
                term, piece = term or piece, ""
                yield f"• {term.removesuffix(':')}: {words[2:]}"
            elif piece and (_STARTS_ITEM.match(words) or words.startswith(self._labels)):
                yield piece
                piece = words
            elif words:
                piece = f"{piece} {words}" if piece else words
        if piece:
            yield piece

    def _words(self, node: SyntaxTreeNode) -> str:
        return _one_line(self._text(node))

    def _noted(self, node: SyntaxTreeNode) -> str:
        """The visible text of a block, its notes where they are called."""
        return with_notes(self._text(node), self._notes)

    def _text(self, node: SyntaxTreeNode) -> str:
        """The visible text of a block, line breaks kept."""
        depth = self._html.depth
        text = "".join(map(self._inline, node.children))
        self._html.close_to(depth)
        return _CALLOUT.sub(lambda match: match[1].capitalize() + ": ", text)

    def _inline(self, node: SyntaxTreeNode) -> str:
        if node.type == "html_inline":
            return self._html.read(node.content)
        if node.type in ("softbreak", "hardbreak"):
            return "\n"
        if node.type == "s":
            self._struck += 1
        if node.type in ("s", "image"):
            return ""
        if node.children:
            return "".join(map(self._inline, node.children))
        return self._html.shown(node.content)


def _inline_of(block: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """The inline marks and words of a block; empty text between them aside."""
    return [child for child in block.children[0].children if child.children or child.content.strip()]


def _cells(line: str) -> int:
    """How many cells the line of a table's row has in Markdown, up to the last with words."""
    line = line.lstrip("> \t").removeprefix("|").rstrip("| \t")
    return 1 + len(re.findall(r"(?<!\\)\|", line))


def _heads(cells: Sequence[SyntaxTreeNode], words: Sequence[str]) -> bool:
    """Whether the first row of a table without a header is one: all bold, "Do" and "Don't", or three short names."""
    bold = all([child.type for child in _inline_of(cell)] == ["strong"] for cell in cells)
    told = all(map(_DO_OR_NOT.fullmatch, words))
    return (
        bold
        or told
        or (len(words) > 2 and all(looks_like_heading(word) and not re.search(r"\d", word) for word in words))
    )


def _row(header: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """A row as one line, each cell named by the header; two nameless cells are a name and what it stands for."""
    names = [*header, *[""] * len(row)]
    cells = [f"{name.rstrip(':?')}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell]
    if len(row) == len(cells) == 2 and not any(names):
        yield f"- {cells[0].rstrip(':')}: {cells[1]}"
    elif cells:
        yield "- " + "; ".join([*map(_unstopped, cells[:-1]), cells[-1]])


def _unstopped(cell: str) -> str:
    """A cell's words without the stop that ends them, if it is no abbreviation's."""
    return cell if abbreviated(cell) else cell.removesuffix(".")


def _line(piece: str) -> str:
    return "- " + piece[2:] if piece.startswith("• ") else _unmistaken(piece)


def _template_words(match: re.Match[str]) -> str:
    """The last quoted words of a tag, if they are words and no path."""
    quoted = re.findall(r"\"([^\"]*)\"", match[0]) or [""]
    return "" if re.search(r"/|\.\w+$", quoted[-1]) else quoted[-1]


def _unmistaken(words: str) -> str:
    """A paragraph whose own words begin like a mark, with a backslash in front."""
    return "\\" + words if _MARK.match(words) else words


def _one_line(text: str) -> str:
    return " ".join(text.split())
