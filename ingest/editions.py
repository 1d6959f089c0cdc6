"""Editions: one published state of the whole handbook, an immutable folder, made current by one rename.

    HOME/
      current                   the id of the edition that answers
      models/                   exported models, shared by hard links
      editions/20261124T160501-3f9c1ab2/
        manifest.json           who made it, of what, and the checksum of every other file
        documents.jsonl         the documents with their texts (normal form)
        clauses.jsonl           the clauses with their spans
        rows.jsonl, vectors.npy one row for each different passage: a sentence or a clause
        taught.jsonl, taught.npy, lexicon.json, settings.json
        words/                  BM25 (bm25s)
        chroma/                 the same vectors as a Chroma collection
        finder/, judge/         the models that made the vectors and that judge

Clauses and vectors are the truth; `words/` and `chroma/` can be made again from them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ingest.clauses import Clause, Sentence, cut
from ingest.documents import Document, HandbookError
from ingest.embedding import Embedder, ModelCard, Vectors, passage
from ingest.taught import TaughtQuestion
from ingest.vectors import write_collection

FORMAT = 1
MANIFEST = "manifest.json"
Progress = Callable[[str, int, int], None]
"""Told of (what is being done, how many are done, of how many)."""


class NoEdition(HandbookError):
    """Nothing has been published yet."""


class EditionMismatch(HandbookError):
    """An edition made by another format or model."""


class EditionDamaged(HandbookError):
    """An edition whose files are not what was published."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a vector stands for: places (clause index, sentence index or None for the whole clause)."""

    digest: str
    places: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that goes into an edition."""

    documents: tuple[Document, ...]
    taught: tuple[TaughtQuestion, ...]
    lexicon: dict[str, dict[str, str]]
    settings: dict[str, Any]

    def digest(self, card: ModelCard) -> str:
        """SHA-256 of everything that makes an edition what it is."""
        parts = [document.digest for document in self.documents]
        parts += [json.dumps(asdict(t)) for t in self.taught]
        parts += [json.dumps(part, sort_keys=True) for part in (self.lexicon, self.settings, asdict(card))]
        return hashlib.sha256("\n".join([str(FORMAT), *parts]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who made an edition, of what, and the checksum of every file of it."""

    id: str
    format: int
    created: str
    parent: str
    digest: str
    finder: dict[str, Any]
    counts: dict[str, int]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition, opened."""

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

    @property
    def id(self) -> str:
        return self.manifest.id


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    id: str
    embedded: int
    reused: int
    published: bool


def build(home: Path, sources: Sources, embedder: Embedder, models: dict[str, Path], progress: Progress) -> Built:
    """Builds an edition aside, checks it, makes it durable and makes it current.

    Args:
        home: where editions are kept.
        models: folders that go into the edition under their names (`finder`, `judge`).

    Vectors of unchanged passages come from the current edition if the same model made them. If nothing
    at all changed, nothing is published.
    """
    before = _current_or_none(home)
    digest = sources.digest(embedder.card)
    if before and before.manifest.digest == digest:
        return Built(before.id, 0, len(before.rows) + len(before.taught), published=False)
    clauses = tuple(clause for document in sources.documents for clause in cut(document))
    known = _known_vectors(before, embedder.card)
    rows, passages = _rows(clauses)
    vectors, new = _vectors([row.digest for row in rows], passages, known, embedder, progress)
    asked = [t.asked for t in sources.taught]
    taught_vectors, new_taught = _vectors([_sha(a) for a in asked], asked, known, embedder, progress)
    created = datetime.now(UTC)
    edition_id = f"{created:%Y%m%dT%H%M%S}-{digest[:8]}"
    aside = home / "editions" / f".{edition_id}-{os.getpid()}"
    aside.mkdir(parents=True)
    try:
        progress("writing", 0, 1)
        _write_lines(aside / "documents.jsonl", sources.documents)
        _write_lines(aside / "clauses.jsonl", clauses)
        _write_lines(aside / "rows.jsonl", rows)
        _write_lines(aside / "taught.jsonl", sources.taught)
        _write_json(aside / "lexicon.json", sources.lexicon)
        _write_json(aside / "settings.json", sources.settings)
        np.save(aside / "vectors.npy", vectors)
        np.save(aside / "taught.npy", taught_vectors)
        write_words(aside / "words", [clause_words(clause) for clause in clauses], sources.lexicon)
        write_collection(aside / "chroma", vectors)
        for name, folder in models.items():
            shutil.copytree(folder, aside / name, copy_function=_link)
        manifest = Manifest(
            id=edition_id,
            format=FORMAT,
            created=created.isoformat(timespec="seconds"),
            parent=before.id if before else "",
            digest=digest,
            finder=asdict(embedder.card),
            counts={
                "documents": len(sources.documents),
                "clauses": len(clauses),
                "rows": len(rows),
                "taught": len(sources.taught),
            },
            files={path.relative_to(aside).as_posix(): _file_sha(path) for path in _files(aside)},
        )
        _write_json(aside / MANIFEST, asdict(manifest))
        _sync(aside)
        os.rename(aside, home / "editions" / edition_id)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    point(home, edition_id)
    progress("writing", 1, 1)
    return Built(edition_id, new + new_taught, len(rows) + len(asked) - new - new_taught, published=True)


def current_id(home: Path) -> str:
    """The id of the current edition.

    Raises:
        NoEdition: none was published.
    """
    try:
        return (home / "current").read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise NoEdition(f"no edition in {home} yet: run policy-ingest first") from error


def open_edition(home: Path, edition_id: str = "") -> Edition:
    """An edition, its files checked against the manifest; the current one if no id is given.

    Raises:
        NoEdition: there is none, or none of that id.
        EditionMismatch: another format made it.
        EditionDamaged: a file is missing or not what was published.
    """
    chosen = edition_id or current_id(home)
    folder = home / "editions" / chosen
    if not folder.is_dir():
        raise NoEdition(f"no edition {chosen!r} in {home}: policy-editions list shows those there are")
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    return Edition(
        folder=folder,
        manifest=manifest,
        documents={d.id: d for d in (Document(**row) for row in _read_lines(folder / "documents.jsonl"))},
        clauses=tuple(_clause(row) for row in _read_lines(folder / "clauses.jsonl")),
        rows=tuple(
            Row(row["digest"], tuple((c, s) for c, s in row["places"])) for row in _read_lines(folder / "rows.jsonl")
        ),
        vectors=np.load(folder / "vectors.npy", mmap_mode="r"),
        taught=tuple(_taught(row) for row in _read_lines(folder / "taught.jsonl")),
        taught_vectors=np.load(folder / "taught.npy"),
        lexicon=json.loads((folder / "lexicon.json").read_text("utf-8")),
        settings=json.loads((folder / "settings.json").read_text("utf-8")),
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an edition.

    Raises:
        EditionDamaged: it cannot be read.
        EditionMismatch: another format wrote it.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        if found["format"] != FORMAT:
            raise EditionMismatch(f"{folder.name} has format {found['format']}, not {FORMAT}: run policy-ingest again")
        return Manifest(**found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EditionDamaged(f"{folder / MANIFEST} cannot be read ({error}): run policy-ingest again") from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compares every file with the manifest, before anything opens one.

    Raises:
        EditionDamaged: a file is missing or changed.
    """
    for name, sha256 in manifest.files.items():
        path = folder / name
        if not path.exists():
            raise EditionDamaged(f"{path} is missing: run policy-ingest again")
        if _file_sha(path) != sha256:
            raise EditionDamaged(f"{path} is not what was published (checksum {sha256[:12]}…): run policy-ingest again")


