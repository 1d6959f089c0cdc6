"""Vectors on disk and their nearest neighbours. The only importer of chromadb.

Every edition carries a finished Chroma collection. Chroma takes about two seconds of processor time to
import, and up to `EXACT_ROWS` rows a plain product over the same vectors is both exact and faster
than its graph, so small handbooks are searched that way and large ones through Chroma
(docs/adr/0004-exact-below-chroma-above.md).

Chroma writes into its database when it is merely opened, cannot open a read-only one, and serves stale
rows when two processes share a folder. So each process opens a copy of its own, and where it cannot
make one it searches exactly.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ingest.disk import copy_folder
from ingest.documents import HandbookError
from ingest.embedding import Vectors

EXACT_ROWS = 20_000
_COLLECTION = "clauses"
_UPSERT_ROWS = 5_000  # Chroma takes at most 5,461
_NEW_FROM = 0.2  # share of changed rows from which a collection is written anew
_log = logging.getLogger(__name__)


class IndexDamaged(HandbookError):
    """A Chroma collection that does not hold what was put into it."""


class Nearest(Protocol):
    """Finds the rows nearest to a unit vector."""

    def __call__(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """The rows of the `count` highest cosines and those cosines, best first."""
        ...


def cosines(vectors: Vectors, vector: Vectors) -> Vectors:
    """The cosine of each of many unit vectors, shape (rows, dimensions), to one; shape (rows,).

    Not `vectors @ vector`: that wakes a thread a core, which then wait in loops while the question goes on,
    so that an answer takes two processors' time and those who ask meanwhile wait.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, vector))


def highest(values: npt.NDArray[Any], count: int) -> npt.NDArray[np.int64]:
    """The places of the `count` highest of some values, shape (count,), highest first, of equals the first first."""
    if count >= len(values):
        return np.argsort(-values, kind="stable")
    enough = np.flatnonzero(values >= np.partition(values, -count)[-count])
    return enough[np.argsort(-values[enough], kind="stable")][:count]


class ExactNearest:
    """One product over all rows."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def __call__(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        near = cosines(self._vectors, vector)
        rows = highest(near, count)
        return rows, near[rows]


class ChromaNearest:
    """Chroma's graph (HNSW, cosine as inner product of unit vectors), on a copy of this process's own."""

    def __init__(self, folder: Path, digests: Sequence[str]) -> None:
        self._copy = tempfile.TemporaryDirectory(prefix="policy-qa-chroma-", ignore_cleanup_errors=True)
        copy = Path(self._copy.name) / "chroma"
        shutil.copytree(folder, copy)
        self._row_of = {digest: row for row, digest in enumerate(digests)}
        self._collection = _client(copy).get_collection(_COLLECTION, embedding_function=None)

    def __call__(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        found = self._collection.query(
            query_embeddings=vector[None, :], n_results=min(count, len(self._row_of)), include=["distances"]
        )
        distances = found["distances"] or [[]]
        return np.array([self._row_of[i] for i in found["ids"][0]]), 1 - np.array(distances[0], np.float32)


def open_nearest(folder: Path | None, digests: Sequence[str], vectors: Vectors) -> Nearest:
    """The way to search that suits the number of rows; exact wherever Chroma cannot be opened."""
    if folder is None or len(vectors) <= EXACT_ROWS:
        return ExactNearest(vectors)
    try:
        return ChromaNearest(folder, digests)
    except Exception as error:  # Chroma has no common base class for its errors
        _log.warning("%s cannot be opened (%s): searching without it, exactly and more slowly", folder, error)
        return ExactNearest(vectors)


def write_collection(folder: Path, digests: Sequence[str], vectors: Vectors, before: Path | None = None) -> None:
    """Writes unit vectors, shape (rows, dimensions), as a Chroma collection whose ids are the rows' digests.

    A collection `before` of the same model is copied and changed where little of it is different, for
    Chroma takes minutes to write a hundred thousand rows.

    Raises:
        IndexDamaged: Chroma fails, or does not give back what went in.
        OSError: the disk does not take it.
    """
    try:
        if before is None or not _changed(before, folder, digests, vectors):
            _write_anew(folder, digests, vectors)
    except (HandbookError, OSError):
        raise
    except Exception as error:  # as above
        raise IndexDamaged(
            f"Chroma cannot write {folder.name} ({error}): make room and run policy-ingest again"
        ) from error


def _write_anew(folder: Path, digests: Sequence[str], vectors: Vectors) -> None:
    # The graph is saved once, with the last row: a later opening would otherwise build it again.
    at_once = max(2, min(_UPSERT_ROWS, len(vectors)))
    hnsw = {"space": "ip", "sync_threshold": max(2, len(vectors)), "batch_size": at_once}
    with _opened(folder) as client:
        collection = client.create_collection(_COLLECTION, embedding_function=None, configuration={"hnsw": hnsw})
        _add(collection, digests, vectors, range(len(digests)))
        _probe(collection, digests, vectors)


def _changed(before: Path, folder: Path, digests: Sequence[str], vectors: Vectors) -> bool:
    """Makes a collection from the one before, if that is worth it."""
    copy_folder(before, folder)
    with _opened(folder) as client:
        collection = client.get_collection(_COLLECTION, embedding_function=None)
        old, new = set(_ids(collection)), set(digests)
        worth_it = len(old ^ new) <= _NEW_FROM * len(new)
        if worth_it:
            gone = sorted(old - new)
            for start in range(0, len(gone), _UPSERT_ROWS):
                collection.delete(ids=gone[start : start + _UPSERT_ROWS])
            _add(collection, digests, vectors, [row for row, digest in enumerate(digests) if digest not in old])
            _probe(collection, digests, vectors)
    if not worth_it:
        shutil.rmtree(folder)
    return worth_it


def _add(collection: Any, digests: Sequence[str], vectors: Vectors, rows: Sequence[int]) -> None:
    for start in range(0, len(rows), _UPSERT_ROWS):
        part = rows[start : start + _UPSERT_ROWS]
        collection.add(ids=[digests[row] for row in part], embeddings=vectors[list(part)])


def _ids(collection: Any) -> Iterator[str]:
    """All ids, a few at a time: Chroma cannot give more than about 32,000 at once."""
    for start in range(0, collection.count(), _UPSERT_ROWS):
        yield from collection.get(limit=_UPSERT_ROWS, offset=start, include=[])["ids"]


def _probe(collection: Any, digests: Sequence[str], vectors: Vectors) -> None:
    """Asks for a few known rows: a count alone stays right when the graph is gone."""
    if collection.count() != len(vectors):
        raise IndexDamaged(
            f"the collection holds {collection.count()} rows, not {len(vectors)}: run policy-ingest again"
        )
    for row in sorted({0, len(vectors) // 2, len(vectors) - 1}):
        found = collection.query(query_embeddings=vectors[row][None, :], n_results=1, include=["distances"])
        if not found["ids"][0] or abs(found["distances"][0][0]) > 0.01:
            raise IndexDamaged(
                f"{digests[row]} of the collection is not found by its own vector: run policy-ingest again"
            )


@contextmanager
def _opened(folder: Path) -> Iterator[Any]:
    client = _client(folder)
    try:
        yield client
    finally:
        client.close()


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
