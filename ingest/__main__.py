"""The commands policy-ingest and policy-editions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ingest.documents import HandbookError
from ingest.editions import Progress as Tell
from ingest.settings import read_settings

remarks = Console(stderr=True)
app = typer.Typer(add_completion=False, help="Build and publish an edition of the handbook.")


@app.command()
def ingest(
    docs: Annotated[Path | None, typer.Argument(help="Folder of the handbook's pages [default: policy_docs]")] = None,
    home: Annotated[Path | None, typer.Option(help="Where editions and models are kept [default: .policy-qa]")] = None,
) -> None:
    """Build and publish an edition from a folder of pages."""
    from ingest.publish import publish

    with friendly_errors():
        settings = read_settings()
        with shown_progress() as tell:
            report = publish(
                docs or settings.docs,
                home or settings.home,
                embedding=settings.embedding,
                precision=settings.precision,
                progress=tell,
            )
    for line in report.refused:
        remarks.print(f"[yellow]left out:[/] {line}", highlight=False)
    built = report.built
    what = f"{report.documents} documents, {report.clauses} clauses, {report.taught} taught questions"
    if built.published:
        typer.echo(f"published edition {built.id}: {what}; {built.embedded} texts embedded, {built.reused} taken over")
    else:
        typer.echo(f"nothing changed, nothing embedded: edition {built.id} stays current ({what})")
    if report.refused:
        raise typer.Exit(1)


@contextmanager
def friendly_errors() -> Iterator[None]:
    """A user's mistake ends in one line that says what to do, never in a traceback."""
    try:
        yield
    except HandbookError as error:
        remarks.print(f"[red]error:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


@contextmanager
def shown_progress() -> Iterator[Tell]:
    """A bar on a terminal, plain lines otherwise."""
    if not remarks.is_terminal:
        said: set[str] = set()

        def say(what: str, done: int, total: int) -> None:
            if total and what not in said:
                said.add(what)
                remarks.print(f"{what} …" if total == 1 else f"{what} {total} texts …", highlight=False)

        yield say
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=remarks, transient=True) as bar:
        tasks = {}

        def tell(what: str, done: int, total: int) -> None:
            if total:
                task = tasks.setdefault(what, bar.add_task(what, total=total)) if what not in tasks else tasks[what]
                bar.update(task, completed=done, total=total)

        yield tell


if __name__ == "__main__":
    app()
