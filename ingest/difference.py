"""Two editions → what changed from one to the other, clause by clause, with the words that changed.

A clause keeps its id as long as its words, its lead and its headings stay, wherever the page moves it. Of
the others, equal words in another document were moved, like words in the same document were changed
(normalised Indel similarity, rapidfuzz), and the rest came or went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from ingest.clauses import Clause
from ingest.editions import Edition

LIKE = 55.0
_MOST_PAIRS = 4_000_000  # of one document; above, a clause that changed shows as one that went and one that came
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that stayed (`same`), went (`removed`) or came (`added`)."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause as it was and as it is."""

    before: Clause
    after: Clause

    @property
    def words(self) -> tuple[Words, ...]:
        """The text of both, in runs: what is not `added` is the text before, what is not `removed` the text after."""
        return tuple(_runs(_TOKEN.findall(self.before.text), _TOKEN.findall(self.after.text)))


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two editions; `before` is "" where there was none."""

    before: str
    after: str
    added: tuple[Clause, ...]
    removed: tuple[Clause, ...]
    changed: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    unchanged: int
    documents: Mapping[str, tuple[str, ...]]
    taught: Mapping[str, tuple[str, ...]]
    other: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all changed."""
        found = (self.added, self.removed, self.changed, self.moved, self.other)
        return not any(found) and not any(self.documents.values()) and not any(self.taught.values())

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON has it."""
        return {
            "before": self.before,
            "after": self.after,
            "clauses": {
                "added": [_clause(clause) for clause in self.added],
                "removed": [_clause(clause) for clause in self.removed],
                "changed": [_pair(pair) for pair in self.changed],
                "moved": [_pair(pair) for pair in self.moved],
                "unchanged": self.unchanged,
            },
            "documents": {kind: list(ids) for kind, ids in self.documents.items()},
            "taught": {kind: list(ids) for kind, ids in self.taught.items()},
            "other": list(self.other),
        }


def compare(before: Edition | None, after: Edition) -> Difference:
    """The difference from one edition, or none, to another."""
    old = {clause.id: clause for clause in before.clauses} if before else {}
    new = {clause.id: clause for clause in after.clauses}
    gone = [clause for clause in old.values() if clause.id not in new]
    come = [clause for clause in new.values() if clause.id not in old]
    moved = list(_moved(gone, come))
    gone, come = _without(gone, come, moved)
    changed = [pair for document in sorted({c.document for c in come}) for pair in _changed(document, gone, come)]
    gone, come = _without(gone, come, changed)
    return Difference(
        before=before.id if before else "",
        after=after.id,
        added=tuple(come),
        removed=tuple(gone),
        changed=tuple(changed),
        moved=tuple(moved),
        unchanged=len(old.keys() & new.keys()),
        documents=came_and_went(before.documents if before else {}, after.documents),
        taught=came_and_went({t.id: t for t in before.taught} if before else {}, {t.id: t for t in after.taught}),
        other=tuple(_other(before, after)) if before else (),
    )


def _moved(gone: Sequence[Clause], come: Sequence[Clause]) -> Iterator[Pair]:
    waiting: dict[tuple[str, str], list[Clause]] = {}
    for clause in gone:
        waiting.setdefault((clause.lead, clause.text), []).append(clause)
    for clause in come:
        same = waiting.get((clause.lead, clause.text))
        if same:
            yield Pair(same.pop(0), clause)


def _changed(document: str, gone: Sequence[Clause], come: Sequence[Clause]) -> Iterator[Pair]:
    """The likest clauses of a document, each used once, in the order of the page."""
    from rapidfuzz import fuzz, process

    was, now = ([c for c in clauses if c.document == document] for clauses in (gone, come))
    if not was or len(was) * len(now) > _MOST_PAIRS:
        return
    likeness = process.cdist([_spoken(c) for c in was], [_spoken(c) for c in now], scorer=fuzz.ratio)
    found: list[tuple[int, int]] = []
    rows_used, columns_used = set(), set()
    for place in np.argsort(-likeness, axis=None, kind="stable"):
        row, column = divmod(int(place), len(now))
        if likeness[row, column] < LIKE:
            break
        if row not in rows_used and column not in columns_used:
            found.append((row, column))
            rows_used.add(row)
            columns_used.add(column)
    yield from (Pair(was[row], now[column]) for row, column in sorted(found, key=lambda f: f[1]))


def _without(
    gone: Sequence[Clause], come: Sequence[Clause], pairs: Sequence[Pair]
) -> tuple[list[Clause], list[Clause]]:
    was, now = {pair.before.id for pair in pairs}, {pair.after.id for pair in pairs}
    return [clause for clause in gone if clause.id not in was], [clause for clause in come if clause.id not in now]


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Words]:
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            yield Words("same", "".join(before[a:b]))
            continue
        if b > a:
            yield Words("removed", "".join(before[a:b]))
        if d > c:
            yield Words("added", "".join(after[c:d]))


def came_and_went(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """What was added, removed and changed, by name."""
    return {
        "added": tuple(sorted(after.keys() - before.keys())),
        "removed": tuple(sorted(before.keys() - after.keys())),
        "changed": tuple(sorted(key for key in after.keys() & before.keys() if after[key] != before[key])),
    }


def _other(before: Edition, after: Edition) -> Iterator[str]:
    pairs = {
        "lexicon": (before.lexicon, after.lexicon),
        "settings": (before.settings, after.settings),
        "embedding model": (before.manifest.finder, after.manifest.finder),
        "judge": (before.manifest.files_of("judge"), after.manifest.files_of("judge")),
    }
    yield from (name for name, (was, now) in pairs.items() if was != now)


def _spoken(clause: Clause) -> str:
    return f"{clause.lead} {clause.text}".strip().lower()


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "document": clause.document,
        "clause": clause.id,
        "number": clause.number,
        "heading_path": list(clause.heading_path),
        "lead": clause.lead,
        "text": clause.text,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    words = [{"op": run.op, "text": run.text} for run in pair.words]
    return {"before": _clause(pair.before), "after": _clause(pair.after), "words": words}
