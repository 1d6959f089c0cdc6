"""A measured run as a table on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from eval.report import MEANINGS, Measured, faults, shown


def show(measured: Measured, seconds: float) -> None:
    """Prints the figures with counts and intervals, the dangerous answers, and how long it took."""
    console = Console(width=None if Console().is_terminal else 110)
    table = Table(title=f"{len(measured.rows)} questions, edition {measured.run.edition}", title_justify="left")
    for name, justify in (("measure", "left"), ("value", "right"), ("count", "right"), ("95 %", "right")):
        table.add_column(name, justify="left" if justify == "left" else "right", no_wrap=name != "measure")
    for figure in measured.summary.figures:
        table.add_row(MEANINGS.get(figure.name, figure.name), *shown(figure))
    console.print(table)
    for row in measured.rows:
        if row.score.flip:
            console.print(
                f"{row.gold.id} “{row.gold.question}”: {next(iter(faults(row)))}", style="bold red", markup=False
            )
    console.print(f"{latency(measured.run.elapsed_ms)}; {seconds:.1f} s in all", highlight=False)


def latency(elapsed_ms: Sequence[float]) -> str:
    """The median and the 95th percentile of the time that answers took."""
    half, most = np.percentile(elapsed_ms, [50, 95])
    return f"answers took {half:.0f} ms (median), {most:.0f} ms (95th percentile)"
