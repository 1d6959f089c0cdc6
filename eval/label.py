"""A question → a line of gold: the candidates for evidence are shown, a person chooses, the line is checked first."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from filelock import FileLock

from eval.gold import GoldError, read_gold
from eval.leaks import check_leaks
from eval.places import check_quotes
from ingest.editions import Edition
from ingest.embedding import Embedder
from ingest.taught import VERDICTS
from qa.answer import Answer

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Label:
    """What a person said of a question; `required` and `supporting` are candidates by their number, from 1.

    `after` are the questions before it, if it is a follow-up.
    """

    question: str
    verdict: str
    required: tuple[int, ...]
    supporting: tuple[int, ...] = ()
    after: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    must: bool = False


def candidates(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The sentences that may settle a question, best first: (document, sentence)."""
    found = answer.evidence.candidates[:SHOWN] if answer.evidence else ()
    return tuple((candidate.clause.document, candidate.sentence.text) for candidate in found)


def numbers(text: str) -> tuple[int, ...]:
    """“1, 3” → (1, 3).

    Raises:
        GoldError: there is something else in it.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if wrong := [part for part in parts if not part.isdecimal()]:
        raise GoldError(f"{wrong[0]!r} is no number of a sentence: give them as 1,3")
    return tuple(map(int, parts))


def usable(verdict: str, required: str, supporting: str) -> None:
    """What was typed can become a label; what was left out is asked for later.

    Raises:
        GoldError: it cannot.
    """
    chosen = (*numbers(required), *numbers(supporting))
    if verdict and verdict not in VERDICTS:
        raise GoldError(f"verdict {verdict!r} is none of {', '.join(VERDICTS)}")
    if verdict == "not_covered" and chosen:
        raise GoldError("not_covered has no evidence: leave --required and --supporting out")


def gold_line(label: Label, shown: Sequence[tuple[str, str]], gold_id: str) -> str:
    """A label as a line of a gold file.

    Raises:
        GoldError: a number stands for no candidate that was shown.
    """
    roles = dict.fromkeys(label.supporting, "supporting") | dict.fromkeys(label.required, "required")
    if unknown := [number for number in roles if not 1 <= number <= len(shown)]:
        raise GoldError(f"no candidate {unknown[0]}: there are {len(shown)}, numbered from 1")
    row: dict[str, Any] = {
        "id": gold_id,
        "question": label.question,
        "history": [{"question": before, "answer": ""} for before in label.after],
        "verdict": label.verdict,
        "evidence": [
            {"quote": shown[number - 1][1], "role": role, "document": shown[number - 1][0]}
            for number, role in sorted(roles.items(), key=lambda item: item[1] != "required")
        ],
        "tags": list(label.tags),
    }
    row |= {"must": True} if label.must else {}
    row |= {"note": label.note} if label.note else {}
    return json.dumps(row, ensure_ascii=False)


def add(path: Path, lined: Callable[[str], str], edition: Edition, embedder: Embedder) -> str:
    """Adds the line that `lined` makes of the next id to a gold file, once the whole with it has been found usable.

    One writer at a time: who comes while another adds waits, and is given the id after that.

    Raises:
        GoldError: it would not be usable; the file is left as it was.
    """
    with _alone(path), TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
        before = path.read_text("utf-8") if path.exists() else ""
        line = lined(next_id(path))
        aside = Path(folder) / path.name
        aside.write_text(before + ("" if before.endswith("\n") or not before else "\n") + line + "\n", "utf-8")
        gold = read_gold([aside])
        check_quotes(gold[-1:], edition)
        check_leaks(gold[-1:], edition, embedder)
        aside.replace(path)
    return line


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """The right to change a gold file; the lock stands in the folder for temporary files, out of the repository."""
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
    with FileLock(Path(gettempdir()) / f"policy-eval-{name}.lock", mode=0o666):
        yield


def next_id(path: Path) -> str:
    """The id after the highest numbered one of a gold file: d120 → d121; g001 in a new file."""
    ids = [gold.id for gold in read_gold([path])] if path.exists() else []
    numbered = [(int(m[2]), m[1], len(m[2])) for name in ids if (m := re.fullmatch(r"(.*?)(\d+)", name))]
    if not numbered:
        return "g001"
    number, prefix, width = max(numbered)
    return f"{prefix}{number + 1:0{width}d}"
