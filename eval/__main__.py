"""The command policy-eval: ask gold questions, report, hold against the bar and the last accepted run.

policy-eval [GOLD…] [--home DIR] …       the same as policy-eval run …
policy-eval check|accept|coverage|label|bench …
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from eval.files import ACCEPTED, FLOORS, GOLD, REPORTS, floors_file, gold_files
from ingest.console import folder, friendly_errors, remark, shown_progress, visible
from ingest.settings import read_settings

_DEFAULT = f"{GOLD}, and gold.jsonl beside the handbook if the desk has made one"
GoldFiles = Annotated[list[Path] | None, typer.Argument(metavar="GOLD", help=f"Gold files \\[default: {_DEFAULT}]")]
Home = Annotated[Path | None, typer.Option(parser=folder, help="Where editions are kept \\[default: .policy-qa]")]
Reports = Annotated[Path, typer.Option(help="Folder the reports are written to.")]


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
    editions: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help='Set edition B against A; either may be "current".')
    ] = None,
    model: Annotated[str, typer.Option(help="Chat model as provider:name \\[default: POLICY_QA_MODEL, or none]")] = "",
    reports: Reports = REPORTS,
    accepted: Annotated[Path | None, typer.Option(help=f"The accepted run \\[default: {ACCEPTED}]")] = None,
    floors: Annotated[Path | None, typer.Option(help=f"Settings of the gate \\[default: {FLOORS}]")] = None,
) -> None:
    """Ask gold questions, report, and hold against the bar: exit 1 if below it."""
    started = time.perf_counter()
    with friendly_errors():
        from eval.asking import Asking, asked, asked_both, refused
        from eval.gold import GoldError
        from eval.reports import summary_file, write_all
        from eval.terminal import show

        settings = read_settings()
        files, place, bar = gold_files(gold, settings.docs), home or settings.home, floors_file(floors)
        asking = Asking(files, place, only, reports if failed else None, jobs, model)
        try:
            with shown_progress() as tell:
                outcome = asked_both(asking, editions, bar, tell) if editions else asked(asking, accepted, bar, tell)
        except GoldError as error:
            if error.faults:
                write_all(refused(error), reports)
            raise
        write_all(outcome, reports)
        show(outcome)
        if path := summary_file():
            remark(f"summary appended to {path}")
    took = f"{time.perf_counter() - started:.1f} s in all, {outcome.measured.run.seconds:.1f} s of it asking"
    remark(f"{took}; reports in {reports}: report.html, .md, .json, junit.xml")
    raise typer.Exit(1 if outcome.failures else 0)


@app.command()
def accept(
    reason: Annotated[str, typer.Option(help="Why this run may be what later runs are held against.")],
    reports: Reports = REPORTS,
    accepted: Annotated[Path, typer.Option(help="The accepted run.")] = ACCEPTED,
) -> None:
    """Make the last run the one that later runs are held against."""
    with friendly_errors():
        from eval.accepted import BaselineError, accepted_from_report, write_accepted

        if not reason.strip():
            raise BaselineError("--reason is empty: say why this run may be what later runs are held against")
        found = accepted_from_report(reports / "report.json", reason)
        write_accepted(accepted, found)
        flips = [name for name, answer in found.questions.items() if answer.flip]
        if flips:
            remark(f"dangerous flips accepted with it: {', '.join(flips)}")
        where = visible(str(accepted))
        typer.echo(f"accepted {len(found.questions)} answers of edition {found.edition} into {where}: {found.reason}")


@app.command()
def check(gold: GoldFiles = None, home: Home = None) -> None:
    """Check gold without asking anything: its form, its quotes, and that none of it is taught."""
    with friendly_errors():
        from eval.asking import check as checked
        from eval.doubts import doubts

        settings = read_settings()
        questions, edition = checked(gold_files(gold, settings.docs), home or settings.home)
        for doubt in doubts(questions):
            remark(f"look again at {doubt}")
        typer.echo(f"{len(questions)} gold questions fit edition {edition.id}; none of them is taught")


@app.command()
def coverage(
    gold: GoldFiles = None,
    home: Home = None,
    records: Annotated[str, typer.Option(metavar="URL", help="Records of what was asked \\[default: the home's]")] = "",
) -> None:
    """Show what the gold leaves unmeasured, and what to label next."""
    with friendly_errors():
        from eval.asking import check as checked
        from eval.asking import open_embedder
        from eval.coverage import asked_groups, coverage, told
        from eval.places import placed

        settings = read_settings()
        place = home or settings.home
        questions, edition = checked(gold_files(gold, settings.docs), place)
        embedder = open_embedder(edition)
        groups = asked_groups(records or settings.records, place, embedder)
        found = coverage(placed(questions, edition), edition, embedder, groups)
        for line in told(found):
            typer.echo(line)


@app.command()
def label(
    question: Annotated[str, typer.Argument(help="The question, as a candidate would type it.")],
    to: Annotated[Path, typer.Option(help="Gold file the line is added to.")] = GOLD,
    home: Home = None,
    verdict: Annotated[str, typer.Option(help="yes, no, conditional, info, not_covered; asked for if left out.")] = "",
    required: Annotated[str, typer.Option(metavar="N,N", help="Numbers of the sentences that settle it.")] = "",
    supporting: Annotated[str, typer.Option(metavar="N,N", help="Numbers of sentences that may be cited too.")] = "",
    after: Annotated[list[str] | None, typer.Option(metavar="QUESTION", help="What was asked before it.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; may be given several times.")] = None,
    note: Annotated[str, typer.Option(help="Why, for people.")] = "",
    must: Annotated[bool, typer.Option("--must", help="May never be wrong once it was right.")] = False,
) -> None:
    """Label a question: choose its verdict and its evidence among the candidates, and add the line to the gold."""
    with friendly_errors():
        from eval.asking import open_embedder
        from eval.label import Label, add, candidates, gold_line, numbers, usable
        from qa.assistant import open_assistant

        usable(verdict, required, supporting)  # before anything is opened or asked
        assistant = open_assistant(home or read_settings().home)
        before = tuple(after or ())
        answer = assistant.ask(question, [{"question": asked} for asked in before])
        shown = candidates(answer)
        for number, (document, sentence) in enumerate(shown, 1):
            typer.echo(f"{number:3} {document}: {sentence}", err=True)
        verdict = verdict or typer.prompt(f"verdict (the assistant says {answer.verdict})", err=True)
        if verdict != "not_covered" and not required:
            required = typer.prompt("required sentences, for instance 1,3", err=True)
        usable(verdict, required, supporting)
        chosen = Label(question, verdict, numbers(required), numbers(supporting), before, tuple(tag or ()), note, must)
        typer.echo(add(to, partial(gold_line, chosen, shown), assistant.edition, open_embedder(assistant.edition)))


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help="conditionalqa, obliqa, sharc or mtrag.")],
    data: Annotated[Path, typer.Option(help="Folder that holds the benchmarks.")],
    split: Annotated[str, typer.Option(help="Which questions.")] = "dev",
    limit: Annotated[int, typer.Option(min=0, help="Ask only the first so many; 0: all.")] = 0,
    home: Annotated[
        Path | None, typer.Option(parser=folder, help="Where its edition is kept \\[default: a temporary folder]")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Questions asked at a time.")] = 1,
    langchain: Annotated[bool, typer.Option("--langchain", help="LangChain's defaults beside it.")] = False,
    reports: Reports = REPORTS,
    table: Annotated[Path | None, typer.Option(help="Markdown file to write the table of all results to.")] = None,
) -> None:
    """Ask a benchmark of others, and measure with the same measures."""
    with friendly_errors():
        from eval.contest import Contest, hold, table_of

        settings = read_settings()
        contest = Contest(name, data, split, limit, home, jobs, langchain)
        with shown_progress() as tell:
            hold(contest, settings, reports, tell)
        text = table_of(reports)
        if table:
            table.write_text(text, "utf-8")
        typer.echo(text, nl=False)


if __name__ == "__main__":
    app()
