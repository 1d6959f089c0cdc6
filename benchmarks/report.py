"""The figures as a page of Markdown: what they were taken on, then a table for each question one may have."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.building import Again
from benchmarks.cold import Cost
from benchmarks.evaluation import Evaluated
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
DAMAGED = (
    "",
    "In each trial one bit of one file of the current edition is flipped, or the file is cut short or deleted; then",
    "another process opens it and asks. Wrong is a damage that is not said, or an answer that is neither the current",
    "edition's nor that of the one before.",
)
ABOUT = (
    "# What it costs",
    "",
    "Written by `make bench`, part by part; do not edit. Every comparison was taken in one run, the ways taking turns,",
    "on the same pages. LangChain and the bare `encode` have the packaged all-MiniLM-L6-v2; the product has its own",
    "model, of the same size, and answers in a process of its own, as it is run: without torch beside it.",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under its heading."""

    heading: str
    lines: tuple[str, ...]


def with_section(path: Path, section: Section) -> str:
    """The page with that section measured now, in place of the one of before; the others as they are."""
    old = path.read_text("utf-8") if path.exists() else ""
    sections = {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in old.split("\n## ")[1:]}
    sections[section.heading] = "\n".join((*section.lines, "", _taken_on()))
    return "\n\n".join(("\n".join(ABOUT), *(f"## {name}\n\n{text}" for name, text in sections.items()))) + "\n"


def _taken_on() -> str:
    """When and on what; versions of the libraries that are there."""
    found = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    machine = f"{_processor()}, {os.cpu_count()} cores, load average at the end {os.getloadavg()[0]:.1f}"
    when = f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC"
    return f"<sub>{when}; {machine}; Python {platform.python_version()}, {found}.</sub>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, all columns but the first to the right."""
    yield f"| {' | '.join(head)} |"
    yield "|---|" + "--:|" * (len(head) - 1)
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def asked(pages: str, ways: Mapping[str, Times]) -> Section:
    """A question, warm, by way."""
    rows = [
        (
            name,
            *(f"{t.wall_at(share):.2f}" for share in (0.5, 0.25, 0.75, 0.95)),
            f"{t.cpu_median:.2f}",
            f"{len(t.wall)}",
        )
        for name, t in ways.items()
    ]
    p50 = {name: t.wall_at(0.5) for name, t in ways.items()}
    lines = (
        *table(("milliseconds", "p50", "p25", "p75", "p95", "processor time", "times"), rows),
        "",
        f"- Finding takes {p50[FIND] / p50[BARE]:.2f} of one bare `encode` (aim: at most 0.6).",
        f"- The whole answer takes {p50[WHOLE] / p50[CHROMA]:.2f} of LangChain's finding alone (aim: at most 0.8).",
        f"- Its p95 is {ways[WHOLE].wall_at(0.95) / p50[WHOLE]:.2f} of its p50 (aim: at most 2).",
    )
    return Section(f"A question, warm: {pages}", lines)


def cold(costs: Mapping[str, Sequence[Cost]]) -> Section:
    """The first answer, from the start of the process."""
    rows = []
    for name, found in costs.items():
        cpu = sorted(c.cpu for c in found)
        spread = f"{cpu[0]:.2f} to {cpu[-1]:.2f}"
        wall, mib = statistics.median(c.wall for c in found), max(c.mib for c in found)
        rows.append((name, f"{statistics.median(cpu):.2f}", spread, f"{wall:.2f}", f"{mib:.0f}"))
    lines = tuple(table(("", "processor seconds", "from to", "seconds", "most memory, MiB"), rows))
    return Section("A cold start: from the start of the process to the printed answer", lines)


def threads(rates: Mapping[str, Sequence[float]]) -> Section:
    """Answers a second."""
    rows = [(name, f"{statistics.median(found):.1f}", _spread(found)) for name, found in rates.items()]
    one, many = (statistics.median(found) for found in rates.values())
    lines = (
        *table(("answers a second", "median", "from to"), rows),
        "",
        f"{many / one:.2f} times (aim: at least 1.5).",
    )
    return Section("Many threads at once, one assistant", lines)


def sessions(given: Sequence[str], lines: Sequence[str]) -> Section:
    """People at once in the served app, as `benchmarks.sessions` prints it."""
    command = f"`python -m benchmarks.sessions {' '.join(given)}`"
    return Section(f"Many people at once in the app ({command})", tuple(f"- {line}" for line in lines))


def building(rates: Mapping[str, Sequence[float]]) -> Section:
    """Words a second of the 495 pages."""
    rows = [(name, f"{statistics.median(found):,.0f}", _spread(found)) for name, found in rates.items()]
    return Section("Building: words a second, 495 pages", tuple(table(("words a second", "median", "from to"), rows)))


def _spread(found: Sequence[float]) -> str:
    return f"{min(found):,.1f} to {max(found):,.1f}"


def again(handbooks: Mapping[str, Again]) -> Section:
    """The whole command policy-ingest, twice."""
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
    return Section("Building again where nothing changed: the whole command", tuple(table(head, rows)))


def quality(found: Mapping[tuple[str, str], Quality]) -> Section:
    """Answers and their cost by precision and by candidates read."""
    rows = [
        (
            pages,
            way,
            *(f"{v:.3f}" for v in (q.recall_at_5, q.recall_at_10, q.verdicts)),
            f"{q.wall:.1f}",
            f"{q.cpu:.1f}",
        )
        for (pages, way), q in found.items()
    ]
    head = ("questions", "", "recall at 5", "recall at 10", "right verdicts", "answer, ms", "processor, ms")
    return Section("Precision, and how many candidates the judge reads", tuple(table(head, rows)))


def sizes(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Section:
    """A line for each size of a made-up handbook."""
    lines = [*table(columns, rows)]
    if len(rows) > 1:
        clauses, memory = (
            [float(row[columns.index(name)].replace(",", "")) for row in (rows[0], rows[-1])]
            for name in ("clauses", "memory of an asker, MiB")
        )
        grows = (memory[1] - memory[0]) / (clauses[1] - clauses[0])
        lines += ["", f"Between the first and the last, 10,000 clauses more take {10_000 * grows:.0f} MiB."]
    return Section("As the handbook grows (`python -m benchmarks.scale`)", tuple(lines))


def kills(counts: str) -> Section:
    """What builds that were killed left."""
    return Section("Builds killed at every step (`python -m benchmarks.kill`)", (f"{counts}.", *KILLED))


def damage(counts: str) -> Section:
    """What editions that were damaged answered."""
    return Section("Editions damaged at random (`python -m benchmarks.damage`)", (f"{counts}.", *DAMAGED))


def evaluation(questions: int, found: Sequence[Evaluated]) -> Section:
    """The gold run with its reports."""
    rows = [
        (f"{e.whole.wall:.1f}", f"{e.asking:.1f}", f"{e.whole.wall - e.asking:.1f}", f"{e.whole.cpu:.1f}")
        for e in found
    ]
    head = (
        "seconds from the start of the process (aim: under 30)",
        "answering",
        "rest (aim: under 5)",
        "processor time",
    )
    return Section(f"The evaluation: {questions} gold questions with all reports", tuple(table(head, rows)))


def others(rows: str) -> Section:
    """The benchmarks of others."""
    command = "`policy-eval bench NAME --data DIR --langchain`"
    return Section(f"Benchmarks of others ({command})", tuple(rows.splitlines()))
