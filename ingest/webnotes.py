"""Footnotes of HTML → paragraphs as `ingest.footnotes` reads them: a note whose mark leads to it and that leads back.

    <p>Leave at 4<a id="r1" href="#n1">[1]</a>.</p> … <li id="n1">Not on Mondays. <a href="#r1">↩</a></li>

becomes `<p>Leave at 4[^note-1].</p><p>[^note-1]: Not on Mondays.</p>`. So write Word, Google Docs, GOV.UK, WordPress,
LibreOffice and what makes Markdown into HTML.
"""

from __future__ import annotations

import re
from collections.abc import Set

from bs4 import BeautifulSoup, Tag

from ingest.hidden import BLOCK
from ingest.tables import words_of

_CALL = re.compile(r"\W*(?:(?:foot|end)?note\s)?\s*(?:\d{1,3}|[a-z]|[ivxl]+|[*†‡§]{1,3})\W*", re.IGNORECASE)
_AROUND = re.compile(r"body|main|article|section|div|\[document\]")
_ESCAPED = re.compile(r"\\\[(\^note-\d+)\\\]")


def set_notes(soup: BeautifulSoup) -> None:
    """Puts each note that is called behind the block that calls it first, and its mark into that."""
    places = {str(name): tag for tag in soup.find_all(True) for name in (tag.get("name"), tag.get("id")) if name}
    called: dict[int, tuple[Tag, list[Tag]]] = {}
    for link in soup.select("a[href*='#']"):
        target, call = places.get(_leads_to(link)), _call(link)
        if target and call and not any(id(around) in called for around in link.parents):
            note = _note(target, call)
            if note:
                called.setdefault(id(note), (note, []))[1].append(call)
    last: dict[int, Tag] = {}
    for number, (note, calls) in enumerate(called.values(), 1):
        block = _outermost(calls[0])
        last.get(id(block), block).insert_after(
            written := _written(note, f"[^note-{number}]", set().union(*map(_names, calls)))
        )
        last[id(block)] = written
        for call in calls:
            call.replace_with(f"[^note-{number}]")


def with_marks(markdown: str) -> str:
    """Markdown made of a page with its notes, in which their marks are marks again and no escaped text."""
    return _ESCAPED.sub(r"[\1]", markdown)


def _leads_to(link: Tag) -> str:
    return str(link.get("href", "")).partition("#")[2]


def _call(link: Tag) -> Tag | None:
    """What shows the mark of a note: a link, or what is around it in its line; None if a link shows other words."""
    mark = _with_brackets(link)
    return mark if _CALL.fullmatch(mark.get_text()) else None


def _with_brackets(link: Tag) -> Tag:
    """A link, or what is around it in its line and shows no more than the mark of a note."""
    around = link.parent
    if around is None or BLOCK.fullmatch(around.name) or not _CALL.fullmatch(around.get_text()):
        return link
    return around


def _note(target: Tag, call: Tag) -> Tag | None:
    """The block of a note, if it leads back to its call; all of its blocks, if they stand together alone."""
    note = target if BLOCK.fullmatch(target.name) else target.find_parent(BLOCK)
    if note is None or note in call.parents or re.fullmatch("h[1-6]", note.name):
        return None
    names = _names(call)
    links = note.select("a[href*='#']")
    if not any(_leads_to(link) in names for link in links) and "doc-noteref" not in str(call):
        return None
    around = note.parent
    if around is None or around.name not in ("div", "aside", "li") or len(around.select("a[href*='#']")) > len(links):
        return note
    alone = around not in call.parents and words_of(around).startswith(words_of(note))
    return around if alone else note


def _names(call: Tag) -> set[str]:
    """The names that a note may lead back to: of a mark, of what is in it and of what is around it in its line."""
    around = [call.parent] if call.parent is not None and not BLOCK.fullmatch(call.parent.name) else []
    tags = (call, *call.find_all(True), *around)
    return {str(name) for tag in tags for name in (tag.get("id"), tag.get("name")) if name}


def _outermost(call: Tag) -> Tag:
    """The list, table or paragraph that a mark is in."""
    return next((tag for tag in (call, *call.parents) if tag.parent and _AROUND.fullmatch(tag.parent.name)), call)


def _written(note: Tag, mark: str, names: Set[str]) -> Tag:
    """A note in one paragraph after its mark, without what leads back from it; it is taken from where it stood."""
    for link in note.select("a[href*='#']"):
        if _leads_to(link) in names:
            _with_brackets(link).decompose()
    for block in note.find_all(BLOCK):
        block.insert_before(" ")
        block.unwrap()
    around = note.parent
    paragraph = Tag(name="p")
    paragraph.append(f"{mark}: ")
    paragraph.extend([*note.contents])
    note.decompose()
    if around is not None and around.name in ("ol", "ul", "dl") and not words_of(around):
        around.decompose()
    return paragraph
