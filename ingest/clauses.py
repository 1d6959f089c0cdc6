"""Document → Clause: the smallest units of a page that stand alone, each with its exact span.

A document's text is in normal form (see `ingest.markdown`): one block a line, blocks parted by
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
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice, takewhile

from ingest.documents import Document
from ingest.markdown import looks_like_rule
from ingest.numbering import LABEL, Numbering, labels_of_series
from ingest.sentences import Sentence, sentences
from ingest.validity import Period, as_date, period

__all__ = ["LONGEST", "Clause", "Sentence", "cut", "opened_by", "sentences", "stands"]

LONGEST = 4000
"""Characters; a longer block becomes several clauses, cut between sentences."""
MOST_ITEMS = 40
"""Items of a list that are shown with its stem, or with one of them."""

#: A question that a reader has, not "Lost your key?", which is an occasion.
_QUESTION = re.compile(
    r"(?:(?:Q|Question)\s?\d*[:.)]\s*)?(?:can|could|may|might|must|should|shall|do|does|did|is|are|am|will|would|has|have"
    r"|what|when|where|who|whom|whose|why|which|how)(?:['’]s)?\b[^?]+\?",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(#{1,6}) (.*)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A bullet, numbered item, table row or paragraph that can be cited on its own.

    `lead` holds the words above an item without which it is not understood ("You must not:").
    `id` is the document's id and eight hex digits of the SHA-256 of heading path, lead and text,
    so that it stays when the page around it changes.
    `effective` is the ISO date from which all of it holds, if its first sentence or its page gives one.
    `page` is the printed label of the page of a PDF that the clause begins on ("ii", "14"), else empty.
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
    page: str = ""
    effective: str = ""

    @property
    def heading(self) -> str:
        """The heading it stands under, empty where that is the page's title."""
        return self.heading_path[-1] if len(self.heading_path) > 1 else ""

    @property
    def context(self) -> str:
        """The words that go in front of the clause when it is searched: headings, then the lead."""
        return " – ".join((*self.heading_path, self.lead)) if self.lead else " – ".join(self.heading_path)

    def asks(self, sentence: Sentence) -> str:
        """The question that opens the clause, if the sentence stands after it: "Can I park? In the bays." """
        opening = self.sentences[0]
        return opening.text if sentence.start > opening.start and _QUESTION.fullmatch(opening.text) else ""

    def period(self, sentence: Sentence) -> Period:
        """When one of its sentences holds: by the dates in that, those in the lead, or that of the clause."""
        said, above = period(sentence.text), period(self.lead)
        return Period(said.since or above.since or self.effective, said.until or above.until)


def cut(document: Document) -> tuple[Clause, ...]:
    """All clauses of a document, in the order of its text."""
    seen: Counter[str] = Counter()
    return tuple(_clause(block, document, seen) for block in _blocks(document.text, document.title))


def stands(clause: Clause, document: Document) -> bool:
    """Whether a clause and each of its sentences are word for word where they say in a document."""
    parts: tuple[Clause | Sentence, ...] = (clause, *clause.sentences)
    return all(document.text[part.start : part.end] == part.text for part in parts)


def opened_by(document: Document, start: int, end: int) -> tuple[str, ...]:
    """The items of the list that the words from `start` to `end` are the stem of: slices of the page, at most
    `MOST_ITEMS`.
    """
    stem = sentences(document.text[start:end])[-1].text
    line = document.text.rfind("\n", 0, start) + 1
    text = document.text[line:]
    after = dropwhile(lambda block: line + block.sentences[0].start < end, _blocks(text, ""))
    items = takewhile(lambda block: stem in block.lead, after)
    return tuple(text[item.sentences[0].start : item.sentences[-1].end] for item in islice(items, MOST_ITEMS))


@dataclass(frozen=True, slots=True)
class _Block:
    number: str
    heading_path: tuple[str, ...]
    lead: str
    sentences: tuple[Sentence, ...]


