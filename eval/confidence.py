"""Whether an answer's confidence means anything: reliability table, calibration error, risk–coverage curve.

Pairs are (confidence, verdict right). Of equally sure answers the wrong ones count first, so ties never flatter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.intervals import Figure, Rows, bootstrap, draws, wilson

BINS = 10
Sure = Sequence[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in [low, low + 1/BINS); the last bin includes 1."""

    low: float
    count: int
    confidence: float
    right: float
    right_low: float
    right_high: float


def reliability(pairs: Sure) -> tuple[Bin, ...]:
    """Mean confidence against the share that was right, for each tenth that holds an answer."""
    out = []
    for number in range(BINS):
        inside = [(sure, right) for sure, right in pairs if _bin(sure) == number]
        if inside:
            hits = sum(right for _, right in inside)
            mean = sum(sure for sure, _ in inside) / len(inside)
            out.append(Bin(number / BINS, len(inside), mean, hits / len(inside), *wilson(hits, len(inside))))
    return tuple(out)


def calibration_error(name: str, pairs: Sure, clusters: Sequence[str]) -> Figure:
    """Expected calibration error: |confidence − share right|, averaged over answers (Naeini 2015; ten bins)."""
    if not pairs:
        return Figure(name, None, 0, None, None)
    rows = np.zeros((len(pairs), BINS))
    for row, (sure, right) in enumerate(pairs):
        rows[row, _bin(sure)] = sure - right
    columns = np.column_stack([rows, np.ones(len(pairs))])
    low, high = bootstrap(columns, clusters, _gap)
    return Figure(name, float(_gap(columns.sum(axis=0)[None, :])[0]), len(pairs), low, high)


def risk_coverage(pairs: Sure) -> tuple[tuple[float, float], ...]:
    """(share of questions answered, share of those wrong), answering the surest first (El-Yaniv 2010)."""
    wrong = 0
    points = []
    for count, (_, right) in enumerate(sorted(pairs, key=_surest_first), 1):
        wrong += not right
        points.append((count / len(pairs), wrong / count))
    return tuple(points)


def area(name: str, pairs: Sure, clusters: Sequence[str]) -> Figure:
    """The mean risk over all coverages (AURC, Geifman 2017); 0 is best."""
    if not pairs:
        return Figure(name, None, 0, None, None)
    order = sorted(range(len(pairs)), key=lambda index: _surest_first(pairs[index]))
    wrong = np.array([not pairs[index][1] for index in order], np.float64)
    names = {cluster: number for number, cluster in enumerate(dict.fromkeys(clusters))}
    drawn = draws(len(names))[:, [names[clusters[index]] for index in order]]
    low, high = np.percentile(_areas(drawn, wrong), [2.5, 97.5])
    value = float(_areas(np.ones((1, len(pairs))), wrong)[0])
    return Figure(name, value, len(pairs), float(low), float(high))


def _areas(drawn: Rows, wrong: Rows) -> Rows:
    """Mean risk for each row of how often every answer, surest first, was drawn."""
    covered = np.cumsum(drawn, axis=1)
    risk = np.cumsum(drawn * wrong, axis=1) / np.maximum(covered, 1)
    areas: Rows = (risk * drawn).sum(axis=1) / drawn.sum(axis=1)
    return areas


def _gap(sums: Rows) -> Rows:
    gaps: Rows = np.abs(sums[:, :BINS]).sum(axis=1) / sums[:, BINS]
    return gaps


def _bin(sure: float) -> int:
    return min(int(sure * BINS), BINS - 1)


def _surest_first(pair: tuple[float, bool]) -> tuple[float, bool]:
    return -pair[0], pair[1]
