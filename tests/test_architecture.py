"""The import order of the rooms, the one importer of chromadb, and nothing heavy on the way of a question."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "ingest": set(),
    "qa": {"ingest"},
    "desk": {"ingest", "qa"},
    "eval": {"ingest", "qa", "desk"},
    "pages": {"ingest", "qa", "desk"},
    "app": {"ingest", "qa", "desk", "pages"},
    "training": {"ingest", "qa", "desk"},
    "benchmarks": {"ingest", "qa", "desk", "eval"},
}
# Only the rooms are looked through: a virtual environment in the checkout holds twenty thousand more files.
FILES = sorted(p for room in MAY_IMPORT for p in (*ROOT.glob(f"{room}.py"), *(ROOT / room).rglob("*.py")))


@cache
def imported(path: Path) -> set[str]:
    """Every module that a file names in an import, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    others = {name.split(".")[0] for name in imported(path)} & set(MAY_IMPORT)
    assert others - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_imports_a_main_or_the_entry(path: Path) -> None:
    assert not {name for name in imported(path) if "__main__" in name or name == "app"}


def test_only_vectors_imports_chromadb() -> None:
    importers = {
        p.relative_to(ROOT).as_posix() for p in FILES if any(n.split(".")[0] == "chromadb" for n in imported(p))
    }
    measured = {"benchmarks/building.py", "benchmarks/kill.py"}  # these load it, so that no measurement does
    assert importers - measured == {"ingest/vectors.py"}


def test_a_question_brings_in_nothing_heavy(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.assistant import open_assistant;"
        f"open_assistant(Path({str(home)!r})).ask('can I text a parent back?');"
        "print(sorted({n.split('.')[0] for n in sys.modules}))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    heavy = {"torch", "transformers", "sentence_transformers", "streamlit", "langchain", "chromadb"}
    assert not heavy & set(ast.literal_eval(out.stdout))
