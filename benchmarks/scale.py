"""What a handbook costs as it grows: building, building again, asking, memory and disk.

    python -m benchmarks.scale 1000 10000 100000      one line of the table for each number of clauses

The handbooks are made up, sentence by sentence, from the vocabulary of school policies: every clause is
different, and of ordinary length. Every figure is taken in a process of its own. “search” is the nearest
80 rows for a vector, exactly and through Chroma; “question” is everything from the words to the checked
answer, through whichever of the two the product chooses at that size.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.cold import ROOT

CLAUSES_A_PAGE = 40
ASKED = 200
_WHO = (
    "Supply teachers", "Teaching assistants", "Cover supervisors", "Candidates", "Consultants", "Nursery staff",
    "Online tutors", "Visitors", "Drivers", "First aiders", "Invigilators", "Caretakers", "Escorts", "Volunteers",
)  # fmt: skip
_RULE = (
    "must {do} {what} {when}", "may {do} {what} {when}", "must not {do} {what} {when}", "should {do} {what} {when}",
    "are expected to {do} {what} {when}", "may only {do} {what} {when}", "do not have to {do} {what} {when}",
)  # fmt: skip
_DO = (
    "sign for", "hand in", "photograph", "lock away", "share", "report", "print", "carry", "replace", "borrow",
    "label", "inspect", "record", "return", "order", "repair", "display", "discuss", "store", "check", "count", "move",
)  # fmt: skip
_WHAT = (
    "visitor badges", "laptops", "mobile phones", "classroom keys", "medicines", "timesheets", "incident forms",
    "pupils’ work", "minibus logs", "exam papers", "sports kit", "art supplies", "allergy lists", "lunch trays",
    "fire registers", "contact sheets", "library books", "passwords", "cameras", "science equipment", "ladders",
)  # fmt: skip
_WHEN = (
    "before {n} o’clock", "within {n} hours", "at least {n} days before a booking", "for more than {n} minutes",
    "unless the head teacher of site {n} agrees in writing", "if {n} or more pupils are in the room",
    "after {n} weeks in the same school", "on every visit to building {n}", "when the register of group {n} is taken",
)  # fmt: skip


def sentences(seed: int = 7) -> Iterator[str]:
    """Clauses without end, each different."""
    chance = random.Random(seed)
    seen: set[str] = set()
    while True:
        when = chance.choice(_WHEN).format(n=chance.randint(2, 400))
        rule = chance.choice(_RULE).format(do=chance.choice(_DO), what=chance.choice(_WHAT), when=when)
        sentence = f"{chance.choice(_WHO)} {rule}."
        if sentence not in seen:
            seen.add(sentence)
            yield sentence


def write_handbook(docs: Path, clauses: int) -> None:
    """Writes a handbook of that many clauses, `CLAUSES_A_PAGE` a page, two headings a page."""
    docs.mkdir(parents=True)
    source = sentences()
    for page, start in enumerate(range(0, clauses, CLAUSES_A_PAGE), 1):
        lines = [f"# Policy {page}"]
        for number in range(start, min(start + CLAUSES_A_PAGE, clauses)):
            if (number - start) % (CLAUSES_A_PAGE // 2) == 0:
                lines.append(f"## Part {(number - start) // (CLAUSES_A_PAGE // 2) + 1}")
            lines.append(f"- {next(source)}")
        (docs / f"policy-{page:05}.md").write_text("\n\n".join(lines) + "\n", "utf-8")


def change_one(docs: Path) -> None:
    """Changes one clause in the middle of the handbook."""
    pages = sorted(docs.glob("*.md"))
    page = pages[len(pages) // 2]
    lines = page.read_text("utf-8").split("\n")
    place = next(index for index, line in enumerate(lines) if line.startswith("- "))
    lines[place] = "- Ring the bell three times when the visitor from the county has left."
    page.write_text("\n".join(lines), "utf-8")


def _ingest(docs: Path, home: Path, embedding: str) -> dict[str, Any]:
    from ingest.publish import publish

    started = time.perf_counter()
    report = publish(docs, home, embedding=embedding)
    return {"seconds": time.perf_counter() - started, "embedded": report.built.embedded}


def _ask(home: Path) -> dict[str, Any]:
    from qa.assistant import open_assistant

    started = time.perf_counter()
    assistant = open_assistant(home)
    opened = time.perf_counter() - started
    chance = random.Random(1)
    clauses = chance.sample(assistant.edition.clauses, k=ASKED)  # each once: what is asked again is remembered
    assistant.ask("may I share passwords?")
    times = [_timed(lambda clause=clause: assistant.ask(f"what about this: {clause.text}")) for clause in clauses]
    return {"open": opened, "rows": len(assistant.edition.rows), **_quantiles(times)}


def _search(home: Path, way: str) -> dict[str, Any]:
    from ingest.editions import open_edition
    from ingest.vectors import ChromaNearest, ExactNearest
    from qa.evidence import POOL

    edition = open_edition(home)
    digests = [row.digest for row in edition.rows]
    nearest = ExactNearest(edition.vectors) if way == "exact" else ChromaNearest(edition.parts["chroma"], digests)
    rows = random.Random(2).choices(range(len(digests)), k=ASKED)
    nearest(edition.vectors[0], POOL)
    return _quantiles([_timed(lambda row=row: nearest(edition.vectors[row], POOL)) for row in rows])


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _quantiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": ordered[len(ordered) // 2], "p95": ordered[int(len(ordered) * 0.95)]}


def measured(part: str, docs: Path, home: Path, embedding: str) -> dict[str, Any]:
    """One measurement in a process of its own, with the most memory that it held (MiB)."""
    command = [sys.executable, "-m", "benchmarks.scale", "--part", part, "--embedding", embedding, str(docs), str(home)]
    out = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(out.stdout)
    return found


def _part(part: str, docs: Path, home: Path, embedding: str) -> None:
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "ingest": lambda: _ingest(docs, home, embedding),
        "ask": lambda: _ask(home),
        "exact": lambda: _search(home, "exact"),
        "chroma": lambda: _search(home, "chroma"),
    }
    found = parts[part]()
    print(json.dumps(found | {"mib": _most_memory()}))


def _most_memory() -> float:
    """The most memory that this process held, MiB. Linux's `ru_maxrss` counts what its parent held before."""
    status = Path("/proc/self/status")
    if status.exists():
        held = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


