"""Sources → an edition: built aside, checked, made durable, made current by one rename.

Whoever calls this holds `ingest.pointer.building`. Every edition is finished as a draft first; publishing
a draft is two renames, so that a kill at any moment leaves the old state or the new one.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ingest.clauses import Clause
from ingest.disk import SEAL, Sums, checksums, copy_folder, link_folder, make_durable, move, remove
from ingest.documents import Document, HandbookError
from ingest.editions import TRUTH, Edition, open_edition
from ingest.embedding import Embedder, ModelCard, Vectors
from ingest.manifest import FORMAT, Manifest
from ingest.parts import CHROMA, WORDS, Truth, index_vectors, index_words, mend_chroma
from ingest.pointer import draft_ids, edition_ids, point, pointed_id
from ingest.rows import Progress, Row, embedded, passage_digest, rows_of, wholes
from ingest.taught import TaughtQuestion


class LeftOut(HandbookError):
    """Some of the handbook could not be used, and nothing was to be published without it."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All that goes into an edition."""

    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    taught: tuple[TaughtQuestion, ...]
    lexicon: dict[str, dict[str, str]]
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    id: str
    embedded: int
    reused: int
    published: bool


@dataclass(frozen=True, slots=True)
class Making:
    """How sources become an edition.

    `before` is the edition that is current until then, `models` are the folders that go into the new one
    under their names (`finder`, `judge`).
    """

    before: Edition | None
    embedder: Embedder
    models: Mapping[str, Path]
    progress: Progress


def current(home: Path) -> Edition | None:
    """The edition that answers now, checked; None if there is none that could."""
    try:
        return open_edition(home)
    except HandbookError:
        return None


def build(home: Path, sources: Sources, making: Making) -> Built:
    """Builds an edition and makes it current. If nothing at all changed, nothing is published."""
    built = draft(home, sources, making)
    if built.id in draft_ids(home):
        move(home / "drafts" / built.id, home / "editions" / built.id)
    elif pointed_id(home) == built.id:
        return built
    point(home, built.id)
    return replace(built, published=True)


def draft(home: Path, sources: Sources, making: Making) -> Built:
    """Builds an edition without publishing it; the current one stands for it if nothing at all changed.

    Vectors of unchanged passages come from the current edition if the same model made them.
    """
    before = making.before
    models = {name: checksums(folder) for name, folder in making.models.items()}
    digest = _digest(sources, list(models.values()), making.embedder.card)
    if before and not before.instead_of and before.manifest.digest == digest:
        if CHROMA not in before.parts:
            mend_chroma(home, before.folder, _truth(before.clauses, before.rows, before.vectors, before.lexicon))
        return Built(before.id, 0, _texts_of(before), published=False)
    finished = _finished(home, digest, before)
    if finished:
        return Built(finished.id, 0, _texts_of(finished), published=False)
    remove(home / "drafts" / other for other in draft_ids(home))
    return _drafted(home, _Plan(sources, digest, making, models))


def _texts_of(edition: Edition) -> int:
    """How many texts of an edition were embedded when it was new."""
    return sum(row.is_read for row in edition.rows) + len(edition.taught)


@dataclass(frozen=True, slots=True)
class _Plan:
    sources: Sources
    digest: str
    making: Making
    models: Mapping[str, Sums]

    @property
    def before(self) -> Edition | None:
        return self.making.before


def _drafted(home: Path, plan: _Plan) -> Built:
    embedder, progress = plan.making.embedder, plan.making.progress
    known = _known_vectors(plan.before, embedder.card)
    rows, passages = rows_of(plan.sources.clauses)
    read, new = embedded([row.digest for row in rows[: len(passages)]], passages, known, embedder, progress)
    vectors = np.vstack([read, wholes(plan.sources.clauses, rows, read)])
    asked = [taught.asked for taught in plan.sources.taught]
    taught_vectors, new_taught = embedded([passage_digest(a) for a in asked], asked, known, embedder, progress)
    progress("writing", 0, 1)
    aside = home / "drafts" / f".{os.getpid()}"
    aside.mkdir(parents=True)
    try:
        truth = _truth(plan.sources.clauses, rows, vectors, plan.sources.lexicon)
        with ThreadPoolExecutor(1) as beside:  # Chroma's work is not Python's: the rest is written meanwhile
            rest = beside.submit(_write_rest, aside, plan, rows, truth, taught_vectors)
            index_vectors(aside / CHROMA, truth, _chroma_before(plan.before, embedder.card))
            rest.result()
        edition_id = _manifest(aside, plan, embedder.card, len(rows)).write(aside)
        make_durable(aside)
        move(aside, home / "drafts" / edition_id)
    finally:
        remove([aside])
    open_edition(home, edition_id)  # once as a reader would, before anyone is sent there
    progress("writing", 1, 1)
    return Built(edition_id, new + new_taught, len(passages) + len(asked) - new - new_taught, published=False)


