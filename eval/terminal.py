"""A measured run as a table on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from eval.beside import rows_of_both, told
from eval.compare import NO_RUN, NOTHING
from eval.figures import MEANINGS
from eval.gate import Outcome
from eval.report import faults, shown


def show(outcome: Outcome) -> None:
    """Prints the figures with counts and intervals, dangerous and newly wrong answers, and the gate."""
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    measured = outcome.measured
    asked = f" ({outcome.partial})" if outcome.partial else ""
    table = Table(title=f"{len(measured.rows)} questions{asked}, edition {measured.run.edition}", title_justify="left")
    table.add_column("measure")
    for name in ("value", "count", "95 %"):
        table.add_column(name, justify="right", no_wrap=True)
    for figure in measured.summary.figures:
        table.add_row(MEANINGS[figure.name], *shown(figure))
    console.print(table)
    newly_wrong = outcome.comparison.newly_wrong if outcome.comparison else ()
    for row in measured.rows:
        if row.score.flip or row.gold.id in newly_wrong:
            why = "; ".join(faults(row))
            console.print(f"{row.gold.id} “{row.gold.question}”: {why}", style="red", markup=False)
    for line in told(outcome.beside) if outcome.beside else ():
        console.print(line, markup=False)
    if outcome.beside:
        both = Table(title=f"{outcome.beside.model} and without", title_justify="left")
        for name in ("measure", "with", "without"):
            both.add_column(name)
        for cells in rows_of_both(measured, outcome.beside):
            both.add_row(*cells)
        console.print(both)
    console.print(latency(measured.run.elapsed_ms))
    if outcome.comparison is None or not outcome.comparison.compared:
        console.print(NOTHING if outcome.comparison else NO_RUN, style="yellow")
    for failure in outcome.failures:
        console.print(f"below the bar: {failure}", style="bold red", markup=False)
    if not outcome.failures:
        console.print("at or above the bar", style="bold green")


def latency(elapsed_ms: Sequence[float]) -> str:
    """The median and the 95th percentile of the time that answers took."""
    half, most = percentiles(elapsed_ms)
    if half is None:
        return "nothing was asked"
    return f"answers took {half:.0f} ms (median), {most:.0f} ms (95th percentile)"


def percentiles(elapsed_ms: Sequence[float]) -> tuple[float, float] | tuple[None, None]:
    """The median and the 95th percentile, linear between the nearest two; of nothing none."""
    if not elapsed_ms:
        return None, None
    half, most = np.percentile(elapsed_ms, [50, 95])
    return float(half), float(most)
