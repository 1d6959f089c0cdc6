"""BM25 over the clauses of an edition, with the lexicon and a guess at misspelt words."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.words import terms


class WordIndex:
    """The word index of an edition, opened."""

    def __init__(self, folder: Path, lexicon: dict[str, dict[str, str]]) -> None:
        import bm25s

        self._index = bm25s.BM25.load(str(folder))
        self._lexicon = lexicon
        self._vocabulary = sorted(set(json.loads((folder / "vocab.index.json").read_text("utf-8"))))
        self._known = frozenset(self._vocabulary)
        self._spelt = lru_cache(maxsize=4096)(self._respell)

    def best(self, question: str, count: int) -> dict[int, float]:
        """The BM25 scores of the best clauses, by their index; those that share no word are left out."""
        wanted = [term for word in terms(question, self._lexicon) if (term := self._spelt(word))]
        if not wanted:
            return {}
        scores = self._index.get_scores(wanted)
        order = np.argsort(-scores, kind="stable")[:count]
        return {int(i): float(scores[i]) for i in order if scores[i] > 0}

    def _respell(self, term: str) -> str:
        """The term as the handbook spells it: itself, its nearest spelling, or nothing."""
        if term in self._known:
            return term
        if len(term) < 5:
            return ""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        scorer = DamerauLevenshtein.normalized_similarity
        found = process.extractOne(term, self._vocabulary, scorer=scorer, score_cutoff=0.79)
        return str(found[0]) if found else ""