def _write_rest(folder: Path, plan: _Plan, rows: Iterable[Row], truth: Truth, taught_vectors: Vectors) -> None:
    """All of an edition but its Chroma collection and its manifest."""
    _write_truth(folder, plan, rows, truth.vectors, taught_vectors)
    index_words(folder / WORDS, truth)
    _place_models(folder, plan)


def _write_truth(folder: Path, plan: _Plan, rows: Iterable[Row], vectors: Vectors, taught_vectors: Vectors) -> None:
    _write_lines(folder / "documents.jsonl", plan.sources.documents)
    _write_lines(folder / "clauses.jsonl", plan.sources.clauses)
    _write_lines(folder / "rows.jsonl", rows)
    _write_lines(folder / "taught.jsonl", plan.sources.taught)
    (folder / "lexicon.json").write_text(json.dumps(plan.sources.lexicon, ensure_ascii=False, indent=1), "utf-8")
    (folder / "settings.json").write_text(json.dumps(plan.sources.settings, ensure_ascii=False, indent=1), "utf-8")
    _write_array(folder / "vectors.npy", vectors)
    _write_array(folder / "taught.npy", taught_vectors)


def _truth(
    clauses: Sequence[Clause], rows: Sequence[Row], vectors: Vectors, lexicon: dict[str, dict[str, str]]
) -> Truth:
    return Truth(clauses, [row.digest for row in rows], vectors, lexicon)


def _place_models(folder: Path, plan: _Plan) -> None:
    """Links each model to the edition before, or copies it; `HOME/models` holds other bytes that can heal these."""
    for name, source in plan.making.models.items():
        linked = plan.before.parts.get(name) if plan.before else None
        if linked and linked.parent.parent.name == "editions" and _sums_before(plan, name) == plan.models[name]:
            link_folder(linked, folder / name)
        else:
            copy_folder(source, folder / name)


def _sums_before(plan: _Plan, name: str) -> Sums:
    """The checksums of a model in the edition before, which were found right when it was opened for this build."""
    sums = plan.before.manifest.files_of(name) if plan.before else {}
    return {file: sha256 for file, sha256 in sums.items() if file != SEAL}


def _manifest(folder: Path, plan: _Plan, card: ModelCard, rows: int) -> Manifest:
    sums = checksums(folder)
    models = tuple(f"{name}/" for name in plan.making.models)
    return Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="milliseconds"),
        parent=plan.before.id if plan.before else "",
        digest=plan.digest,
        finder=asdict(card),
        counts={
            "documents": len(plan.sources.documents),
            "clauses": len(plan.sources.clauses),
            "rows": rows,
            "taught": len(plan.sources.taught),
        },
        documents={document.path: document.digest for document in plan.sources.documents},
        files={name: sha256 for name, sha256 in sums.items() if name in TRUTH or name.startswith(models)},
    )


def _finished(home: Path, digest: str, before: Edition | None) -> Edition | None:
    """A whole edition of the same sources: from a dry run, a build that was killed late, or before a rollback."""
    parent = before.id if before else ""
    for other in [*draft_ids(home), *(edition_id for edition_id in edition_ids(home) if edition_id > parent)]:
        try:
            found = open_edition(home, other)
        except HandbookError:
            continue
        if (found.manifest.digest, found.manifest.parent) == (digest, parent):
            return found
    return None


def _digest(sources: Sources, models: Sequence[Mapping[str, str]], card: ModelCard) -> str:
    """SHA-256 of everything that makes an edition what it is."""
    parts = [document.digest for document in sources.documents]
    parts += [f"{clause!r} {[(s.start, s.end) for s in clause.sentences]}" for clause in sources.clauses]
    parts += [json.dumps(asdict(t)) for t in sources.taught]
    parts += [
        json.dumps(part, sort_keys=True) for part in (sources.lexicon, sources.settings, list(models), asdict(card))
    ]
    return hashlib.sha256("\n".join([str(FORMAT), *parts]).encode()).hexdigest()


def _chroma_before(before: Edition | None, card: ModelCard) -> Path | None:
    return before.parts.get(CHROMA) if before and before.manifest.finder == asdict(card) else None


def _known_vectors(before: Edition | None, card: ModelCard) -> dict[str, Vectors]:
    if before is None or before.manifest.finder != asdict(card):
        return {}
    known = {row.digest: vector for row, vector in zip(before.rows, before.vectors, strict=True)}
    taught = {passage_digest(t.asked): v for t, v in zip(before.taught, before.taught_vectors, strict=True)}
    return known | taught


def _write_lines(path: Path, values: Iterable[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(value, ensure_ascii=False, default=_named) + "\n" for value in values)


def _named(value: Any) -> dict[str, Any]:
    """A dataclass's fields by name; those of its values follow. `asdict` would copy all of it first."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _write_array(path: Path, array: Vectors) -> None:
    """As `np.save`, which on a full disk raises an error without saying which."""
    content = io.BytesIO()
    np.save(content, array)
    path.write_bytes(content.getbuffer())
