"""Plain text → Markdown: a pasted help-centre page with its furniture out and its structure marked.

Structure in plain text is a matter of looks: what stands alone on a short line is a heading, what begins
with a bullet is an item, a line that broke although the next word would have fitted ends a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from ingest.markdown import ENDS, NO_ITEM, looks_like_heading

_BULLET = re.compile(r"^(\s*)([•◦▪‣·●○∙➢➤►▶✓✔✦❖◆■→➔»\uf0b7\uf0a7\uf0d8§*+–—-]|o(?=\t| {2,}))\s+(?=\S)")
_INNER_GLYPHS = frozenset("◦▪○o–-")
_LABEL = re.compile(
    r"^\s*(?:\d{1,3}[.)]|\(?(?:[a-z]|[ivx]{1,5})\)|\(\d{1,3}\)|\d{1,2}(?:\.\d{1,2})+\.?(?: ?\([a-z]+\))*)\s+"
    rf"(?=[A-Z\"'“‘(£$]|(?!{NO_ITEM})[a-z])"
)
_CRUMB = re.compile(
    r"^\s{0,6}(?:\d+\.|›|»|>|/)\s+\S.{0,56}$|^[^.!?›»>]{1,60}(?: [›»>] [^.!?›»>]{1,60})+$"
    r"|^\s*(?:home|help cent(?:re|er)) / .{0,80}$",
    re.IGNORECASE,
)
BYLINE = (
    r"written by (?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2})"
    r"|updated (?:today|yesterday|(?:over |about )?(?:an?|\d+) (?:hour|day|week|month|year)s? ago)"
)
"""What help centres write beside an article, as a regular expression to be read without regard to case."""
HELPFUL = r"(?:is|was) this (?:page |article |information )?(?:helpful|useful)\??"
"""What sites ask of a page, as such an expression."""

_FURNITURE = re.compile(
    rf"^(?:(?:next|previous) (?:article|page|post)|back to (?:top|articles|home)|{HELPFUL}"
    r"|related (?:articles|content|pages)|share this (?:page|article)|print this page|skip to (?:main )?content"
    r"|return to top|cookie (?:settings|preferences)|table of contents|on this page|last (?:updated|modified)"
    r"|\d+ out of \d+ found this helpful|have more questions\?|did this answer your question\?"
    rf"|{BYLINE}"
    r"|accept (?:all )?cookies|log ?in|sign in)(?:\b|(?<=\?))[^.]{0,60}$",
    re.IGNORECASE,
)
_UNDERLINE = re.compile(r"^\s*([=-])\1{2,}\s*$")
_RULER = re.compile(r"\s*([^\w\s]|_)(?:\s*\1)+\s*")
_HEADER = re.compile(
    r"(from|to|b?cc|date|sent|subject|re|reply-to|importance|attachments?|x-[\w-]+): +(\S.*)", re.IGNORECASE
)
_QUOTED = re.compile(r" {0,3}((?:> ?)+)(.*)")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|{}]|(?<=[.!?\w])!(?=\[)")


def plain_to_markdown(text: str) -> str:
    """A pasted page as Markdown: breadcrumb and page furniture out; title, headings, bullets marked; the words
    themselves escaped, so that an asterisk stays one.

    The breadcrumb is the run of numbered or arrowed short lines before the first other line, with a blank
    line after it; the first short line after it that is no sentence is the title.
    """
    lines = [line.rstrip() for line in _without_crumbs(_with_subject(text.expandtabs(4).split("\n")))]
    lines = [*_without_rulers(_without_quotes(line for line in lines if not _FURNITURE.match(line.strip())))]
    blocks = list(_blocks(lines))
    return "\n\n".join(_marked(blocks)) + "\n"


def _with_subject(lines: list[str]) -> list[str]:
    """The lines of an e-mail or a memo under its subject as the title, the rest of its head in one line."""
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    head = [*takewhile(bool, map(_HEADER.fullmatch, map(str.rstrip, lines[start:])))]
    subject = next((line[2] for line in head if line and line[1].lower() in ("subject", "re")), "")
    if not subject or len(head) < 2:
        return lines
    title = re.sub(r"^(?:(?:re|fwd?): *)+", "", subject, flags=re.IGNORECASE).rstrip(" .!:;…")
    others = "; ".join(line[0] for line in head if line and line[2] != subject)
    return [title, "", f"{others}.", "", *lines[start + len(head) :]]


def _without_quotes(lines: Iterable[str]) -> Iterator[str]:
    """Lines without the marks of what an e-mail quotes; where that begins or ends a paragraph ends."""
    before = ""
    for line in lines:
        quoted = _QUOTED.fullmatch(line)
        mark = quoted[1].replace(" ", "") if quoted else ""
        if mark != before:
            yield ""
        yield quoted[2] if quoted else line
        before = mark


def _without_rulers(lines: Iterable[str]) -> Iterator[str]:
    """Lines without those drawn between paragraphs or above a heading; what underlines a heading stays."""
    before = ""
    for line in lines:
        yield "" if _RULER.fullmatch(line) and not (before.strip() and _UNDERLINE.match(line)) else line
        before = line


def _without_crumbs(lines: list[str]) -> list[str]:
    """The lines after the breadcrumb: at most four short steps, then a blank line, a title and the page."""
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    end = start
    while end < len(lines) and _CRUMB.match(lines[end]) and not ENDS.search(lines[end]):
        end += 1
    if end - start > 4 or end == len(lines) or lines[end].strip():
        return lines
    title, *page = [line for line in lines[end:] if line.strip()] or [""]
    return lines[end:] if page and not ENDS.search(title) else lines


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Paragraphs and items with hard wraps joined, each with whether it stood on one line alone.

    A paragraph that goes on inside an item begins with a tab.
    """
    found = list(lines)
    width = _wrapped_at(found)
    block: list[str] = []
    in_item = False
    for line in [*found, ""]:
        if block and (not line.strip() or _begins(line) or _UNDERLINE.match(line) or _broke(block[-1], line, width)):
            yield " ".join([block[0], *(part.strip() for part in block[1:])]), len(block) == 1
            block = []
            follows = bool(line.strip()) and not _begins(line) and not _UNDERLINE.match(line) and in_item
        else:
            follows = False
        if _begins(line):
            in_item = True
        elif line.strip():
            in_item = (bool(block) and in_item) or follows
        if line.strip():
            block.append("\t" + line.strip() if follows and not block else line)


