"""What every command shares with a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import eval.__main__
import ingest.__main__
import qa.__main__

APPS = (ingest.__main__.app, ingest.__main__.editions, qa.__main__.app, eval.__main__.app)


def calls() -> Iterator[tuple[typer.Typer, tuple[str, ...]]]:
    """Every command and every one below it, as it is typed."""
    for app in APPS:
        command: Any = typer.main.get_command(app)
        yield app, ()
        yield from ((app, (name,)) for name in getattr(command, "commands", ()))


@pytest.mark.parametrize(("app", "words"), calls())
def test_help_can_be_read_where_output_takes_no_more_than_ascii(app: typer.Typer, words: tuple[str, ...]) -> None:
    result = CliRunner(charset="ascii").invoke(app, [*words, "--help"])
    assert (result.exit_code, result.exception) == (0, None)
    assert "--help" in result.stdout
