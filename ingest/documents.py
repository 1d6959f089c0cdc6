"""Files → Document: every format becomes Markdown, every Markdown becomes one normal form.

Normal form is what is published, quoted and cited: one block a line (heading, item, paragraph, table
row), blocks parted by blank lines, hard wraps joined, inline marks (emphasis, links, code) left out and
their words kept. A quote is a slice of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


class HandbookError(Exception):
    """A handbook that cannot be used; the message says what is wrong and what to do next."""


class UnreadableFile(HandbookError):
    """One file that cannot become a document; the others still can."""


@dataclass(frozen=True, slots=True)
class Document:
    """One page of the handbook: its text in normal form and where it came from."""

    id: str
    title: str
    text: str
    path: str
    section: str = ""
    source: str = ""
    effective: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over everything that is published of the document."""
        parts = (self.id, self.title, self.text, self.path, self.section, self.source, self.effective)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


SUFFIXES = (".md", ".markdown", ".txt")

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_BULLET = re.compile(r"^(\s*)[•◦▪‣·●○–*-]\s+", re.MULTILINE)
_CRUMB = re.compile(r"^\s{0,6}(?:\d+\.|›|»|>)\s+\S")
_FURNITURE = re.compile(
    r"^(?:next article|previous article|back to top|was this (?:article|page) helpful\??|related articles"
    r"|share this (?:page|article)|print this page|skip to (?:main )?content)\b.*$",
    re.IGNORECASE,
)


def read_folder(folder: Path) -> Iterator[Document | UnreadableFile]:
    """Every document below a folder in the order of its path; a file that cannot be read comes as its error."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in SUFFIXES and not _is_hidden(path.relative_to(folder)):
            try:
                yield read_document(path, folder)
            except UnreadableFile as error:
                yield error


def read_document(path: Path, folder: Path) -> Document:
    """One file as a document.

    Raises:
        UnreadableFile: the file is not text, or holds none.
    """
    name = path.relative_to(folder).as_posix()
    try:
        raw = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{name}: not UTF-8 text (byte {error.start}): save it as UTF-8") from error
    meta, body = _front_matter(raw.replace("\r\n", "\n"), name)
    markdown = plain_to_markdown(body) if path.suffix.lower() == ".txt" else body
    text = normal_form(markdown)
    if not text:
        raise UnreadableFile(f"{name}: no text in it")
    title = str(meta.get("title") or _first_heading(text) or path.stem.replace("-", " ").title())
    return Document(
        id=_slug(path.relative_to(folder).with_suffix("").as_posix()),
        title=title,
        text=text,
        path=name,
        section=str(meta.get("section") or ""),
        source=str(meta.get("source") or ""),
        effective=str(meta.get("effective") or ""),
    )


def plain_to_markdown(text: str) -> str:
    """A pasted help-centre page as Markdown: breadcrumb and page furniture out, title and bullets marked.

    The breadcrumb is the run of numbered or arrowed short lines before the first other line; the first
    short line after it that is no sentence is the title.
    """
    lines = text.split("\n")
    while lines and (not lines[0].strip() or _CRUMB.match(lines[0])):
        lines.pop(0)
    lines = [line for line in lines if not _FURNITURE.match(line.strip())]
    if lines and not re.search(r"[.!?:;,]$", lines[0].strip()) and not lines[0].lstrip().startswith(("#", "•", "-", "*")):
        lines[0] = "# " + lines[0].strip()
    return _BULLET.sub(_outdented_bullet, "\n".join(_unwrapped(lines)))


def _outdented_bullet(match: re.Match[str]) -> str:
    return "  " * (len(match[1].expandtabs(4)) // 4) + "- "


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    """Joins hard-wrapped lines; inside an item a line that follows a finished sentence is a new paragraph."""
    current = ""
    in_item = False
    for line in lines:
        words = line.strip()
        starts_item = bool(_BULLET.match(line))
        if words and current and not starts_item and not current.startswith("#"):
            if in_item and re.search(r"[.!?]$", current) and words[0].isupper():
                yield current
                yield ""
                current = "  " + words
            else:
                current = f"{current} {words}"
            continue
        if current:
            yield current
            yield ""
        if words:
            in_item = starts_item
        current = line.rstrip() if starts_item else words
    if current:
        yield current


def normal_form(markdown: str) -> str:
    """Markdown in normal form: one block a line, inline marks left out.

    >>> normal_form("Never share\\nyour **password**.\\n\\n* Or your\\n  PIN")
    'Never share your password.\\n\\n- Or your PIN\\n'
    """
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    text = "\n\n".join(line for node in tree.children for line in _lines(node, 0))
    return text + "\n" if text else ""


def _lines(node: SyntaxTreeNode, indent: int) -> Iterator[str]:
    """The lines of one block, nested blocks after the one they stand in."""
    if node.type == "heading":
        yield from (f"{'#' * int(node.tag[1])} {words}" for words in [_words(node)] if words)
    elif node.type in ("bullet_list", "ordered_list"):
        for index, item in enumerate(node.children):
            label = f"{int(node.attrs.get('start') or 1) + index}. " if node.type == "ordered_list" else "- "
            yield from _item_lines(item, label, indent)
    elif node.type == "table":
        yield from _row_lines(node)
    elif node.type in ("fence", "code_block"):
        yield from (" " * indent + words for words in [_one_line(node.content)] if words)
    elif node.type == "paragraph":
        yield from (" " * indent + words for words in [_words(node)] if words)
    elif node.type != "html_block":
        for child in node.children:
            yield from _lines(child, indent)


def _item_lines(item: SyntaxTreeNode, label: str, indent: int) -> Iterator[str]:
    for position, child in enumerate(item.children):
        if position == 0 and child.type == "paragraph":
            yield " " * indent + label + _words(child)
        else:
            yield from _lines(child, indent + 2)


def _row_lines(table: SyntaxTreeNode) -> Iterator[str]:
    """A table row as an item that stands alone: `- Grade: A; Rate: £120`."""
    rows = [[_words(cell) for cell in row.children] for part in table.children for row in part.children]
    header, *body = rows
    for row in body:
        named = (f"{name}: {cell}" if name else cell for name, cell in zip(header, row, strict=False) if cell)
        yield "- " + "; ".join(named)


def _words(node: SyntaxTreeNode) -> str:
    """The words of a block without inline marks."""
    return _one_line("".join(_inline(child) for child in node.children))


def _inline(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.type in ("image", "html_inline"):
        return ""
    return "".join(map(_inline, node.children)) if node.children else node.content


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _front_matter(raw: str, name: str) -> tuple[dict[str, object], str]:
    match = _FRONT_MATTER.match(raw)
    if not match:
        return {}, raw
    try:
        meta = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise UnreadableFile(f"{name}: its front matter is not YAML: {error}") from error
    return (meta if isinstance(meta, dict) else {}), raw[match.end() :]


def _first_heading(text: str) -> str:
    match = re.search(r"^# (.+)$", text, re.MULTILINE)
    return match[1] if match else ""


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9/]+", "-", name.lower()).strip("-")
