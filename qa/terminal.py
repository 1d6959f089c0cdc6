"""An answer as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from qa.answer import OPENINGS, Answer, Citation, numbered, remark
from qa.fitting import fitting, opening
from qa.safeguarding import Notice

_STYLES = {
    "yes": "bold green",
    "no": "bold red",
    "conditional": "bold yellow",
    "info": "bold cyan",
    "not_covered": "bold",
}


def show(answer: Answer, *, evidence: int = 0, explain: bool = False) -> None:
    """Prints an answer: the verdict, the quotes, where each stands; on request what else was found and why."""
    console = Console(highlight=False, soft_wrap=True)
    _show_each(console, answer, _show_one)
    if evidence and answer.evidence is not None:
        console.print(Text("\nBest clauses", style="bold"))
        for clause, score in answer.evidence.clauses()[:evidence]:
            console.print(Text(f"  {score:.2f}  {clause.text}"))
    if explain:
        _show_each(console, answer, _show_why)


def show_notice(notice: Notice) -> None:
    """Prints the words that a person wrote for when a question tells of harm, as they stand."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(notice.title, style="bold red"))
    for paragraph in (*notice.paragraphs, ""):
        console.print(Text(paragraph))


def _show_each(console: Console, answer: Answer, shown: Callable[[Console, Answer], None]) -> None:
    """Shows an answer; where several questions were asked each under its question, citations labelled through."""
    if not answer.parts:
        shown(console, answer)
    for number, (part, told) in enumerate(zip(answer.parts, numbered(answer.parts), strict=True), 1):
        console.print(Text(f"{number}. {part.question}", style="bold"))
        shown(console, replace(part, text=told.text.removeprefix(f"{number}. "), citations=told.citations))


def _show_one(console: Console, answer: Answer) -> None:
    if answer.understood:
        console.print(Text(f"I understood: {answer.understood}", style="dim"))
    fits = fitting(answer)
    says = opening(answer, fits) or "The handbook says:"
    console.print(Text(says, style=_STYLES[fits.shown if fits else answer.verdict]))
    for citation in answer.citations:
        if citation.lead:
            console.print(Text(f"under “{citation.under}”:"))
        console.print(Text(f"“{citation.quote}” [{citation.label}]"))
        for item in citation.items:
            console.print(Text(f"- “{item}”"))
        console.print(Text(f"   {place(citation)}", style="dim"))
    if said := remark(answer):
        console.print(Text(said))
    if answer.verdict == "not_covered":
        console.print(Text(answer.text.removeprefix(OPENINGS["not_covered"]).strip()))
        for citation in answer.closest:
            console.print(Text(f"   nearest, not an answer: “{citation.quote}” ({place(citation)})", style="dim"))


def place(citation: Citation) -> str:
    """Where a quote stands, in words: title, headings, number.

    >>> from qa.answer import Citation
    >>> place(Citation(1, "it", "IT", "it/1", "9", ("IT", "Phones"), "…", 0, 1))
    'IT › Phones, 9'
    """
    path = (
        citation.heading_path
        if citation.heading_path[:1] == (citation.title,)
        else (citation.title, *citation.heading_path)
    )
    page = f", page {citation.page}" if citation.page else ""
    return f"{' › '.join(path)}, {citation.number}{page}"


def _show_why(console: Console, answer: Answer) -> None:
    if answer.because:
        console.print(Text(f"\nbecause {answer.because}", style="dim"))
    if answer.evidence is None:
        return
    console.print(Text(f"\nconfidence {answer.confidence:.2f}, edition {answer.edition}; candidates:", style="dim"))
    for candidate in answer.evidence.candidates:
        scores = ", ".join(f"{name} {value:.2f}" for name, value in candidate.scores.items())
        console.print(Text(f"  {candidate.sentence.text}"))
        console.print(Text(f"     {scores} – {candidate.why}", style="dim"))
    for recalled in answer.evidence.recalled:
        console.print(
            Text(f"  taught: {recalled.taught.question} ({recalled.taught.verdict}, {recalled.score:.2f})", style="dim")
        )
