"""Measures and writes `docs/benchmarks.md`: `make bench`, or `make bench DATA=folder ONLY="question cold"`.

Each part writes its own sections of the page; those that are not measured again stay as they are. Without `--data`
only the seed page is asked; with it (a folder that holds `conditionalqa/`, `handbooks/18f/` and the other
benchmarks), also the 495 pages, which are built by every way as well, and the benchmarks of others are held.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks import report, scale
from benchmarks.building import again, words_a_second
from benchmarks.cold import ROOT, cost
from benchmarks.evaluation import evaluated, held
from benchmarks.kill import QUESTION
from benchmarks.speed import Parts, quality, questions_timed
from benchmarks.stacks import LangChainStack
from benchmarks.throughput import answers_a_second
from eval.bench import read_benchmark
from eval.files import GOLD
from eval.gold import GoldQuestion, read_gold
from ingest.disk import copy_folder
from ingest.editions import open_edition
from ingest.export import judge_folder, model_folder
from ingest.publish import publish
from ingest.settings import read_settings

SEED, OTHERS = "the seed page", "495 pages of ConditionalQA"
HANDBOOK = "the handbook of 18F"
CANDIDATES = (3, 4, 6, 8)
Pages = tuple[Path, tuple[GoldQuestion, ...]]


@dataclass
class Bench:
    """What the parts share: a folder aside, models exported once so that no export is timed, editions and stores."""

    aside: Path
    data: Path | None
    rounds: int
    sizes: Sequence[int]
    kills: int
    sessions: int
    _homes: dict[tuple[str, str], Path] = field(default_factory=dict)
    _stacks: dict[str, LangChainStack] = field(default_factory=dict)

    @cached_property
    def models(self) -> Path:
        """A folder with every exported model."""
        _say("the models")
        settings, home = read_settings(), self.aside / "exported"
        if (settings.home / "models").is_dir():
            copy_folder(settings.home / "models", home / "models")
        for precision in ("int8", "float32"):
            model_folder(settings.embedding, home, precision)
            judge_folder(home, precision)
        return home / "models"

    @cached_property
    def pages(self) -> Mapping[str, Pages]:
        """The folders of pages with their questions, by what they are called."""
        pages = {SEED: (ROOT / "policy_docs", tuple(read_gold([ROOT / GOLD])))}
        if self.data:
            benchmark, docs = read_benchmark(self.data, "conditionalqa"), self.aside / "pages"
            docs.mkdir()
            for name, text in benchmark.pages.items():
                (docs / name).write_text(text, "utf-8")
            pages[OTHERS] = docs, benchmark.questions
        return pages

    @cached_property
    def changed(self) -> Path:
        """The seed page with a clause more."""
        docs = self.aside / "changed"
        shutil.copytree(ROOT / "policy_docs", docs)
        page = docs / "it-and-social-media.md"
        page.write_text(page.read_text("utf-8") + "\n- Hand in your visitor badge at the front desk.\n", "utf-8")
        return docs

    def home(self, pages: str, precision: str = "int8") -> Path:
        """A home with those pages published."""
        if (pages, precision) not in self._homes:
            _say(f"{pages}, {precision}")
            home = self.fresh(f"home-{len(self._homes)}")
            publish(self.pages[pages][0], home, precision=precision)
            self._homes[pages, precision] = home
        return self._homes[pages, precision]

    def store(self, pages: str) -> LangChainStack:
        """Those pages in LangChain's Chroma."""
        if pages not in self._stacks:
            _say(f"{pages}, LangChain")
            self._stacks[pages] = LangChainStack(self.store_folder(pages)).build(self.pages[pages][0])
        return self._stacks[pages]

    def store_folder(self, pages: str) -> Path:
        """Where those pages are kept in LangChain's Chroma."""
        return self.aside / f"langchain-{list(self.pages).index(pages)}"

    def fresh(self, name: str) -> Path:
        """A new home that has the exported models."""
        copy_folder(self.models, self.aside / name / "models")
        return self.aside / name

    def parts(self, pages: str, precision: str = "int8") -> Parts:
        """The opened parts of the edition of those pages."""
        return Parts(open_edition(self.home(pages, precision)))


def question(bench: Bench) -> Iterator[report.Section]:
    """What a question costs once everything is open, beside other stacks."""
    for name, (_, gold) in bench.pages.items():
        yield report.asked(name, questions_timed(bench.home(name), bench.store(name), gold, bench.rounds))


def cold(bench: Bench) -> Iterator[report.Section]:
    """What the first answer costs, from the start of the process."""
    bench.store(SEED)
    ways = {
        "policy-ask, the checked answer": ["qa", QUESTION, "--home", str(bench.home(SEED))],
        "LangChain + Chroma, what it finds": ["benchmarks.building", "first", QUESTION, str(bench.store_folder(SEED))],
    }
    yield report.cold({n: [cost(command) for _ in range(2 * bench.rounds + 1)][1:] for n, command in ways.items()})


def threads(bench: Bench) -> Iterator[report.Section]:
    """Answers a second, for one and for many at once."""
    yield report.threads(answers_a_second(bench.home(SEED), bench.rounds))


