"""Which edition of the handbook was in force on a day, so that what changed since then can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from ingest.history import Entry


def published(entry: Entry) -> datetime:
    """When an edition was published, in UTC."""
    assert entry.manifest is not None  # an edition that cannot be read is not offered
    return datetime.fromisoformat(entry.manifest.created)


def in_force(entries: Sequence[Entry], day: date) -> Entry | None:
    """The edition published last before a day begins; the first there is where all came later; of none none.

    Those published after the current one were withdrawn, and nothing tells on which day: they are left out.
    """
    readable = sorted((entry for entry in entries if entry.manifest), key=published)
    current = next((at for at, entry in enumerate(readable) if entry.current), len(readable))
    start = datetime.combine(day, time(), UTC)
    before = [entry for entry in readable[: current + 1] if published(entry) < start]
    return before[-1] if before else next(iter(readable), None)
