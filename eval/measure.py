"""Gold → a measured run: the one way for the command and the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.figures import Row, Summary, rows_of, summarise
from eval.gold import GoldQuestion
from eval.run import Asked, Run, ask_all
from eval.scores import score_all
from ingest.rows import Progress


@dataclass(frozen=True, slots=True)
class Measured:
    """A run with its scores and figures."""

    run: Run
    rows: tuple[Row, ...]
    summary: Summary


def measured_answers(assistant: Asked, gold: Sequence[GoldQuestion], progress: Progress, jobs: int = 1) -> Measured:
    """Asks questions that are known to fit the edition, and measures the answers."""
    run = ask_all(assistant, gold, progress, jobs)
    rows = rows_of(gold, run.answers, score_all(gold, run.answers))
    return Measured(run, rows, summarise(rows))
