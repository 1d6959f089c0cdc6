"""Gold results over time, read from the history of the accepted run; and which edition was in force on a day."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.changes import in_force, published
from desk.gold import GoldRun, accepted_runs
from ingest.history import list_editions


def accept(path: Path, credits: list[float | None], reason: str, day: str = "") -> None:
    """Writes an accepted run, and commits it where a day is given."""
    rows = {
        f"q{n}": {"gold": "0", "verdict": "no", "credit": c, "flip": c == 0, "confidence": 1}
        for n, c in enumerate(credits)
    }
    path.write_text(json.dumps({"reason": reason, "edition": "e", "questions": rows}), "utf-8")
    if day:
        git(path.parent, "add", path.name)
        git(path.parent, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", reason, day=day)


def git(folder: Path, *command: str, day: str = "") -> None:
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"} if day else {}
    env = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), **when}
    subprocess.run(["git", "-C", str(folder), *command], check=True, env=env, capture_output=True)


def test_every_accepted_run_is_told_with_its_day_and_its_reason(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    path = tmp_path / "accepted.json"
    accept(path, [1.0, 0.0], "the first", "2026-03-01")
    path.write_text("no run", "utf-8")
    git(tmp_path, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qam", "broken", day="2026-03-02")
    accept(path, [1.0, 0.5, 1.0, None], "a better judge", "2026-04-01")
    runs = accepted_runs(path)
    assert runs == (
        GoldRun(date(2026, 3, 1), 1, 2, 1, "the first"),
        GoldRun(date(2026, 4, 1), 2, 3, 0, "a better judge"),
    )
    assert [run.share for run in runs] == [0.5, pytest.approx(0.6667, abs=1e-4)]


def test_without_a_history_there_is_the_run_accepted_last(tmp_path: Path) -> None:
    path = tmp_path / "accepted.json"
    assert accepted_runs(path) == ()
    accept(path, [1.0, 1.0], "no git here")
    (run,) = accepted_runs(path)
    assert (run.right, run.questions, run.reason) == (2, 2, "no git here")


def test_the_edition_of_a_day_is_the_last_published_before_it(two_editions: Path) -> None:
    newest, first = list_editions(two_editions)
    day = published(first).date()
    assert in_force([], day) is None
    assert in_force([newest, first], day) == first  # none is earlier: then the first there is
    assert in_force([newest, first], day - timedelta(days=400)) == first
    assert in_force([newest, first], published(newest).date() + timedelta(days=1)) == newest


def test_an_edition_that_was_withdrawn_is_of_no_day(two_editions: Path) -> None:
    newest, first = list_editions(two_editions)
    tomorrow = published(newest).date() + timedelta(days=1)
    assert in_force([replace(newest, current=False), replace(first, current=True)], tomorrow).id == first.id
    assert in_force([replace(newest, current=False), first], tomorrow).id == newest.id  # the pointer is damaged
