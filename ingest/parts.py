"""The parts of an edition that can be made again: word index, Chroma collection, models.

    words/, chroma/     derived from clauses and vectors; each is a sealed folder (`ingest.disk`)
    finder/, judge/     copies of models, under the checksums of the manifest; `HOME/models` and the
                        other editions hold more copies

A part that is not whole is made again before anyone opens it: in its place, or, where the home cannot
be written, in a folder of this process's own.
"""

from __future__ import annotations

import atexit
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.clauses import Clause
from ingest.disk import copy_folder, holds, is_denied, is_whole, make_durable, remove, seal, sync_folder
from ingest.documents import HandbookError
from ingest.embedding import Vectors, passage
from ingest.manifest import EditionDamaged, Manifest
from ingest.pointer import building
from ingest.vectors import EXACT_ROWS, write_collection
from ingest.words import write_words

WORDS, CHROMA = "words", "chroma"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Truth:
    """What words and chroma are derived from."""

    clauses: Sequence[Clause]
    digests: Sequence[str]
    vectors: Vectors
    lexicon: dict[str, dict[str, str]]


def index_words(folder: Path, truth: Truth) -> None:
    """Writes and seals the word index, `folder` being an edition's words/ or to be renamed to it."""
    write_words(folder, [passage(clause) for clause in truth.clauses], truth.lexicon)
    seal(folder)


def index_vectors(folder: Path, truth: Truth, before: Path | None = None) -> None:
    """Writes and seals the Chroma collection, `folder` being an edition's chroma/; from the one before if given."""
    write_collection(folder, truth.digests, truth.vectors, before)
    seal(folder)


def whole_parts(home: Path, folder: Path, manifest: Manifest, truth: Truth) -> dict[str, Path]:
    """Where each part of an edition can be opened, checked and, where need be, made again.

    chroma is left out if it is damaged and nobody has to search it: see `ingest.vectors`.

    Raises:
        EditionDamaged: a model is damaged, or may not be read, and no other copy of it is left.
    """
    parts = {name: _whole_model(home, folder, manifest, name) for name in manifest.models}
    parts[WORDS] = _whole_words(home, folder, truth)
    chroma = _whole_chroma(home, folder, truth)
    return parts | ({CHROMA: chroma} if chroma else {})


def damaged_parts(folder: Path, manifest: Manifest) -> list[str]:
    """The names of the parts that are not whole; nothing is repaired."""
    derived = [name for name in (WORDS, CHROMA) if not is_whole(folder / name)]
    return derived + [name for name in manifest.models if not holds(folder / name, manifest.files_of(name))]


def _whole_words(home: Path, folder: Path, truth: Truth) -> Path:
    place = folder / WORDS
    if is_whole(place):
        return place
    make = partial(index_words, truth=truth)
    return _in_place(home, place, make) or _aside(place, make)


def _whole_chroma(home: Path, folder: Path, truth: Truth) -> Path | None:
    """Chroma's folder; None where it is damaged and cannot be made again in its place."""
    place = folder / CHROMA
    if is_whole(place):
        return place
    if len(truth.digests) <= EXACT_ROWS:
        _log.warning("%s is damaged; so few clauses are searched without it, and policy-ingest makes it again", place)
        return None
    return mend_chroma(home, folder, truth)


def mend_chroma(home: Path, folder: Path, truth: Truth) -> Path | None:
    """Makes an edition's Chroma collection again in its place; None if the home cannot be written."""
    return _in_place(home, folder / CHROMA, partial(index_vectors, truth=truth))


def _whole_model(home: Path, folder: Path, manifest: Manifest, name: str) -> Path:
    sums, place = manifest.files_of(name), folder / name
    if holds(place, sums):
        return place
    copies = [*(home / "models").glob("*"), *(home / "editions").glob(f"*/{name}")]
    found = next((copy for copy in copies if copy != place and holds(copy, sums)), None)
    if found is None and is_denied(place, sums):
        raise EditionDamaged(f"{place} cannot be read (Permission denied): make it readable for who runs this program")
    if found is None:
        raise EditionDamaged(f"{place} is damaged and {home} holds no other copy of it: run policy-ingest again")
    return _in_place(home, place, partial(copy_folder, found)) or found


def _in_place(home: Path, place: Path, make: Callable[[Path], None]) -> Path | None:
    """Makes a part again where it belongs; None if the home cannot be written or is being built in."""
    aside, old = place.with_name(f".{place.name}-new"), place.with_name(f".{place.name}-old")
    try:
        with building(home):
            remove([aside, old])
            make(aside)
            make_durable(aside)
            if place.exists():
                place.rename(old)
            aside.rename(place)
            sync_folder(place.parent)
            remove([old])
    except HandbookError as error:
        _log.warning("%s is damaged and could not be repaired (%s)", place, error)
        return None
    _log.warning("%s was damaged: made again from what is intact", place)
    return place


def _aside(place: Path, make: Callable[[Path], None]) -> Path:
    try:
        private = Path(tempfile.mkdtemp(prefix="policy-qa-"))
        atexit.register(shutil.rmtree, private, ignore_errors=True)
        make(private / place.name)
    except OSError as error:
        raise EditionDamaged(f"{place} is damaged and there is no room to make it again ({error.strerror})") from error
    return private / place.name
