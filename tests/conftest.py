"""What the tests share: one published edition of the real handbook, and an assistant on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import opened_browser
from filelock import FileLock
from homes import republish, write_page
from hypothesis import settings as hypothesis_settings
from scripted_model import ask, drafted, endpoint, models  # noqa: F401 – fixtures

from benchmarks.served import Served, served
from ingest import disk
from ingest.disk import copy_folder
from qa.assistant import Assistant, open_assistant

ROOT = Path(__file__).parent.parent
LARGE = 1_000_000  # bytes: models and the vectors of taught questions

hypothesis_settings.register_profile("untimed", deadline=None)  # how long an example takes says nothing of its truth
hypothesis_settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the handbook comes first: the first worker builds it while the last one tests what needs none.

    Where a test has the app open another, the next to need the real one opens it anew: such tests stand together.
    """
    needs = {item: getattr(item, "fixturenames", ()) for item in items}
    items.sort(key=lambda item: ("home" not in needs[item], "elsewhere" in needs[item]))


@pytest.fixture(scope="session", autouse=True)
def summed_once() -> Iterator[None]:
    """A model that nobody has written to since is not read through again for its checksum: thousands of times 23 MB.

    It is the same as long as its file is, as for `ingest.embedding.open_session`; any damage makes it another.
    """
    known: dict[tuple[int, ...], str] = {}
    work_out = disk.checksum

    def checksum(path: Path) -> str:
        with disk.opened(path) as file:
            found = os.fstat(file.fileno())
        if found.st_size < LARGE:
            return work_out(path)
        same = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        if same not in known:
            known[same] = work_out(path)
        return known[same]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk, "checksum", checksum)
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home with the real handbook in it, as the first ingest of all leaves it; beside it what that said.

    Read it, never write: all workers share it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    found = shared / "home"
    with FileLock(f"{found}.lock"):
        if not (found / "current").exists():
            command = [sys.executable, "-m", "ingest", "policy_docs", "--home", str(found)]
            out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=True)
            (shared / "home.said").write_text(out.stderr, "utf-8")
    return found


@pytest.fixture(scope="session")
def assistant(home: Path) -> Assistant:
    """An assistant on the real handbook."""
    return open_assistant(home)


@pytest.fixture(scope="session")
def two_editions(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with two editions of a handbook of one page, the second a clause longer; copy it, never write.

    Their models stay open: whoever opens a copy, which has them by links, gets the same (`ingest.embedding`).
    """
    base = tmp_path_factory.mktemp("two")
    page = write_page(base / "docs")
    copy_folder(home / "models", base / "home" / "models")
    republish(page.parent, base / "home")
    page.write_text(page.read_text("utf-8") + "\n- Hand in your visitor badge at the front desk.\n", "utf-8")
    republish(page.parent, base / "home")
    opened = open_assistant(base / "home")
    yield base / "home"
    del opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real Chromium."""
    with opened_browser() as found:
        yield found


@pytest.fixture(scope="module")
def app(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, served once for a file of tests."""
    with served(home, tmp_path_factory.mktemp("served")) as found:
        yield found
