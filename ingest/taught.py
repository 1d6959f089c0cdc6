"""What owners add beside the pages: questions, each with its verdict and the sentences that settle it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.clauses import Clause
from ingest.documents import HandbookError
from ingest.invisible import HALF

NAMED = 5  # lines that are named of many with one reason
VERDICTS = ("yes", "no", "conditional", "info", "not_covered")
ROLES = ("required", "supporting")
CRUMB = 12  # characters below which a quote is in too many sentences to mean one

Place = tuple[str, int]
"""A clause's id, and the index of a sentence in it."""
Sentences = Mapping[str, Mapping[str, Place]]
"""Document → text of a sentence, its white space collapsed → where it stands first."""


class TaughtError(HandbookError):
    """A taught question or lexicon that cannot be used; the message names the line."""


class UnusableLine(TaughtError):
    """A line of the taught questions that cannot be used, and why."""

    def __init__(self, file: str, number: int, reason: str) -> None:
        super().__init__(f"{file}, line {number}: {reason}")
        self.file, self.number, self.reason = file, number, reason


@dataclass(frozen=True, slots=True)
class TaughtQuestion:
    """A question a person has linked to the sentences that answer it, with its verdict.

    `sentences` stand each once, the required ones first.
    """

    id: str
    question: str
    history: tuple[str, ...]
    verdict: str
    sentences: tuple[Place, ...]
    required: int

    @property
    def asked(self) -> str:
        """The question as it is searched: the one before it in front, if it is a follow-up."""
        return f"{self.history[-1]} {self.question}" if self.history else self.question


def read_taught(path: Path, clauses: Sequence[Clause]) -> Iterator[TaughtQuestion | UnusableLine]:
    """The taught questions of a file; one that contradicts itself or another, or does not fit the pages, as its error.

    Raises:
        TaughtError: the file is no text.
    """
    lines, sentences = _Lines(), _sentences(clauses)
    for number, line in enumerate(lines_of(path), 1):
        if line.strip():
            try:
                taught = _taught(_row(line), sentences)
                lines.add(number, taught)
                yield taught
            except ValueError as error:
                yield UnusableLine(path.name, number, str(error))


@dataclass(slots=True)
class _Lines:
    """The lines so far: where each id and each question was first read, and with what verdict."""

    ids: dict[str, int] = field(default_factory=dict)
    asked: dict[tuple[str, ...], tuple[int, str]] = field(default_factory=dict)

    def add(self, number: int, taught: TaughtQuestion) -> None:
        words = tuple(map(folded, (*taught.history, taught.question)))
        if taught.id in self.ids:
            raise ValueError(f"id {taught.id!r} is taken by line {self.ids[taught.id]}: give it another")
        line, verdict = self.asked.get(words, (number, taught.verdict))
        if verdict != taught.verdict:
            raise ValueError(
                f"line {line} asks the same and says {verdict!r}, not {taught.verdict!r}: keep one of them"
            )
        self.ids[taught.id] = number
        self.asked[words] = line, verdict


def gathered(unusable: Iterable[UnusableLine]) -> list[str]:
    """Lines that cannot be used, those of one reason together: a changed sentence may have hundreds."""
    alike: dict[tuple[str, str], list[UnusableLine]] = {}
    for line in unusable:
        alike.setdefault((line.file, line.reason), []).append(line)
    return [str(some[0]) if len(some) == 1 else _together(some) for some in alike.values()]


