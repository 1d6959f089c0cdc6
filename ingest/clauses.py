"""Document → Clause: the smallest units of a page that stand alone, each with its exact span.

A document's text is in normal form (see `ingest.documents`): one block a line, blocks parted by
blank lines. Cutting is then one walk over the lines:

    # IT and Social Media            heading, goes into the heading path
    - Never share your password.     clause, number "1" (the first bullet on the page)
      - Or your PIN.                 clause, number "1.1", lead "Never share your password."
    4.2 (a) Lock the door.           clause, number "4.2 (a)", as printed
    The aim of this policy is …      clause, number "¶1" (the first paragraph)
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.documents import Document

_HEADING = re.compile(r"(#{1,6}) (.*)")
_ITEM = re.compile(r"( *)(?:- |(\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]|\d+(?:\.\d+)+(?: ?\([a-z]+\))*) )?(.*)")
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9£$])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|cf|vs|viz|para|paras|Ref|Tel|Ext|Fig|Sec|Art|Reg)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause: `page_text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A bullet, numbered item, table row or paragraph that can be cited on its own.

    `lead` holds the words above an item without which it is not understood ("You must not:").
    `id` is the document's id and eight hex digits of the SHA-256 of heading path, lead and text,
    so that it stays when the page around it changes.
    """

    id: str
    document: str
    number: str
    heading_path: tuple[str, ...]
    lead: str
    text: str
    start: int
    end: int
    sentences: tuple[Sentence, ...] = field(repr=False)

    @property
    def context(self) -> str:
        """The words that go in front of the clause when it is searched: headings, then the lead."""
        return " – ".join((*self.heading_path, self.lead)) if self.lead else " – ".join(self.heading_path)


def cut(document: Document) -> tuple[Clause, ...]:
    """All clauses of a document, in the order of its text."""
    seen: Counter[str] = Counter()
    return tuple(_with_id(block, document, seen) for block in _blocks(document.text, document.title))


def sentences(text: str, offset: int = 0) -> tuple[Sentence, ...]:
    """The sentences of a text, with spans moved by `offset`; white space between them belongs to none.

    >>> [s.text for s in sentences("Ask Mr. Lee. If not, go.")]
    ['Ask Mr. Lee.', 'If not, go.']
    """
    cuts = [0]
    for match in _ENDS.finditer(text):
        stop = match.start() + len(match.group().rstrip())
        if not _ABBREVIATION.search(text[: match.start() + 1]):
            cuts.append(match.end() if stop < match.end() else stop)
    spans = zip(cuts, [*cuts[1:], len(text)], strict=True)
    return tuple(_sentence(text, start, end, offset) for start, end in spans if text[start:end].strip())


def _sentence(text: str, start: int, end: int, offset: int) -> Sentence:
    words = text[start:end].strip()
    start += text[start:end].index(words)
    return Sentence(words, offset + start, offset + start + len(words))


@dataclass(frozen=True, slots=True)
class _Block:
    number: str
    heading_path: tuple[str, ...]
    lead: str
    text: str
    start: int


def _with_id(block: _Block, document: Document, seen: Counter[str]) -> Clause:
    digest = hashlib.sha256("\n".join((*block.heading_path, block.lead, block.text)).encode()).hexdigest()[:8]
    seen[digest] += 1
    again = f"-{seen[digest]}" if seen[digest] > 1 else ""
    return Clause(
        id=f"{document.id}/{digest}{again}",
        document=document.id,
        number=block.number,
        heading_path=block.heading_path,
        lead=block.lead,
        text=block.text,
        start=block.start,
        end=block.start + len(block.text),
        sentences=sentences(block.text, block.start),
    )


class _Numbering:
    """Counts bullets and paragraphs down a page, and knows which item stands above another."""

    def __init__(self) -> None:
        self.items: list[tuple[int, str, str]] = []  # (indent, number, text) of the open items
        self.bullets: Counter[str] = Counter()
        self.paragraphs = 0
        self.stem = ""  # a paragraph that ends in a colon speaks for the list below it

    def item(self, indent: int, label: str, text: str) -> tuple[str, str]:
        """The number and the lead of an item."""
        while self.items and self.items[-1][0] >= indent:
            self.items.pop()
        above = self.items[-1] if self.items else None
        number = self._number(above[1] if above else "", label)
        lead = " ".join(part for part in (self.stem, *(item[2] for item in self.items)) if part)
        self.items.append((indent, number, text))
        return number, lead

    def paragraph(self, indent: int, text: str) -> tuple[str, str]:
        """The number and the lead of a paragraph, which may go on inside an item."""
        while self.items and self.items[-1][0] >= max(indent, 1):
            self.items.pop()
        if not indent:
            self.items.clear()
            self.stem = text if text.endswith(":") else ""
        self.paragraphs += 1
        above = self.items[-1][1] if self.items else ""
        return f"{above} ¶{self.paragraphs}".strip(), ""

    def heading(self) -> None:
        self.items.clear()
        self.stem = ""

    def _number(self, above: str, label: str) -> str:
        if label:
            printed = label.rstrip(".")
            return f"{above} {printed}" if above and printed.startswith("(") else printed
        self.bullets[above] += 1
        return f"{above}.{self.bullets[above]}" if above else str(self.bullets[above])


def _blocks(text: str, title: str) -> Iterator[_Block]:
    path: list[tuple[int, str]] = []
    numbering = _Numbering()
    start = 0
    for line in text.split("\n"):
        if heading := _HEADING.fullmatch(line):
            level = len(heading[1])
            path = [(depth, words) for depth, words in path if depth < level] + [(level, heading[2])]
            numbering.heading()
        elif line.strip():
            headings = tuple(words for _, words in path)
            yield _block(line, start, headings if headings[:1] == (title,) else (title, *headings), numbering)
        start += len(line) + 1


def _block(line: str, start: int, headings: tuple[str, ...], numbering: _Numbering) -> _Block:
    match = _ITEM.fullmatch(line)
    assert match is not None  # every line matches: each part is optional
    indent, label, words = len(match[1]), match[2] or "", match[3]
    is_item = match.start(3) > match.end(1)
    place = numbering.item(indent, label, words) if is_item else numbering.paragraph(indent, words)
    return _Block(place[0], headings, place[1], words, start + match.start(3))
