"""The commands policy-ingest and policy-editions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.console import folder, friendly_errors, remark, shown_progress
from ingest.formats import listed
from ingest.settings import read_settings

if TYPE_CHECKING:
    from ingest.publish import Report, Work

app = typer.Typer(add_completion=False)
editions = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="The handbook over time: what was published, what changed, going back.",
)

Home = Annotated[
    Path | None,
    typer.Option(parser=folder, help="Where editions and models are kept \\[default: .policy-qa]"),
]


@app.command()
def ingest(
    docs: Annotated[
        Path | None,
        typer.Argument(parser=folder, help="Folder of the handbook's pages \\[default: policy_docs]"),
    ] = None,
    home: Home = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Build, show what would change, publish nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Publish nothing if anything must be left out.")] = False,
) -> None:
    """Build and publish an edition from a folder of pages.

    Exit status: 0 done, 1 some of it was left out, 2 misuse or nothing could be built.
    """
    from ingest.publish import Work

    with friendly_errors():
        settings = read_settings()
        work = Work(docs or settings.docs, home or settings.home, settings.embedding, settings.precision, strict)
        report = _rehearse(work) if dry_run else _publish(work)
    if report.refused:
        raise typer.Exit(1)


@editions.command("list")
def list_(home: Home = None) -> None:
    """Every edition: when, which files, how many clauses."""
    from ingest.history import list_editions
    from ingest.terminal import show_editions

    with friendly_errors():
        show_editions(list_editions(_home(home)))


@editions.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help='Id of the earlier edition, or "current".')],
    after: Annotated[str, typer.Argument(metavar="B", help='Id of the later edition, or "current".')],
    as_json: Annotated[bool, typer.Option("--json", help="Print the difference as JSON.")] = False,
    home: Home = None,
) -> None:
    """Clauses added, removed and changed from one edition to another, changed words marked."""
    from ingest.difference import compare
    from ingest.editions import open_edition
    from ingest.terminal import show_difference

    with friendly_errors():
        place = _home(home)
        found = compare(open_edition(place, before), open_edition(place, after))
        if as_json:
            typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
        else:
            show_difference(found)


@editions.command()
def rollback(edition_id: Annotated[str, typer.Argument(metavar="ID")], home: Home = None) -> None:
    """Make an earlier edition current again."""
    from ingest import history

    with friendly_errors():
        history.rollback(_home(home), edition_id)
        typer.echo(f"edition {edition_id} is current again")


@editions.command()
def verify(home: Home = None) -> None:
    """Check every file of every edition. Exit status 1 if anything is wrong."""
    from ingest import history

    wrong = 0
    with friendly_errors():
        for edition_id, problems in history.verify(_home(home)):
            wrong += bool(problems)
            typer.echo(f"{edition_id}: {'damaged' if problems else 'whole'}")
            for problem in problems:
                remark(f"  {problem}")
    if wrong:
        raise typer.Exit(1)


@editions.command()
def prune(
    keep: Annotated[int, typer.Option(help="How many of the newest editions stay; the current one always does.")],
    home: Home = None,
) -> None:
    """Remove old editions, and exported models that none of the rest holds."""
    from ingest import history

    with friendly_errors():
        gone = history.prune(_home(home), keep)
        for edition_id in gone:
            typer.echo(f"removed edition {edition_id}")
    remark(f"{len(gone)} editions removed")


def _home(home: Path | None) -> Path:
    return home or read_settings().home


def _publish(work: Work) -> Report:
    from ingest.publish import publish

    with shown_progress() as tell:
        report = publish(
            work.docs,
            work.home,
            embedding=work.embedding,
            precision=work.precision,
            strict=work.strict,
            progress=tell,
        )
    _say_refused(report)
    built, what = report.built, _what(report)
    changes = [f"{len(ids)} {kind} ({listed(ids)})" for kind, ids in report.pages.items() if ids]
    if changes:
        remark(f"pages: {', '.join(changes)}")
    if built.published:
        typer.echo(f"published edition {built.id}: {what}; {built.embedded} texts embedded, {built.reused} taken over")
    else:
        typer.echo(f"nothing changed, nothing embedded: edition {built.id} stays current ({what})")
    return report


def _rehearse(work: Work) -> Report:
    from ingest.publish import rehearse
    from ingest.terminal import show_difference

    with shown_progress() as tell:
        report, difference = rehearse(work, tell)
    _say_refused(report)
    show_difference(difference)
    if difference.is_empty:
        typer.echo(f"dry run: nothing would change, edition {report.built.id} stays current ({_what(report)})")
    else:
        typer.echo(f"dry run: nothing published; draft {report.built.id} holds {_what(report)}")
    return report


def _say_refused(report: Report) -> None:
    for line in report.refused:
        remark(f"left out: {line}")
    for line in report.remarks:
        remark(f"look at: {line}")


def _what(report: Report) -> str:
    left_out = f", {report.left_out} left out" if report.left_out else ""
    return f"{report.documents} documents, {report.clauses} clauses, {report.taught} taught questions{left_out}"


if __name__ == "__main__":
    app()
