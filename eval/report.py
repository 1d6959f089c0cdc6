"""A measured run → JSON for machines and Markdown for people; neither holds a date, a time or a path."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.accepted import held
from eval.beside import Beside, rows_of_both, told
from eval.compare import NO_RUN, NOTHING, Comparison
from eval.figures import MEANINGS, Row, Summary
from eval.gate import Outcome
from eval.intervals import Figure
from ingest.taught import VERDICTS

Cells = tuple[Sequence[str], Sequence[Sequence[str]]]
"""The header of a table, and its lines."""


def to_json(outcome: Outcome) -> str:
    """Everything about a run but how long it took."""
    measured = outcome.measured
    summary = measured.summary
    document = {
        "edition": measured.run.edition,
        "questions": len(measured.rows),
        "partial": outcome.partial,
        "failures": list(outcome.failures),
        "figures": {figure.name: figure_to_dict(figure) for figure in summary.figures},
        "comparison": asdict(outcome.comparison) if outcome.comparison else None,
        "beside": _beside(outcome.beside) if outcome.beside else None,
        "confusion": [{"gold": g, "answered": a, "count": n} for (g, a), n in summary.confusion.items()],
        "reliability": [asdict(found) for found in summary.reliability],
        "risk_coverage": [list(point) for point in summary.curve],
        "slices": {
            kind: {name: {f.name: figure_to_dict(f) for f in figures} for name, figures in named.items()}
            for kind, named in summary.slices.items()
        },
        "answers": [row_to_dict(row) for row in measured.rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _beside(found: Beside) -> dict[str, Any]:
    counts = {name: getattr(found, name) for name in ("asked", "drafted", "dropped", "input_tokens", "output_tokens")}
    without = {figure.name: figure_to_dict(figure) for figure in found.without.figures}
    took = {"model": found.model, **counts, "fallbacks": dict(found.fallbacks)}
    return {**took, "without": without, "comparison": asdict(found.comparison)}


def row_to_dict(row: Row) -> dict[str, Any]:
    """One question with what was expected, answered and measured, and why it is wrong."""
    return {
        "id": row.gold.id,
        "question": row.gold.question,
        "gold": asdict(row.gold),
        "answer": asdict(row.answer),
        "score": asdict(row.score),
        "held": asdict(held(row)),
        "right": row.score.right,
        "wrong_because": list(faults(row)),
    }


def faults(row: Row) -> Iterable[str]:
    """Why a question counts as wrong, in words; nothing if it is right."""
    gold, answer, score = row.gold, row.answer, row.score
    if answer.error:
        yield f"asking failed: {answer.error}"
    elif score.flip:
        yield f"dangerous: answered {answer.verdict} where the handbook says {gold.verdict}"
    elif score.verdict is False:
        yield f"verdict {answer.verdict}, not {gold.verdict}"
    if score.recall is not None and score.recall < 1:
        yield f"{round(score.recall * len(gold.required))} of {len(gold.required)} required sentences cited"
    if score.quotes_exact < score.quotes:
        yield f"{score.quotes - score.quotes_exact} of {score.quotes} quotes are no slice of the page"


def to_markdown(outcome: Outcome) -> str:
    """The report for a pull request: the gate, the figures, what changed, and each wrong answer."""
    rows, summary = outcome.measured.rows, outcome.measured.summary
    by_id = {row.gold.id: row for row in rows}
    asked = f" ({outcome.partial})" if outcome.partial else ""
    parts = [f"# Evaluation: {len(rows)} questions{asked}, edition {outcome.measured.run.edition}", _gate(outcome)]
    if outcome.comparison:
        parts.append(_comparison(outcome.comparison, by_id))
    elif rows:
        parts.append(f"{NO_RUN.capitalize()}.")
    if outcome.beside:
        parts += ["## With the model and without", *_both(outcome, outcome.beside)]
    parts += ["## Figures", _table(("measure", "value", "count", "95 %"), [_cells(f) for f in summary.figures])]
    parts += ["## Verdicts (rows: expected, columns: answered)", _table(*confusion(summary))]
    for kind, named in summary.slices.items():
        if named:
            header, lines = slices(kind, named)
            parts += [f"## By {kind}", _table(header, [(cell(name), *rest) for name, *rest in lines])]
    wrong = [row for row in rows if row.score.right is False]
    parts += [f"## Wrong answers ({len(wrong)})", "\n".join(map(_wrong, wrong))]
    return "\n\n".join(parts).rstrip() + "\n"


def _both(outcome: Outcome, found: Beside) -> Iterable[str]:
    yield "\n".join(f"- {cell(line)}" for line in told(found))
    yield _table(("measure", cell(found.model), "without"), rows_of_both(outcome.measured, found))


def _gate(outcome: Outcome) -> str:
    if not outcome.failures:
        return "**At or above the bar.**"
    return "\n".join(["**Below the bar:**", "", *(f"- {cell(failure)}" for failure in outcome.failures)])


def _comparison(found: Comparison, rows: Mapping[str, Row]) -> str:
    named = {"newly right": found.newly_right, "newly wrong": found.newly_wrong, "new": found.new,
             "labelled anew": found.relabelled, "not asked": found.gone}  # fmt: skip
    lines = [
        f"## Against the accepted run ({cell(found.reason)})",
        _changed(found) if found.compared else f"{NOTHING.capitalize()}.",
        *(f"- {what}: {some(ids)}" for what, ids in named.items() if ids),
        *(_wrong(rows[name]) for name in found.newly_wrong),
    ]
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])


def _changed(found: Comparison) -> str:
    value, count, interval = shown(found.difference)
    return (
        f"Credit changed by {value} ({interval}) over {count} questions; exact McNemar p = {found.mcnemar:.4f},"
        f" one-sided {found.mcnemar_worse:.4f}; paired permutation, one-sided p = {found.permutation_worse:.4f}."
    )


def some(names: Sequence[str], most: int = 30) -> str:
    """Names in a row; of many only the first, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _wrong(row: Row) -> str:
    return f"- `{row.gold.id}` {cell(row.gold.question)}: {cell('; '.join(faults(row)))}"


