"""The editions of a home over time: which there are, whether they are whole, going back, clearing out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.clauses import stands
from ingest.disk import remove
from ingest.documents import HandbookError
from ingest.editions import TRUTH, Edition, open_edition
from ingest.manifest import EditionDamaged, Manifest, made_sense_of, read_manifest, read_verified
from ingest.parts import damaged_parts
from ingest.pointer import NoEdition, building, current_id, edition_folder, edition_ids, point, pointed_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition of a home: its manifest, or why it has none that can be read."""

    id: str
    current: bool
    manifest: Manifest | None
    problem: str = ""


def list_editions(home: Path) -> list[Entry]:
    """The published editions, newest first.

    Raises:
        NoEdition: there is none.
    """
    current = pointed_id(home)
    found = [_entry(home, edition_id, edition_id == current) for edition_id in edition_ids(home)]
    if not found:
        raise NoEdition(f"no edition in {home} yet: run policy-ingest first")
    return found


def verify(home: Path) -> Iterator[tuple[str, list[str]]]:
    """Every published edition with all that is wrong with it; nothing is repaired."""
    for entry in list_editions(home):
        yield entry.id, [entry.problem] if entry.manifest is None else _problems(home, entry.id, entry.manifest)


def rollback(home: Path, edition_id: str) -> None:
    """Makes an earlier edition current again, after checking it.

    Raises:
        NoEdition: none of that id was published.
        EditionDamaged: it is not what was published.
    """
    if edition_id not in edition_ids(home):  # first of all: where nothing was published, no home is made
        raise NoEdition(f"no edition {edition_id!r} in {home}: policy-editions list shows those there are")
    with building(home):
        open_edition(home, edition_id)
        point(home, edition_id)


def prune(home: Path, keep: int) -> list[str]:
    """Removes all but the `keep` newest editions and the current one; returns the ids of those removed.

    Exported models that no edition holds any more go with them.

    Raises:
        NoEdition: none was published.
        HandbookError: keep is less than 1.
    """
    if keep < 1:
        raise HandbookError(f"cannot keep {keep} editions: keep at least 1")
    current_id(home)  # where nothing was published, no home is made
    with building(home):
        current = current_id(home)
        gone = [edition_id for edition_id in edition_ids(home)[keep:] if edition_id != current]
        for edition_id in gone:
            folder = home / "editions" / edition_id
            aside = folder.with_name(f".{edition_id}")  # so that a kill leaves no half of an edition
            os.rename(folder, aside)
            remove([aside])
        remove(_unheld_models(home))
    return gone


def _unheld_models(home: Path) -> list[Path]:
    """The exported models whose checksum, the end of their name, is that of no model in an edition.

    None while an edition is damaged: they may be what it is healed with.
    """
    held = set()
    try:
        for edition_id in edition_ids(home):
            folder = edition_folder(home, edition_id)
            manifest = read_manifest(folder)
            cards = [name for name in ("finder/encoder.json", "judge/judge.json") if name in manifest.files]
            held |= {json.loads(read_verified(folder, card, manifest))["sha256"][:12] for card in cards}
    except HandbookError:
        return []
    return [path for path in (home / "models").glob("[!.]*-*") if path.name.rpartition("-")[2] not in held]


def _entry(home: Path, edition_id: str, current: bool) -> Entry:
    try:
        return Entry(edition_id, current, read_manifest(edition_folder(home, edition_id)))
    except HandbookError as error:
        return Entry(edition_id, current, None, str(error))


def _problems(home: Path, edition_id: str, manifest: Manifest) -> list[str]:
    folder = edition_folder(home, edition_id)
    found = []
    for name in TRUTH:
        try:
            read_verified(folder, name, manifest)
        except EditionDamaged as error:
            found.append(str(error))
    found += [f"{folder / part} is damaged; it is made again when needed" for part in damaged_parts(folder, manifest)]
    try:
        with made_sense_of(edition_id):
            return found or inconsistencies(open_edition(home, edition_id))
    except HandbookError as error:
        return [str(error)]


def inconsistencies(edition: Edition) -> list[str]:
    """What an edition says of itself and is not so, although every checksum is right; empty in a sound edition."""
    return [
        f"{clause.id} does not stand at {clause.start}–{clause.end} of its page"
        for clause in edition.clauses
        if not stands(clause, edition.documents[clause.document])
    ]
