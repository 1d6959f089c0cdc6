"""The bar: floors from a settings table, and what no change may do. Times are never part of it.

[floors]                      a figure below its floor fails the gate
verdict_accuracy = 0.85
[ceilings]                    a figure above its ceiling fails it
dangerous_flips = 0.02
[change]                      against the accepted run
worse_p = 0.05                a one-sided p value below this fails
least_difference = -0.02      so does a lower bound of the paired difference below this
noise_questions = 0           so many questions may lose credit if all were and are less sure than `unsure`:
unsure = 0.6                  for those whose gate runs on processors that round differently; 0 forgives nothing
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from eval.accepted import Accepted
from eval.beside import Beside
from eval.compare import NOTHING, Comparison, compare
from eval.figures import MEANINGS, Summary
from eval.measure import Measured
from ingest.documents import HandbookError


class FloorsError(HandbookError):
    """A settings table of the gate that cannot be used."""


@dataclass(frozen=True, slots=True)
class Change:
    """How much worse than the accepted run a run may be; see the module's table."""

    worse_p: float = 0.05
    least_difference: float = -0.02
    unsure: float = 0.6
    noise_questions: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """What a run is held against."""

    floors: Mapping[str, float]
    ceilings: Mapping[str, float]
    change: Change


def read_bar(path: Path) -> Bar:
    """The gate's settings.

    Raises:
        FloorsError: the file is missing, is not TOML, or names an unknown figure or setting.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise FloorsError(f"no floors {path} ({error.strerror}): give --floors FILE, or leave it out") from error
    except ValueError as error:
        raise FloorsError(f"{path} is not TOML: {error}") from error
    known = {"floors": set(MEANINGS), "ceilings": set(MEANINGS), "change": {f.name for f in fields(Change)}}
    for table, values in found.items():
        if table not in known or not isinstance(values, dict):
            raise FloorsError(f"{path}: unknown table [{table}]: use {', '.join(known)}")
        for name, value in values.items():
            if name not in known[table] or not _is_number(value):
                names = ", ".join(sorted(known[table]))
                raise FloorsError(f"{path}: [{table}] {name} = {value!r}: give a number, for one of {names}")
    return Bar(found.get("floors", {}), found.get("ceilings", {}), Change(**found.get("change", {})))


def _is_number(value: object) -> bool:
    """Whether a value is a number to compare with: with TOML's nan and inf nothing ever fails."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measured run held against the bar.

    `partial` names the options that left questions out; `beside` is there where a chat model answered.
    """

    measured: Measured
    partial: str
    comparison: Comparison | None
    failures: tuple[str, ...]
    beside: Beside | None = None


def judge(measured: Measured, bar: Bar, accepted: Accepted | None, partial: str = "") -> Outcome:
    """Holds a run against the bar and, if there is one, the accepted run."""
    comparison = compare(measured.rows, accepted) if accepted else None
    if comparison and partial:
        comparison = replace(comparison, gone=())  # they were left out
    if comparison and not comparison.compared:
        comparison = replace(comparison, gone=(), relabelled_wrong=())  # it is other gold: nothing was taken away
    return Outcome(measured, partial, comparison, tuple(_failures(measured, bar, comparison, partial)))


def held_to(outcome: Outcome) -> Outcome:
    """The outcome of a run of the gold that the accepted run is of: below the bar where nothing could be compared."""
    comparison = outcome.comparison
    if outcome.partial or comparison is None or comparison.compared:
        return outcome
    failure = f"{NOTHING}: restore the accepted run, or make this one it with policy-eval accept"
    return replace(outcome, failures=(*outcome.failures, failure))


def _failures(measured: Measured, bar: Bar, comparison: Comparison | None, partial: str) -> Iterator[str]:
    """Why a run is below the bar; floors are for whole runs, a part of the questions has other figures."""
    yield from _promises(measured)
    if not partial:
        yield from _floors(measured.summary, bar)
    if comparison:
        yield from _changes(comparison, bar.change)
    else:
        wrong = [row.gold.id for row in measured.rows if row.gold.must and row.score.right is False]
        yield from _named("questions that must be right and are wrong", wrong)
        flips = [row.gold.id for row in measured.rows if row.score.flip]
        yield from _named("dangerous flips that nobody accepted", flips)


def _promises(measured: Measured) -> Iterator[str]:
    altered = [row.gold.id for row in measured.rows if row.score.quotes_exact < row.score.quotes]
    yield from _named("quotes that are no slice of the page", altered)
    yield from _named("questions that could not be asked", [r.gold.id for r in measured.rows if r.answer.error])


def _floors(summary: Summary, bar: Bar) -> Iterator[str]:
    for name, floor in bar.floors.items():
        value = summary.figure(name).value
        if value is not None and value < floor:
            yield f"{MEANINGS[name]}: {value:.3f} is below the floor of {floor:.3f}"
    for name, ceiling in bar.ceilings.items():
        value = summary.figure(name).value
        if value is not None and value > ceiling:
            yield f"{MEANINGS[name]}: {value:.3f} is above the ceiling of {ceiling:.3f}"


def _changes(comparison: Comparison, change: Change) -> Iterator[str]:
    yield from _named("questions that must be right and are newly wrong", comparison.must)
    yield from _named("dangerous flips that nobody accepted", comparison.flips)
    yield from _named("questions of the accepted run that were not asked", comparison.gone)
    yield from _named("questions labelled anew that were right and are wrong", comparison.relabelled_wrong)
    if _is_noise(comparison, change):
        return
    lost = ", ".join(question.id for question in comparison.lost)
    worse = min(comparison.mcnemar_worse, comparison.permutation_worse)
    if worse < change.worse_p:
        yield f"worse than the accepted run, one-sided p = {worse:.4f} (below {change.worse_p}): {lost} lost credit"
    low = comparison.difference.low
    if low is not None and low < change.least_difference:
        most = f"at most {-change.least_difference:.1%}"
        yield f"may be {-low:.1%} worse than the accepted run ({most}): {lost} lost credit"


def _is_noise(comparison: Comparison, change: Change) -> bool:
    """Whether what was lost is what another processor may lose: at most so many answers, all unsure then and now."""
    unsure = all(max(question.before, question.now) < change.unsure for question in comparison.lost)
    return unsure and len(comparison.lost) <= change.noise_questions


def _named(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{what}: {', '.join(names)}"
