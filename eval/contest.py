"""A benchmark held: our answers, beside them what LangChain's defaults find, their figures, and one table of all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.bench import NAMES, Benchmark, BenchmarkError, opened, read_benchmark
from eval.common_way import run_common_way
from eval.measure import Measured, measured_answers
from eval.report import figure_to_dict
from ingest.embedding import Encoder
from ingest.rows import Progress
from ingest.settings import Settings

COLUMNS = {
    "found_recall@1": "R@1",
    "found_recall@5": "R@5",
    "found_recall@10": "R@10",
    "found_recall@150w": "R 150 words",
    "found_recall@300w": "R 300 words",
    "found_recall@600w": "R 600 words",
    "found_ndcg@10": "nDCG@10",
    "found_reciprocal_rank": "RR",
    "citation_recall": "cited recall",
    "citation_precision_answerable": "cited precision",
    "verdict_accuracy": "verdict",
    "abstention_recall": "refused unanswerable",
    "refused_answerable": "refused answerable",
}
_FOUND_ALONE = tuple(name for name in COLUMNS if name.startswith("found"))


@dataclass(frozen=True, slots=True)
class Contest:
    """Which benchmark, how much of it, and against what."""

    name: str
    data: Path
    split: str = "dev"
    limit: int = 0
    home: Path | None = None
    jobs: int = 1
    langchain: bool = False


def hold(contest: Contest, settings: Settings, reports: Path, progress: Progress) -> None:
    """Asks a benchmark and writes its figures (`bench-NAME.json`) and answers (`bench-NAME.answers.jsonl`).

    The answers are as `policy-ask --batch --evidence 100` writes them, for a scorer of somebody else's.

    Raises:
        BenchmarkError: there is no such benchmark.
        HandbookError: its pages cannot be published, or a library is missing; the message says what to do.
    """
    if contest.name not in NAMES:
        raise BenchmarkError(f"no benchmark {contest.name!r}: there are {', '.join(NAMES)}")
    benchmark = read_benchmark(contest.data, contest.name, contest.split, contest.limit)
    with opened(benchmark, contest.home, settings, progress) as assistant:
        ours = measured_answers(assistant, benchmark.questions, progress, contest.jobs)
        found = {"policy-qa": _figures(ours, tuple(COLUMNS))}
        if contest.langchain:
            theirs = _common_way(benchmark, assistant.edition.parts["finder"], progress)
            found["LangChain defaults"] = _figures(theirs, _FOUND_ALONE)
    asked = contest.split + (f", first {contest.limit}" if contest.limit else "")
    result = {"name": contest.name, "asked": asked, "questions": len(benchmark.questions), "figures": found}
    reports.mkdir(parents=True, exist_ok=True)
    (reports / f"bench-{contest.name}.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    (reports / f"bench-{contest.name}.answers.jsonl").write_text("".join(batch_lines(ours)), "utf-8")


def batch_lines(measured: Measured) -> Iterator[str]:
    """Answers as lines of `policy-ask --batch`, as far as they are measured."""
    for row in measured.rows:
        answer = {
            "id": row.answer.id,
            "verdict": row.answer.verdict,
            "citations": [{"quote": cited.quote} for cited in row.answer.cited],
            "evidence": [{"text": found.text} for found in row.answer.found],
        }
        yield json.dumps(answer, ensure_ascii=False) + "\n"


def table_of(reports: Path) -> str:
    """All benchmarks held so far as one Markdown table; a figure that was not scored is left empty."""
    header = ("benchmark", "questions", "way", *COLUMNS.values())
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for name in NAMES:
        path = reports / f"bench-{name}.json"
        if path.exists():
            result = json.loads(path.read_text("utf-8"))
            for way, figures in result["figures"].items():
                cells = [f"{name} ({result['asked']})", str(result["questions"]), way]
                lines.append("| " + " | ".join([*cells, *(_cell(figures.get(column)) for column in COLUMNS)]) + " |")
    return "\n".join(lines) + "\n"


def _common_way(benchmark: Benchmark, finder: Path, progress: Progress) -> Measured:
    with TemporaryDirectory(prefix="policy-bench-") as folder:
        return run_common_way(benchmark, Encoder(finder), Path(folder), progress)


def _figures(measured: Measured, names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {name: figure_to_dict(measured.summary.figure(name)) for name in names}


def _cell(figure: dict[str, Any] | None) -> str:
    if not figure or figure["value"] is None:
        return ""
    return f"{figure['value']:.3f} ({figure['low']:.2f}–{figure['high']:.2f})"
