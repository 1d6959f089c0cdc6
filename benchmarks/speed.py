"""What a question costs, beside other stacks, in one run: every way takes its turn at every question.

So whatever else the machine does meets all ways alike. The product takes its turns in a process of its own, as it is
run: torch, loaded for the others, slows whatever stands beside it. Questions are those of the gold, none of which is
taught word for word; no way may answer from memory, but for the row that says so.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.stacks import LangChainStack
from eval.gold import GoldQuestion
from ingest.editions import Edition, open_edition
from ingest.embedding import Encoder
from ingest.taught import collapsed
from qa.assistant import Assistant
from qa.cross_encoder import CrossEncoder
from qa.evidence import Finder, Weights
from qa.judge import Fusion, Judge

FIND, WHOLE, AGAIN = "finding the evidence", "the whole checked answer", "the same question again"
BARE, CHROMA = "bare SentenceTransformer.encode", "LangChain + Chroma, similarity_search"
Way = Callable[[int], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds on the clock, and of processor time of all threads, for each time a way was taken."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def wall_at(self, share: float) -> float:
        """The time within which this share of them was done."""
        return sorted(self.wall)[min(int(len(self.wall) * share), len(self.wall) - 1)]

    @property
    def cpu_median(self) -> float:
        """The median of the processor times."""
        return statistics.median(self.cpu)


class Parts:
    """An edition with its models opened once, from which assistants that remember nothing yet are made."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.weights = Weights(**edition.settings.get("finder", {}))
        self._encoder = Encoder(edition.parts["finder"])
        self._judge = Judge(CrossEncoder(edition.parts["judge"]), Fusion.from_settings(edition.settings))

    def assistant(self, keep: int = 0) -> Assistant:
        """An assistant; its judge reads `keep` candidates where that is given."""
        weights = replace(self.weights, keep=keep or self.weights.keep)
        return Assistant(self.edition, Finder(self.edition, self._encoder, weights), self._judge)


def questions_timed(home: Path, stack: LangChainStack, gold: Sequence[GoldQuestion], rounds: int) -> dict[str, Times]:
    """The times of each way: finding, the whole answer, the answer again, and the other stacks."""
    taken: dict[str, list[tuple[float, float]]] = {}
    with _own_process(home, gold) as product:
        ways: dict[str, Way] = {
            **{name: partial(product.time, name) for name in (FIND, WHOLE)},
            BARE: lambda number: _timed(partial(stack.encode, gold[number].question)),
            CHROMA: lambda number: _timed(partial(stack.find, gold[number].question)),
        }
        for number in range(rounds + 1):
            product.forget()
            some = range(len(gold) if number else 10)  # the first round only warms up
            found = _taking_turns(ways, some, random.Random(number))
            again = _taking_turns({AGAIN: ways[WHOLE]}, some, random.Random(number))
            if number:
                for name, times in (found | again).items():
                    taken.setdefault(name, []).extend(times)
    return {name: Times(*zip(*times, strict=True)) for name, times in taken.items()}


def _taking_turns(
    ways: Mapping[str, Way], questions: Sequence[int], chance: random.Random
) -> dict[str, list[tuple[float, float]]]:
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in questions:
        for name in chance.sample(list(ways), len(ways)):
            taken[name].append(ways[name](number))
    return taken


class _Product:
    """The product in a process of its own, asked by the number of a question."""

    def __init__(self, turns: Connection) -> None:
        self._turns = turns

    def forget(self) -> None:
        """Has new assistants made, which remember nothing yet."""
        self._turns.send(None)
        self._turns.recv()

    def time(self, way: str, number: int) -> tuple[float, float]:
        """The times of one way on one question."""
        self._turns.send((way, number))
        taken: tuple[float, float] = self._turns.recv()
        return taken


@contextmanager
def _own_process(home: Path, gold: Sequence[GoldQuestion]) -> Iterator[_Product]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_take_turns, args=(there, home, gold), daemon=True)
    process.start()
    there.close()  # so that its end is seen here
    try:
        yield _Product(here)
    finally:
        here.close()
        process.join()


def _take_turns(turns: Connection, home: Path, gold: Sequence[GoldQuestion]) -> None:
    """Answers until nobody asks any more."""
    parts = Parts(open_edition(home))
    ways: dict[str, Callable[[GoldQuestion], object]] = {}
    with suppress(EOFError):
        while True:
            turn = turns.recv()
            if turn is None:
                ways = {FIND: _finding(parts.assistant()), WHOLE: _answering(parts.assistant())}
                turns.send(None)
            else:
                way, number = turn
                turns.send(_timed(partial(ways[way], gold[number])))


def _finding(assistant: Assistant) -> Callable[[GoldQuestion], object]:
    return lambda gold: assistant.find(gold.question)


def _answering(assistant: Assistant) -> Callable[[GoldQuestion], object]:
    return lambda gold: assistant.ask(gold.question, gold.turns)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the answers to a set of questions are, and what one costs: shares of 1, milliseconds."""

    recall_at_5: float
    recall_at_10: float
    verdicts: float
    wall: float
    cpu: float


def quality(assistant: Assistant, gold: Sequence[GoldQuestion]) -> Quality:
    """Recall of the linked sentences among the best clauses, share of right verdicts, median times."""
    times, five, ten, right = [], [], [], []
    for question in gold:
        started, used = time.perf_counter(), time.process_time()
        answer = assistant.ask(question.question, question.turns)
        times.append(((time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000))
        if question.verdict is not None:
            right.append(answer.verdict == question.verdict)
        if question.required:
            assert answer.evidence is not None
            clauses = [collapsed(clause.text) for clause, _ in answer.evidence.clauses()[:10]]
            wanted = [collapsed(quote.text) for quote in question.required]
            five.append(_held(wanted, clauses[:5]))
            ten.append(_held(wanted, clauses))
    wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
    return Quality(statistics.mean(five), statistics.mean(ten), statistics.mean(right), wall, cpu)


def _held(wanted: Sequence[str], clauses: Sequence[str]) -> float:
    return statistics.mean(any(text in clause for clause in clauses) for text in wanted)
