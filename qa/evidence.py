"""Question → evidence: the sentences that may settle it, ranked, with every score and what was rejected.

Four ways of finding are fused: nearest sentences by the embedding model, nearest whole clauses (the mean of their
sentences), BM25 over words, and taught questions that ask the same; then a sentence counts for more on a page where
more was found. Only scores are added, nothing is filtered by metadata.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from ingest.clauses import MOST_ITEMS, Clause, Sentence
from ingest.editions import Edition
from ingest.embedding import Embedder, Vectors, processors
from ingest.taught import TaughtQuestion
from ingest.vectors import Nearest, cosines, highest, open_nearest
from ingest.words import straightened
from qa.bands import for_other_amounts
from qa.cache import Cache
from qa.numbered import for_another_number
from qa.words import WordIndex, Words

POOL = 50  # rows taken from each way of finding
OF_A_PAGE = 3  # the best clauses of a page whose mean is the page's score
QUESTION_VECTORS = 2048  # kept, 1.5 kB each
Scored = tuple[Clause, Sentence, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may settle the question: all its scores, and whether it was kept and why.

    One that does not hold today, or not for the amount asked of, is found and never kept. One that is an item of a list
    of which one will do, "you have finished; or", `suffices`; that is looked for where one is kept.
    """

    clause: Clause
    sentence: Sentence
    score: float
    scores: Mapping[str, float]
    kept: bool
    why: str
    holds: bool = True
    suffices: bool = False


