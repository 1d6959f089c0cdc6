"""What the gold leaves unmeasured: sentences nothing requires, questions it asks twice, questions it never asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from desk.insights import Group, Period, groups, read_entries
from desk.records import GIVE, Records, RecordsError, own_file, with_driver
from eval.gold import GoldQuestion
from eval.leaks import Twin, asked, twins_within
from ingest.clauses import Clause, Sentence
from ingest.editions import Edition
from ingest.embedding import Embedder, Vectors
from ingest.taught import collapsed

LIKE = 0.8  # cosine from which a gold question is something like an asked one


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """A question that people asked and no gold question is like, with the nearest there is."""

    question: str
    askers: int
    nearest: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sentences of the edition that no gold question requires, gold twins, and what to label next, most asked first."""

    sentences: int
    unrequired: tuple[tuple[Clause, Sentence], ...]
    twins: tuple[tuple[GoldQuestion, GoldQuestion, Twin], ...]
    next: tuple[Unlabelled, ...]


def coverage(
    gold: Sequence[GoldQuestion], edition: Edition, embedder: Embedder, wanted: Sequence[Group] = ()
) -> Coverage:
    """What gold covers of an edition and of what was asked (`desk.insights.groups`: three askers or more, redacted)."""
    texts = [asked(question) for question in gold]
    vectors = embedder(texts)
    return Coverage(
        sentences=sum(len(clause.sentences) for clause in edition.clauses),
        unrequired=tuple(unrequired(gold, edition)),
        twins=tuple((gold[t.one], gold[t.other], t) for t in twins_within(texts, vectors)),
        next=tuple(_unlabelled(wanted, texts, vectors, embedder)),
    )


def unrequired(gold: Iterable[GoldQuestion], edition: Edition) -> Iterator[tuple[Clause, Sentence]]:
    """The sentences of an edition that no gold question requires, in the order of the pages."""
    required = {(quote.document, collapsed(quote.text)) for question in gold for quote in question.required}
    for clause in edition.clauses:
        for sentence in clause.sentences:
            text = collapsed(sentence.text)
            if not any(d in ("", clause.document) and (text in quote or quote in text) for d, quote in required):
                yield clause, sentence


def asked_groups(url: str, home: Path, embedder: Embedder) -> tuple[Group, ...]:
    """What people asked, like questions together, those of three askers or more; words are redacted in the records.

    Args:
        url: the records' SQLAlchemy URL; without it those of the home, if there are any.

    Raises:
        RecordsError: there are none at the URL, or they cannot be read.
    """
    own = own_file(home)
    if not url and not own.exists():
        return ()
    opened = _as_they_are(url or f"sqlite:///{own}")
    try:
        return groups(read_entries(opened, Period(date(2000, 1, 1), date.today() + timedelta(days=1))), embedder)
    finally:
        opened.close()


def _as_they_are(url: str) -> Records:
    """Records to be read: none are made, and their tables stay those of the version that writes them."""
    try:
        place = sa.make_url(url)
        if place.get_backend_name() != "sqlite":
            return Records(sa.create_engine(with_driver(place)))
    except (SQLAlchemyError, ValueError, ImportError):  # the URL is not told: a password may stand in it
        raise RecordsError(f"the URL of the records cannot be used: {GIVE}") from None
    file = Path(place.database or "")
    if not file.is_file():
        raise RecordsError(f"no records {file}: {GIVE}, as the app has it")
    reading = f"{file.absolute().as_uri()}?mode=ro"
    return Records(sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(reading, uri=True)))


def _unlabelled(
    wanted: Sequence[Group], texts: Sequence[str], vectors: Vectors, embedder: Embedder
) -> Iterator[Unlabelled]:
    if not wanted:
        return
    cosines = embedder([group.question for group in wanted]) @ vectors.T
    for group, likeness in zip(wanted, cosines, strict=True):
        near = int(np.argmax(likeness))
        if likeness[near] < LIKE:
            yield Unlabelled(group.question, group.askers, texts[near], float(likeness[near]))


def told(found: Coverage) -> Iterator[str]:
    """What the command prints, a line each."""
    yield f"{len(found.unrequired)} of {found.sentences} sentences that no gold question requires:"
    for clause, sentence in found.unrequired:
        yield f"  {clause.document} {clause.number}: {sentence.text}"
    yield f"{len(found.twins)} pairs of gold questions that ask the same:"
    for one, other, twin in found.twins:
        yield f"  {one.id} {asked(one)!r} / {other.id} {asked(other)!r} (cosine {twin.cosine:.2f})"
    yield f"{len(found.next)} questions that people asked and no gold question is like, to label next:"
    for question in found.next:
        near = f"{question.nearest!r} (cosine {question.cosine:.2f})"
        yield f"  {question.askers} asked {question.question!r}; the nearest in gold is {near}"
