"""Which rule of a page takes back another that is named by its number.

    3. No employee shall undertake other paid work.
    4. Paragraph 3 shall not apply below ten hours a week.      4 takes back 3
    5. Subject to paragraph 6, keys are held by the Clerk.      6 takes back 5

Only numbers that the page prints are names: a bullet has none, a heading's is that of all below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.clauses import Clause
from ingest.documents import Document
from ingest.editions import Edition
from ingest.remarks import label

_KIND = r"(?:paragraph|para\.?|section|rule|clause|article|regulation|standing order|point|item|part)"
_ANY = re.compile(rf"{_KIND}s? (?:[A-Z]{{1,3}})?\d", re.IGNORECASE)
_NAME = r"(?:[A-Z]{1,3})?\d{1,3}(?:\.\d{1,3})*(?: ?\((?:[a-z]|[ivx]{1,5}|\d{1,3})\))*"
#: Atomic, so that "section 12 of the Act" is not read as section 1.
_PART = (
    r"(?:the )?(?:provisions? of |requirements? of |rules? (?:in|of) )?"
    rf"(?P<what>{_KIND})s? "
    rf"(?P<names>(?>{_NAME}(?:(?:, (?:and |or )?| and | or | to | ?[-–] ?){_NAME})*))"
    r"(?: of (?:this|these|our)(?: [\w-]+){1,3}?)?(?! of )(?: above| below)?"
)
_TAKES_BACK = re.compile(
    rf"\b(?:notwithstanding|despite|(?:by way of|as an) exception (?:to|from)|nothing in) (?:anything in )?{_PART}",
    re.IGNORECASE,
)
_IS_TAKEN_BACK = re.compile(
    rf"\b{_PART} (?:(?:shall|does|do|will) not apply|(?:applies|apply) only|only (?:applies|apply))\b", re.IGNORECASE
)
_YIELDS = re.compile(
    r"\b(?:subject to|(?:except|save|unless|other than)(?: as| where| otherwise)?"
    r"(?: (?:provided|set out|stated|permitted|allowed|described))?(?: (?:in|by|under|for in))?)"
    rf" {_PART}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Override:
    """From `start` to `end` in `rule` stands what is taken back by `length` characters from `at` in `by`."""

    rule: Clause
    start: int
    end: int
    by: Clause
    at: int
    length: int


class Overrides:
    """What takes back what in an edition, page by page, each page read when it is first quoted."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._known: dict[str, tuple[Override, ...]] = {}

    def of(self, document: str) -> tuple[Override, ...]:
        """Those of a page, by its id."""
        if document not in self._known:
            clauses = [clause for clause in self._edition.clauses if clause.document == document]
            self._known[document] = tuple(overrides(self._edition.documents[document], clauses))
        return self._known[document]


def overrides(page: Document, clauses: Sequence[Clause]) -> Iterator[Override]:
    """All of a page, whose clauses are given in order.

    A rule may be a whole section or a clause with its items; what takes it back is a sentence, or one clause.
    """
    rules_of = _Numbers(page, clauses)
    for clause in clauses:
        for sentence in (s for s in clause.sentences if _ANY.search(s.text)):
            at, length = sentence.start - clause.start, len(sentence.text)
            for pattern in (_TAKES_BACK, _IS_TAKEN_BACK):
                for what, name in _named(pattern, sentence.text):
                    numbered, under = rules_of.numbered(name, clause), rules_of.headed(name)
                    rules = under or numbered if what in ("section", "part") else numbered or under
                    yield from (Override(r, r.start, r.end, clause, at, length) for r in rules if r is not clause)
            for _, name in _named(_YIELDS, sentence.text):
                for other in rules_of.numbered(name, clause)[:1]:
                    yield Override(clause, sentence.start, sentence.end, other, 0, len(other.text))


def _named(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a text names in the words of a pattern: ("paragraph", ("4", "2", "a"))."""
    for match in pattern.finditer(text):
        for name in _names(match["names"]):
            yield match["what"].lower(), name


def _names(words: str) -> Iterator[tuple[str, ...]]:
    """Each number as its parts: "4.2 (a) and 5" is 4, 2, a and 5; "3 to 5" is 3, 4 and 5; "B3 to B4" is B3 and B4."""
    ends = re.fullmatch(r"([A-Z]*)(\d+)(?: to | ?[-–] ?)\1(\d+)", words)
    if ends and int(ends[2]) < int(ends[3]):
        yield from ((f"{ends[1]}{number}",) for number in range(int(ends[2]), int(ends[3]) + 1))
    else:
        yield from (tuple(re.findall(r"\w+", name[0])) for name in re.finditer(_NAME, words))


class _Numbers:
    """The clauses of a page by the numbers that a reader of it sees, and by those of the headings above them."""

    def __init__(self, page: Document, clauses: Sequence[Clause]) -> None:
        self._numbered: dict[tuple[str, ...], list[Clause]] = {}
        self._headed: dict[str, list[Clause]] = {}
        for clause in clauses:
            number = re.sub(r"^[A-Za-z ]{4,} (?=\d)", "", clause.number)  # of "Rule 4" the 4
            parts = tuple(re.findall(r"\w+", number)) if _printed(clause, page) else ()
            for length in range(1, len(parts) + 1):
                self._numbered.setdefault(parts[:length], []).append(clause)
            for number in {label(heading).split(" ")[-1] for heading in clause.heading_path[1:]}:
                self._headed.setdefault(number, []).append(clause)

    def headed(self, name: tuple[str, ...]) -> list[Clause]:
        """The clauses below a heading with a number."""
        return self._headed.get(".".join(name), [])

    def numbered(self, name: tuple[str, ...], by: Clause) -> list[Clause]:
        """The clauses with a printed number and those under them; of numbers that begin anew, those beside `by`."""
        found = self._numbered.get(name, [])
        return [c for c in found if c.heading_path == by.heading_path] or found


def _printed(clause: Clause, page: Document) -> bool:
    """Whether a clause has a number that a reader of the page sees; bullets and paragraphs are only counted."""
    line = page.text[page.text.rfind("\n", 0, clause.start) + 1 : clause.start].strip()
    return line != "-" and not clause.number.startswith("¶")
