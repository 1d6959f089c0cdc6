"""Where the evaluation keeps its files, from the root of a checkout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desk.gold import ACCEPTED, DESK_GOLD

__all__ = ["ACCEPTED", "DESK_GOLD", "FLOORS", "GOLD", "REPORTS", "floors_file", "gold_files"]

GOLD = Path("eval/gold/dev.jsonl")
REPORTS = Path("eval/reports")
FLOORS = Path("eval/floors.toml")


def gold_files(named: Sequence[Path] | None, docs: Path) -> tuple[Path, ...]:
    """The files named; else the checkout's own gold and, where there is one, the desk's."""
    if named:
        return tuple(named)
    desk = docs / DESK_GOLD
    return (GOLD, desk) if desk.exists() else (GOLD,)


def floors_file(named: Path | None) -> Path:
    """The settings of the gate that are named; else the checkout's, and outside of one those of this program."""
    return named or (FLOORS if FLOORS.exists() else Path(__file__).with_name(FLOORS.name))
