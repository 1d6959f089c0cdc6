"""How sure a figure is: Wilson for shares, a clustered bootstrap for means. Fixed seed, so always the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

SEED = 20_240_901
RESAMPLES = 2_000
Rows = npt.NDArray[np.float64]
Z = 1.959963984540054  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean with its count and its 95 % interval; `value` is None where nothing was scored.

    `hits` is the number of successes if the figure is a share of a count.
    """

    name: str
    value: float | None
    count: int
    low: float | None
    high: float | None
    hits: int | None = None


def share(name: str, hits: int, count: int) -> Figure:
    """A share with its Wilson score interval (Wilson 1927)."""
    if not count:
        return Figure(name, None, 0, None, None, 0)
    low, high = wilson(hits, count)
    return Figure(name, hits / count, count, low, high, hits)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of `hits` in `count`.

    >>> tuple(round(bound, 4) for bound in wilson(8, 10))
    (0.4902, 0.9433)
    """
    p = hits / count
    middle = p + Z * Z / (2 * count)
    spread = Z * math.sqrt(p * (1 - p) / count + Z * Z / (4 * count * count))
    scale = 1 + Z * Z / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def ratio(name: str, tops: Sequence[float], bottoms: Sequence[float], clusters: Sequence[str]) -> Figure:
    """The sum of `tops` over the sum of `bottoms`; with bottoms of 1 it is a mean."""
    total = sum(bottoms)
    if not total:
        return Figure(name, None, 0, None, None)
    low, high = bootstrap(np.column_stack([tops, bottoms]), clusters, quotient)
    return Figure(name, sum(tops) / total, round(total), low, high)


def quotient(sums: Rows) -> Rows:
    """First column over second, for each row; where nothing was drawn to divide by, not a number."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums[:, 0] / sums[:, 1]


def bootstrap(rows: Rows, clusters: Sequence[str], statistic: Callable[[Rows], Rows]) -> tuple[float, float]:
    """The 95 % percentile interval of a statistic of column sums, whole clusters drawn with replacement.

    Args:
        rows: shape (questions, columns).
        clusters: which questions stand or fall together (Field and Welsh 2007).
        statistic: sums of shape (resamples, columns) → values of shape (resamples,).
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    sums = np.zeros((len(names), rows.shape[1]))
    np.add.at(sums, [names[cluster] for cluster in clusters], rows)
    drawn = draws(len(names)) @ sums
    low, high = np.nanpercentile(statistic(drawn), [2.5, 97.5])
    return float(low), float(high)


@lru_cache(4)  # the figures of a run are drawn over few counts, and drawing takes longer than all the rest of them
def draws(count: int) -> Rows:
    """How often each of `count` things is drawn, with replacement: shape (RESAMPLES, count), not to be written."""
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(count, np.full(count, 1 / count), RESAMPLES).astype(np.float64)
    drawn.flags.writeable = False
    return drawn
