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

    @property
    def is_read(self) -> bool:
        """Whether the vector is a sentence's, read by the model, and no mean of several."""
        return self.places[0][1] is not None


def rows_of(clauses: Sequence[Clause]) -> tuple[tuple[Row, ...], list[str]]:
    """One row for each different sentence, then one for each different clause of several; and the sentences' passages.

    A clause of one sentence has that sentence's row; those of several have `wholes` for vectors.
    """
    places: dict[str, list[tuple[int, int | None]]] = {}
    several: dict[str, list[tuple[int, int | None]]] = {}
    for index, clause in enumerate(clauses):
        passages = [passage(clause, sentence) for sentence in clause.sentences]
        for number, text in enumerate(passages):
            places.setdefault(text, []).append((index, number))
        if len(passages) > 1:
            several.setdefault("\n".join(passages), []).append((index, None))
    rows = tuple(Row(passage_digest(text), tuple(found)) for text, found in (*places.items(), *several.items()))
    return rows, list(places)


def wholes(clauses: Sequence[Clause], rows: Sequence[Row], vectors: Vectors) -> Vectors:
    """The vectors of the rows after those of `vectors`: of whole clauses, each the mean of its sentences', length 1.

    Read as texts of their own they are found no better, and a fifth more has to be read (docs/benchmarks.md).
    """
    row_of = {place: number for number, row in enumerate(rows[: len(vectors)]) for place in row.places}
    found = np.zeros((len(rows) - len(vectors), vectors.shape[1]), np.float32)
    for number, row in enumerate(rows[len(vectors) :]):
        index, _ = row.places[0]
        mean = vectors[[row_of[index, at] for at in range(len(clauses[index].sentences))]].mean(axis=0)
        found[number] = mean / np.linalg.norm(mean)
    return found


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
