"""The last accepted run, committed as `eval/accepted.json`: what every new run is set against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from eval.figures import Row
from eval.gold import GoldQuestion, said
from ingest.documents import HandbookError

Share = Annotated[float, Field(ge=0, le=1)]
_STRICT = ConfigDict(extra="forbid", strict=True)
_PART = ConfigDict(extra="ignore", strict=True)


class BaselineError(HandbookError):
    """A baseline that cannot be read, or a run that cannot become one."""


@dataclass(frozen=True, slots=True)
class Held:
    """How one question was answered in the accepted run; `gold` is the digest of how it was labelled then."""

    __pydantic_config__ = _STRICT
    gold: str
    verdict: str
    credit: Share
    flip: bool
    confidence: Share


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted run: why it was accepted, from which edition, and each of its answers."""

    __pydantic_config__ = _STRICT
    reason: str
    edition: str
    questions: Mapping[str, Held]


@dataclass(frozen=True, slots=True)
class Shown:
    """How many quotes an answer showed, and how many of them are slices of the page."""

    __pydantic_config__ = _PART
    quotes: int
    quotes_exact: int


@dataclass(frozen=True, slots=True)
class Said:
    """Why a question could not be asked; empty where it was."""

    __pydantic_config__ = _PART
    error: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What is read again of one answer in a report."""

    __pydantic_config__ = _PART
    id: str
    right: bool | None
    held: Held
    score: Shown
    answer: Said


@dataclass(frozen=True, slots=True)
class Report:
    """What is read again of a report."""

    __pydantic_config__ = _PART
    edition: str
    partial: str
    answers: tuple[Reported, ...]


def accepted_of(rows: Sequence[Row], edition: str, reason: str) -> Accepted:
    """A run as a baseline."""
    return Accepted(reason, edition, {row.gold.id: held(row) for row in rows})


def held(row: Row) -> Held:
    """What a baseline keeps of one answer."""
    credit = row.score.credit or 0.0
    return Held(gold_digest(row.gold), row.answer.verdict, credit, bool(row.score.flip), row.answer.confidence)


def gold_digest(gold: GoldQuestion) -> str:
    """Twelve hex digits that change when the question, its history, its verdict or its evidence does."""
    evidence = sorted((quote.text, quote.role) for quote in gold.evidence)
    told = json.dumps([gold.question, gold.history, gold.verdict, evidence])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def read_accepted(path: Path) -> Accepted | None:
    """The committed baseline, or None where none was accepted yet.

    Raises:
        BaselineError: the file is no baseline.
    """
    if not path.exists():
        return None
    try:
        return TypeAdapter(Accepted).validate_json(path.read_bytes())
    except ValidationError as error:
        why = said(error.errors()[0])
        raise BaselineError(f"{path} is no accepted run ({why}): restore it, or run policy-eval accept") from error


def write_accepted(path: Path, accepted: Accepted) -> None:
    """Writes a baseline, a question a line, so that a change of it reads well in a pull request."""
    head = json.dumps({"reason": accepted.reason, "edition": accepted.edition}, ensure_ascii=False)
    lines = [f" {json.dumps(name)}: {json.dumps(asdict(row))}" for name, row in sorted(accepted.questions.items())]
    path.write_text(head[:-1] + ', "questions": {\n' + ",\n".join(lines) + "\n}}\n", "utf-8")


def accepted_from_report(path: Path, reason: str) -> Accepted:
    """The last run's report as a baseline.

    Raises:
        BaselineError: there is no report, it is of some questions only, a quote in it is no slice, or a
            question could not be asked.
    """
    report = read_report(path)
    if report.partial:
        raise BaselineError(f"{path} is of a run with {report.partial}: run policy-eval on all the gold, then accept")
    if broken := [one.id for one in report.answers if one.score.quotes_exact < one.score.quotes]:
        raise BaselineError(f"quotes that are no slice of the page cannot be accepted: {', '.join(broken)}")
    if failed := [one.id for one in report.answers if one.answer.error]:
        raise BaselineError(f"questions that could not be asked cannot be accepted: {', '.join(failed)}")
    return Accepted(reason, report.edition, {one.id: one.held for one in report.answers})


def read_report(path: Path) -> Report:
    """A report that an earlier run wrote.

    Raises:
        BaselineError: there is none, or it cannot be read.
    """
    try:
        return TypeAdapter(Report).validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise BaselineError(f"no report {path} yet: run policy-eval first") from error
    except ValidationError as error:
        why = said(error.errors()[0])
        raise BaselineError(f"{path} is no report of this version ({why}): run policy-eval again") from error
