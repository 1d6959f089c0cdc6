"""What the owner of a handbook should know before readers do; the report of an ingest shows it.

- what was left out of a page because a reader would not see it, pages without text (each document's own);
- pages of one title, whose quotes a reader cannot tell apart;
- pages that say the same with different figures, and one that says the same over and over;
- references to an appendix or section that is not there;
- rules that hold only from a day to come, or held until a day that is past;
- sentences that give orders to a machine that reads them, or speak in its name.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.clauses import Clause, Sentence
from ingest.documents import Document
from ingest.formats import listed
from ingest.numbering import ROW

REPEATED = 10
"""Times that a page may say the same but for its figures."""

_FIGURE = re.compile(  # in small letters
    r"[£$€]?\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|am|pm|%)?"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|half|quarter)\b(?! of)"
)
_UNIT = re.compile(
    r"#\s*(?:(?:working|school|calendar|clear)\s+)?(?:minute|hour|day|week|month|term|year|pound|per ?cent)s?['’]?"
)
_REFERENCE = re.compile(
    r"\b(?:[Ss]ee(?: also)?|[Rr]efer to|set out in|listed in|given in|(?:as|described) in|under|in)\s+(?:the\s+)?"
    r"(?P<what>[Aa]ppendix|[Aa]nnexe?|[Ss]chedule|[Ss]ection|[Cc]lause|[Pp]aragraph)\s+"
    r"(?P<name>[A-Z]\b|\d{1,3}(?:\.\d{1,3})*)"
    r"(?!\s+of\s+(?:the|that)\b)"
)
_PARTS = ("ppendix", "nnex", "chedule", "ection", "lause", "aragraph")
"""What a reference names, without its first letter; looked for first, because few clauses hold one."""

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}"
    r"\b(?:previous|prior|above|earlier|instructions|the user|prompt)\b"
    r"|\b(?:in|of|to|encode|encrypt|translate|reverse|represent|rewrite) your (?:response|answer|output|reply)\b"
    r"|^(?:reply|respond|answer) (?:only )?(?:in|with)\b|\breply with the text of\b"
    r"|(?:^|[.!?]\s+)(?:assistant|system)\s*:",
    re.IGNORECASE,
)
_ORDERED = ("ignore", "disregard", "forget", "override", "reply", "respon", "answer", "output", "assistant", "system")
"""Words without which no order is given: looked for first, for they are found faster than the order."""


def remarks(documents: Sequence[Document], clauses: Sequence[Clause], today: str = "") -> tuple[str, ...]:
    """Everything worth a look, in sentences; `today` is an ISO date, by default that of the clock."""
    today = today or datetime.date.today().isoformat()
    own = (remark for document in documents for remark in document.remarks)
    noticed = (
        *namesakes(documents),
        *contradictions(clauses),
        *dangling(documents, clauses),
        *not_holding(clauses, today),
        *orders(clauses),
    )
    return (*own, *noticed)


def namesakes(documents: Sequence[Document]) -> Iterator[str]:
    """Pages that have the same title."""
    called: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        called[document.title.casefold()].append(document)
    for pages in called.values():
        if len(pages) > 1:
            files = listed([page.path for page in pages])
            yield f"{len(pages)} pages are called “{pages[0].title}” ({files}): a reader cannot tell their quotes apart"


def contradictions(clauses: Sequence[Clause]) -> Iterator[str]:
    """Sentences that are the same but for their figures, in different pages; and pages that repeat one."""
    said: dict[str, list[_Said]] = defaultdict(list)
    for clause in clauses:
        for sentence in clause.sentences:
            words, figures = masked(sentence.text)
            if figures:
                said[words].append(_Said(clause, sentence, figures))
    for places in said.values():
        yield from _repeated(places)
        first = places[0]
        other = next(
            (p for p in places if p.figures != first.figures and p.clause.document != first.clause.document), None
        )
        if other:
            yield f"two pages differ: {first.quoted} and {other.quoted}"


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with figures in it, and where it stands."""

    clause: Clause
    sentence: Sentence
    figures: tuple[str, ...]

    @property
    def quoted(self) -> str:
        return f"{place_of(self.clause)} says “{self.sentence.text}”"


