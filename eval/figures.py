"""Scores → figures: what is printed, compared and held against the floors.

Shares of questions carry Wilson intervals; means, ratios and F1 a clustered bootstrap. Questions about one
document stand or fall together; where the gold spans fewer than ten documents, those about one sentence do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from eval.confidence import Bin, area, calibration_error, reliability, risk_coverage
from eval.gold import GoldQuestion
from eval.intervals import Figure, Rows, bootstrap, quotient, ratio, share
from eval.run import Answered
from eval.scores import BUDGETS, DEPTHS, Score

FEWEST_DOCUMENTS = 10

#: What each figure is, in words for a consultant.
MEANINGS = {
    "right": "right: the verdict, and every sentence it needs cited",
    "verdict_accuracy": "verdict right",
    "verdict_macro_f1": "verdict, macro F1",
    "dangerous_flips": "dangerous flips: yes for no, or no for yes",
    "citation_recall": "required sentences that were cited",
    "citation_precision": "citations that are the gold's",
    "citation_precision_answerable": "… where the handbook answers",
    "citation_precision_mean": "… each question that cites counting once",
    "cited_words_per_required_word": "words cited per word required (1 is to the point)",
    "abstention_precision": "refusals that were right",
    "abstention_recall": "unanswerable questions refused",
    "refused_answerable": "answerable questions refused",
    "abstention_f1": "abstention, F1",
    "found_recall@1": "required sentences found, best clause",
    "found_recall@5": "required sentences found, best 5 clauses",
    "found_recall@10": "required sentences found, best 10 clauses",
    "found_recall@150w": "required sentences found within 150 words",
    "found_recall@300w": "required sentences found within 300 words",
    "found_recall@600w": "required sentences found within 600 words",
    "found_ndcg@10": "found, nDCG@10",
    "found_reciprocal_rank": "found, reciprocal rank",
    "risk_coverage_area": "risk–coverage area (0 is best)",
    "calibration_error": "calibration error of the confidence (0 is best)",
    "exact_slices": "quotes that are exact slices of the page (must be 1)",
    "statement_support": "a model's statements that its citations support",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A gold question, its answer, its score, and the cluster it is resampled with."""

    gold: GoldQuestion
    answer: Answered
    score: Score
    cluster: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a run.

    `confusion` counts answers by (gold verdict, answered verdict); `slices` holds figures by tag, by
    document and by verdict; `curve` is (coverage, risk) from the surest answer down.
    """

    figures: tuple[Figure, ...]
    confusion: Mapping[tuple[str, str], int]
    reliability: tuple[Bin, ...]
    curve: tuple[tuple[float, float], ...]
    slices: Mapping[str, Mapping[str, tuple[Figure, ...]]]

    def figure(self, name: str) -> Figure:
        """One of the figures, by a name of `MEANINGS`."""
        return next(figure for figure in self.figures if figure.name == name)


def rows_of(gold: Sequence[GoldQuestion], answers: Sequence[Answered], scores: Sequence[Score]) -> tuple[Row, ...]:
    """Questions with their answers, scores and clusters."""
    parts = zip(gold, answers, scores, clusters(gold), strict=True)
    return tuple(Row(*part) for part in parts)


def clusters(gold: Sequence[GoldQuestion]) -> tuple[str, ...]:
    """What each question is resampled with: its document or its sentence; alone if it has neither."""
    documents = {question.required[0].document for question in gold if question.required}
    if len(documents) < FEWEST_DOCUMENTS:
        return tuple(q.required[0].text if q.required else q.id for q in gold)
    return tuple(q.required[0].document if q.required else q.id for q in gold)


def summarise(rows: Sequence[Row]) -> Summary:
    """Every figure of a run."""
    sure = [(row.answer.confidence, row.score.verdict) for row in rows if row.score.verdict is not None]
    return Summary(
        figures=tuple(_figures(rows)),
        confusion=dict(sorted(Counter((r.gold.verdict, r.answer.verdict) for r in rows if r.gold.verdict).items())),
        reliability=reliability(sure),
        curve=risk_coverage(sure),
        slices={
            "tag": _slices(rows, lambda row: row.gold.tags),
            "document": _slices(rows, lambda row: sorted({q.document for q in row.gold.required if q.document})),
            "verdict": _slices(rows, lambda row: (row.gold.verdict,) if row.gold.verdict else ()),
        },
    )


def _figures(rows: Sequence[Row]) -> Iterable[Figure]:
    yield _share("right", rows, lambda s: s.right)
    yield _share("verdict_accuracy", rows, lambda s: s.verdict)
    yield macro_f1(rows)
    yield _share("dangerous_flips", rows, lambda s: s.flip)
    yield _mean("citation_recall", rows, lambda s: s.recall)
    yield from _citation_precision(rows)
    yield _mean("citation_precision_mean", rows, lambda s: s.precision)
    yield _mean("cited_words_per_required_word", rows, lambda s: s.words_ratio)
    yield from _abstention(rows)
    for n, depth in enumerate(DEPTHS):
        yield _mean(f"found_recall@{depth}", rows, partial(_recall_at, n))
    for n, budget in enumerate(BUDGETS):
        yield _mean(f"found_recall@{budget}w", rows, partial(_recall_within, n))
    yield _mean("found_ndcg@10", rows, lambda s: s.ndcg)
    yield _mean("found_reciprocal_rank", rows, lambda s: s.reciprocal_rank)
    sure = [row for row in rows if row.score.verdict is not None]
    pairs = [(row.answer.confidence, bool(row.score.verdict)) for row in sure]
    names = [row.cluster for row in sure]
    yield area("risk_coverage_area", pairs, names)
    yield calibration_error("calibration_error", pairs, names)
    yield share("exact_slices", sum(r.score.quotes_exact for r in rows), sum(r.score.quotes for r in rows))
    yield _mean("statement_support", rows, lambda s: s.support)


def _share(name: str, rows: Sequence[Row], measure: Callable[[Score], bool | None]) -> Figure:
    values = [value for row in rows if (value := measure(row.score)) is not None]
    return share(name, sum(values), len(values))


def _mean(name: str, rows: Sequence[Row], measure: Callable[[Score], float | None]) -> Figure:
    scored = [(value, row.cluster) for row in rows if (value := measure(row.score)) is not None]
    return ratio(name, [value for value, _ in scored], [1.0] * len(scored), [cluster for _, cluster in scored])


def _recall_at(n: int, score: Score) -> float | None:
    return None if score.recall_at is None else score.recall_at[n]


def _recall_within(n: int, score: Score) -> float | None:
    return None if score.recall_within is None else score.recall_within[n]


def _citation_precision(rows: Sequence[Row]) -> Iterable[Figure]:
    """Right citations of all citations; then only of questions that the handbook answers."""
    answerable = [row for row in rows if row.gold.required]
    for name, kept in (("citation_precision", rows), ("citation_precision_answerable", answerable)):
        right = [float(row.score.cited_right) for row in kept]
        yield ratio(name, right, [float(row.score.cited) for row in kept], [row.cluster for row in kept])


def _abstention(rows: Sequence[Row]) -> Iterable[Figure]:
    """Refusing as a search for the questions that the handbook does not answer."""
    refused = [row.answer.verdict == "not_covered" for row in rows]
    silent = [not row.gold.answerable for row in rows]
    both = [a and b for a, b in zip(refused, silent, strict=True)]
    yield share("abstention_precision", sum(both), sum(refused))
    yield share("abstention_recall", sum(both), sum(silent))
    yield share("refused_answerable", sum(refused) - sum(both), len(rows) - sum(silent))
    bottoms = [float(a) + float(b) for a, b in zip(refused, silent, strict=True)]
    f1 = ratio("abstention_f1", [2.0 * b for b in both], bottoms, [row.cluster for row in rows])
    yield replace(f1, count=len(rows) if f1.value is not None else 0)


def macro_f1(rows: Sequence[Row]) -> Figure:
    """The mean F1 over the verdicts that occur in the gold or among the answers."""
    scored = [row for row in rows if row.gold.verdict]
    names = sorted({str(r.gold.verdict) for r in scored} | {r.answer.verdict for r in scored})
    counts = np.array([[_f1_counts(row, name) for name in names] for row in scored], np.float64)
    if not scored:
        return Figure("verdict_macro_f1", None, 0, None, None)
    flat = counts.reshape(len(scored), -1)
    low, high = bootstrap(flat, [row.cluster for row in scored], _mean_f1)
    return Figure("verdict_macro_f1", float(_mean_f1(flat.sum(axis=0)[None, :])[0]), len(scored), low, high)


def _f1_counts(row: Row, name: str) -> tuple[float, float]:
    gold, given = row.gold.verdict == name, row.answer.verdict == name
    return 2.0 * (gold and given), float(gold) + float(given)


def _mean_f1(sums: Rows) -> Rows:
    """Sums of shape (resamples, verdicts × 2) → the mean over verdicts that were drawn at all."""
    pairs = sums.reshape(len(sums), -1, 2)
    each = quotient(pairs.reshape(-1, 2)).reshape(pairs.shape[:2])
    means: Rows = np.nanmean(each, axis=1)
    return means


def _slices(rows: Sequence[Row], names: Callable[[Row], Iterable[str]]) -> dict[str, tuple[Figure, ...]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        for name in names(row):
            grouped.setdefault(name, []).append(row)
    return {name: tuple(_slice(grouped[name])) for name in sorted(grouped)}


def _slice(rows: Sequence[Row]) -> Iterable[Figure]:
    yield _share("right", rows, lambda s: s.right)
    yield _share("verdict_accuracy", rows, lambda s: s.verdict)
    yield _mean("citation_recall", rows, lambda s: s.recall)
    yield _mean("found_recall@5", rows, partial(_recall_at, 1))
