"""Editions and differences as a person reads them in a terminal; marks stand without colours, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ingest.clauses import Clause
from ingest.difference import Difference, Pair
from ingest.history import Entry
from ingest.remarks import place_of

_MARKS = {"same": ("", "", ""), "removed": ("[-", "-]", "red strike"), "added": ("{+", "+}", "green")}
_MOST_FILES = 6
_WIDE = 10_000


def show_editions(entries: Sequence[Entry]) -> None:
    """Prints a line for each edition: id, when, how many clauses, what is in it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("", "edition", "published", "clauses", "taught", "files"):
        table.add_column(name, justify="right" if name in ("clauses", "taught") else "left", no_wrap=name != "files")
    for entry in entries:
        table.add_row("*" if entry.current else "", entry.id, *_cells(entry))
    _console().print(table)


def _cells(entry: Entry) -> Iterator[str]:
    if entry.manifest is None:
        yield from ("", "", "", Text(entry.problem, style="red").plain)
        return
    counts = entry.manifest.counts
    yield entry.manifest.created[:16].replace("T", " ")
    yield from (str(counts["clauses"]), str(counts["taught"]))
    files = list(entry.manifest.documents)
    more = f" and {len(files) - _MOST_FILES} more" if len(files) > _MOST_FILES else ""
    yield ", ".join(files[:_MOST_FILES]) + more


def show_difference(found: Difference) -> None:
    """Prints what changed, clause by clause: `[-words that went-]` and `{+words that came+}`."""
    console = _console()
    console.print(Text(f"{found.before or 'nothing'} → {found.after}: {_summary(found)}", style="bold"))
    for kind, ids in found.documents.items():
        for document in ids:
            console.print(Text(f"page {kind}: {document}"))
    for pair in found.changed:
        console.print(Text(f"\n~ {place_of(pair.after)}", style="yellow"))
        for was, now in _around(pair):
            console.print(Text(f"  [-{was}-] {{+{now}+}}", style="dim"))
        console.print(Text("  ") + _marked(pair))
    _show_clauses(console, "+", "green", found.added)
    _show_clauses(console, "-", "red", found.removed)
    for pair in found.moved:
        console.print(Text(f"\n> {place_of(pair.before)} → {place_of(pair.after)}", style="cyan"))
        console.print(Text(f"  {pair.after.text}"))
    for kind, ids in found.taught.items():
        if ids:
            console.print(Text(f"\ntaught questions {kind}: {len(ids)}"))
    for what in found.other:
        console.print(Text(f"{what} changed"))


def _summary(found: Difference) -> str:
    counts = {
        "changed": len(found.changed),
        "added": len(found.added),
        "removed": len(found.removed),
        "moved": len(found.moved),
        "unchanged": found.unchanged,
    }
    return "clauses " + ", ".join(f"{count} {kind}" for kind, count in counts.items() if count or kind != "moved")


def _show_clauses(console: Console, mark: str, style: str, clauses: Sequence[Clause]) -> None:
    for clause in clauses:
        console.print(Text(f"\n{mark} {place_of(clause)}", style=style))
        console.print(Text(f"  {clause.text}"))


def _around(pair: Pair) -> Iterator[tuple[str, str]]:
    """The headings and the lead, where they changed."""
    before, after = pair.before, pair.after
    if before.heading_path != after.heading_path:
        yield " › ".join(before.heading_path), " › ".join(after.heading_path)
    if before.lead != after.lead:
        yield before.lead, after.lead


def _marked(pair: Pair) -> Text:
    out = Text()
    for run in pair.words:
        opening, closing, style = _MARKS[run.op]
        out.append(f"{opening}{run.text}{closing}", style=style)
    return out


def _console() -> Console:
    """A console that cuts nothing short: in a file or a pipe a table is as wide as its words."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = _WIDE
    return console
