"""Gold questions: read strictly, or refused with what is wrong.

    {"id": "d001", "question": "can i text a parent?", "history": [], "verdict": "no", "tags": ["contact"],
     "evidence": [{"quote": "Do not exchange private texts, …", "role": "required"}], "must": true}

`evidence.document` may name the page a quote stands on, `must` marks a question that may never get worse,
`note` is for people. Quotes are compared after collapsing white space.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.overlap import plain
from ingest.documents import HandbookError
from ingest.taught import CRUMB, collapsed
from qa.draft import Verdict

SHOWN = 40
Role = Literal["required", "supporting"]


class GoldError(HandbookError):
    """Gold that cannot be measured with; the message lists its faults with file and line, the first `SHOWN` of many."""

    def __init__(self, what: str, faults: Sequence[str] = ()) -> None:
        more = [f"… and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
        told = [f"{what} ({len(faults)}):", *faults[:SHOWN], *more] if faults else [what]
        super().__init__("\n  ".join(told))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that settles a question (`required`) or may be cited with it (`supporting`)."""

    text: str
    role: Role
    document: str = ""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the verdict and the evidence that an honest reader of the handbook would give.

    `verdict` is None where only the evidence is known (benchmarks of others).
    """

    id: str
    question: str
    history: tuple[tuple[str, str], ...]
    verdict: Verdict | None
    evidence: tuple[Quote, ...]
    tags: tuple[str, ...] = ()
    must: bool = False
    note: str = ""
    answerable: bool = True

    @property
    def required(self) -> tuple[Quote, ...]:
        """The quotes that settle it."""
        return tuple(quote for quote in self.evidence if quote.role == "required")

    @property
    def turns(self) -> list[dict[str, str]]:
        """The history as `Assistant.ask` takes it."""
        return [{"question": question, "answer": answer} for question, answer in self.history]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Turn(_Strict):
    question: str = Field(min_length=1)
    answer: str = ""


class _Evidence(_Strict):
    quote: str = Field(min_length=1)
    role: Role
    document: str = ""


class _Row(_Strict):
    id: str = Field(pattern=r"^[A-Za-z0-9][\w.:-]*$")
    question: str = Field(min_length=1, pattern=r"\S")
    history: list[_Turn] = []
    verdict: Verdict
    evidence: list[_Evidence]
    tags: list[str] = []
    must: bool = False
    note: str = ""


def read_gold(paths: Sequence[Path]) -> tuple[GoldQuestion, ...]:
    """All gold questions of some files, in their order.

    Raises:
        GoldError: a file is missing or empty, or a line has unknown fields, a taken id, or evidence that
            contradicts its verdict. All faults are named at once.
    """
    found: list[GoldQuestion] = []
    faults: list[str] = []
    ids: dict[str, str] = {}
    asked: dict[tuple[str, ...], str] = {}
    for where, line in _lines(paths):
        try:
            gold = _gold(line)
        except ValueError as error:
            faults.append(f"{where}: {error}")
            continue
        faults += [f"{where}: {fault}" for fault in contradictions(gold)]
        faults += _taken(gold, where, ids, asked)
        found.append(gold)
    if faults:
        raise GoldError("gold that cannot be used", faults)
    if not found:
        raise GoldError(f"no question in {', '.join(map(str, paths))}: one JSON object a line, see eval/gold/dev.jsonl")
    return tuple(found)


def contradictions(gold: GoldQuestion) -> Iterator[str]:
    """Why the evidence of a question cannot go with its verdict."""
    if gold.verdict == "not_covered" and gold.evidence:
        yield f"{gold.id} is not_covered and yet has evidence: take one of them out"
    if gold.verdict != "not_covered" and not gold.required:
        yield f"{gold.id} is {gold.verdict!r} without a required quote: quote the sentence that settles it"
    texts = [quote.text for quote in gold.evidence]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"{gold.id} quotes {text!r:.60} twice: once is enough"
    for text in (text for text in texts if len(plain(text)) < CRUMB):
        yield f"{gold.id} quotes {text!r}, {CRUMB} letters and digits at least: quote the sentence that settles it"


def _lines(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            text = path.read_text("utf-8-sig")
        except OSError as error:
            raise GoldError(
                f"no gold file {path} ({error.strerror}): give a JSON Lines file of gold questions"
            ) from error
        except UnicodeDecodeError as error:
            raise GoldError(f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8") from error
        yield from ((f"{path}:{n}", line) for n, line in enumerate(text.split("\n"), 1) if line.strip())


def _gold(line: str) -> GoldQuestion:
    try:
        row = _Row.model_validate(json.loads(line, object_pairs_hook=_once))
    except RecursionError as error:
        raise ValueError(f"is no gold question ({error}): write it as the other lines are") from error
    except ValidationError as error:
        raise ValueError("; ".join(map(said, error.errors()))) from error
    return GoldQuestion(
        id=row.id,
        question=row.question,
        history=tuple((turn.question, turn.answer) for turn in row.history),
        verdict=row.verdict,
        evidence=tuple(Quote(collapsed(e.quote), e.role, e.document) for e in row.evidence),
        tags=tuple(row.tags),
        must=row.must,
        note=row.note,
        answerable=row.verdict != "not_covered",
    )


def said(error: Mapping[str, Any]) -> str:
    """One of pydantic's errors in words: where, what, and the value found."""
    found = "" if error["type"] == "missing" else f" (found {error['input']!r:.60})"
    where = f"{'.'.join(map(str, error['loc']))}: " if error["loc"] else ""
    return f"{where}{error['msg']}{found}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys stand once; a second one would win without a word."""
    names = [name for name, _ in pairs]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{', '.join(sorted(twice))} stands twice in one object")
    return dict(pairs)


def _taken(gold: GoldQuestion, where: str, ids: dict[str, str], asked: dict[tuple[str, ...], str]) -> Iterator[str]:
    words = (gold.question.casefold(), *(question.casefold() for question, _ in gold.history))
    if gold.id in ids:
        yield f"{where}: id {gold.id!r} is taken by {ids[gold.id]}"
    if words in asked:
        yield f"{where}: {gold.id} asks what {asked[words]} asks, word for word"
    ids.setdefault(gold.id, where)
    asked.setdefault(words, where)
