"""Measures everything and writes `docs/benchmarks.md`: `make bench`, or `make bench DATA=folder`.

Without `--data` only the seed page is asked; with it (a folder that holds `conditionalqa/` and `handbooks/18f/`),
also the 495 pages, which are built by every way as well, and both are built again unchanged.
`--scale 1000 10000` adds made-up handbooks of those sizes, `--kills 200` builds that are killed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import scale
from benchmarks.building import Again, again, words_a_second
from benchmarks.cold import ROOT, Cost, cost
from benchmarks.report import Figures, written
from benchmarks.speed import Parts, Quality, Times, alternating, quality, questions_timed, throughput
from benchmarks.stacks import LangChainStack
from eval.bench import read_benchmark
from eval.gold import GoldQuestion, read_gold
from ingest.disk import copy_folder
from ingest.editions import open_edition
from ingest.export import judge_folder, model_folder
from ingest.publish import publish
from ingest.settings import read_settings

QUESTION = "can I text a parent back?"
SEED, OTHERS = "the seed page", "495 pages of ConditionalQA"
HANDBOOK = "the handbook of 18F"
CANDIDATES = (3, 4, 6, 8)
AT_ONCE = 64


def measure(aside: Path, data: Path | None, sizes: Sequence[str], rounds: int, kills: int) -> Figures:
    """Everything that can be measured with the pages given."""
    models = _models(aside)
    pages = {SEED: (ROOT / "policy_docs", read_gold([ROOT / "eval" / "gold" / "dev.jsonl"]))}
    if data:
        pages[OTHERS] = _others(data, aside / "pages")
    asked: dict[str, dict[str, Times]] = {}
    found: dict[tuple[str, str], Quality] = {}
    threads: dict[str, list[float]] = {}
    for number, (name, (docs, gold)) in enumerate(pages.items()):
        _say(name)
        homes = {p: _published(docs, aside / f"{number}-{p}", models, p) for p in ("int8", "float32")}
        opened = {precision: Parts(open_edition(home)) for precision, home in homes.items()}
        stack = LangChainStack(aside / f"{number}-langchain").build(docs)
        asked[name] = questions_timed(opened["int8"], stack, gold, rounds)
        found |= {
            (name, f"{p}, {parts.weights.keep} candidates"): quality(parts.assistant(), gold)
            for p, parts in opened.items()
        }
        for keep in CANDIDATES:
            found[name, f"int8, {keep} candidates"] = quality(opened["int8"].assistant(keep), gold)
        if name == SEED:
            ways = {f"{n} threads": lambda n=n, p=opened["int8"], g=gold: throughput(p, g, n) for n in (1, AT_ONCE)}
            for way, rate in alternating(ways, rounds):
                threads.setdefault(way, []).append(rate)
    return Figures(
        asked, _cold(aside, rounds), found, threads,
        ingest=_ingest(pages[OTHERS][0], aside, models) if data else {},
        again=_again({OTHERS: pages[OTHERS][0], HANDBOOK: data / "handbooks" / "18f"}, aside, models) if data else {},
        scale=tuple(_scaled(sizes, models)), kills=_killed(kills, aside) if kills else "",
    )  # fmt: skip


def _models(aside: Path) -> Path:
    """Every model exported once, so that no export is timed."""
    _say("the models")
    settings, home = read_settings(), aside / "exported"
    if (settings.home / "models").is_dir():
        copy_folder(settings.home / "models", home / "models")
    for precision in ("int8", "float32"):
        model_folder(settings.embedding, home, precision)
        judge_folder(home, precision)
    return home / "models"


def _published(docs: Path, home: Path, models: Path, precision: str) -> Path:
    copy_folder(models, home / "models")
    publish(docs, home, precision=precision)
    return home


def _others(data: Path, docs: Path) -> tuple[Path, tuple[GoldQuestion, ...]]:
    benchmark = read_benchmark(data, "conditionalqa")
    docs.mkdir()
    for name, text in benchmark.pages.items():
        (docs / name).write_text(text, "utf-8")
    return docs, benchmark.questions


def _cold(aside: Path, rounds: int) -> dict[str, list[Cost]]:
    _say("cold starts")
    ways = {
        "policy-ask, the checked answer": ["qa", QUESTION, "--home", str(aside / "0-int8")],
        "LangChain + Chroma, what it finds": ["benchmarks.building", "first", QUESTION, str(aside / "0-langchain")],
    }
    return {name: [cost(command) for _ in range(2 * rounds + 1)][1:] for name, command in ways.items()}


def _ingest(docs: Path, aside: Path, models: Path) -> dict[str, list[float]]:
    _say("building")
    rates: dict[str, list[float]] = {}
    for number in range(2):
        places = {p: aside / f"built-{number}-{p}" for p in ("int8", "float32", "langchain")}
        for name in ("int8", "float32"):
            copy_folder(models, places[name] / "models")
            rates.setdefault(f"policy-ingest, {name}", []).append(words_a_second("policy-qa", docs, places[name], name))
        rates.setdefault("LangChain + Chroma", []).append(words_a_second("langchain", docs, places["langchain"]))
    return rates


def _again(handbooks: Mapping[str, Path], aside: Path, models: Path) -> dict[str, Again]:
    _say("building again")
    found = {}
    for number, (name, docs) in enumerate(handbooks.items()):
        home = aside / f"again-{number}"
        copy_folder(models, home / "models")
        found[name] = again(docs, home)
    return found


def _scaled(sizes: Sequence[str], models: Path) -> Iterator[str]:
    if sizes:
        yield "| " + " | ".join(scale.COLUMNS) + " |"
        yield "|" + "--:|" * len(scale.COLUMNS)
    for size in sizes:
        _say(f"{size} clauses")
        yield "| " + " | ".join(scale.row(int(size), read_settings().embedding, models)) + " |"


def _killed(kills: int, aside: Path) -> str:
    """What so many kills of a build left, in a sentence: a clause is added to the seed page."""
    _say(f"{kills} kills")
    docs = aside / "killed-docs"
    shutil.copytree(ROOT / "policy_docs", docs)
    page = docs / "it-and-social-media.md"
    page.write_text(page.read_text("utf-8") + "\n- Hand in your visitor badge at the front desk.\n", "utf-8")
    command = [sys.executable, "-m", "benchmarks.kill", str(docs), str(aside / "0-int8"), "--kills", str(kills)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stderr.splitlines()[-1]


def _say(what: str) -> None:
    print(f"{what} …", file=sys.stderr, flush=True)


@contextmanager
def _aside() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="policy-qa-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of benchmarks by others, with conditionalqa/ in it")
    parser.add_argument("--scale", nargs="*", default=(), help="numbers of clauses")
    parser.add_argument("--kills", type=int, default=0, help="how many builds are killed at every step of the way")
    parser.add_argument("--rounds", type=int, default=3, help="how often every question is asked")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    args = parser.parse_args()
    with _aside() as aside:
        figures = measure(aside, args.data, args.scale, args.rounds, args.kills)
    scaled = f' SCALE="{" ".join(args.scale)}"' if args.scale else ""
    killed = f" KILLS={args.kills}" if args.kills else ""
    command = f"make bench{' DATA=…' if args.data else ''}{scaled}{killed}"
    args.out.write_text(written(figures, command), "utf-8")
    for pages, ways in figures.asked.items():
        for name, times in ways.items():
            print(f"{pages}: {name}: {statistics.median(times.wall):.2f} ms")
    print(f"wrote {args.out}")


if __name__ == "__main__":
    _main()
