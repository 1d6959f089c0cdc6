"""What the gold leaves unmeasured: sentences nothing requires, questions it asks twice, questions it never asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from desk.insights import Group, Period, groups, read_entries
from desk.records import open_records
from eval.gold import GoldQuestion, collapsed
from eval.leaks import Twin, asked, twins_within
from ingest.clauses import Clause, Sentence
from ingest.editions import Edition
from ingest.embedding import Embedder, Vectors

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


def asked_groups(records: str, embedder: Embedder) -> tuple[Group, ...]:
    """What people asked, like questions together, those of three askers or more; words are redacted in the records.

    Args:
        records: the SQLAlchemy URL of the records.

    Raises:
        RecordsError: they cannot be opened.
    """
    opened = open_records(records)
    try:
        return groups(read_entries(opened, Period(date(2000, 1, 1), date.today() + timedelta(days=1))), embedder)
    finally:
        opened.close()


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
