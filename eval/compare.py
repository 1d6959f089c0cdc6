"""A run against the accepted one, question by question, and whether the difference is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eval.accepted import Accepted, Held, gold_digest
from eval.extra import library
from eval.figures import Row
from eval.intervals import SEED, Figure, ratio

PERMUTATIONS = 9_999
NOTHING = "nothing was compared: no question of the accepted run was asked as it was then"
NO_RUN = "no run has been accepted yet, so there is nothing to compare with"


@dataclass(frozen=True, slots=True)
class Lost:
    """A question with less credit than before, and how sure the answer was then and is now."""

    id: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since the accepted run, among the questions that both asked with the same gold.

    `lost` have less credit than before, whether or not they were right. `mcnemar` and `mcnemar_worse` are
    exact two-sided and one-sided p values over right and wrong; `permutation_worse` is the one-sided p
    value of the paired difference in credit. `new` were not in the accepted run, `relabelled` had other
    gold, `relabelled_wrong` were right by that and are wrong by theirs, `gone` were not asked now.
    """

    reason: str
    compared: int
    newly_right: tuple[str, ...]
    newly_wrong: tuple[str, ...]
    lost: tuple[Lost, ...]
    new: tuple[str, ...]
    relabelled: tuple[str, ...]
    relabelled_wrong: tuple[str, ...]
    gone: tuple[str, ...]
    flips: tuple[str, ...]
    must: tuple[str, ...]
    mcnemar: float
    mcnemar_worse: float
    permutation_worse: float
    difference: Figure


def compare(rows: Sequence[Row], accepted: Accepted) -> Comparison:
    """Sets a run against a baseline."""
    before = accepted.questions
    pairs = [(row, before[row.gold.id]) for row in rows if _comparable(row, before.get(row.gold.id))]
    better = tuple(row.gold.id for row, held in pairs if row.score.right and held.credit != 1)
    worse = tuple(row.gold.id for row, held in pairs if not row.score.right and held.credit == 1)
    changes = [(row.score.credit or 0.0) - held.credit for row, held in pairs]
    names = {row.gold.id for row in rows}
    return Comparison(
        reason=accepted.reason,
        compared=len(pairs),
        newly_right=better,
        newly_wrong=worse,
        lost=tuple(_lost(*pair) for pair, change in zip(pairs, changes, strict=True) if change < 0),
        new=tuple(row.gold.id for row in rows if row.gold.id not in before),
        relabelled=tuple(row.gold.id for row in rows if _is_relabelled(row, before.get(row.gold.id))),
        relabelled_wrong=tuple(row.gold.id for row in rows if _no_more_right(row, before.get(row.gold.id))),
        gone=tuple(sorted(set(before) - names)),
        flips=tuple(row.gold.id for row in rows if row.score.flip and not _was_flip(row, before.get(row.gold.id))),
        must=tuple(row.gold.id for row in rows if row.gold.must and _newly_wrong(row, before.get(row.gold.id))),
        mcnemar=sign_test(len(worse), len(better), "two-sided"),
        mcnemar_worse=sign_test(len(worse), len(better), "greater"),
        permutation_worse=permutation_test(changes),
        difference=ratio("difference", changes, [1.0] * len(pairs), [row.cluster for row, _ in pairs]),
    )


def sign_test(worse: int, better: int, alternative: Literal["two-sided", "greater"]) -> float:
    """Exact McNemar test: the binomial test of newly wrong among all that changed (McNemar 1947)."""
    if not worse + better:
        return 1.0
    stats = library("scipy.stats", "eval")  # here: two seconds that a run without changes need not wait
    return float(stats.binomtest(worse, worse + better, 0.5, alternative=alternative).pvalue)


def permutation_test(changes: Sequence[float]) -> float:
    """One-sided p value of a mean change below zero, by flipping the signs of the changes.

    Exact where 2^changes is no more than `PERMUTATIONS`, else drawn with a fixed seed. Questions that did
    not change cannot matter and are left out.
    """
    moved = np.array([change for change in changes if change], np.float64)
    if not len(moved):
        return 1.0

    def mean(values: np.ndarray, axis: int) -> np.ndarray:
        return np.asarray(values.mean(axis=axis))

    if len(moved) == 1:  # scipy wants two
        return 0.5 if moved[0] < 0 else 1.0
    found = library("scipy.stats", "eval").permutation_test(
        (moved,), mean, permutation_type="samples", vectorized=True, n_resamples=PERMUTATIONS, alternative="less",
        rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return float(found.pvalue)


def _lost(row: Row, held: Held) -> Lost:
    return Lost(row.gold.id, held.confidence, row.answer.confidence)


def _comparable(row: Row, held: Held | None) -> bool:
    return held is not None and held.gold == gold_digest(row.gold) and row.score.credit is not None


def _is_relabelled(row: Row, held: Held | None) -> bool:
    return held is not None and held.gold != gold_digest(row.gold)


def _no_more_right(row: Row, held: Held | None) -> bool:
    """Right by the label it had, and wrong by the one it has: a changed label hides no worse answer."""
    return held is not None and _is_relabelled(row, held) and held.credit == 1 and row.score.right is False


def _was_flip(row: Row, held: Held | None) -> bool:
    return held is not None and held.flip and held.gold == gold_digest(row.gold)


def _newly_wrong(row: Row, held: Held | None) -> bool:
    """Wrong now, and not accepted as wrong before: a new question that must be right is held to it at once."""
    accepted_wrong = held is not None and held.gold == gold_digest(row.gold) and held.credit != 1
    return row.score.right is False and not accepted_wrong