def sessions(bench: Bench) -> Iterator[report.Section]:
    """People at once in the app as it is served."""
    given = ["--sessions", str(bench.sessions), "--rounds", "3", "--think", "10"]
    command = [sys.executable, "-m", "benchmarks.sessions", "--home", str(bench.home(SEED)), *given]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=1800)
    yield report.sessions(given, done.stdout.splitlines())


def building(bench: Bench) -> Iterator[report.Section]:
    """Words a second from the pages to what can be asked."""
    if not bench.data:
        return
    rates: dict[str, list[float]] = {}
    for number in range(2):
        for name in ("int8", "float32"):
            home = bench.fresh(f"built-{number}-{name}")
            rate = words_a_second("policy-qa", bench.pages[OTHERS][0], home, name)
            rates.setdefault(f"policy-ingest, {name}", []).append(rate)
        theirs = words_a_second("langchain", bench.pages[OTHERS][0], bench.aside / f"built-{number}-langchain")
        rates.setdefault("LangChain + Chroma", []).append(theirs)
    yield report.building(rates)


def unchanged(bench: Bench) -> Iterator[report.Section]:
    """The whole command policy-ingest, the first time and with nothing changed."""
    if bench.data:
        handbooks = {OTHERS: bench.pages[OTHERS][0], HANDBOOK: bench.data / "handbooks" / "18f"}
        homes = {name: bench.fresh(f"again-{number}") for number, name in enumerate(handbooks)}
        yield report.again({name: again(docs, homes[name]) for name, docs in handbooks.items()})


def precision(bench: Bench) -> Iterator[report.Section]:
    """Quality and time by precision, and by how many candidates the judge reads."""
    found = {}
    for name, (_, gold) in bench.pages.items():
        for form in ("float32", "int8"):
            parts = bench.parts(name, form)
            found[name, f"{form}, {parts.weights.keep} candidates"] = quality(parts.assistant(), gold)
        for keep in CANDIDATES:
            if keep != parts.weights.keep:
                found[name, f"int8, {keep} candidates"] = quality(parts.assistant(keep), gold)
    yield report.quality(found)


def sizes(bench: Bench) -> Iterator[report.Section]:
    """What a handbook costs as it grows."""
    rows = []
    for size in bench.sizes:
        _say(f"{size} clauses")
        rows.append(scale.row(size, read_settings().embedding, bench.models))
    if rows:
        yield report.sizes(scale.COLUMNS, rows)


def kills(bench: Bench) -> Iterator[report.Section]:
    """Builds killed at every step: a clause is added to the seed page."""
    if bench.kills:
        command = ["benchmarks.kill", str(bench.changed), str(bench.home(SEED)), "--kills", str(bench.kills)]
        yield report.kills(_last_said(command))


def damage(bench: Bench) -> Iterator[report.Section]:
    """Editions damaged at random, as many as builds are killed."""
    if bench.kills:
        home = bench.fresh("damaged")
        for docs in (bench.pages[SEED][0], bench.changed):
            publish(docs, home)
        yield report.damage(_last_said(["benchmarks.damage", str(home), "--trials", str(bench.kills)]))


def _last_said(command: Sequence[str]) -> str:
    """The last line that a module writes to its standard error, whatever it ends with."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    return done.stderr.splitlines()[-1]


def evaluation(bench: Bench) -> Iterator[report.Section]:
    """A gold run with its reports, from the start of the process."""
    found = [evaluated(bench.home(SEED), bench.aside / "reports") for _ in range(bench.rounds)]
    yield report.evaluation(len(bench.pages[SEED][1]), found)


def others(bench: Bench) -> Iterator[report.Section]:
    """Benchmarks of others, and LangChain's defaults with the same model beside them."""
    if bench.data:
        yield report.others(held(bench.data, bench.models, bench.aside / "others", _say))


PARTS: Mapping[str, Callable[[Bench], Iterator[report.Section]]] = {
    part.__name__: part
    for part in (
        question,
        cold,
        threads,
        sessions,
        building,
        unchanged,
        precision,
        sizes,
        kills,
        damage,
        evaluation,
        others,
    )
}


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


@contextmanager
def _aside() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="policy-qa-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", nargs="*", default=list(PARTS), choices=list(PARTS), metavar="PART", help="which parts"
    )
    parser.add_argument("--data", type=Path, help="folder of benchmarks by others, with conditionalqa/ in it")
    parser.add_argument("--scale", nargs="*", type=int, default=(), help="numbers of clauses of made-up handbooks")
    parser.add_argument("--kills", type=int, default=0, help="how many builds are killed, and editions damaged")
    parser.add_argument("--sessions", type=int, default=50, help="people at once in the app")
    parser.add_argument("--rounds", type=int, default=3, help="how often every question is asked")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    args = parser.parse_args()
    data = args.data.absolute() if args.data else None
    with _aside() as aside:
        bench = Bench(aside, data, args.rounds, args.scale, args.kills, args.sessions)
        for name in args.only:
            _say(f"[{name}]")
            for section in PARTS[name](bench):  # written at once: a later part that fails takes nothing with it
                args.out.write_text(report.with_section(args.out, section), "utf-8")
                print("\n".join(section.lines), flush=True)
    print(f"wrote {args.out}")


if __name__ == "__main__":
    _main()
