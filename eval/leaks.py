"""Gold that is also taught, or nearly so, measures memory: found by words and by vectors, and refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.gold import GoldError, GoldQuestion
from eval.overlap import plain
from ingest.editions import Edition
from ingest.embedding import Embedder, Vectors
from qa.conversation import Turn, split_questions, understand

SAME_WORDS = 95.0  # rapidfuzz's ratio, of 100: the same words in any order, or the same letters, but for one or two
#: (cosine, likeness by words) from which both together say so: the same question but for a word that says
#: nothing, or for one that says the same. A trained model puts questions with one answer close together, so
#: vectors alone say nothing.
SAME_BOTH = ((0.965, 75.0), (0.93, 82.0))


@dataclass(frozen=True, slots=True)
class Twin:
    """Two questions that ask the same: their places in the two lists, and how alike they are."""

    one: int
    other: int
    words: float
    cosine: float


def check_leaks(gold: Sequence[GoldQuestion], edition: Edition, embedder: Embedder) -> None:
    """No gold question is taught in the edition.

    Raises:
        GoldError: one is, or nearly; each is named with what it is taught as.
    """
    if not edition.taught or not gold:
        return
    taught = [t.asked for t in edition.taught]
    ids, own = zip(*((question.id, text) for question in gold for text in _looked_up(question)), strict=True)
    leaks = [
        f"{ids[t.one]} {own[t.one]!r} is taught as {edition.taught[t.other].id} {taught[t.other]!r}"
        f" (words {t.words:.0f} of 100, cosine {t.cosine:.2f})"
        for t in twins(own, embedder(own), taught, np.asarray(edition.taught_vectors))
    ]
    if leaks:
        raise GoldError("gold that is also taught, and a question teaches or tests, never both", leaks)


def _looked_up(gold: GoldQuestion) -> tuple[str, ...]:
    """What the assistant looks up for a question: it with the one before it, and as it is understood, whole and in its
    parts.
    """
    turns, parts = [Turn(question) for question, *_ in gold.history], split_questions(gold.question)
    before = [turns, *([*turns, Turn(part)] for part in parts)]
    read = [understand(gold.question, turns), *map(understand, parts, before)]
    return tuple(dict.fromkeys((asked(gold), *(one.searched for one in read))))


def twins(ones: Sequence[str], one_vectors: Vectors, others: Sequence[str], other_vectors: Vectors) -> Iterator[Twin]:
    """For each text of the first list its nearest twin in the second, if it has one."""
    words, cosines = _likeness(ones, one_vectors, others, other_vectors)
    alike = _is_same(words, cosines)
    for one in np.flatnonzero(alike.any(axis=1)):
        other = int(np.argmax(np.where(alike[one], cosines[one] + words[one] / 100, -1)))
        yield Twin(int(one), other, float(words[one, other]), float(cosines[one, other]))


def twins_within(texts: Sequence[str], vectors: Vectors) -> Iterator[Twin]:
    """The pairs of one list that ask the same, each once."""
    words, cosines = _likeness(texts, vectors, texts, vectors)
    alike = np.triu(_is_same(words, cosines), k=1)
    for one, other in np.argwhere(alike):
        yield Twin(int(one), int(other), float(words[one, other]), float(cosines[one, other]))


def _is_same(words: Vectors, cosines: Vectors) -> npt.NDArray[np.bool_]:
    alike = words >= SAME_WORDS
    for cosine, shared in SAME_BOTH:
        alike |= (cosines >= cosine) & (words >= shared)
    return alike


def _likeness(
    ones: Sequence[str], one_vectors: Vectors, others: Sequence[str], other_vectors: Vectors
) -> tuple[Vectors, Vectors]:
    """Likeness by words (of 100) and by vectors (cosine), each of shape (ones, others)."""
    from rapidfuzz import fuzz, process

    own, known = [plain(o) for o in ones], [plain(o) for o in others]
    words = process.cdist(own, known, scorer=fuzz.token_sort_ratio)
    letters = process.cdist([o.replace(" ", "") for o in own], [k.replace(" ", "") for k in known], scorer=fuzz.ratio)
    return np.asarray(np.maximum(words, letters), np.float32), one_vectors @ other_vectors.T


def asked(gold: GoldQuestion) -> str:
    """A question as it is compared: the one before it in front, if it is a follow-up."""
    return f"{gold.history[-1][0]} {gold.question}" if gold.history else gold.question
