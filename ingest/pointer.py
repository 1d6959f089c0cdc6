"""Which edition is current, where editions stand, and the one build at a time that may change it.

HOME/
  current           the id of the edition that answers: one line, replaced by one atomic rename
  building          who builds at the moment, while someone does (`.lock` is what keeps others out)
  editions/ID/      what was published
  drafts/ID/        built and whole, not published
  models/NAME/      exported models, sealed
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ingest.disk import opened, remove, replace_text
from ingest.documents import HandbookError
from ingest.manifest import EditionDamaged

CURRENT = "current"
"""The file that names the edition which answers, and what that edition may be called by."""
_ID = re.compile(r"\d{8}T\d{6}(?:\d{3})?-[0-9a-f]{12}")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DISK = {*_FULL, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}


class NoEdition(HandbookError):
    """Nothing has been published yet, or not under that id."""


class AlreadyBuilding(HandbookError):
    """Someone else is building in the same home."""


class DiskRefused(HandbookError):
    """The disk is full, or the home cannot be written."""


def current_id(home: Path) -> str:
    """The id of the current edition: one small read.

    Raises:
        NoEdition: none was published.
        HandbookError: the home is a file.
        EditionDamaged: the pointer holds no id.
    """
    try:
        with opened(home / CURRENT) as file:
            found = file.read().decode("ascii", "replace").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        _refuse_file(home)
        raise NoEdition(f"no edition in {home} yet: run policy-ingest first") from error
    except OSError as error:
        raise EditionDamaged(f"{home / CURRENT} cannot be read ({error.strerror}): run policy-ingest again") from error
    if not _ID.fullmatch(found):
        raise EditionDamaged(f"{home / CURRENT} holds {found[:40]!r}, no id of an edition: run policy-ingest again")
    return found


def pointed_id(home: Path) -> str:
    """The id of the current edition, or "" where there is none that can be read."""
    try:
        return current_id(home)
    except HandbookError:
        return ""


def point(home: Path, edition_id: str) -> None:
    """Makes an edition current, by one atomic rename."""
    replace_text(home / CURRENT, edition_id + "\n")


def edition_ids(home: Path) -> list[str]:
    """The ids of the published editions, newest first."""
    return _ids(home, "editions")


def draft_ids(home: Path) -> list[str]:
    """The ids of editions that were built and not published."""
    return _ids(home, "drafts")


def edition_folder(home: Path, edition_id: str) -> Path:
    """Where an edition or a draft stands.

    Raises:
        NoEdition: there is none of that id.
        HandbookError: the home is a file.
    """
    if _ID.fullmatch(edition_id):
        for place in ("editions", "drafts"):
            if (home / place / edition_id).is_dir():
                return home / place / edition_id
    _refuse_file(home)
    raise NoEdition(f"no edition {edition_id!r} in {home}: policy-editions list shows those there are")


@contextmanager
def building(home: Path) -> Iterator[None]:
    """The right to change a home, one process at a time; a killed one gives it up by itself (flock).

    Left-overs of builds that were killed are removed on the way in.

    Raises:
        AlreadyBuilding: another one holds it.
        HandbookError: the home is a file.
        DiskRefused: something could not be written.
    """
    from filelock import FileLock, Timeout

    _refuse_file(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / ".lock", is_singleton=True)
        if lock.is_locked:  # by this thread, further up
            yield
            return
        with lock.acquire(timeout=0):
            _sweep(home)
            _say_who(home)
            try:
                yield
            finally:
                (home / "building").unlink(missing_ok=True)
    except Timeout as error:
        raise AlreadyBuilding(
            f"a build is already running in {home} ({_builder(home)}): try again when it is done"
        ) from error
    except OSError as error:
        raise _translated(home, error) from error


def _refuse_file(home: Path) -> None:
    for place in (home, *home.parents):
        if os.path.exists(place) and not os.path.isdir(place):
            raise HandbookError(f"{place} is a file, and a home is a folder: give the folder where editions are kept")


def _translated(home: Path, error: OSError) -> HandbookError:
    """The disk's error as ours, with what to do. NumPy raises some without a number."""
    place = Path(error.filename2 or error.filename or home)  # of a rename, where to
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(home)):
        return HandbookError(f"{error.filename}: {error.strerror}")
    if error.errno in _IN_THE_WAY:
        found = next(path for path in (place, *place.parents) if os.path.lexists(path))
        return HandbookError(f"{found} is in the way ({error.strerror}): move it away and run policy-ingest again")
    if error.errno not in _DISK and error.errno is not None:
        return HandbookError(f"{error.filename or home}: {error.strerror}: run policy-ingest again")
    return DiskRefused(
        f"cannot write in {home} ({error.strerror or error}): make room or make it writable and run policy-ingest"
        " again; what was current still answers"
    )


def _sweep(home: Path) -> None:
    """Removes what killed builds have left; whoever is here holds the lock, so nobody is using it."""
    for pattern in (".current-*", ".building-*", "models/.*", "editions/.*", "editions/*/.*", "drafts/.*"):
        remove(home.glob(pattern))


def _say_who(home: Path) -> None:
    """Writes down who builds. A full disk has no room for it, and nobody must wait for that who makes room there."""
    try:
        replace_text(home / "building", json.dumps({"pid": os.getpid(), "since": _now()}))
    except OSError as error:
        if error.errno not in _FULL:
            raise


def _builder(home: Path) -> str:
    try:
        found = json.loads((home / "building").read_text("utf-8"))
        return f"process {found['pid']}, since {found['since']}"
    except (OSError, ValueError, KeyError):
        return "just started"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _ids(home: Path, kind: str) -> list[str]:
    folder = home / kind
    if not folder.is_dir():
        _refuse_file(home)
        return []
    return sorted((path.name for path in folder.iterdir() if _ID.fullmatch(path.name)), reverse=True)
