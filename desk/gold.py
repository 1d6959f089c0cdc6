"""How the gold questions were answered over time: every accepted run, from the history of the committed file.

Without git, or outside a checkout, there is only the run accepted last.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

ACCEPTED = Path("eval/accepted.json")
DESK_GOLD = "gold.jsonl"  # beside the handbook's pages: what was approved at the desk to measure with
PATIENCE = 10  # seconds for one call of git


@dataclass(frozen=True, slots=True)
class GoldRun:
    """An accepted run: how many gold questions were answered right, of how many, and why it was accepted.

    Right is what has all of its credit, as in `policy-eval`; `flips` counts a yes given for a no, and the other way
    round.
    """

    day: date
    right: int
    questions: int
    flips: int
    reason: str

    @property
    def share(self) -> float:
        """The share of right answers, from 0 to 1."""
        return self.right / self.questions


def accepted_runs(path: Path = ACCEPTED) -> tuple[GoldRun, ...]:
    """The accepted runs, the earliest first; empty where none was ever accepted. A version that is none is left out."""
    found = list(_committed(path))
    if not found and path.exists():
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        found = list(_read(changed, path.read_text("utf-8")))
    return tuple(found)


def _committed(path: Path) -> Iterator[GoldRun]:
    """The runs in the history of a checkout; none where there is no git, no checkout or no history."""
    for line in reversed(_git(path, "log", "--format=%H %cs", "--", path.name).splitlines()):
        commit, day = line.split(" ")
        yield from _read(date.fromisoformat(day), _git(path, "show", f"{commit}:./{path.name}"))


def _git(path: Path, *command: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(path.parent), *command], capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _read(day: date, text: str) -> Iterator[GoldRun]:
    try:
        found = json.loads(text)
        rows = [row for row in found["questions"].values() if row["credit"] is not None]
        right, flips = sum(float(row["credit"]) == 1 for row in rows), sum(bool(row["flip"]) for row in rows)
        reason = str(found["reason"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    if rows:
        yield GoldRun(day, right, len(rows), flips, reason)
