"""Every form of a report, written; and the Markdown where GitHub Actions wants it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from eval.gate import Outcome
from eval.junit import to_junit
from eval.page import to_html
from eval.report import to_json, to_markdown
from eval.terminal import latency, percentiles


def write_all(outcome: Outcome, folder: Path) -> None:
    """Writes report.json, report.md, report.html and junit.xml, the same bytes for the same answers.

    How long it took goes into timings.json alone, and into the summary of a GitHub Actions step.
    """
    markdown = to_markdown(outcome)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(to_json(outcome), "utf-8")
    (folder / "report.md").write_text(markdown, "utf-8")
    (folder / "report.html").write_text(to_html(outcome), "utf-8")
    (folder / "junit.xml").write_text(to_junit(outcome), "utf-8")
    times = {
        row.gold.id: round(ms, 1)
        for row, ms in zip(outcome.measured.rows, outcome.measured.run.elapsed_ms, strict=True)
    }
    half, most = percentiles(outcome.measured.run.elapsed_ms)
    timings = {"p50_ms": half, "p95_ms": most, "elapsed_ms": times}
    (folder / "timings.json").write_text(json.dumps(timings, indent=1) + "\n", "utf-8")
    if path := summary_file():
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{markdown}\n{latency(outcome.measured.run.elapsed_ms)}\n")


def summary_file() -> Path | None:
    """Where `$GITHUB_STEP_SUMMARY` points, if it is set."""
    named = os.environ.get("GITHUB_STEP_SUMMARY", "")
    return Path(named) if named else None
