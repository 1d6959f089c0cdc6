"""BM25 over the clauses of an edition, with the lexicon and a guess at misspelt words.

The index is read as bm25s saves it (a sparse matrix, one column of scores a term) but without bm25s, which
brings scipy: a quarter of the time a first answer takes. `tests/test_lightness.py` holds the two together.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.vectors import highest
from ingest.words import terms

#: Words of a question that are looked for in other spellings; a text of nothing but unknown ones would take seconds.
RESPELT = 12
LIKE = 0.79  # as a share of the letters; a word shorter or longer than that share cannot be as like


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a question as the index knows them: term → rarity, and the share it does not know."""

    known: Mapping[str, float]
    unknown: float


class WordIndex:
    """The word index of an edition, opened."""

    def __init__(self, folder: Path, lexicon: dict[str, dict[str, str]]) -> None:
        self._lexicon = lexicon
        self._ids: dict[str, int] = json.loads((folder / "vocab.index.json").read_bytes())
        self._of_length: dict[int, list[str]] = {}
        for word in sorted(self._ids):
            self._of_length.setdefault(len(word), []).append(word)
        self._starts, self._clauses, self._scores = (
            np.load(folder / f"{name}.csc.index.npy") for name in ("indptr", "indices", "data")
        )
        self._count = int(json.loads((folder / "params.index.json").read_bytes())["num_docs"])
        self._spelt = lru_cache(maxsize=4096)(self._respell)

    def read(self, question: str) -> Words:
        """The words of a question; an unknown one counts as the rarest."""
        asked = dict.fromkeys(terms(question, self._lexicon))
        strange = [term for term in asked if term not in self._ids]
        beyond = frozenset(strange[RESPELT:])
        found = {term: "" if term in beyond else self._spelt(term) for term in asked}
        known = {term: self._rarity(term) for term in found.values() if term}
        missing = sum(not term for term in found.values()) * math.log(1 + self._count)
        total = missing + sum(known.values())
        return Words(known, missing / total if total else 0.0)

    def best(self, words: Words, count: int) -> dict[int, float]:
        """The BM25 scores of the best clauses, by their index; those that share no word are left out."""
        if not words.known:
            return {}
        scores = np.zeros(self._count, self._scores.dtype)
        for term in words.known:
            scores[self._holding(term)] += self._scores[self._part(term)]
        return {int(i): float(scores[i]) for i in highest(scores, count) if scores[i] > 0}

    def covered(self, words: Words, clauses: Sequence[int]) -> dict[int, float]:
        """The share of the question's words, weighed by rarity, that each clause holds."""
        asked = sum(words.known.values())
        whole = asked / (1 - words.unknown) if asked else 1.0
        shares = np.zeros(self._count)
        for term, rarity in words.known.items():
            shares[self._holding(term)] += rarity / whole
        return {clause: float(shares[clause]) for clause in clauses}

    def _holding(self, term: str) -> npt.NDArray[np.int64]:
        return np.asarray(self._clauses[self._part(term)])

    def _part(self, term: str) -> slice:
        at = self._ids[term]
        return slice(self._starts[at], self._starts[at + 1])

    def _rarity(self, term: str) -> float:
        return math.log(1 + self._count / (1 + len(self._holding(term))))

    def _respell(self, term: str) -> str:
        """The term as the handbook spells it: itself, its nearest spelling, or nothing."""
        if term in self._ids:
            return term
        if len(term) < 5:
            return ""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        scorer = DamerauLevenshtein.normalized_similarity
        lengths = range(math.ceil(LIKE * len(term)), math.floor(len(term) / LIKE) + 1)
        near = sorted(word for length in lengths for word in self._of_length.get(length, ()))
        found = process.extractOne(term, near, scorer=scorer, score_cutoff=LIKE)
        return str(found[0]) if found else ""
