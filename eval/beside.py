"""A run with a chat model beside one without, of the same questions: the figures of both, and what the model took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eval.accepted import accepted_of
from eval.compare import Comparison, compare
from eval.figures import MEANINGS, Summary
from eval.measure import Measured


@dataclass(frozen=True, slots=True)
class Beside:
    """What a model changes: `comparison` sets its answers against those without it, question by question.

    `drafted` counts the answers it drafted, `fallbacks` the reasons why the reader answered although it was
    asked, `dropped` its statements that did not stand.
    """

    model: str
    without: Summary
    comparison: Comparison
    asked: int
    drafted: int
    dropped: int
    fallbacks: Mapping[str, int]
    input_tokens: int
    output_tokens: int


def beside(model: str, measured: Measured, without: Measured) -> Beside:
    """Sets a run with a model against one without."""
    took = [row.answer.model for row in measured.rows if row.answer.model]
    baseline = accepted_of(without.rows, without.run.edition, "without the model")
    return Beside(
        model=model,
        without=without.summary,
        comparison=compare(measured.rows, baseline),
        asked=len(took),
        drafted=sum(row.answer.answered_by not in ("reader", "") for row in measured.rows),
        dropped=sum(each.dropped for each in took),
        fallbacks=dict(sorted(Counter(each.fallback_reason for each in took if each.fallback_reason).items())),
        input_tokens=sum(each.input_tokens for each in took),
        output_tokens=sum(each.output_tokens for each in took),
    )


def rows_of_both(measured: Measured, found: Beside) -> Iterator[tuple[str, str, str]]:
    """Each figure in words, its value with the model, and without."""
    for figure in measured.summary.figures:
        other = found.without.figure(figure.name)
        yield MEANINGS[figure.name], _value(figure.value), _value(other.value)


def told(found: Beside) -> Iterator[str]:
    """What the model did, in sentences."""
    change = found.comparison
    yield (
        f"Asked {found.asked} times, it drafted {found.drafted} answers; {found.dropped} of its statements were"
        f" dropped; {found.input_tokens:,} tokens read, {found.output_tokens:,} written."
    )
    yield (
        f"Against the answers without it {len(change.newly_right)} are newly right and {len(change.newly_wrong)} newly"
        f" wrong; exact McNemar p = {change.mcnemar:.4f}."
    )
    for reason, count in found.fallbacks.items():
        yield f"{count} times the reader answered instead: {reason}."


def _value(value: float | None) -> str:
    return "not scored" if value is None else f"{value:.3f}"
