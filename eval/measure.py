"""Gold files and a home → a measured run: the one way for the command, the tests and the benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.figures import rows_of, summarise
from eval.gold import GoldQuestion, check_quotes, placed, read_gold
from eval.report import Measured
from eval.run import Asked, Progress, ask_all, chosen
from eval.scores import score_all


def measure(
    gold: Sequence[Path], home: Path, *, only: str = "", jobs: int = 1, model: str = "", progress: Progress
) -> Measured:
    """Reads gold, asks it of the current edition and measures the answers.

    Raises:
        HandbookError: gold or edition cannot be used; the message says why.
    """
    from qa.assistant import open_assistant

    questions = read_gold(gold)
    assistant = open_assistant(home, model=model)
    check_quotes(questions, assistant.edition)
    kept = chosen(placed(questions, assistant.edition), lambda q: not only or only in q.tags)
    return measured_answers(assistant, kept, progress, jobs)


def measured_answers(assistant: Asked, gold: Sequence[GoldQuestion], progress: Progress, jobs: int = 1) -> Measured:
    """Asks questions that are known to fit the edition, and measures the answers."""
    run = ask_all(assistant, gold, progress, jobs)
    rows = rows_of(gold, run.answers, score_all(gold, run.answers))
    return Measured(run, rows, summarise(rows))