def point(home: Path, edition_id: str) -> None:
    """Makes an edition current, by one atomic rename."""
    aside = home / f".current-{os.getpid()}"
    with aside.open("w", encoding="utf-8") as file:
        file.write(edition_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, home / "current")
    _sync_folder(home)


def clause_words(clause: Clause) -> str:
    """What the word index holds of a clause."""
    return passage(clause)


def write_words(folder: Path, texts: Sequence[str], lexicon: dict[str, dict[str, str]]) -> None:
    """The BM25 index over texts (Lù 2024, bm25s; Robertson weighting), terms as `ingest.words` makes them."""
    import bm25s

    from ingest.words import terms

    index = bm25s.BM25(method="robertson")
    index.index([terms(text, lexicon) or ["∅"] for text in texts], show_progress=False)
    index.save(str(folder))


def _current_or_none(home: Path) -> Edition | None:
    try:
        return open_edition(home)
    except HandbookError:
        return None


def _known_vectors(before: Edition | None, card: ModelCard) -> dict[str, Vectors]:
    if before is None or before.manifest.finder != asdict(card):
        return {}
    known = {row.digest: vector for row, vector in zip(before.rows, before.vectors, strict=True)}
    taught = {_sha(t.asked): v for t, v in zip(before.taught, before.taught_vectors, strict=True)}
    return known | taught


def _rows(clauses: Sequence[Clause]) -> tuple[tuple[Row, ...], list[str]]:
    """One row for each different passage, and the passages; a clause of one sentence has one row."""
    places: dict[str, list[tuple[int, int | None]]] = {}
    for index, clause in enumerate(clauses):
        for number, sentence in enumerate(clause.sentences):
            places.setdefault(passage(clause, sentence), []).append((index, number))
        if len(clause.sentences) != 1:
            places.setdefault(passage(clause), []).append((index, None))
    return tuple(Row(_sha(text), tuple(found)) for text, found in places.items()), list(places)


def _vectors(
    digests: Sequence[str], texts: Sequence[str], known: dict[str, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int]:
    """The vectors of texts, shape (texts, dimensions), known ones reused, and how many were new."""
    new = [index for index, digest in enumerate(digests) if digest not in known]
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        progress("embedding", done, len(new))

    fresh = embedder([texts[index] for index in new], tell)
    out = np.zeros((len(texts), embedder.card.dimensions), np.float32)
    for index, digest in enumerate(digests):
        if digest in known:
            out[index] = known[digest]
    out[new] = fresh
    return out, len(new)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _file_sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _sync(folder: Path) -> None:
    for path in _files(folder):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for path in [folder, *(p for p in folder.rglob("*") if p.is_dir())]:
        _sync_folder(path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")


def _write_lines(path: Path, values: Iterable[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(value), ensure_ascii=False) + "\n" for value in values)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _clause(row: dict[str, Any]) -> Clause:
    sentences = tuple(Sentence(**s) for s in row.pop("sentences"))
    return Clause(**{**row, "heading_path": tuple(row["heading_path"])}, sentences=sentences)


def _taught(row: dict[str, Any]) -> TaughtQuestion:
    places = tuple((clause, index) for clause, index in row["sentences"])
    return TaughtQuestion(**{**row, "history": tuple(row["history"]), "sentences": places})
