"""Editions: one published state of the whole handbook, an immutable folder, made current by one rename.

    HOME/editions/20261124T160501042-3f9c1ab2c07d/
        manifest.json           who made it, of what, and checksums; the folder's name ends in its own
        documents.jsonl         the documents with their texts (normal form)
        clauses.jsonl           the clauses with their spans
        rows.jsonl, vectors.npy one row for each different passage: a sentence or a clause
        taught.jsonl, taught.npy, lexicon.json, settings.json
        words/, chroma/         derived from these: BM25 (bm25s), and the vectors as a Chroma collection
        finder/, judge/         the models that made the vectors and that judge

Opening reads every file once, compares it with its checksum and only then makes sense of it. What is
derived is made again where it is damaged (`ingest.parts`); where the rest is, the edition before answers.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ingest.clauses import Clause, Sentence
from ingest.documents import Document
from ingest.embedding import ModelCard, Vectors
from ingest.manifest import EditionDamaged, EditionMismatch, Manifest, made_sense_of, read_manifest, read_verified
from ingest.parts import Truth, whole_parts
from ingest.pointer import CURRENT, NoEdition, current_id, edition_folder, edition_ids
from ingest.rows import Row
from ingest.taught import TaughtQuestion

__all__ = ["Edition", "EditionDamaged", "EditionMismatch", "NoEdition", "Row", "current_id", "open_edition"]

TRUTH = (
    "documents.jsonl", "clauses.jsonl", "rows.jsonl", "vectors.npy", "taught.jsonl", "taught.npy", "lexicon.json",
    "settings.json",
)  # fmt: skip
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition, opened.

    `parts` are the folders of its word index, models and Chroma collection, as they can be opened now.
    `instead_of` is the id of the current edition where that one is damaged and this one answers for it.
    """

    id: str
    folder: Path
    manifest: Manifest
    documents: dict[str, Document]
    clauses: tuple[Clause, ...]
    rows: tuple[Row, ...]
    vectors: Vectors
    taught: tuple[TaughtQuestion, ...]
    taught_vectors: Vectors
    lexicon: dict[str, dict[str, str]]
    settings: dict[str, Any]
    parts: Mapping[str, Path]
    instead_of: str = ""


def open_edition(home: Path, edition_id: str = "") -> Edition:
    """An edition, checked; the current one if no id is given or `current`, or the newest whole one before it.

    Raises:
        NoEdition: there is none, or none of that id.
        EditionMismatch: another version of this program, or another model, made it.
        EditionDamaged: it is not what was published, and (for the current one) no earlier one is whole.
    """
    if edition_id not in ("", CURRENT):
        return _opened(home, edition_id)
    found = ""
    try:
        found = current_id(home)
        return _opened(home, found)
    except EditionDamaged as error:
        return _before(home, found, error)
    except NoEdition as error:
        if not found:
            raise
        return _before(home, found, EditionDamaged(f"the current edition {found} is gone from {home} ({error})"))


def _before(home: Path, damaged: str, why: EditionDamaged) -> Edition:
    """The newest whole edition before a damaged one; any, where the pointer itself is damaged."""
    for other in edition_ids(home):
        if not damaged or other < damaged:
            try:
                edition = _opened(home, other)
            except (EditionDamaged, EditionMismatch) as error:
                _log.warning("%s", error)
                continue
            _log.warning("%s. Edition %s answers until then.", why, other)
            return replace(edition, instead_of=damaged or "unknown")
    raise EditionDamaged(f"{why}; no earlier edition is whole") from why


def _opened(home: Path, edition_id: str) -> Edition:
    folder = edition_folder(home, edition_id)
    manifest = read_manifest(folder)
    files = {name: read_verified(folder, name, manifest) for name in TRUTH}
    with made_sense_of(folder.name):
        read = _read(files)
    _check_counts(folder, manifest, read)
    truth = Truth(read["clauses"], [row.digest for row in read["rows"]], read["vectors"], read["lexicon"])
    parts = whole_parts(home, folder, manifest, truth)
    _check_model(folder, manifest, parts["finder"])
    return Edition(id=edition_id, folder=folder, manifest=manifest, parts=parts, **read)


def _read(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the checked files hold, by the names that an edition has for it."""
    rows = _lines(files["rows.jsonl"])
    return {
        "documents": {d.id: d for d in (Document(**row) for row in _lines(files["documents.jsonl"]))},
        "clauses": tuple(_clause(row) for row in _lines(files["clauses.jsonl"])),
        "rows": tuple(Row(row["digest"], tuple((c, s) for c, s in row["places"])) for row in rows),
        "vectors": np.load(io.BytesIO(files["vectors.npy"])),
        "taught": tuple(_taught(row) for row in _lines(files["taught.jsonl"])),
        "taught_vectors": np.load(io.BytesIO(files["taught.npy"])),
        "lexicon": json.loads(files["lexicon.json"]),
        "settings": json.loads(files["settings.json"]),
    }


def _check_counts(folder: Path, manifest: Manifest, read: Mapping[str, Any]) -> None:
    counts = {name: len(read[name]) for name in ("documents", "clauses", "rows", "taught")}
    vectors = {"rows": len(read["vectors"]), "taught": len(read["taught_vectors"])}
    if manifest.counts != counts or not vectors.items() <= counts.items():
        raise EditionMismatch(
            f"{folder.name} holds {counts} and vectors for {vectors}, its manifest says {manifest.counts}:"
            " run policy-ingest again"
        )


def _check_model(folder: Path, manifest: Manifest, finder: Path) -> None:
    found = asdict(ModelCard.read(finder))
    if found != manifest.finder:
        raise EditionMismatch(f"{folder.name} was built with {manifest.finder}, not {found}: run policy-ingest again")


def _lines(content: bytes) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in content.split(b"\n") if line)


def _clause(row: dict[str, Any]) -> Clause:
    sentences = tuple(Sentence(**s) for s in row.pop("sentences"))
    return Clause(**{**row, "heading_path": tuple(row["heading_path"])}, sentences=sentences)


def _taught(row: dict[str, Any]) -> TaughtQuestion:
    places = tuple((clause, index) for clause, index in row["sentences"])
    return TaughtQuestion(**{**row, "history": tuple(row["history"]), "sentences": places})
