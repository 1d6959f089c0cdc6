"""What owners add beside the pages: taught questions and the lexicon of words that mean the same here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.clauses import Clause
from ingest.documents import HandbookError

NAMED = 5  # lines that are named of many with one reason
VERDICTS = ("yes", "no", "conditional", "info", "not_covered")


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

    `sentences` are (clause id, index of the sentence in it); the required ones come first.
    """

    id: str
    question: str
    history: tuple[str, ...]
    verdict: str
    sentences: tuple[tuple[str, int], ...]
    required: int

    @property
    def asked(self) -> str:
        """The question as it is searched: the one before it in front, if it is a follow-up."""
        return f"{self.history[-1]} {self.question}" if self.history else self.question


def read_taught(path: Path, clauses: Sequence[Clause]) -> Iterator[TaughtQuestion | UnusableLine]:
    """The taught questions of a file; one that no longer fits the pages comes as its error."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _taught(json.loads(line), clauses)
            except (ValueError, KeyError, TypeError) as error:
                yield UnusableLine(path.name, number, str(error))


def gathered(unusable: Iterable[UnusableLine]) -> list[str]:
    """Lines that cannot be used, those of one reason together: a changed sentence may have hundreds."""
    alike: dict[tuple[str, str], list[UnusableLine]] = {}
    for line in unusable:
        alike.setdefault((line.file, line.reason), []).append(line)
    return [str(some[0]) if len(some) == 1 else _together(some) for some in alike.values()]


def _together(some: Sequence[UnusableLine]) -> str:
    first, more = some[:NAMED], len(some) - NAMED
    numbers = ", ".join(str(line.number) for line in first) + (f" and {more} more" if more > 0 else "")
    return f"{some[0].file}, {len(some)} questions (lines {numbers}): {some[0].reason}"


def _taught(row: Mapping[str, Any], clauses: Sequence[Clause]) -> TaughtQuestion:
    if row["verdict"] not in VERDICTS:
        raise ValueError(f"verdict {row['verdict']!r} is none of {', '.join(VERDICTS)}")
    evidence = sorted(row.get("evidence") or (), key=lambda e: e["role"] != "required")
    return TaughtQuestion(
        id=row["id"],
        question=row["question"],
        history=tuple(turn["question"] for turn in row.get("history") or ()),
        verdict=row["verdict"],
        sentences=tuple(_place(e, clauses) for e in evidence),
        required=sum(e["role"] == "required" for e in evidence),
    )


def _place(evidence: Mapping[str, str], clauses: Sequence[Clause]) -> tuple[str, int]:
    quote = re.sub(r"\s+", " ", evidence["quote"]).strip()
    for clause in clauses:
        if clause.document == evidence.get("document", clause.document):
            for index, sentence in enumerate(clause.sentences):
                if quote in sentence.text:
                    return clause.id, index
    raise ValueError(f"no sentence of the handbook holds {quote!r}: link what it answers again or take it out")


def read_lexicon(path: Path) -> dict[str, dict[str, str]]:
    """The lexicon as `{"same": {variant: canonical}, "abbreviations": {short: long}}`.

    Raises:
        TaughtError: the file is not YAML of that shape.
    """
    if not path.exists():
        return {"same": {}, "abbreviations": {}}
    import yaml  # here: a question reads the lexicon from its edition

    try:
        found = yaml.safe_load(path.read_text("utf-8")) or {}
        same = {str(v).lower(): str(k).lower() for k, variants in (found.get("same") or {}).items() for v in variants}
        short = {str(k).lower(): str(v).lower() for k, v in (found.get("abbreviations") or {}).items()}
    except (yaml.YAMLError, AttributeError, TypeError) as error:
        raise TaughtError(f"{path.name} is not a lexicon ({error}): see the comment at the top of it") from error
    return {"same": same, "abbreviations": short}
