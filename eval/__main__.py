"""The command policy-eval: ask gold questions, report, hold against the bar and the last accepted run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ingest.console import friendly_errors, shown_progress
from ingest.settings import read_settings

GOLD = Path("eval/gold/dev.jsonl")
Home = Annotated[Path | None, typer.Option(help="Where editions are kept [default: .policy-qa]")]
Gold = Annotated[list[Path] | None, typer.Argument(help=f"Gold files, JSON Lines [default: {GOLD}]")]


class RunUnlessNamed(TyperGroup):
    """`policy-eval FILE --home X` means `policy-eval run FILE --home X`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # Any: typer brings its own copy of click's Context
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=RunUnlessNamed,
    add_completion=False,
    help="Ask gold questions and measure the answers. Without a command: run (policy-eval run --help).",
)


@app.command()
def run(
    gold: Gold = None,
    home: Home = None,
    only: Annotated[str, typer.Option(help="Ask only questions with this tag.")] = "",
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Questions asked at a time.")] = 1,
    model: Annotated[str, typer.Option(help="Chat model as provider:name [default: POLICY_QA_MODEL, or none]")] = "",
) -> None:
    """Ask gold questions, report, and hold against the bar."""
    started = time.perf_counter()
    with friendly_errors():
        from eval.measure import measure

        settings = read_settings()
        with shown_progress() as tell:
            measured = measure(gold or [GOLD], home or settings.home, only=only, jobs=jobs, model=model, progress=tell)
        from eval.report import REPORTS, to_json, to_markdown, write
        from eval.terminal import show

        write(REPORTS, "report.json", to_json(measured))
        write(REPORTS, "report.md", to_markdown(measured))
        show(measured, time.perf_counter() - started)


if __name__ == "__main__":
    app()
