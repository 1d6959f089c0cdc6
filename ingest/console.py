"""What every command shares with a terminal: one line for what goes wrong, a bar for long work."""

from __future__ import annotations

import logging
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from ingest.build import LeftOut
from ingest.documents import HandbookError
from ingest.pointer import NoEdition
from ingest.rows import Progress
from ingest.settings import named_folder


def remark(text: str) -> None:
    """A line on standard error; standard output is for data alone."""
    if sys.stderr:  # closed, it is None, and print would take standard output instead
        print(visible(text), file=sys.stderr)


def visible(text: str) -> str:
    """A text whose control characters stand as they are written, not done: a path may hold any of them.

    >>> visible("no edition in home\\x1b[2J")
    'no edition in home\\\\x1b[2J'
    """
    return "".join(
        c if c == "\n" or c.isprintable() or unicodedata.category(c) == "Zs" else f"{c!a}"[1:-1] for c in text
    )


class _Visible(logging.Formatter):
    """A warning as `visible` has it."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def log_visibly() -> None:
    """Makes what Python prints of warnings `visible`, where no other log has been set up: they name paths, too."""
    if logging.lastResort:
        logging.lastResort.setFormatter(_Visible())


def folder(name: str) -> Path:
    """A folder as it is typed: `"$DOCS"`, where that is not set, is none."""
    try:
        return named_folder(name)
    except ValueError as error:
        raise typer.BadParameter(visible(str(error))) from error


@contextmanager
def friendly_errors() -> Iterator[None]:
    """What cannot be done ends in one line that says what to do: exit 1 where something is missing, else 2.

    That is a user's mistake, or a file, a disk or an output that the system refuses. An output that was closed (`>&-`)
    takes what is written to it and keeps nothing.
    """
    _open_closed_outputs()
    log_visibly()
    try:
        yield
        sys.stdout.flush()
    except HandbookError as error:
        remark(f"error: {error}")
        raise typer.Exit(1 if isinstance(error, NoEdition | LeftOut) else 2) from error
    except BrokenPipeError:  # whoever was reading has read enough: typer ends without a word
        raise
    except (OSError, UnicodeError) as error:
        remark(f"error: {_told(error)}")
        _let_go_of_output()
        raise typer.Exit(2) from error


def _open_closed_outputs() -> None:
    """Opens what Python has none of, so that no file is opened in its place and written to by mistake."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 – open until the process ends


def _told(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeEncodeError):
        letters = error.object[error.start : error.end]
        return f"{letters!a:.40} cannot be written as {error.encoding}: set PYTHONIOENCODING=utf-8:backslashreplace"
    if isinstance(error, UnicodeError):
        return f"{error}: save what was given, and .env, as UTF-8 text"
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}: look at the path, who may use it, and the room on its disk"


def _let_go_of_output() -> None:
    """Lets go of what standard output does not take: Python would try again as it ends, and end with 120."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
