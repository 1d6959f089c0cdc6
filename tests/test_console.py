"""What every command shares with a terminal."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import eval.__main__
import ingest.__main__
import qa.__main__
from ingest.console import friendly_errors
from ingest.editions import open_edition

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


@pytest.mark.parametrize(
    ("app", "words"),
    [
        (qa.__main__.app, ("can I text?", "--home", "{}")),
        (ingest.__main__.app, ("{}",)),
        (ingest.__main__.editions, ("list", "--home", "{}/x")),
        (ingest.__main__.editions, ("diff", "current", "current", "--home", "{}")),
        (eval.__main__.app, ("check", "{}")),
        (eval.__main__.app, ("check", "--home", "{}")),
    ],
)
def test_what_a_path_holds_is_shown_and_not_done(app: typer.Typer, words: tuple[str, ...], tmp_path: Path) -> None:
    named = str(tmp_path / "a\x1b[2J\x07\u202eb")
    Path(named).write_text("{}", "utf-8")
    result = CliRunner().invoke(app, [word.format(named) for word in words])
    assert result.exit_code in (1, 2)
    assert "a\\x1b[2J\\x07\\u202eb" in result.stderr
    assert not set("\x1b\x07\u202e") & set(result.output)


def test_what_a_warning_of_a_damaged_edition_names_is_shown_and_not_done(
    two_editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    named = tmp_path / "a\x1b[2J\x07b"
    shutil.copytree(two_editions, named)
    (open_edition(named).folder / "manifest.json").write_text("{}", "utf-8")
    monkeypatch.setattr(logging, "lastResort", logging.StreamHandler())
    monkeypatch.setattr(logging.getLogger("ingest"), "propagate", False)  # pytest's own log is above it
    with friendly_errors():
        open_edition(named)
    told = capsys.readouterr().err
    assert "a\\x1b[2J\\x07b" in told
    assert not set("\x1b\x07") & set(told)
