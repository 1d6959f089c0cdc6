"""What the files of an edition can rely on: checksums, writes that survive a power cut, one rename that counts.

A folder is *sealed* when its `sums.json` holds the checksum of every other file in it, and of itself.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path

SEAL = "sums.json"
Sums = dict[str, str]
"""Name of a file, relative to its folder → SHA-256 of its bytes in hex."""


def opened(path: Path) -> BufferedReader:
    """A file, open to be read.

    Raises:
        OSError: it cannot be opened, or is a pipe or a device, which may never end.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # opening a folder says so itself
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    return path.open("rb")


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(folder: Path) -> Sums:
    """The checksum of every file below a folder but its seal."""
    return {p.relative_to(folder).as_posix(): checksum(p) for p in _files(folder) if p != folder / SEAL}


def seal(folder: Path) -> None:
    """Seals a finished folder."""
    sums = checksums(folder)
    (folder / SEAL).write_text(json.dumps({"files": sums, "self": _over(sums)}, indent=1), "utf-8")


def is_whole(folder: Path) -> bool:
    """Whether a sealed folder holds just the files that were sealed, each as it was."""
    try:
        with opened(folder / SEAL) as file:
            found = json.load(file)
        sums = found["files"]
        return bool(found["self"] == _over(sums)) and checksums(folder) == sums
    except (OSError, ValueError, KeyError, TypeError):
        return False


def holds(folder: Path, sums: Mapping[str, str]) -> bool:
    """Whether a folder has all these files with these checksums."""
    try:
        return all(checksum(folder / name) == sha256 for name, sha256 in sums.items())
    except OSError:
        return False


def is_denied(folder: Path, names: Iterable[str]) -> bool:
    """Whether this process may not read one of a folder's files."""
    for name in names:
        try:
            opened(folder / name).close()
        except PermissionError:
            return True
        except OSError:
            continue
    return False


def copy_folder(source: Path, target: Path) -> None:
    """Copies a folder into bytes of its own: damage to one does not reach the other."""
    _copy(source, target, shutil.copyfile)


def link_folder(source: Path, target: Path) -> None:
    """Copies a folder by hard links, or byte by byte where the file system has none."""
    _copy(source, target, _link)


def make_durable(folder: Path) -> None:
    """Returns when everything below a folder is on the disk."""
    for path in _files(folder):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for path in [folder, *(p for p in folder.rglob("*") if p.is_dir())]:
        sync_folder(path)


def move(source: Path, target: Path) -> None:
    """Renames a folder and returns when the rename is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(source, target)
    sync_folder(target.parent)
    sync_folder(source.parent)


def replace_text(path: Path, text: str) -> None:
    """Writes a file anew by one atomic rename; after a power cut it holds the old text or the new."""
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)


def remove(folders: Iterable[Path]) -> None:
    """Removes folders and files, as far as it can."""
    for path in folders:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Returns when the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _over(sums: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _copy(source: Path, target: Path, copy: Callable[[Path, Path], object]) -> None:
    """Copies a folder, but not who may read it: an older one may be its owner's alone."""
    target.mkdir(parents=True)
    for path in sorted(source.rglob("*")):  # a folder comes before what is in it
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir()
        else:
            copy(path, place)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
