"""Figures as inline SVG: intervals, reliability, risk–coverage. Colours come from the page's style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from eval.confidence import Bin
from eval.intervals import Figure

SIDE = 260
EDGE = 36


def intervals(figures: Sequence[Figure], meanings: dict[str, str]) -> str:
    """Shares between 0 and 1 with their intervals, a line each."""
    shown = [figure for figure in figures if figure.value is not None and figure.low is not None]
    lines = [_interval(figure, meanings[figure.name], 18 + 24 * n) for n, figure in enumerate(shown)]
    return _svg(760, 24 * len(shown) + 16, "Figures with their 95 % intervals", "".join(lines))


def reliability(table: Sequence[Bin]) -> str:
    """What was right against how sure the answers were; on the diagonal, confidence means what it says."""
    dots = "".join(map(_bin, table))
    diagonal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    return _square("Confidence against what was right", "confidence", "right", diagonal + dots)


def risk_coverage(curve: Sequence[tuple[float, float]]) -> str:
    """The share of wrong verdicts as less sure answers are let through."""
    points = " ".join(f"{_x(coverage)},{_y(risk)}" for coverage, risk in curve)
    return _square(
        "Wrong verdicts, surest answers first", "answered", "wrong", f'<polyline class="curve" points="{points}"/>'
    )


def _bin(found: Bin) -> str:
    x = _x(found.confidence)
    return (
        f'<line class="range" x1="{x}" x2="{x}" y1="{_y(found.right_low)}" y2="{_y(found.right_high)}"/>'
        f'<circle class="dot" cx="{x}" cy="{_y(found.right)}" r="5">'
        f"<title>{found.count} answers, {found.confidence:.2f} sure, {found.right:.2f} right</title></circle>"
    )


def _interval(figure: Figure, meaning: str, y: int) -> str:
    value, low, high = (min(max(number or 0.0, 0.0), 1.0) for number in (figure.value, figure.low, figure.high))
    left, width = 400, 340
    return (
        f'<text x="{left - 12}" y="{y + 4}" text-anchor="end">{escape(meaning)}</text>'
        f'<line class="track" x1="{left}" x2="{left + width}" y1="{y}" y2="{y}"/>'
        f'<line class="range" x1="{left + low * width:.1f}" x2="{left + high * width:.1f}" y1="{y}" y2="{y}"/>'
        f'<circle class="dot" cx="{left + value * width:.1f}" cy="{y}" r="5"><title>{figure.value:.3f}</title></circle>'
    )


def _square(title: str, across: str, up: str, inside: str) -> str:
    frame = f'<rect class="frame" x="{EDGE}" y="{EDGE / 2:.0f}" width="{SIDE}" height="{SIDE}"/>'
    low, high = EDGE + SIDE + EDGE / 2, SIDE + EDGE
    labels = (
        f'<text x="{EDGE}" y="{low:.0f}">0</text><text x="{high}" y="{low:.0f}" text-anchor="end">1</text>'
        f'<text x="{EDGE + SIDE / 2:.0f}" y="{low:.0f}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="{EDGE - 6}" y="{EDGE / 2 + 10:.0f}" text-anchor="end">1</text>'
        f'<text x="{EDGE - 12}" y="{EDGE / 2 + SIDE / 2:.0f}" text-anchor="middle" '
        f'transform="rotate(-90 {EDGE - 12} {EDGE / 2 + SIDE / 2:.0f})">{escape(up)}</text>'
    )
    return _svg(SIDE + 2 * EDGE, SIDE + 2 * EDGE, title, frame + labels + inside)


def _svg(width: int, height: int, title: str, inside: str) -> str:
    return (
        f'<figure><svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(title)}">{inside}</svg><figcaption>{escape(title)}</figcaption></figure>'
    )


def _x(share: float) -> str:
    return f"{EDGE + share * SIDE:.1f}"


def _y(share: float) -> str:
    return f"{EDGE / 2 + (1 - share) * SIDE:.1f}"
