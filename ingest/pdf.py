"""PDF → Markdown, a part for each page with its printed label.

markitdown gives neither pages nor sizes nor colours, so this reads the letters themselves (pdfplumber):
what nobody can see is left out (`ingest.pdf_letters`), running headers and footers go, lines become headings,
items and paragraphs (`ingest.pdf_lines`), and a paragraph that runs over a page end stays with the page it begins on.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfplumber.utils.exceptions import PdfminerException

from ingest.errors import UnreadableFile
from ingest.formats import SHOWN, Part, listed, named, shortened
from ingest.pdf_letters import legible, written_over
from ingest.pdf_lines import LARGER, Line, blocks, lines_of, spelled, usual_size

_NUMBER_OF_PAGE = r"page #(?: ?(?:of|/) ?#)?"
"""As a running line has it, its figures masked."""
_MIXED = 3
"""Letters of a page over others from which its words are thought to run over one another."""
_EDGE = 0.12
"""The part of a page's height, at its top and at its foot, where running headers and footers stand."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page, how many of its letters are not read, by the reason, and fields and notes over it."""

    label: str
    height: float
    lines: tuple[Line, ...]
    gone: Counter[str]


def pdf_parts(content: bytes, most_pages: int) -> tuple[Part, ...]:
    """The pages of a PDF as Markdown.

    Raises:
        UnreadableFile: it is encrypted, has more than `most_pages` pages, or no page has text.
    """
    try:
        if _count(content, most_pages) > most_pages:
            raise UnreadableFile(f"has more than {most_pages:,} pages: split it")
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            pages = [_page(page) for page in pdf.pages]
    except (PdfminerException, PDFPasswordIncorrect) as error:
        if "PDFPasswordIncorrect" in repr(error) or isinstance(error, PDFPasswordIncorrect):
            raise UnreadableFile("is encrypted, cannot be read: save it without a password") from error
        raise
    blank = [page.label for page in pages if not page.lines]
    if len(blank) == len(pages) and any(page.gone["turned"] for page in pages):
        raise UnreadableFile("all its words lie on their side or stand on their head: turn its pages and save it again")
    if len(blank) == len(pages):
        raise UnreadableFile(
            f"no text on {len(blank)} of {len(pages)} pages: it is a scan, save it with text recognised"
        )
    return tuple(_parts(pages, _remarks(pages, blank)))


def _count(content: bytes, most: int) -> int:
    """How many pages there are, counted no further than one more than `most`; pdfplumber would open them all."""
    pages = PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(content))))
    return sum(1 for _ in islice(pages, most + 1))


def _page(page: Any) -> _Page:
    shown, gone = legible(page)
    gone["over"] = written_over(page)
    label = str(page.page_obj.label or page.page_number)
    found = _Page(label, float(page.height), tuple(lines_of(shown)), gone)
    page.close()
    return found


def _parts(pages: Sequence[_Page], remarks: tuple[str, ...]) -> Iterator[Part]:
    """A part for each page that a block begins on."""
    running = _running(pages)
    kept = [(i, line) for i, page in enumerate(pages) for line in page.lines if (i, line) not in running]
    contents = {(i, line) for i, line in kept if _is_of_contents(line, len(pages))}
    if len(contents) > 1:
        kept = [one for one in kept if one not in contents]
        remarks = (*remarks, f"{len(contents)} lines of a table of contents left out")
    remarks = (*remarks, *_furniture(running), *_spread([line for _, line in kept]))
    markdown: dict[int, list[str]] = {}
    words = spelled(" ".join(line.text for _, line in kept))
    for block in blocks(kept, words):
        markdown.setdefault(block.page, []).append(block.markdown)
    for number, (index, found) in enumerate(markdown.items()):
        yield Part("\n\n".join(found), pages[index].label, remarks=remarks if number == 0 else ())


def _running(pages: Sequence[_Page]) -> set[tuple[int, Line]]:
    """The lines at the top or foot of pages that repeat from page to page, or are a page's number; what is set larger
    than most of the text ("Part 1") repeats only where its figures do, too.
    """
    body = usual_size([line for page in pages for line in page.lines])
    edges = [(i, line) for i, page in enumerate(pages) for line in page.lines if _at_edge(line, page)]
    named = {(i, line): line.text if line.size > body * LARGER else _masked(line.text) for i, line in edges}
    times = Counter(words for words, _ in {(words, i) for (i, _), words in named.items()})  # a page counts once
    enough = max(2, len(pages) // 2)
    return {(i, line) for i, line in edges if times[named[i, line]] >= enough or _is_page_number(line.text)}


def _is_of_contents(line: Line, pages: int) -> bool:
    """Whether dots lead from the words of a line to the number of a page."""
    led = re.search(r"(?:\.\s?){4,}\s*(\d{1,4})$|…{2,}\s*(\d{1,4})$", line.text)
    return led is not None and int(led[1] or led[2]) <= pages


def _furniture(running: set[tuple[int, Line]]) -> Iterator[str]:
    """What was left out as running headers and footers; page numbers aside."""
    lines = sorted(running, key=lambda found: (found[0], found[1].top))
    gone = {_masked(line.text): line.text for _, line in reversed(lines) if not _is_page_number(line.text)}
    if gone:
        first = [shortened(text, 60) for text in reversed(gone.values())][:SHOWN]
        yield f"{len(gone)} line{'s' * (len(gone) > 1)} at the top or foot of several pages left out: {named(first)}"


def _spread(lines: Sequence[Line]) -> Iterator[str]:
    found = sum(line.spread for line in lines)
    if found > 1:
        yield f"{found} lines of words set far apart (a table without rules?) read as they stand: do they say enough?"


def _at_edge(line: Line, page: _Page) -> bool:
    return line.bottom < page.height * _EDGE or line.top > page.height * (1 - _EDGE)


def _masked(text: str) -> str:
    """A line but for its figures, and for the page's number beside its words: columns part one from the other."""
    words = re.sub(r"\d+|\b[ivxl]+\b", "#", text.lower())
    return re.sub(rf"^{_NUMBER_OF_PAGE}[ |·–-]+(?=\S)|(?<=\S)[ |·–-]+{_NUMBER_OF_PAGE}$", "", words)


def _is_page_number(text: str) -> bool:
    return (
        re.fullmatch(r"(?:page )?(?:\d{1,4}|[ivxl]+)(?: ?(?:of|/) ?\d{1,4})?|[-–] ?\d{1,4} ?[-–]", text.lower())
        is not None
    )


def _remarks(pages: Sequence[_Page], blank: Sequence[str]) -> tuple[str, ...]:
    remarks = []
    if blank:
        remarks.append(
            f"no text on {len(blank)} of {len(pages)} pages ({listed(blank)}): scans? save them with text recognised"
        )
    mixed = [page.label for page in pages if page.gone["mixed"] >= _MIXED]
    if mixed:
        remarks.append(
            f"words lie over other words (page {listed(mixed)}) and are read mixed up: give their cells more room"
        )
    gone: Counter[str] = sum((page.gone for page in pages), Counter())
    if gone["unseen"]:
        remarks.append(f"{gone['unseen']} invisible letters left out (white, tiny, covered or off the page)")
    if gone["turned"]:
        remarks.append(f"{gone['turned']} letters left out that do not stand upright")
    if gone["struck"]:
        remarks.append(f"{gone['struck']} struck-out letters left out")
    if gone["over"]:
        remarks.append(
            f"{gone['over']} × left out: form field or note with words: print them into the page to publish them"
        )
    return tuple(remarks)
