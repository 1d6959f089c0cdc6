"""Vectors on disk and their nearest neighbours. The only importer of chromadb.

Every edition carries a finished Chroma collection. Chroma takes about two seconds of processor time to
import, and up to `EXACT_ROWS` rows a plain product over the same vectors is both exact and faster
than its graph, so small handbooks are searched that way and large ones through Chroma
(docs/adr/0004-exact-below-chroma-above.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ingest.documents import HandbookError
from ingest.embedding import Vectors

EXACT_ROWS = 20_000
_COLLECTION = "clauses"
_UPSERT_ROWS = 5_000  # Chroma takes at most 5,461


class IndexDamaged(HandbookError):
    """A Chroma collection that does not hold what was put into it."""


class Nearest(Protocol):
    """Finds the rows nearest to a unit vector."""

    def __call__(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        """The rows of the `count` highest cosines and those cosines, best first."""
        ...


class ExactNearest:
    """One product over all rows."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def __call__(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        cosines = self._vectors @ vector
        rows = np.argsort(-cosines, kind="stable")[:count]
        return rows, cosines[rows]


class ChromaNearest:
    """Chroma's graph (HNSW, cosine as inner product of unit vectors)."""

    def __init__(self, folder: Path) -> None:
        self._collection = _client(folder).get_collection(_COLLECTION, embedding_function=None)
        self._rows = self._collection.count()

    def __call__(self, vector: Vectors, count: int) -> tuple[npt.NDArray[np.int64], Vectors]:
        found = self._collection.query(
            query_embeddings=vector[None, :], n_results=min(count, self._rows), include=["distances"]
        )
        distances = found["distances"] or [[]]
        return np.array([int(i) for i in found["ids"][0]]), 1 - np.array(distances[0], np.float32)


def open_nearest(folder: Path, vectors: Vectors) -> Nearest:
    """The way to search that suits the number of rows."""
    return ExactNearest(vectors) if len(vectors) <= EXACT_ROWS else ChromaNearest(folder)


def write_collection(folder: Path, vectors: Vectors) -> None:
    """Writes unit vectors, shape (rows, dimensions), as a Chroma collection with row numbers as ids.

    Raises:
        IndexDamaged: Chroma does not give back what went in.
    """
    client = _client(folder)
    collection = client.create_collection(
        _COLLECTION,
        embedding_function=None,
        configuration={"hnsw": {"space": "ip", "sync_threshold": len(vectors) + 1_000, "batch_size": _UPSERT_ROWS}},
    )
    for start in range(0, len(vectors), _UPSERT_ROWS):
        part = vectors[start : start + _UPSERT_ROWS]
        collection.add(ids=[str(start + row) for row in range(len(part))], embeddings=part)
    _probe(collection, vectors)
    close = getattr(client, "close", None)
    if close:
        close()


def _probe(collection: Any, vectors: Vectors) -> None:
    """Asks for a few known rows: a count alone stays right when the graph is gone."""
    if collection.count() != len(vectors):
        raise IndexDamaged(f"the collection holds {collection.count()} rows, not {len(vectors)}: run policy-ingest again")
    for row in {0, len(vectors) // 2, len(vectors) - 1}:
        found = collection.query(query_embeddings=vectors[row][None, :], n_results=1, include=["distances"])
        if not found["ids"][0] or abs(1 - found["distances"][0][0] - 1) > 0.01:
            raise IndexDamaged(f"row {row} of the collection is not found by its own vector: run policy-ingest again")


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
