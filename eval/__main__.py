"""The command policy-eval: ask gold questions, report, hold against the bar and the last accepted run.

policy-eval [GOLD…] [--home DIR] …       the same as policy-eval run …
policy-eval check|accept|coverage|label|bench …
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from eval.files import ACCEPTED, FLOORS, GOLD, REPORTS
from ingest.console import friendly_errors, remark, shown_progress
from ingest.settings import read_settings

GoldFiles = Annotated[list[Path] | None, typer.Argument(metavar="[GOLD]…", help=f"Gold files [default: {GOLD}]")]
Home = Annotated[Path | None, typer.Option(help="Where editions are kept [default: .policy-qa]")]
Reports = Annotated[Path, typer.Option(help="Folder the reports are written to.")]
AcceptedFile = Annotated[Path, typer.Option(help="The accepted run.")]


class RunUnlessNamed(TyperGroup):
    """`policy-eval FILE --home X` means `policy-eval run FILE --home X`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # Any: typer may bring its own copy of click
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=RunUnlessNamed,
    add_completion=False,
    help="Ask gold questions and measure the answers. Without a command: run (see policy-eval run --help).",
)


@app.command()
def run(
    gold: GoldFiles = None,
    home: Home = None,
    only: Annotated[str, typer.Option(metavar="TAG", help="Ask only questions with this tag.")] = "",
    failed: Annotated[bool, typer.Option("--failed", help="Ask only questions that were wrong last time.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Questions asked at a time.")] = 1,
    editions: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="Set edition B against A.")] = None,
    model: Annotated[str, typer.Option(help="Chat model as provider:name [default: POLICY_QA_MODEL, or none]")] = "",
    reports: Reports = REPORTS,
    accepted: AcceptedFile = ACCEPTED,
    floors: Annotated[Path, typer.Option(help="Settings of the gate.")] = FLOORS,
) -> None:
    """Ask gold questions, report, and hold against the bar: exit 1 if below it."""
    started = time.perf_counter()
    with friendly_errors():
        from eval.asking import Asking, asked, asked_both

        files, place = tuple(gold or [GOLD]), home or read_settings().home
        asking = Asking(files, place, only, reports if failed else None, jobs, model)
        with shown_progress() as tell:
            outcome = asked_both(asking, editions, floors, tell) if editions else asked(asking, accepted, floors, tell)
        from eval.reports import summary_file, write_all
        from eval.terminal import show

        write_all(outcome, reports)
        show(outcome)
        if path := summary_file():
            remark(f"summary appended to {path}")
    remark(f"{time.perf_counter() - started:.1f} s in all; reports in {reports}: report.html, .md, .json, junit.xml")
    raise typer.Exit(1 if outcome.failures else 0)


@app.command()
def accept(
    reason: Annotated[str, typer.Option(help="Why this run may be what later runs are held against.")],
    reports: Reports = REPORTS,
    accepted: AcceptedFile = ACCEPTED,
) -> None:
    """Make the last run the one that later runs are held against."""
    with friendly_errors():
        from eval.accepted import accepted_from_report, write_accepted

        found = accepted_from_report(reports / "report.json", reason)
        write_accepted(accepted, found)
    typer.echo(f"accepted {len(found.questions)} answers of edition {found.edition} into {accepted}: {found.reason}")


if __name__ == "__main__":
    app()
