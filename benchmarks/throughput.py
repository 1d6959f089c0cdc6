"""Answers a second that threads get from one assistant, in a process of its own: no other stack is loaded there.

python -m benchmarks.throughput HOME ROUNDS    each number of threads in turn, round after round; as JSON
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.cold import ROOT
from benchmarks.speed import Parts
from eval.files import GOLD
from eval.gold import GoldQuestion, read_gold
from ingest.editions import open_edition

THREADS = (1, 64)


def answers_a_second(home: Path, rounds: int) -> Mapping[str, Sequence[float]]:
    """Answers a second by the number of threads, one for each round."""
    command = [sys.executable, "-m", "benchmarks.throughput", str(home), str(rounds)]
    out = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, list[float]] = json.loads(out.stdout)
    return found


def _rate(parts: Parts, gold: Sequence[GoldQuestion], threads: int) -> float:
    """Answers a second that so many threads get from one assistant that remembers nothing yet."""
    assistant = parts.assistant()
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(lambda question: assistant.ask(question.question, question.turns), gold))
    return len(done) / (time.perf_counter() - started)


def _main(home: str, rounds: str) -> None:
    parts, gold = Parts(open_edition(Path(home))), tuple(read_gold([ROOT / GOLD]))
    _rate(parts, gold, 1)  # warms up
    found: dict[str, list[float]] = {}
    for threads in THREADS * int(rounds):
        found.setdefault(f"{threads} threads", []).append(_rate(parts, gold, threads))
    print(json.dumps(found))


if __name__ == "__main__":
    _main(*sys.argv[1:])