@dataclass(frozen=True, slots=True)
class Recalled:
    """A taught question and how like the asked one it is (cosine; 1 is word for word)."""

    taught: TaughtQuestion
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question: candidates best first (kept, then rejected), taught questions like it.

    `unknown` is the share of the question's words, weighed by rarity, that the handbook never uses.
    """

    question: str
    candidates: tuple[Candidate, ...]
    recalled: tuple[Recalled, ...] = field(default=())
    unknown: float = 0.0

    @property
    def kept(self) -> tuple[Candidate, ...]:
        return tuple(candidate for candidate in self.candidates if candidate.kept)

    @property
    def lead(self) -> float:
        """By how much the first kept candidate is found better than the second; 0 where there are no two."""
        scores = [candidate.score for candidate in self.kept[:2]]
        return scores[0] - scores[1] if len(scores) > 1 else 0.0

    def first(self, count: int) -> Evidence:
        """The same with only the first `count` candidates kept."""
        candidates = (replace(c, kept=False) if c.kept and n >= count else c for n, c in enumerate(self.candidates))
        return replace(self, candidates=tuple(candidates))

    def unread_from(self, count: int) -> Evidence:
        """The same, saying of the kept candidates after the first `count` that the judge did not read them."""
        why = "kept, but not read: one before it settles the question"
        candidates = (replace(c, why=why) if c.kept and rank >= count else c for rank, c in enumerate(self.candidates))
        return replace(self, candidates=tuple(candidates))

    def clauses(self) -> tuple[tuple[Clause, float], ...]:
        """The clauses found of which a sentence holds, each once with its best score, best first."""
        best: dict[str, tuple[Clause, float]] = {}
        for candidate in (c for c in self.candidates if c.holds):
            best.setdefault(candidate.clause.id, (candidate.clause, candidate.score))
        return tuple(best.values())


@dataclass(frozen=True, slots=True)
class Weights:
    """How the ways of finding are added up, and how many candidates are kept for the judge.

    `clause` and `page` are shares: of the whole clause against the sentence, of the page against both.
    """

    clause: float = 0.3
    words: float = 0.07
    taught: float = 0.25
    page: float = 0.4
    keep: int = 6


class Finder:
    """Finds evidence in one edition."""

    def __init__(self, edition: Edition, embedder: Embedder, weights: Weights) -> None:
        self._edition = edition
        self.embedder = embedder
        self._weights = weights
        self._nearest: Nearest = open_nearest(
            edition.parts.get("chroma"), [row.digest for row in edition.rows], edition.vectors
        )
        self.words = WordIndex(edition.parts["words"], edition.lexicon)
        self._rows = tuple(_rows_of(edition))
        self._index_of = {clause.id: index for index, clause in enumerate(edition.clauses)}
        self._vectors: Cache[bytes, Vectors] = Cache(QUESTION_VECTORS)  # by digest: of what is asked no word is kept
        self._beside = ThreadPoolExecutor(processors())
        self._follow_ups = np.array([bool(t.history) for t in edition.taught], bool)
        self._by_text = {_folded(t.asked): t for t in edition.taught}

    def find(self, question: str, follows: bool = False) -> Evidence:
        """The evidence for a question; one that follows another has it in front, and recalls taught follow-ups too."""
        beside = self._beside.submit(self._worded, question)  # read in Python while the model computes outside it
        vector = self.vector(question)
        words, worded = beside.result()
        recalled = self._recalled(question, vector, follows)
        rows, _ = self._nearest(vector, POOL)
        indices = {clause for row in rows for clause, _ in self._edition.rows[int(row)].places} | set(worded)
        indices |= {self._index_of[c] for r in recalled for c, _ in r.taught.sentences if c in self._index_of}
        found = sorted(indices)
        scored = self._score(found, vector, worded, self.words.covered(words, found), recalled)
        return Evidence(question, tuple(self._keep(scored, question)), recalled, words.unknown)

    def _worded(self, question: str) -> tuple[Words, dict[int, float]]:
        """The words of a question, and the clauses that hold most of them."""
        words = self.words.read(question)
        return words, self.words.best(words, POOL)

    def vector(self, question: str) -> Vectors:
        """The vector of a question, of length 1; kept for the next who asks the same, and read-only for that."""
        key = hashlib.sha256(question.encode()).digest()
        known = self._vectors.get(key)
        if known is not None:
            return known
        vector: Vectors = self.embedder([question])[0]
        vector.setflags(write=False)  # threads share it
        self._vectors.put(key, vector)
        return vector

    def exactly_taught(self, question: str) -> TaughtQuestion | None:
        """The taught question that was asked word for word, if there is one."""
        return self._by_text.get(_folded(question))

    def _recall(self, vector: Vectors, follows: bool) -> tuple[Recalled, ...]:
        if not len(self._edition.taught):
            return ()
        near = cosines(self._edition.taught_vectors, vector)
        if not follows:  # what was answered to "and how long?" says nothing of the question before it
            near = np.where(self._follow_ups, -1.0, near)
        order = [int(i) for i in highest(near, 12) if near[i] > -1]
        return tuple(Recalled(self._edition.taught[i], float(near[i])) for i in order)

    def _recalled(self, question: str, vector: Vectors, follows: bool) -> tuple[Recalled, ...]:
        """The taught questions most like this one, one asked word for word first (its likeness is 1)."""
        found = self._recall(vector, follows)
        same = self.exactly_taught(question)
        if same is None:
            return found
        return (Recalled(same, 1.0), *(r for r in found if r.taught is not same))

    def _score(
        self,
        indices: Sequence[int],
        vector: Vectors,
        worded: Mapping[int, float],
        covered: Mapping[int, float],
        recalled: Sequence[Recalled],
    ) -> list[Scored]:
        rows = [row for index in indices for row in self._rows[index]]
        near = iter(cosines(self._edition.vectors[rows], vector).tolist() if rows else ())
        taught = _taught_scores(recalled)
        out: list[Scored] = []
        for index in indices:
            clause = self._edition.clauses[index]
            whole = next(near)
            for number, sentence in enumerate(clause.sentences):
                scores = {
                    "sentence": next(near),
                    "clause": whole,
                    "words": worded.get(index, 0.0),
                    "covered": covered[index],
                    "taught": taught.get((clause.id, number), 0.0),
                }
                scores["own"] = self._own(scores)
                out.append((clause, sentence, scores))
        return self.on_their_pages(out)

    def _own(self, scores: Mapping[str, float]) -> float:
        weights = self._weights
        dense = (1 - weights.clause) * scores["sentence"] + weights.clause * scores["clause"]
        return dense + weights.words * math.log1p(scores["words"]) + weights.taught * scores["taught"]

    def on_their_pages(self, scored: list[Scored]) -> list[Scored]:
        """Adds the score of the page, and all of them fused."""
        share, pages = self._weights.page, page_scores(scored)
        for clause, _, scores in scored:
            scores["page"] = pages[clause.document]
            scores["fused"] = (1 - share) * scores["own"] + share * scores["page"]
        return scored

    def _keep(self, scored: list[Scored], question: str) -> list[Candidate]:
        today = date.today().isoformat()
        judged = [(s, self._rejected(s, question, today)) for s in scored]
        fitting = [s for s, why in judged if not why]
        ranked = sorted(fitting, key=lambda s: (s[2]["taught"] < 1, -s[2]["fused"], s[0].id, s[1].start))
        keep, clauses = self._weights.keep, self._edition.clauses
        return [
            Candidate(
                clause,
                sentence,
                scores["fused"],
                scores,
                rank < keep,
                _why(rank, keep, scores),
                suffices=rank < keep and one_will_do(clauses, self._index_of[clause.id]),
            )
            for rank, (clause, sentence, scores) in enumerate(ranked)
        ] + [
            Candidate(clause, sentence, scores["fused"], scores, False, f"rejected: {why}", holds=False)
            for (clause, sentence, scores), why in judged
            if why
        ]

    def _rejected(self, found: Scored, question: str, today: str) -> str:
        """Why a sentence does not hold today, or not for the amount that was asked of; or ""."""
        clause, sentence, scores = found
        if when := clause.period(sentence).outside(today):
            return when
        at = self._edition.clauses, self._index_of[clause.id], question
        if scores["taught"] >= 1:
            return ""
        if for_other_amounts(*at):
            return "for other amounts than the one asked of"
        return "for another number than the one asked of" if for_another_number(*at) else ""


def one_will_do(clauses: Sequence[Clause], index: int) -> bool:
    """Whether a clause is an item of a list that says "or" between its items, mostly before the last alone."""
    own = clauses[index]
    if not own.lead:
        return False
    around = clauses[max(0, index - MOST_ITEMS) : index + MOST_ITEMS]
    items = (c for c in around if (c.document, c.heading_path, c.lead) == (own.document, own.heading_path, own.lead))
    return any(_ENDS_IN_OR.search(item.text) for item in items)


_ENDS_IN_OR = re.compile(r"\bor\W*$", re.IGNORECASE)


def _why(rank: int, keep: int, scores: Mapping[str, float]) -> str:
    if rank >= keep:
        return f"rejected: rank {rank + 1}, the judge reads {keep}"
    strongest = max(("sentence", "clause", "taught"), key=lambda way: scores[way])
    return f"kept: rank {rank + 1}, mostly by its {strongest} score"


def page_scores(scored: Sequence[Scored]) -> dict[str, float]:
    """For each page the mean own score of its best clauses; where it has too few, the lowest found stands in."""
    best: dict[str, dict[str, float]] = {}
    for clause, _, scores in scored:
        of_page = best.setdefault(clause.document, {})
        if scores["own"] > of_page.get(clause.id, -math.inf):
            of_page[clause.id] = scores["own"]
    lowest = min((scores["own"] for _, _, scores in scored), default=0.0)
    return {
        page: sum(sorted([*found.values(), *[lowest] * OF_A_PAGE])[-OF_A_PAGE:]) / OF_A_PAGE
        for page, found in best.items()
    }


def _taught_scores(recalled: Sequence[Recalled]) -> dict[tuple[str, int], float]:
    """For each sentence, by its clause and number, the likeness of the nearest taught question that it answers."""
    best: dict[tuple[str, int], float] = {}
    for one in recalled:
        for place in one.taught.sentences:
            best[place] = max(one.score, best.get(place, one.score))
    return best


def _rows_of(edition: Edition) -> Iterator[tuple[int, ...]]:
    """For each clause the row of its vector (of its first sentence, if it has none), and those of its sentences."""
    row_of = {place: number for number, row in enumerate(edition.rows) for place in row.places}
    for index, clause in enumerate(edition.clauses):
        sentences = [row_of[index, number] for number in range(len(clause.sentences))]
        yield (row_of.get((index, None), sentences[0]), *sentences)


def _folded(question: str) -> str:
    return " ".join(straightened(question).split()).rstrip("?!. ")
