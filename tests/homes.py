"""Homes to publish into and to break: made quickly, by links to what nobody writes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

from ingest.disk import checksums
from ingest.editions import Edition
from ingest.pointer import edition_ids
from ingest.publish import Report, publish
from ingest.settings import read_settings

ROOT = Path(__file__).parent.parent
PAGE = "it-and-social-media.md"


def write_page(docs: Path) -> Path:
    """A handbook of one page, the product's own, in a new folder; returns the page."""
    docs.mkdir()
    page = docs / PAGE
    shutil.copy(next((ROOT / "policy_docs").glob("it-and-social-media.*")), page)
    return page


def republish(docs: Path, home: Path, *, strict: bool = False) -> Report:
    """Publishes with the model that the tests are run with."""
    return publish(docs, home, embedding=read_settings().embedding, strict=strict)


def damage(path: Path, how: str, seed: int = 0) -> None:
    """Deletes a file, cuts it in half, or flips one bit of it."""
    content = bytearray(path.read_bytes())
    path.unlink()  # the bytes may be shared with the home that was copied
    if how == "flip":
        content[random.Random(seed).randrange(len(content))] ^= 1 << seed % 8
    if how != "delete":
        path.write_bytes(bytes(content[: len(content) // 2] if how == "truncate" else content))


def older(home: Path) -> str:
    """The id of the edition before the newest."""
    return edition_ids(home)[1]


def state(edition: Edition) -> tuple[Any, ...]:
    """All of an edition that answers come from."""
    models = [checksums(edition.parts[name]) for name in edition.manifest.models]
    return edition.documents, edition.clauses, edition.rows, edition.vectors.tobytes(), edition.settings, models
