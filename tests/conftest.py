"""What the tests share: one published edition of the real handbook, and an assistant on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.disk import copy_folder
from ingest.publish import publish
from ingest.settings import read_settings
from qa.assistant import Assistant, open_assistant

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Path]:
    """A home with the real handbook published in it; read it, never write: all workers share it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    found = shared / "home"
    with FileLock(f"{found}.lock"):
        if not (found / "current").exists():
            exported = ROOT / read_settings().home / "models"  # sealed and named by checksum: what does not fit is made
            if exported.is_dir():
                copy_folder(exported, found / "models")
            publish(ROOT / "policy_docs", found, embedding=read_settings().embedding, progress=lambda what, done, total: None)
    yield found


@pytest.fixture(scope="session")
def assistant(home: Path) -> Assistant:
    """An assistant on the real handbook."""
    return open_assistant(home)
