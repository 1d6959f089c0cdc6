"""Taught questions that seem to be linked to a sentence about something else, for the report of an ingest."""

from __future__ import annotations

from collections.abc import Iterator, Set

import numpy as np

from ingest.editions import Edition
from ingest.taught import Place, TaughtQuestion
from ingest.vectors import cosines
from ingest.words import terms

NEARER = 0.3
"""Cosine by which another sentence is nearer: 5 of 1,974 questions taught of practice pages are then remarked, none of
this repository's, and of 4,536 that were given the sentences of another, 53 in 100."""


def astray(edition: Edition) -> Iterator[str]:
    """Taught questions that share no word with their sentences, where one that shares a word is far nearer.

    Follow-ups are left out: most of what they ask stands in the question before.
    """
    places = {
        (edition.clauses[c].id, s): n for n, row in enumerate(edition.rows) for c, s in row.places if s is not None
    }
    at = {number: place for place, number in places.items()}
    words = _Words(edition)
    for taught, vector in zip(edition.taught, edition.taught_vectors, strict=True):
        asked = frozenset(terms(taught.asked, edition.lexicon))
        if taught.history or not taught.sentences or any(asked & words.of(place) for place in taught.sentences):
            continue
        likeness = cosines(edition.vectors, vector)
        own = max(likeness[places[place]] for place in taught.sentences)
        nearer = [at[number] for number in np.flatnonzero(likeness > own + NEARER).tolist() if number in at]
        other = next((place for place in nearer if asked & words.of(place)), None)
        if other:
            yield _told(taught, words.text(taught.sentences[0]), words.text(other))


class _Words:
    """The words of each sentence of an edition, with those of the stem it stands under."""

    def __init__(self, edition: Edition) -> None:
        self._clauses = {clause.id: clause for clause in edition.clauses}
        self._lexicon = edition.lexicon

    def text(self, place: Place) -> str:
        clause, sentence = place
        return self._clauses[clause].sentences[sentence].text

    def of(self, place: Place) -> Set[str]:
        return frozenset(terms(f"{self._clauses[place[0]].lead} {self.text(place)}", self._lexicon))


def _told(taught: TaughtQuestion, linked: str, other: str) -> str:
    return (
        f"{taught.id} teaches {taught.verdict!r} to “{taught.question}” with “{linked}”, which shares no word with it;"
        f" “{other}” is far nearer"
    )
