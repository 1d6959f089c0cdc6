"""What building costs, each time in a process of its own, and a first question to what was built.

python -m benchmarks.building policy-qa DOCS HOME      builds an edition; models are exported before
python -m benchmarks.building langchain DOCS FOLDER    the same pages in LangChain's Chroma
python -m benchmarks.building first QUESTION FOLDER    LangChain from the start to what it finds
python -m benchmarks.building again DOCS HOME          the whole command policy-ingest, and again with nothing changed
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.cold import ROOT, Cost, cost
from benchmarks.stacks import LangChainStack, words_of
from ingest.editions import open_edition


def seconds(way: str, docs: Path, place: Path, precision: str = "int8") -> float:
    """Seconds on the clock from the pages to what can be asked, the libraries and models loaded before."""
    command = [sys.executable, "-m", "benchmarks.building", way, str(docs), str(place), precision]
    out = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return float(json.loads(out.stdout.splitlines()[-1]))


def words_a_second(way: str, docs: Path, place: Path, precision: str = "int8") -> float:
    """Words of the pages for each second of building."""
    return words_of(docs) / seconds(way, docs, place, precision)


@dataclass(frozen=True, slots=True)
class Again:
    """What the whole command `policy-ingest` costs the first time, and when nothing has changed since."""

    clauses: int
    first: Cost
    unchanged: Cost


def again(docs: Path, home: Path) -> Again:
    """Builds a handbook twice, each time from the start of the process to its end; models are exported before."""
    command = ["ingest", str(docs), "--home", str(home)]
    first, unchanged = (cost(command, ends=(0, 1)) for _ in range(2))  # 1: a file without text was left out
    return Again(len(open_edition(home).clauses), first, unchanged)


def _main(way: str, what: str, place: str, precision: str = "int8") -> None:
    if way == "first":
        LangChainStack(Path(place)).find(what)
        return
    if way == "again":
        print(json.dumps(asdict(again(Path(what), Path(place)))))
        return
    # Here: LangChain's first question is not to pay for them. Making its stack loads its libraries, and Chroma.
    import bm25s  # noqa: F401
    import chromadb  # noqa: F401

    from ingest.embedding import Encoder
    from ingest.export import DEFAULT, model_folder
    from ingest.publish import publish

    stack = LangChainStack(Path(place)) if way == "langchain" else None
    opened = None if stack else Encoder(model_folder(DEFAULT, Path(place), precision))  # publishing takes the same
    started = time.perf_counter()
    if stack:
        stack.build(Path(what))
    else:
        publish(Path(what), Path(place), precision=precision)
    print(json.dumps(time.perf_counter() - started))
    del opened


if __name__ == "__main__":
    _main(*sys.argv[1:])
