"""A measured run as one HTML page that a consultant can read: no server, no request, nothing but the file.

Everything that was asked, answered or quoted is escaped, and a Content-Security-Policy with the digests of
the page's own style and script lets nothing else run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from eval import charts
from eval.beside import Beside, rows_of_both, told
from eval.compare import NO_RUN, NOTHING
from eval.figures import MEANINGS, Row
from eval.gate import Outcome
from eval.intervals import Figure
from eval.junit import safe
from eval.overlap import overlaps, plain
from eval.report import confusion, faults, shown, slices, some
from ingest.taught import VERDICTS

HEADLINES = ("right", "verdict_accuracy", "dangerous_flips", "citation_recall", "citation_precision", "abstention_f1")
UNBOUNDED = ("cited_words_per_required_word",)
FOUND_SHOWN = 5


def to_html(outcome: Outcome) -> str:
    """The page."""
    style, script = (_code(name) for name in ("page.css", "page.js"))
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'"
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Evaluation</title>',
        f"<style>{style}</style>",
    )
    return (
        f'<!doctype html>\n<html lang="en-GB"><head>{"".join(head)}</head><body>\n'
        + "\n".join(_body(outcome))
        + f"\n<script>{script}</script></body></html>\n"
    )


def _body(outcome: Outcome) -> Iterable[str]:
    rows, summary = outcome.measured.rows, outcome.measured.summary
    asked = f", {outcome.partial}" if outcome.partial else ""
    yield f"<header><h1>Evaluation</h1><p>{len(rows)} questions{_text(asked)}, "
    yield f"edition {_text(outcome.measured.run.edition)}</p>{_gate(outcome)}</header><main>"
    yield f'<section class="tiles">{"".join(_tile(summary.figure(name)) for name in HEADLINES)}</section>'
    yield _comparison(outcome)
    if outcome.beside:
        yield _both(outcome, outcome.beside)
    yield f'{_controls(rows)}<p id="count" role="status"></p><section id="questions">'
    yield from (_question(row, outcome) for row in sorted(rows, key=_worst_first))
    yield "</section>"
    bounded = [figure for figure in summary.figures if figure.name not in UNBOUNDED]
    yield _folded("All figures", _figures(summary.figures), charts.intervals(bounded, MEANINGS))
    yield _folded("Confidence", charts.reliability(summary.reliability), charts.risk_coverage(summary.curve))
    yield _folded(
        "Verdicts, expected and answered", "<p>Rows: expected; columns: answered.</p>", _table(*confusion(summary))
    )
    yield from (_folded(f"By {kind}", _table(*slices(kind, named))) for kind, named in summary.slices.items() if named)
    yield "</main>"


def _gate(outcome: Outcome) -> str:
    if not outcome.failures:
        return '<p class="gate good">✓ At or above the bar</p>'
    return '<div class="gate bad">✗ Below the bar' + _list(map(_text, outcome.failures)) + "</div>"


def _tile(figure: Figure) -> str:
    value, count, interval = shown(figure)
    return f"<div><b>{value}</b><span>{_text(MEANINGS[figure.name])}</span><small>{count} · {interval}</small></div>"


def _comparison(outcome: Outcome) -> str:
    found = outcome.comparison
    if found is None:
        return f"<p>{NO_RUN.capitalize()}.</p>" if outcome.measured.rows else ""
    named = {"Newly right": found.newly_right, "Newly wrong": found.newly_wrong, "New questions": found.new,
             "Labelled anew": found.relabelled, "No longer asked": found.gone}  # fmt: skip
    asked = {row.gold.id for row in outcome.measured.rows}
    items = [
        f"{what}: {some([_link(n) if n in asked else _text(n) for n in ids])}" for what, ids in named.items() if ids
    ]
    tested = f"{found.compared} questions compared; exact McNemar p = {found.mcnemar:.3f}"
    return (
        f"<section><h2>Since the accepted run</h2><p>That was accepted as: “{_text(found.reason)}”.</p>"
        f"<p>{tested if found.compared else NOTHING.capitalize()}.</p>"
        f"{_list(items) if items else '<p>Nothing changed.</p>'}</section>"
    )


def _both(outcome: Outcome, found: Beside) -> str:
    table = _table(("measure", found.model, "without"), rows_of_both(outcome.measured, found))
    return f"<section><h2>With the model and without</h2>{_list(map(_text, told(found)))}{table}</section>"


def _controls(rows: Sequence[Row]) -> str:
    tags = sorted({tag for row in rows for tag in row.gold.tags})
    states = ("wrong", "right", "dangerous", "newly wrong", "newly right")
    return (
        '<form id="filter"><label>Search <input id="words" type="search" placeholder="words, a quote, an id"></label>'
        f"{_choice('state', 'Show', states)}{_choice('verdict', 'Expected', VERDICTS)}"
        f"{_choice('tag', 'Tag', tags)}</form>"
    )


def _choice(name: str, label: str, options: Iterable[str]) -> str:
    listed = "".join(f'<option value="{_text(option)}">{_text(option)}</option>' for option in options)
    return f'<label>{label} <select id="{name}"><option value="">all</option>{listed}</select></label>'


def _question(row: Row, outcome: Outcome) -> str:
    gold, answer = row.gold, row.answer
    why = "; ".join(faults(row))
    states = _states(row, outcome)
    turns = "".join(f"<p class='turn'>{_text(question)} → {_text(said)}</p>" for question, said in gold.history)
    mark = "✓" if row.score.right else "✗"
    return (
        f'<details class="question {states[0]}" id="{_text(gold.id)}" data-state="{_text("|".join(states))}" '
        f'data-verdict="{_text(gold.verdict or "")}" data-tags="{_text("|".join(gold.tags))}">'
        f"<summary><span class='mark'>{mark}</span> <code>{_text(gold.id)}</code> {_text(gold.question)}"
        f"<em>{_text(why)}</em></summary>{turns}"
        f"<div class='pair'><div><h3>Expected: {_text(gold.verdict or 'not labelled')}</h3>{_expected(row)}</div>"
        f"<div><h3>Answered: {_text(answer.verdict)} ({answer.confidence:.2f} sure)</h3>"
        f"<p>{_text(answer.text or answer.error)}</p>{_cited(row)}</div></div>{_found(row)}</details>"
    )


def _states(row: Row, outcome: Outcome) -> list[str]:
    states = ["right" if row.score.right else "wrong"]
    states += ["dangerous"] if row.score.flip else []
    if outcome.comparison:
        states += ["newly wrong"] if row.gold.id in outcome.comparison.newly_wrong else []
        states += ["newly right"] if row.gold.id in outcome.comparison.newly_right else []
    return states


def _expected(row: Row) -> str:
    quotes = [plain(citation.quote) for citation in row.answer.cited]
    items = []
    for quote in row.gold.evidence:
        cited = any(overlaps(plain(quote.text), shown_quote) for shown_quote in quotes)
        mark = "cited" if cited else "not cited"
        items.append(f"<q>{_text(quote.text)}</q> <small>{quote.role}, {mark}</small>")
    return _list(items) if items else "<p>The handbook does not say.</p>"


def _cited(row: Row) -> str:
    known = [plain(quote.text) for quote in row.gold.evidence]
    items = []
    for citation in row.answer.cited:
        good = any(overlaps(plain(citation.quote), quote) for quote in known)
        slice_of = "" if citation.exact else ", no slice of the page"
        mark = f"{'in the gold' if good else 'not in the gold'}{slice_of}"
        items.append(f"<q>{_text(citation.quote)}</q> <small>{mark}</small>")
    items += [f"<q>{_text(words)}</q> <small>of no citation</small>" for words in row.answer.misquoted]
    return _list(items)


def _found(row: Row) -> str:
    items = "".join(f"<li>{_text(found.text)}</li>" for found in row.answer.found[:FOUND_SHOWN])
    return f'<div class="found">{_folded("What was found, best first", f"<ol>{items}</ol>")}</div>'


def _figures(figures: Sequence[Figure]) -> str:
    rows = [(MEANINGS[figure.name], *shown(figure)) for figure in figures]
    return _table(("measure", "value", "count", "95 %"), rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in header)
    body = "".join("<tr>" + "".join(f"<td>{_text(value)}</td>" for value in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _folded(title: str, *inside: str) -> str:
    return f"<details><summary>{_text(title)}</summary>{''.join(inside)}</details>"


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _link(name: str) -> str:
    return f'<a href="#{_text(name)}">{_text(name)}</a>'


def _text(words: str) -> str:
    return escape(safe(words), quote=True)


def _worst_first(row: Row) -> tuple[int, str]:
    return (0 if row.score.flip else 2 if row.score.right else 1), row.gold.id


def _code(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _digest(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
