"""What building costs, each time in a process of its own, and a first question to what was built.

python -m benchmarks.building policy-qa DOCS HOME      builds an edition; models are exported before
python -m benchmarks.building langchain DOCS FOLDER    the same pages in LangChain's Chroma
python -m benchmarks.building first QUESTION FOLDER    LangChain from the start to what it finds
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.cold import ROOT
from benchmarks.stacks import LangChainStack, words_of


def seconds(way: str, docs: Path, place: Path, precision: str = "int8") -> float:
    """Seconds on the clock from the pages to what can be asked, the libraries and models loaded before."""
    command = [sys.executable, "-m", "benchmarks.building", way, str(docs), str(place), precision]
    out = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return float(json.loads(out.stdout.splitlines()[-1]))


def words_a_second(way: str, docs: Path, place: Path, precision: str = "int8") -> float:
    """Words of the pages for each second of building."""
    return words_of(docs) / seconds(way, docs, place, precision)


def _main(way: str, what: str, place: str, precision: str = "int8") -> None:
    if way == "first":
        LangChainStack(Path(place)).find(what)
        return
    from ingest.publish import publish  # here: LangChain's first question is not to pay for it

    stack = LangChainStack(Path(place)) if way == "langchain" else None
    started = time.perf_counter()
    if stack:
        stack.build(Path(what))
    else:
        publish(Path(what), Path(place), precision=precision)
    print(json.dumps(time.perf_counter() - started))


if __name__ == "__main__":
    _main(*sys.argv[1:])