def _begins(line: str) -> bool:
    return bool(_BULLET.match(line) or _LABEL.match(line))


def _wrapped_at(lines: list[str]) -> float:
    """The width that the lines were hard-wrapped at; infinite if they were not."""
    longest = max((len(line) for line in lines), default=0)
    return longest if sum(len(line) > longest - 15 for line in lines) >= 3 and 50 <= longest <= 140 else float("inf")


def _broke(before: str, line: str, width: float) -> bool:
    """Whether the author ended a paragraph here: the next word would have fitted on the line before."""
    word = line.split()[0]
    if len(before) + 1 + len(word) > width or not (word[:1].isupper() or word[:1].isdigit()):
        return False
    return bool(ENDS.search(before)) or len(before) < 0.6 * min(width, 80)


def _marked(blocks: list[tuple[str, bool]]) -> Iterator[str]:
    indents: list[tuple[int, str]] = []  # (indent, bullet) of the open items, outermost first
    titled = False
    for index, (block, alone) in enumerate(blocks):
        bullet = _BULLET.match(block)
        after = blocks[index + 1][0] if index + 1 < len(blocks) else ""
        if bullet:
            yield "  " * _depth(indents, len(bullet[1]), bullet[2]) + "- " + escaped(block[bullet.end() :])
        elif block.startswith("\t"):
            yield "  " * max(len(indents), 1) + escaped(block.strip())
        elif _UNDERLINE.match(block):
            continue
        else:
            indents.clear()
            words = block.strip()
            level = _level(words, after, titled) if alone else 0
            titled = titled or level == 1 or index > 0
            yield f"{'#' * level} {escaped(words)}" if level else escaped(words)


def _depth(indents: list[tuple[int, str]], indent: int, glyph: str) -> int:
    """How deep an item stands: by its indent, or by a lesser bullet at the same indent."""
    while indents and (indent < indents[-1][0] or any(g == glyph and i == indent for i, g in indents[:-1])):
        indents.pop()
    if not indents or indent > indents[-1][0] or (glyph != indents[-1][1] and glyph in _INNER_GLYPHS):
        indents.append((indent, glyph))
    elif glyph != indents[-1][1]:
        indents[-1] = (indent, glyph)
    return len(indents) - 1


def _level(words: str, after: str, titled: bool) -> int:
    """The heading level of a line that stands alone; 0 if it is a paragraph."""
    if not after or (not titled and ENDS.search(words) and not words.endswith("?")):
        return 0
    titled = titled or words.endswith("?")
    if _UNDERLINE.match(after):
        return 1 if "=" in after else 2
    if not titled:
        return 1 if len(words) <= 120 and not _LABEL.match(words) else 0
    label = _LABEL.match(words)
    plain = words[label.end() :] if label else words
    follows = after.strip()
    if label and (_LABEL.match(follows) and not re.match(rf"{re.escape(label[0].strip().rstrip('.)'))}\.\d", follows)):
        return 0  # an item among items, not the number of a section
    if not looks_like_heading(plain) or "   " in plain.strip():  # what is set in columns is a row
        return 0
    return 2 if _begins(after) or ENDS.search(follows) or len(follows) > 80 or plain.isupper() else 0


def escaped(words: str) -> str:
    """Words that Markdown reads as themselves."""
    escaped = _SPECIAL.sub(lambda match: "\\" + match[0], words)
    return without_count(re.sub(r"^([#+=-])", r"\\\1", escaped))


def without_count(words: str) -> str:
    """Words whose first number stays what it is, where Markdown would count on from the one before."""
    return re.sub(r"^(\s*\d{1,9})([.)])(?=\s|$)", r"\1\\\2", words)