def _clause(block: _Block, document: Document, seen: Counter[str]) -> Clause:
    start, end = block.sentences[0].start, block.sentences[-1].end
    text = document.text[start:end]
    digest = hashlib.sha256("\n".join((*block.heading_path, block.lead, text)).encode()).hexdigest()[:8]
    seen[digest] += 1
    again = f"-{seen[digest]}" if seen[digest] > 1 else ""
    return Clause(
        id=f"{document.id}/{digest}{again}",
        document=document.id,
        number=block.number,
        heading_path=block.heading_path,
        lead=block.lead,
        text=text,
        start=start,
        end=end,
        sentences=block.sentences,
        page=_page(document.pages, start),
        effective=_effective(block.sentences) or as_date(document.effective),
    )


def _effective(block: tuple[Sentence, ...]) -> str:
    """The date that the first sentence gives for all; where others give dates too, each speaks for itself."""
    first, *others = [period(sentence.text) for sentence in block]
    return "" if any(other != Period() for other in others) else first.since


def _page(pages: tuple[tuple[int, str], ...], start: int) -> str:
    """The label of the page that holds a position, of pages given as (where it begins, label)."""
    at = bisect_right(pages, start, key=lambda page: page[0])
    return pages[at - 1][1] if at else ""


def _blocks(text: str, title: str) -> Iterator[_Block]:
    path: list[tuple[int, str]] = []
    numbering = Numbering()
    item = _reads_items(labels_of_series(text))
    start = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if heading := _HEADING.fullmatch(line):
            level = len(heading[1])
            path = [(depth, words) for depth, words in path if depth < level]
            numbering.heading()
            if _is_alone(level, lines[number + 1 : number + 3]) and looks_like_rule(heading[2]):
                yield from _line_blocks(item(heading[2]), start + level + 1, _named(path, title), numbering)
            path.append((level, heading[2]))
        elif line.strip():
            yield from _line_blocks(item(line), start, _named(path, title), numbering)
        start += len(line) + 1


def _is_alone(level: int, after: Sequence[str]) -> bool:
    """Whether nothing stands under a heading of that level."""
    following = _HEADING.fullmatch("".join(after))
    return not any(after) or (following is not None and len(following[1]) <= level)


def _named(path: Sequence[tuple[int, str]], title: str) -> tuple[str, ...]:
    """The headings of a path, below the title of their page."""
    headings = tuple(words for _, words in path)
    return headings if headings and headings[0].casefold() == title.casefold() else (title, *headings)


def _reads_items(labels: tuple[str, ...]) -> Callable[[str], re.Match[str]]:
    """What reads the indent, bullet, label and words of a line; a label is one of those given, or any plain one."""
    label = "|".join((LABEL, *map(re.escape, labels)))
    pattern = re.compile(rf"( *)(?P<bullet>- )?(?:\\|(?P<label>{label}) (?=\S))?(?P<words>.*)")

    def read(line: str) -> re.Match[str]:
        match = pattern.fullmatch(line)
        assert match is not None  # every line matches: each part is optional
        return match

    return read


def _line_blocks(match: re.Match[str], start: int, headings: tuple[str, ...], numbering: Numbering) -> Iterator[_Block]:
    indent, label, words = len(match[1]), match["label"] or "", match["words"]
    place = numbering.item if match["bullet"] or label else None
    number, lead = place(indent, label, words) if place else numbering.paragraph(indent, words)
    for part in _parts(sentences(words, start + match.start("words"))):
        yield _Block(number, headings, lead, part)


def _parts(found: tuple[Sentence, ...]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences of a block, in runs that are no longer than a clause may be."""
    part: list[Sentence] = []
    for sentence in found:
        if part and sentence.end - part[0].start > LONGEST:
            yield tuple(part)
            part = []
        part.append(sentence)
    if part:
        yield tuple(part)
