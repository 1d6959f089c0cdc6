"""What candidates ask, what the handbook leaves open and what was marked wrong; never from fewer than three askers.

The chart of days counts questions, for its numbers are nobody's. What was marked as wrong stands one by one too, since
who marks asks for somebody to look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from desk.exports import as_csv, safe
from desk.gold import GoldRun, accepted_runs
from desk.insights import FEWEST, Entry, Group, Period, groups, most_cited, never_cited, read_entries, verdicts_by_day
from desk.marked import MOST, Marked, marked_wrong
from desk.register import WRONG
from ingest.clauses import Clause
from pages.admission import admitted, draw_standing
from pages.card import outcome, verdict_words
from pages.exchange import MARKED
from pages.opening import opened_assistant, opened_reception

#: Each verdict's colour in a chart, of which 3 to 1 stand out from the ground, white or black.
COLOURS = {
    "yes": "#2e8b57",
    "no": "#d6404a",
    "conditional": "#b8731f",
    "info": "#3174d8",
    "not_covered": "#868b94",
    "harm": "#a05bd0",
}


def draw() -> None:
    """Draws the insights for a consultant."""
    who = admitted()
    st.title("Insights", anchor=False)
    draw_standing(who)
    st.text(
        f"What fewer than {FEWEST} people asked is not shown unless it was marked wrong; in the chart of days, "
        f"fewer than {FEWEST} questions."
    )
    assistant, reception = opened_assistant(), opened_reception()
    today = reception.clock().date()
    picked = st.date_input(
        "From – to",
        (today - timedelta(days=29), today),
        max_value=today,
        format="DD/MM/YYYY",
        key="period",
        persist_state="session",
    )
    if not isinstance(picked, tuple) or len(picked) != 2:
        st.text("Pick the last day too.")
        return
    period = Period(picked[0], picked[1])
    _draw_days(verdicts_by_day(reception.records, period), period)
    entries = read_entries(reception.records, period)
    embedder = assistant.embedder
    _draw_groups("Asked most", groups(entries, embedder), "asked")
    silent = [e for e in entries if e.verdict == "not_covered"]
    _draw_groups("The handbook does not say", groups(silent, embedder), "not-covered")
    wrong = [e for e in entries if e.mark in WRONG]
    _draw_groups("Marked wrong most", groups(wrong, embedder), "marked-wrong")
    _draw_marked(marked_wrong(reception.records, period))
    _draw_gold(_gold_runs())
    _draw_clauses(entries, never_cited(entries, assistant.edition), most_cited(entries, assistant.edition))


def _draw_days(days: Sequence[tuple[object, str, int]], period: Period) -> None:
    st.header("Questions a day", anchor=False)
    if not days:
        st.text("Not enough was asked in this time.")
        return
    header = ("day", "answer", "questions")
    rows = [(day, verdict_words(verdict), number) for day, verdict, number in days]
    alt = "Questions a day by how they were answered"
    st.vega_lite_chart(_columns(header, rows), days_chart({words for _, words, _ in rows}, period), alt=alt)
    _draw_export(header, rows, "questions-a-day")


def days_chart(shown: Collection[str], period: Period) -> dict[str, Any]:
    """The chart of days in Vega-Lite: each verdict in its colour, and none cut off in the legend, on a phone either."""
    colours = {verdict_words(verdict): colour for verdict, colour in COLOURS.items() if verdict_words(verdict) in shown}
    legend = {"title": None, "orient": "bottom", "columns": 1, "labelLimit": 0}
    scale = {"domain": list(colours), "range": list(colours.values())}
    ends = [
        {"year": day.year, "month": day.month, "date": day.day}
        for day in (period.first, period.last + timedelta(days=1))
    ]
    axis = {"format": "%-d %b", "tickCount": "day"}
    return {
        "mark": "bar",
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "timeUnit": "yearmonthdate",
                "title": "day",
                "scale": {"domain": ends},
                "axis": axis,
            },
            "y": {"field": "questions", "type": "quantitative"},
            "color": {"field": "answer", "type": "nominal", "scale": scale, "legend": legend},
            "tooltip": [
                {"field": "day", "type": "temporal", "format": "%-d %B %Y"},
                {"field": "answer"},
                {"field": "questions"},
            ],
        },
    }


def _draw_groups(title: str, found: Sequence[Group], name: str) -> None:
    st.header(title, anchor=False)
    if not found:
        st.text("Nothing that three people or more asked.")
        return
    rows = [(group.times, group.askers, group.question) for group in found]
    _draw_table(("times", "people", "question, and others like it"), rows, name)


def _draw_marked(found: Sequence[Marked]) -> None:
    """One by one, and not to download: what is erased must not live on in a file."""
    st.header("Marked wrong", anchor=False)
    if not found:
        st.text("Nobody marked an answer as wrong in this time.")
        return
    st.text(f"Single people’s words, because they asked for somebody to look; the newest first, {MOST} at most.")
    for one in found:
        with st.container(border=True):
            st.text(one.exchange.question)
            st.caption(f"{one.day:%d %B %Y} · {outcome(one.exchange)} · marked “{MARKED[one.exchange.mark]}”")
            if one.quote:
                st.text(f"Quoted: “{one.quote}”")
            if one.exchange.line:
                st.text(f"They say: {one.exchange.line}")


def _draw_gold(runs: Sequence[GoldRun]) -> None:
    st.header("Gold questions over time", anchor=False)
    if not runs:
        st.text("No run of policy-eval was accepted yet.")
        return
    last = runs[-1]
    st.text(f"{last.right} of {last.questions} answered right in the run accepted last.")
    header = ("accepted", "right, in %", "right", "questions", "yes and no swapped", "why")
    rows = [
        (f"{n}. {r.day}", round(100 * r.share, 1), r.right, r.questions, r.flips, r.reason)
        for n, r in enumerate(runs, 1)
    ]
    if len(runs) > 1:
        alt = "Share of gold questions answered right in each accepted run"
        st.bar_chart(_columns(header, rows), x="accepted", y="right, in %", sort=False, alt=alt)
    _draw_table(header, rows, "gold-over-time")


@st.cache_data(show_spinner=False, ttl=600)
def _gold_runs() -> tuple[GoldRun, ...]:
    return accepted_runs()


def _draw_clauses(entries: Sequence[Entry], never: Sequence[Clause], most: Sequence[tuple[Clause, int]]) -> None:
    st.header("The handbook’s clauses", anchor=False)
    st.text(f"{len(never)} clauses were never cited in {len(entries)} questions.")
    rows = [(number, clause.document, clause.number, clause.text) for clause, number in most]
    rows += [(0, clause.document, clause.number, clause.text) for clause in never]
    _draw_table(("people", "page", "number", "clause"), rows, "clauses")


def _draw_table(header: Sequence[str], rows: Sequence[Sequence[object]], name: str) -> None:
    """A table, its longest words last: on a telephone what stands behind them is out of sight.

    The button is above it, where Streamlit lays the table's own buttons over whatever there is.
    """
    _draw_export(header, rows, name)
    st.dataframe(_columns(header, rows), hide_index=True)


def _draw_export(header: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> None:
    st.download_button("Download as CSV", as_csv(header, rows), f"{name}.csv", "text/csv", key=name, on_click="ignore")


def _columns(header: Sequence[str], rows: Iterable[Sequence[object]]) -> dict[str, list[object]]:
    """A table by its columns; Streamlit offers every one that it shows as CSV too."""
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    return {
        name: [safe(cell) if isinstance(cell, str) else cell for cell in column]
        for name, column in zip(header, columns, strict=True)
    }
