"""The figures as a page of Markdown: what they were taken on, then a table for each question one may have."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.building import Again
from benchmarks.cold import Cost
from benchmarks.speed import BARE, CHROMA, FIND, WHOLE, Quality, Times

LIBRARIES = (
    "onnxruntime", "tokenizers", "chromadb", "bm25s", "numpy", "torch", "sentence-transformers", "transformers",
    "langchain-core", "langchain-chroma", "langchain-huggingface", "langchain-text-splitters",
)  # fmt: skip

KILLED = (
    "",
    "Half of the SIGKILLs come at a file operation, spread evenly over all of a build, half at a random moment. After",
    "each, another process asks a question, publishes once more and checks every file. Wrong is an answer that is",
    "neither that of before nor that of after, byte for byte, a damaged file, or anything left over.",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a run has measured; what it was not given pages for is empty. By name of the pages or way."""

    asked: Mapping[str, Mapping[str, Times]]
    cold: Mapping[str, Sequence[Cost]]
    quality: Mapping[tuple[str, str], Quality]
    threads: Mapping[str, Sequence[float]]
    ingest: Mapping[str, Sequence[float]] = field(default_factory=dict)
    again: Mapping[str, Again] = field(default_factory=dict)
    scale: tuple[str, ...] = ()
    kills: str = ""


def written(figures: Figures, command: str) -> str:
    """The page."""
    lines = ["# Speed", "", *_taken_on(command)]
    for pages, ways in figures.asked.items():
        lines += ["", f"## A question, warm: {pages}", "", *_asked(ways)]
    lines += ["", "## A cold start: from the start of the process to the printed answer", "", *_cold(figures.cold)]
    lines += ["", "## Many at once", "", *_threads(figures.threads)]
    if figures.ingest:
        lines += ["", "## Building: words a second, 495 pages", "", *_ingest(figures.ingest)]
    if figures.again:
        lines += ["", "## Building again where nothing changed: the whole command", "", *_again(figures.again)]
    lines += ["", "## Precision, and how many candidates the judge reads", "", *_quality(figures.quality)]
    if figures.scale:
        lines += ["", "## As the handbook grows (`python -m benchmarks.scale`)", "", *figures.scale]
    if figures.kills:
        lines += ["", "## Builds killed at every step (`python -m benchmarks.kill`)", "", f"{figures.kills}.", *KILLED]
    return "\n".join(lines) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, all columns but the first to the right."""
    yield f"| {' | '.join(head)} |"
    yield "|---|" + "--:|" * (len(head) - 1)
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _taken_on(command: str) -> Iterator[str]:
    yield f"Written by `{command}` on {datetime.now(UTC):%d %B %Y, %H:%M} UTC; do not edit."
    yield ""
    yield f"Machine: {_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()};"
    yield f"load average at the end {os.getloadavg()[0]:.1f}. Python {platform.python_version()};"
    yield ", ".join(f"{name} {version(name)}" for name in LIBRARIES) + "."
    yield ""
    yield "Every comparison was taken in one run, the ways taking turns, on the same pages. LangChain and the bare"
    yield "`encode` have the packaged all-MiniLM-L6-v2; the product has its own model, of the same size. Where torch"
    yield "is loaded beside it, its idle threads count into the processor time of the product's rows as well."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def _asked(ways: Mapping[str, Times]) -> Iterator[str]:
    rows = [
        (
            name,
            *(f"{t.wall_at(share):.2f}" for share in (0.5, 0.25, 0.75, 0.95)),
            f"{t.cpu_median:.2f}",
            f"{len(t.wall)}",
        )
        for name, t in ways.items()
    ]
    yield from table(("milliseconds", "p50", "p25", "p75", "p95", "processor time", "times"), rows)
    p50 = {name: t.wall_at(0.5) for name, t in ways.items()}
    yield ""
    yield from (
        f"- {line}"
        for line in (
            f"Finding takes {p50[FIND] / p50[BARE]:.2f} of one bare `encode` (aim: at most 0.6).",
            f"The whole answer takes {p50[WHOLE] / p50[CHROMA]:.2f} of LangChain's finding alone (aim: at most 0.8).",
            f"Its p95 is {ways[WHOLE].wall_at(0.95) / p50[WHOLE]:.2f} of its p50 (aim: at most 2).",
        )
    )


def _cold(cold: Mapping[str, Sequence[Cost]]) -> Iterator[str]:
    rows = []
    for name, costs in cold.items():
        cpu = sorted(c.cpu for c in costs)
        spread = f"{cpu[0]:.2f} to {cpu[-1]:.2f}"
        wall, mib = statistics.median(c.wall for c in costs), max(c.mib for c in costs)
        rows.append((name, f"{statistics.median(cpu):.2f}", spread, f"{wall:.2f}", f"{mib:.0f}"))
    yield from table(("", "processor seconds", "from to", "seconds", "most memory, MiB"), rows)


def _threads(threads: Mapping[str, Sequence[float]]) -> Iterator[str]:
    rows = [(name, f"{statistics.median(found):.1f}", _spread(found)) for name, found in threads.items()]
    yield from table(("answers a second", "median", "from to"), rows)


def _spread(found: Sequence[float]) -> str:
    return f"{min(found):,.1f} to {max(found):,.1f}"


def _ingest(ingest: Mapping[str, Sequence[float]]) -> Iterator[str]:
    rows = [(name, f"{statistics.median(found):,.0f}", _spread(found)) for name, found in ingest.items()]
    yield from table(("words a second", "median", "from to"), rows)


def _again(handbooks: Mapping[str, Again]) -> Iterator[str]:
    rows = [
        (
            name,
            f"{a.clauses:,}",
            *(f"{cost.wall:.1f} ({cost.cpu:.1f})" for cost in (a.first, a.unchanged)),
            f"{a.unchanged.wall / a.first.wall:.3f} ({a.unchanged.cpu / a.first.cpu:.3f})",
            f"{a.unchanged.mib:.0f}",
        )
        for name, a in handbooks.items()
    ]
    head = ("seconds (of processor time)", "clauses", "first build", "nothing changed", "share", "most memory, MiB")
    yield from table(head, rows)


def _quality(quality: Mapping[tuple[str, str], Quality]) -> Iterator[str]:
    rows = [
        (
            pages,
            way,
            *(f"{v:.3f}" for v in (q.recall_at_5, q.recall_at_10, q.verdicts)),
            f"{q.wall:.1f}",
            f"{q.cpu:.1f}",
        )
        for (pages, way), q in quality.items()
    ]
    head = ("questions", "", "recall at 5", "recall at 10", "right verdicts", "answer, ms", "processor, ms")
    yield from table(head, rows)
