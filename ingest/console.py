"""What every command shares with a terminal: one line for a user's mistake, a bar for long work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from ingest.build import LeftOut
from ingest.documents import HandbookError
from ingest.pointer import NoEdition
from ingest.rows import Progress


def remark(text: str) -> None:
    """A line on standard error; standard output is for data alone."""
    print(text, file=sys.stderr)


@contextmanager
def friendly_errors() -> Iterator[None]:
    """A user's mistake ends in one line that says what to do: exit 1 where something is missing, else 2."""
    try:
        yield
    except HandbookError as error:
        remark(f"error: {error}")
        raise typer.Exit(1 if isinstance(error, NoEdition | LeftOut) else 2) from error


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar on a terminal, plain lines otherwise."""
    if sys.stderr.isatty():
        with _bar() as tell:
            yield tell
        return
    said: set[str] = set()

    def say(what: str, done: int, total: int) -> None:
        if total and what not in said:
            said.add(what)
            remark(f"{what} …" if total == 1 else f"{what} {total} …")

    yield say


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def tell(what: str, done: int, total: int) -> None:
            if total:
                if what not in tasks:
                    tasks[what] = bars.add_task(what, total=total)
                bars.update(tasks[what], completed=done, total=total)

        yield tell
