"""Clauses → rows: each different passage once, however many pages it stands on, and its vector."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.clauses import Clause
from ingest.embedding import Embedder, Vectors, passage

Progress = Callable[[str, int, int], None]
"""Told of (what is being done, how many are done, of how many)."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a vector stands for: places (clause index, sentence index or None for the whole clause)."""

    digest: str
    places: tuple[tuple[int, int | None], ...]


def rows_of(clauses: Sequence[Clause]) -> tuple[tuple[Row, ...], list[str]]:
    """One row for each different passage, and the passages; a clause of one sentence has one row."""
    places: dict[str, list[tuple[int, int | None]]] = {}
    for index, clause in enumerate(clauses):
        for number, sentence in enumerate(clause.sentences):
            places.setdefault(passage(clause, sentence), []).append((index, number))
        if len(clause.sentences) != 1:
            places.setdefault(passage(clause), []).append((index, None))
    return tuple(Row(passage_digest(text), tuple(found)) for text, found in places.items()), list(places)


def embedded(
    digests: Sequence[str], texts: Sequence[str], known: Mapping[str, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int]:
    """The vectors of texts, shape (texts, dimensions), known ones reused, and how many were new."""
    new = [index for index, digest in enumerate(digests) if digest not in known]
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        progress("embedding", done, len(new))

    out = np.zeros((len(texts), embedder.card.dimensions), np.float32)
    if new:
        out[new] = embedder([texts[index] for index in new], tell)
    for index, digest in enumerate(digests):
        if digest in known:
            out[index] = known[digest]
    return out, len(new)


def passage_digest(text: str) -> str:
    """What a passage is known by: the first 24 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]
