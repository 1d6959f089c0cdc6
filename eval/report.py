"""A measured run → JSON for machines and Markdown for people; neither holds a date, a time or a path."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.figures import VERDICTS, Row, Summary
from eval.intervals import Figure
from eval.run import Run

REPORTS = Path("eval/reports")

#: What each figure is, in words for a consultant.
MEANINGS = {
    "right": "right: the verdict, and every sentence it needs cited",
    "verdict_accuracy": "verdict right",
    "verdict_macro_f1": "verdict, macro F1",
    "dangerous_flips": "dangerous flips: yes for no, or no for yes",
    "citation_recall": "required sentences that were cited",
    "citation_precision": "citations that are the gold's",
    "citation_precision_answerable": "… where the handbook answers",
    "cited_words_per_required_word": "words cited per word required (1 is to the point)",
    "abstention_precision": "refusals that were right",
    "abstention_recall": "unanswerable questions refused",
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
class Measured:
    """A run with its scores and figures."""

    run: Run
    rows: tuple[Row, ...]
    summary: Summary


def to_json(measured: Measured) -> str:
    """Everything about a run but how long it took."""
    summary = measured.summary
    document = {
        "edition": measured.run.edition,
        "questions": len(measured.rows),
        "figures": {figure.name: _figure(figure) for figure in summary.figures},
        "confusion": [{"gold": g, "answered": a, "count": n} for (g, a), n in summary.confusion.items()],
        "reliability": [asdict(found) for found in summary.reliability],
        "risk_coverage": [list(point) for point in summary.curve],
        "slices": {
            kind: {name: {f.name: _figure(f) for f in figures} for name, figures in named.items()}
            for kind, named in summary.slices.items()
        },
        "answers": [row_to_dict(row) for row in measured.rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def row_to_dict(row: Row) -> dict[str, Any]:
    """One question with what was expected, answered and measured, and why it is wrong."""
    return {
        "id": row.gold.id,
        "question": row.gold.question,
        "gold": asdict(row.gold),
        "answer": asdict(row.answer),
        "score": asdict(row.score),
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


def to_markdown(measured: Measured, notes: Sequence[str] = ()) -> str:
    """The report for a pull request: figures, confusion, slices, and each wrong answer."""
    summary = measured.summary
    parts = [f"# Evaluation: {len(measured.rows)} questions, edition {measured.run.edition}", *notes]
    parts.append(_table(("measure", "value", "count", "95 %"), [_cells(f) for f in summary.figures]))
    parts += ["## Verdicts (rows: expected, columns: answered)", _confusion(summary)]
    for kind, named in summary.slices.items():
        if named:
            parts += [f"## By {kind}", _slices(kind, named)]
    wrong = [row for row in measured.rows if row.score.right is False]
    parts += [
        f"## Wrong answers ({len(wrong)})",
        *(f"- `{r.gold.id}` {cell(r.gold.question)}: {cell('; '.join(faults(r)))}" for r in wrong),
    ]
    return "\n\n".join(parts[: len(parts) - len(wrong)]) + "\n\n" + "\n".join(parts[len(parts) - len(wrong) :]) + "\n"


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


def write(folder: Path, name: str, text: str) -> Path:
    """Writes a report file; the folder is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def _figure(figure: Figure) -> dict[str, Any]:
    found = asdict(figure)
    del found["name"]
    return {key: round(value, 6) if isinstance(value, float) else value for key, value in found.items()}


def _cells(figure: Figure) -> tuple[str, ...]:
    return (MEANINGS.get(figure.name, figure.name), *shown(figure))


def _confusion(summary: Summary) -> str:
    answered = [*VERDICTS, *sorted({a for _, a in summary.confusion} - set(VERDICTS))]
    rows = [(gold, *(str(summary.confusion.get((gold, a), 0)) for a in answered)) for gold in VERDICTS]
    return _table(("", *answered), rows)


def _slices(kind: str, named: Any) -> str:
    header = (kind, "questions", *(MEANINGS[f.name].split(":")[0] for f in next(iter(named.values()))))
    rows = [
        (cell(name), str(max(f.count for f in figures)), *(shown(f)[0] for f in figures))
        for name, figures in named.items()
    ]
    return _table(header, rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
