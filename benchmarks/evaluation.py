"""What the evaluation itself costs, and the benchmarks of others held with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cold import Cost, cost
from eval.bench import NAMES
from eval.contest import Contest, hold, table_of
from ingest.settings import read_settings


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a gold run costs from the start of the process to its reports; `asking` is the seconds that answers took."""

    whole: Cost
    asking: float


def evaluated(home: Path, reports: Path) -> Evaluated:
    """Asks the gold once, in a process of its own; below the bar or not."""
    whole = cost(["eval", "--home", str(home), "--reports", str(reports)], ends=(0, 1))
    times = json.loads((reports / "timings.json").read_text("utf-8"))["elapsed_ms"]
    return Evaluated(whole, sum(times.values()) / 1000)


def held(data: Path, models: Path, reports: Path, say: Callable[[str], None]) -> str:
    """The table of every benchmark in a folder, LangChain's defaults beside each; models are exported before."""
    settings = read_settings().model_copy(update={"home": models.parent})
    for name in NAMES:
        if (data / name).is_dir():
            say(name)
            hold(Contest(name, data, langchain=True), settings, reports, lambda what, done, total: None)
    return table_of(reports)