def shown(figure: Figure) -> tuple[str, str, str]:
    """Value, count and interval as printed."""
    if figure.value is None:
        return "not scored", "0", ""
    count = str(figure.count) if figure.hits is None else f"{figure.hits}/{figure.count}"
    interval = "" if figure.low is None else f"{figure.low:.3f} – {figure.high:.3f}"
    return f"{figure.value:.3f}", count, interval


def cell(text: str) -> str:
    """Words as they stand in a Markdown table or list: one line, no markup of their own."""
    one_line = " ".join(text.split())
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]()#+!|~" else c for c in one_line)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def figure_to_dict(figure: Figure) -> dict[str, Any]:
    """A figure without its name, as a report has it: to six decimals."""
    found = asdict(figure)
    del found["name"]
    return {key: round(value, 6) if isinstance(value, float) else value for key, value in found.items()}


def _cells(figure: Figure) -> tuple[str, ...]:
    return (MEANINGS.get(figure.name, figure.name), *shown(figure))


def confusion(summary: Summary) -> Cells:
    """How often each verdict of the gold was answered by each."""
    answered = [*VERDICTS, *sorted({a for _, a in summary.confusion} - set(VERDICTS))]
    rows = [(gold, *(str(summary.confusion.get((gold, a), 0)) for a in answered)) for gold in VERDICTS]
    return ("", *answered), rows


def slices(kind: str, named: Mapping[str, tuple[Figure, ...]]) -> Cells:
    """The figures of each slice of a kind."""
    header = (kind, "questions", *(MEANINGS[f.name].split(":")[0] for f in next(iter(named.values()))))
    rows = [
        (name, str(max(f.count for f in figures)), *(shown(f)[0] for f in figures)) for name, figures in named.items()
    ]
    return header, rows


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
