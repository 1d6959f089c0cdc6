"""The last accepted run, committed as `eval/accepted.json`: what every new run is set against."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.figures import Row
from eval.gold import GoldQuestion
from ingest.documents import HandbookError


class BaselineError(HandbookError):
    """A baseline that cannot be read, or a run that cannot become one."""


@dataclass(frozen=True, slots=True)
class Held:
    """How one question was answered in the accepted run; `gold` is the digest of how it was labelled then."""

    gold: str
    verdict: str
    credit: float | None
    flip: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted run: why it was accepted, from which edition, and each of its answers."""

    reason: str
    edition: str
    questions: Mapping[str, Held]


def accepted_of(rows: Sequence[Row], edition: str, reason: str) -> Accepted:
    """A run as a baseline."""
    return Accepted(reason, edition, {row.gold.id: held(row) for row in rows})


def held(row: Row) -> Held:
    """What a baseline keeps of one answer."""
    return Held(
        gold_digest(row.gold), row.answer.verdict, row.score.credit, bool(row.score.flip), row.answer.confidence
    )


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
        found = json.loads(path.read_text("utf-8"))
        questions = {name: Held(**row) for name, row in found["questions"].items()}
        return Accepted(found["reason"], found["edition"], questions)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"{path} is no accepted run ({error}): restore it, or run policy-eval accept") from error


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
    if report["partial"]:
        raise BaselineError(
            f"{path} is of a run with {report['partial']}: run policy-eval on all the gold, then accept"
        )
    if broken := [row["id"] for row in report["answers"] if row["score"]["quotes_exact"] < row["score"]["quotes"]]:
        raise BaselineError(f"quotes that are no slice of the page cannot be accepted: {', '.join(broken)}")
    if failed := [row["id"] for row in report["answers"] if row["answer"]["error"]]:
        raise BaselineError(f"questions that could not be asked cannot be accepted: {', '.join(failed)}")
    return Accepted(reason, report["edition"], {row["id"]: Held(**row["held"]) for row in report["answers"]})


def read_report(path: Path) -> dict[str, Any]:
    """A report that an earlier run wrote.

    Raises:
        BaselineError: there is none, or it cannot be read.
    """
    try:
        report: Any = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise BaselineError(f"no report {path} yet: run policy-eval first") from error
    except ValueError as error:
        raise BaselineError(f"{path} is no report ({error}): run policy-eval again") from error
    if not isinstance(report, dict) or not {"answers", "edition", "partial"} <= set(report):
        raise BaselineError(f"{path} is no report of this version: run policy-eval again")
    return report
