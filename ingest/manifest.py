"""The manifest: who made an edition, of what, and the checksum of each of its files.

The edition's name ends in the manifest's own checksum, so that a changed manifest is found as well:

    editions/20261124T160501042-3f9c1ab2c07d/manifest.json
                             ^^^^^^^^^^^^ the first twelve hex digits of SHA-256(manifest.json)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ingest.disk import Sums, opened
from ingest.documents import HandbookError

FORMAT = 2
MANIFEST = "manifest.json"


class EditionMismatch(HandbookError):
    """An edition made by another format or model."""


class EditionDamaged(HandbookError):
    """An edition whose files are not what was published."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an edition says of itself.

    `documents` are path → digest; `files` path → SHA-256 of all but the derived parts, which carry
    their own seals; `digest` is over everything that went in, so that equal digests answer equally.
    """

    format: int
    created: str
    parent: str
    digest: str
    finder: dict[str, Any]
    counts: dict[str, int]
    documents: dict[str, str]
    files: Sums

    def write(self, folder: Path) -> str:
        """Writes the manifest into a folder and returns the name that the folder must be given."""
        content = json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()
        (folder / MANIFEST).write_bytes(content)
        made = datetime.fromisoformat(self.created)
        # milliseconds: of two editions made in one second the later one must sort later
        return f"{made:%Y%m%dT%H%M%S}{made.microsecond // 1000:03}-{_short(content)}"

    def files_of(self, part: str) -> Sums:
        """The checksums of one subfolder's files, by their names in it."""
        return {n.removeprefix(f"{part}/"): sha for n, sha in self.files.items() if n.startswith(f"{part}/")}

    @property
    def models(self) -> list[str]:
        """The names of the model folders that belong to the edition."""
        return sorted({name.split("/")[0] for name in self.files if "/" in name})


_FORM = TypeAdapter(Manifest)


@contextmanager
def made_sense_of(name: str) -> Iterator[None]:
    """Where an edition is read whose bytes are as published: what makes no sense of them was meant by who wrote them.

    Raises:
        EditionMismatch: what it holds is not what this version of the program writes.
    """
    try:
        yield
    except (TypeError, KeyError, ValueError, AttributeError, RecursionError, MemoryError) as error:
        why = (str(error) or type(error).__name__).splitlines()[0]
        raise EditionMismatch(
            f"{name} was made by another version of this program ({why}): run policy-ingest again"
        ) from error


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an edition.

    Raises:
        EditionDamaged: it is missing, or not what was published.
        EditionMismatch: another version of this program wrote it.
    """
    path = folder / MANIFEST
    content = _bytes_of(path)
    if not folder.name.endswith(f"-{_short(content)}"):
        raise EditionDamaged(
            f"{path} has the checksum {_short(content)}, not the one in its folder's name: run policy-ingest again"
        )
    with made_sense_of(folder.name):
        found = json.loads(content)
        if found["format"] != FORMAT:
            newer = "upgrade this program, or " if found["format"] > FORMAT else ""
            raise EditionMismatch(
                f"{folder.name} has format {found['format']}, not {FORMAT}: {newer}run policy-ingest again"
            )
        _FORM.validate_json(content, strict=True)
        return Manifest(**found)


def read_verified(folder: Path, name: str, manifest: Manifest) -> bytes:
    """A file's bytes, compared with the manifest before anyone makes sense of them.

    Raises:
        EditionDamaged: the file is missing or changed.
    """
    path = folder / name
    content = _bytes_of(path)
    found, published = hashlib.sha256(content).hexdigest(), manifest.files.get(name, "")
    if found != published:
        raise EditionDamaged(
            f"{path} has the checksum {found[:12]}, not {published[:12]} as published: run policy-ingest again"
        )
    return content


def _bytes_of(path: Path) -> bytes:
    try:
        with opened(path) as file:
            return file.read()
    except OSError as error:
        raise EditionDamaged(f"{path} cannot be read ({error.strerror}): run policy-ingest again") from error


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