def _repeated(places: Sequence[_Said]) -> Iterator[str]:
    """What a page says over and over; the rows of a table do not, as long as each has figures of its own."""
    times: Counter[str] = Counter()
    rows: set[tuple[str, tuple[str, ...]]] = set()
    for place in places:
        row = (place.clause.document, place.figures)
        if ROW.match(place.sentence.text) and row not in rows:
            rows.add(row)
            continue
        times[place.clause.document] += 1
        if times[place.clause.document] == REPEATED:
            yield f"{place.clause.document} says {REPEATED} times and more: “{place.sentence.text}”"


@lru_cache(maxsize=8192)
def masked(text: str) -> tuple[str, tuple[str, ...]]:
    """A sentence without its figures and their units, and those; no figures where too few words are left to compare.

    Two sentences with the same words and other figures say different things of the same.

    >>> masked("Notice is one week."), masked("Sign in.")
    (('notice is #.', ('one', '# week')), ('sign in.', ()))
    """
    text = " ".join(text.lower().split())
    if not _FIGURE.search(text):
        return text, ()
    numberless = _FIGURE.sub("#", text)
    words = _UNIT.sub("#", numberless)
    return words, (*_FIGURE.findall(text), *_UNIT.findall(numberless)) if len(words.split()) > 2 else ()


def dangling(documents: Sequence[Document], clauses: Sequence[Clause]) -> Iterator[str]:
    """References to a part of the handbook that no heading, number or beginning of a clause names."""
    for clause, part in absent(documents, clauses):
        yield f"{place_of(clause)} refers to {part}, which is not in the handbook"


def absent(documents: Sequence[Document], clauses: Sequence[Clause]) -> Iterator[tuple[Clause, str]]:
    """The references to parts that are not there: ("Appendix Z", "Section 9"), each with its clause."""
    referring = [clause for clause in clauses if any(part in clause.text for part in _PARTS)]
    if not referring:
        return
    known = {label(heading) for path in {clause.heading_path for clause in clauses} for heading in path}
    known |= {d.title.lower() for d in documents} | {label(clause.text) for clause in clauses}
    known |= {label(line.lstrip("# ")) for d in documents for line in d.text.split("\n")}
    numbers = {clause.number.split(" ")[0].strip(".") for clause in clauses} | {name.rstrip(".") for name in known}
    for clause in referring:
        for match in _REFERENCE.finditer(clause.text):
            what, name = match["what"].lower().replace("annexe", "annex"), match["name"].lower()
            lettered = what in ("appendix", "annex", "schedule")
            if f"{what} {name}" not in known and (lettered or not _among(name, numbers)):
                yield clause, f"{match['what']} {match['name']}"


def _among(name: str, numbers: set[str]) -> bool:
    return any(number == name or number.startswith(f"{name}.") for number in numbers)


def label(words: str) -> str:
    """How a heading or clause begins, if that is a label: "appendix b", "4.2"."""
    match = re.match(
        r"(?:(appendix|annexe?|schedule|section|clause|part)\s+)?([a-z]|\d+(?:\.\d+)*)(?![\w])", words.lower()
    )
    return f"{(match[1] or '').replace('annexe', 'annex')} {match[2]}".strip() if match else ""


def not_holding(clauses: Sequence[Clause], today: str) -> Iterator[str]:
    """Clauses of which a sentence does not hold today."""
    for clause in clauses:
        for when in dict.fromkeys(clause.period(sentence).outside(today) for sentence in clause.sentences):
            if when:
                yield f"{place_of(clause)} {when}: it is not used for answers on other days"


def orders(clauses: Sequence[Clause]) -> Iterator[str]:
    """Clauses that tell an answering machine what to do; a handbook speaks to people."""
    for clause in clauses:
        folded = clause.text.casefold()
        if any(word in folded for word in _ORDERED) and (match := _ORDER.search(clause.text)):
            yield f"{place_of(clause)} seems to give orders to a machine: “{clause.text[match.start() :][:80]}”"


def place_of(clause: Clause) -> str:
    """Where a clause stands, in words."""
    return f"{clause.document}, {clause.number}"