def text_of(path: Path) -> str:
    """The text of a file that lies beside the pages.

    Raises:
        TaughtError: it is not UTF-8, or cannot be opened.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise TaughtError(f"{path.name} cannot be opened ({error.strerror}): make it readable") from error
    except UnicodeDecodeError as error:
        raise TaughtError(f"{path.name} is not UTF-8 text (byte {error.start}): save it as UTF-8") from error


def lines_of(path: Path) -> list[str]:
    """The lines of such a file, none if it is not there. Only a line feed ends one: JSON holds U+2028 as it is.

    Raises:
        TaughtError: it is not UTF-8, or cannot be opened.
    """
    return [line.rstrip("\n") for line in io.StringIO(text_of(path))] if path.exists() else []


def _together(some: Sequence[UnusableLine]) -> str:
    first, more = some[:NAMED], len(some) - NAMED
    numbers = ", ".join(str(line.number) for line in first) + (f" and {more} more" if more > 0 else "")
    return f"{some[0].file}, {len(some)} questions (lines {numbers}): {some[0].reason}"


def folded(question: str) -> str:
    """A question without capitals and marks: the same for all that differ in nothing else."""
    return re.sub(r"[^\w]+", " ", question.casefold()).strip()


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is no JSON ({error}): write one question a line, as the other lines are") from error
    if not isinstance(row, dict):
        raise ValueError(f"is {row!r:.60}, no question: write it as the other lines are")
    return row


def _taught(row: Mapping[str, Any], sentences: Sentences) -> TaughtQuestion:
    evidence = sorted(_objects(row, "evidence"), key=lambda e: _one_of(ROLES, e, "role") != "required")
    places = [_place(e, sentences) for e in evidence]
    required = sum(e["role"] == "required" for e in evidence)
    taught = TaughtQuestion(
        id=_words(row, "id"),
        question=_words(row, "question"),
        history=tuple(_words(turn, "question") for turn in _objects(row, "history")),
        verdict=_one_of(VERDICTS, row, "verdict"),
        sentences=tuple(dict.fromkeys(places)),  # two quotes may be of one sentence: its first role counts
        required=len(set(places[:required])),
    )
    if taught.verdict == "not_covered" and evidence:
        raise ValueError("it is not_covered and yet has evidence: take one of them out")
    if taught.verdict != "not_covered" and not taught.required:
        raise ValueError(f"it is {taught.verdict!r} without a required quote: quote the sentence that settles it")
    return taught


def _words(row: Mapping[str, Any], name: str) -> str:
    """The text under a name: with a letter or digit in it, and such as can be written to a file."""
    if name not in row:
        raise ValueError(f"{name!r} is missing: add it, as in the other lines")
    value = row[name]
    if not isinstance(value, str) or not folded(value):
        raise ValueError(f"{name!r} is {value!r:.60}, no words: write them in quotes")
    if HALF.search(value):
        raise ValueError(f"{name!r} is {value!r:.60}, with half a character in it: write it anew")
    return value


def _one_of(known: Sequence[str], row: Mapping[str, Any], name: str) -> str:
    value = _words(row, name)
    if value not in known:
        raise ValueError(f"{name} {value!r} is none of {', '.join(known)}")
    return value


def _objects(row: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = row.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError(f"{name!r} is {found!r:.60}, no list of objects: write it as in the other lines")
    return found


def _sentences(clauses: Sequence[Clause]) -> Sentences:
    found: dict[str, dict[str, Place]] = {}
    for clause in clauses:
        for index, sentence in enumerate(clause.sentences):
            found.setdefault(clause.document, {}).setdefault(collapsed(sentence.text), (clause.id, index))
    return found


def _place(evidence: Mapping[str, Any], sentences: Sentences) -> Place:
    """The sentence that is a quote, else the only one that holds it; a crumb of a few letters is none but its own."""
    quote = collapsed(_words(evidence, "quote"))
    pages = [page for name, page in sentences.items() if name == evidence.get("document", name)]
    for page in pages:
        if quote in page:
            return page[quote]
    if len(folded(quote)) < CRUMB:
        raise ValueError(f"no sentence of the handbook is {quote!r}, and that is too little of one: quote all of it")
    holding = {text: place for page in reversed(pages) for text, place in page.items() if quote in text}
    if not holding:
        raise ValueError(f"no sentence of the handbook holds {quote!r}: link what it answers again or take it out")
    if len(holding) > 1:
        raise ValueError(f"{len(holding)} sentences of the handbook hold {quote!r}: quote all of the one that is meant")
    return next(iter(holding.values()))


def collapsed(text: str) -> str:
    """A text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
