"""Where the evaluation keeps its files, from the root of a checkout."""

from pathlib import Path

GOLD = Path("eval/gold/dev.jsonl")
REPORTS = Path("eval/reports")
ACCEPTED = Path("eval/accepted.json")
FLOORS = Path("eval/floors.toml")