COLUMNS = (
    "clauses", "rows", "first build, s", "nothing changed, s", "one change, s", "open, s", "question p50 / p95, ms",
    "exact search p50 / p95, ms", "Chroma search p50 / p95, ms", "memory of an asker, MiB", "edition on disk, MiB",
)  # fmt: skip


def row(clauses: int, embedding: str, models: Path | None) -> list[str]:
    """One line of the table."""
    with tempfile.TemporaryDirectory(prefix="policy-qa-scale-") as folder:
        docs, home = Path(folder) / "docs", Path(folder) / "home"
        write_handbook(docs, clauses)
        if models:
            from ingest.disk import copy_folder

            copy_folder(models, home / "models")
        first = measured("ingest", docs, home, embedding)
        same = measured("ingest", docs, home, embedding)
        change_one(docs)
        changed = measured("ingest", docs, home, embedding)
        asked, exact, chroma = (measured(part, docs, home, embedding) for part in ("ask", "exact", "chroma"))
        newest = max((home / "editions").iterdir())
        disk = sum(p.stat().st_size for p in newest.rglob("*") if p.is_file() and p.stat().st_nlink == 1) / 2**20
    assert (same["embedded"], changed["embedded"]) == (0, 1)
    times = [f"{found['p50']:.1f} / {found['p95']:.1f}" for found in (asked, exact, chroma)]
    seconds = [f"{found['seconds']:.1f}" for found in (first, same, changed)]
    return [
        f"{clauses:,}", f"{asked['rows']:,}", *seconds, f"{asked['open']:.2f}", *times, f"{asked['mib']:.0f}",
        f"{disk:.0f}",
    ]  # fmt: skip


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", help="numbers of clauses")
    parser.add_argument("--embedding", default="policy-minilm")
    parser.add_argument("--models", type=Path, help="exported models to start from, so that no export is timed")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        docs, home = map(Path, args.sizes)
        return _part(args.part, docs, home, args.embedding)
    print("| " + " | ".join(COLUMNS) + " |\n|" + "--:|" * len(COLUMNS))
    for size in args.sizes:
        print("| " + " | ".join(row(int(size), args.embedding, args.models)) + " |", flush=True)
    return None


if __name__ == "__main__":
    _main()
