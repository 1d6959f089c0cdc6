"""The wheel builds, and what is in it works outside the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("ingest", "qa", "desk", "eval", "pages")
CODE = """
import sys; sys.path.insert(0, sys.argv[1])
import ingest.publish, qa.assistant, desk.records, eval.__main__, pages.markup
assert ingest.__file__.startswith(sys.argv[1]), ingest.__file__
from ingest.export import ADAPTER, JUDGE
from ingest.publish import SETTINGS_FILE
assert ADAPTER.exists() and JUDGE.exists() and SETTINGS_FILE.exists()
"""


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    source, site = tmp_path / "source", tmp_path / "site"
    source.mkdir()
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "app.py"):
        shutil.copy(ROOT / name, source)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source))
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, site, "zip")
    missing = [p for p in data_files() if not (site / p).exists()]
    assert missing == []
    run(sys.executable, "-c", CODE, str(site), cwd=tmp_path)


def data_files() -> list[Path]:
    """Everything beside the code that the packages read."""
    found = (p for name in PACKAGES for p in (ROOT / name).rglob("*") if p.is_file())
    skipped = {"__pycache__", "reports", "gold"}
    return [p.relative_to(ROOT) for p in found if not skipped & set(p.parts) and p.name != "accepted.json"]


def run(*words: str, cwd: Path = ROOT) -> None:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
