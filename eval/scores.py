"""Answer → Score: what is right and wrong with one answer, each measure on its own; None is not scored.

A quote counts as the gold's if one holds the other (`eval.overlap`). So a whole clause in place of its
deciding sentence is found, and costs words (`words_ratio`), not recall.

A question is *right* when its verdict is, and every required quote is cited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.extra import library
from eval.gold import GoldQuestion
from eval.overlap import overlaps, plain
from eval.run import Answered
from eval.support import statement_support

DEPTHS = (1, 5, 10)
BUDGETS = (150, 300, 600)
FLIPS = {("yes", "no"), ("no", "yes")}


@dataclass(frozen=True, slots=True)
class Score:
    """One answer, measured. Shares are between 0 and 1; None: not scored for this question.

    `credit` is 0 for a wrong verdict, else the required recall (1 for a right refusal): what two runs
    are compared by. `recall_at` follows `DEPTHS`, `recall_within` the word budgets `BUDGETS`.
    """

    id: str
    verdict: bool | None
    flip: bool | None
    recall: float | None
    cited: int
    cited_right: int
    precision: float | None
    words_ratio: float | None
    recall_at: tuple[float, ...] | None
    recall_within: tuple[float, ...] | None
    ndcg: float | None
    reciprocal_rank: float | None
    quotes: int
    quotes_exact: int
    support: float | None
    credit: float | None

    @property
    def right(self) -> bool | None:
        """Whether the verdict is right and every required quote cited; None where no verdict is labelled."""
        return None if self.credit is None else self.credit == 1


def score_all(gold: Sequence[GoldQuestion], answers: Sequence[Answered]) -> tuple[Score, ...]:
    """A score for each question, in the order of the gold."""
    ranks = [first_ranks(question, answer) for question, answer in zip(gold, answers, strict=True)]
    ranked = rank_measures(ranks)
    return tuple(_score(*parts) for parts in zip(gold, answers, ranks, ranked, strict=True))


def _score(
    gold: GoldQuestion, answer: Answered, ranks: Sequence[int | None], ranked: tuple[float | None, float | None]
) -> Score:
    required = [plain(quote.text) for quote in gold.required]
    known = [plain(quote.text) for quote in gold.evidence]
    quotes = [plain(citation.quote) for citation in answer.cited]
    recall = share_found(required, quotes)
    cited_right = sum(any(overlaps(quote, k) for k in known) for quote in quotes)
    verdict = answer.verdict == gold.verdict if gold.verdict else None
    shown = (*answer.cited, *answer.closest)
    texts = [plain(found.text) for found in answer.found]
    return Score(
        id=gold.id,
        verdict=verdict,
        flip=(gold.verdict, answer.verdict) in FLIPS if gold.verdict in ("yes", "no") else None,
        recall=recall,
        cited=len(quotes),
        cited_right=cited_right,
        precision=cited_right / len(quotes) if quotes else None,
        words_ratio=_words_ratio(gold, answer),
        recall_at=tuple(_share_at(ranks, depth) for depth in DEPTHS) if required else None,
        recall_within=tuple(_within(required, texts, budget) for budget in BUDGETS) if required else None,
        ndcg=ranked[0],
        reciprocal_rank=ranked[1],
        quotes=len(shown) + len(answer.misquoted),
        quotes_exact=sum(citation.exact for citation in shown),
        support=statement_support(answer),
        credit=None if verdict is None else float(verdict) * (1.0 if recall is None else recall),
    )


def share_found(required: Sequence[str], texts: Sequence[str]) -> float | None:
    """The share of required texts that overlap with any of the others; None if nothing is required."""
    if not required:
        return None
    return sum(any(overlaps(r, text) for text in texts) for r in required) / len(required)


def first_ranks(gold: GoldQuestion, answer: Answered) -> tuple[int | None, ...]:
    """For each required quote the rank, from 1, of the first clause found that overlaps with it."""
    texts = [plain(found.text) for found in answer.found]
    required = [plain(quote.text) for quote in gold.required]
    return tuple(next((n for n, text in enumerate(texts, 1) if overlaps(r, text)), None) for r in required)


def rank_measures(ranks: Sequence[Sequence[int | None]]) -> list[tuple[float | None, float | None]]:
    """nDCG@10 and reciprocal rank of each question, by ir-measures (trec_eval); None without required quotes.

    A clause is relevant when it is the first that overlaps with a required quote; a quote not found
    counts as a relevant clause that was never returned, so a question nothing was found for scores 0.
    """
    asked = {str(n): found for n, found in enumerate(ranks) if found}
    if not asked:
        return [(None, None)] * len(ranks)
    qrels = {query: dict.fromkeys(_relevant(found), 1) for query, found in asked.items()}
    runs = {query: _ranking(found) for query, found in asked.items()}
    trec = library("ir_measures", "eval")
    found = trec.iter_calc([trec.nDCG @ 10, trec.RR], qrels, runs)
    values = {(result.query_id, str(result.measure)): float(result.value) for result in found}
    return [
        (values[str(n), "nDCG@10"], values[str(n), "RR"]) if found else (None, None) for n, found in enumerate(ranks)
    ]


def _relevant(ranks: Sequence[int | None]) -> list[str]:
    return [f"lost{n}" if rank is None else f"at{rank}" for n, rank in enumerate(ranks)]


def _ranking(ranks: Sequence[int | None]) -> dict[str, float]:
    """Scores that fall with the rank and never tie, down to the last relevant clause."""
    deepest = max((rank for rank in ranks if rank), default=1)
    return {f"at{rank}": 1 / rank for rank in range(1, deepest + 1)}


def _share_at(ranks: Sequence[int | None], depth: int) -> float:
    return sum(rank is not None and rank <= depth for rank in ranks) / len(ranks)


def _within(required: Sequence[str], texts: Sequence[str], budget: int) -> float:
    """Recall among the first texts that fit into a number of words; the first is always read."""
    kept: list[str] = []
    used = 0
    for text in texts:
        used += len(text.split())
        if kept and used > budget:
            break
        kept.append(text)
    return share_found(required, kept) or 0.0


def _words_ratio(gold: GoldQuestion, answer: Answered) -> float | None:
    """Words shown in citations for each word of the required quotes; 1 is to the point."""
    needed = sum(len(quote.text.split()) for quote in gold.required)
    shown = sum(len(citation.quote.split()) for citation in answer.cited)
    return shown / needed if needed and shown else None
