"""What a step of training learns from: questions with a right sentence and near wrong ones, tokenized.

Some questions are asked the other way round (`training.asking`), some with other numbers
(`training.renumbering`), and some words of all give way to others (`training.rewording`).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from torch.utils.data import Dataset

from qa.frames import Frame, as_judged, read_question
from qa.modality import features
from qa.norms import Norm, read_norms
from training.asking import turned
from training.data import Asked, Corpus, Unit, shuffled
from training.device import DEVICE
from training.renumbering import renumbered
from training.rewording import Rewording

TOKENS = 128
LOT = 64 if DEVICE == "cpu" else 192  # pairs that a network reads at once
WRONG = 4  # wrong sentences beside the right one; one more where there is none
TURNED = 0.25  # share of the questions that are asked the other way round, where that can be done
RENUMBERED = 0.3  # share of the questions that get other numbers, where question and sentence both have some
Pair = tuple[Asked, Unit]

read_frame = cache(read_question)
read_unit = cache(read_norms)


def rules_of(asked: Asked, unit: Unit) -> list[float]:
    """What the rules of language read in a question and a sentence."""
    frame: Frame = read_frame(asked.question, asked.before)
    norms: tuple[Norm, ...] = read_unit(unit.text, unit.above)
    return list(features(frame, norms).values())


RULES = len(features(read_question("may i"), read_norms("You may.")))


@dataclass(frozen=True)
class Lot:
    """Pairs of like length, tokenized: `places` are theirs among all pairs, the rest what the network reads.

    In numpy, since what crosses from one process to another as a tensor keeps a file open.
    """

    places: list[int]
    inputs: tuple[np.ndarray, ...]


def tokenized(tokenizer: Any, pairs: Sequence[Pair], rules: Sequence[Sequence[float]]) -> list[Lot]:
    """The pairs in lots of like length, so that little is computed on padding."""
    order = np.argsort([len(asked.searched) + len(unit.brief) for asked, unit in pairs])
    read = np.array(rules, np.float32)
    return [
        Lot(ids.tolist(), _inputs(tokenizer, [pairs[i] for i in ids], read[ids]))
        for ids in np.array_split(order, max(1, len(pairs) // LOT))
    ]


def _inputs(tokenizer: Any, pairs: Sequence[Pair], rules: np.ndarray) -> tuple[np.ndarray, ...]:
    tokens = tokenizer(
        [as_judged(asked.searched) for asked, _ in pairs], [unit.brief for _, unit in pairs], padding=True,
        truncation="longest_first", max_length=TOKENS, return_tensors="np",
    )  # fmt: skip
    second = [[int(s == 1) for s in tokens.sequence_ids(row)] for row in range(len(pairs))]
    return tokens["input_ids"], tokens["attention_mask"], np.array(second), rules


def lists(wrong: dict[str, list[int]], batch: Sequence[Asked], rng: random.Random) -> list[list[int]]:
    """The candidates of each question: a required sentence first, if any, then near wrong ones."""
    out = []
    for asked in batch:
        chosen = [rng.choice(asked.required)] if asked.required else []
        hard = wrong[asked.id]
        out.append(chosen + rng.sample(hard, min(WRONG + (not chosen), len(hard))))
    return out


def some_turned(batch: Sequence[Asked], rng: random.Random) -> list[Asked]:
    """The batch with some of its questions asked the other way round."""
    out = []
    for asked in batch:
        other = turned(asked.question, asked.verdict, rng) if rng.random() < TURNED else None
        out.append(replace(asked, question=other[0], verdict=other[1]) if other else asked)
    return out


def some_renumbered(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """The pairs of one question, its required sentence first, at times with other numbers in both."""
    if not pairs or len(pairs[0][0].required) != 1 or rng.random() >= RENUMBERED:
        return pairs
    other = renumbered(*pairs[0], rng)
    return [other, *((other[0], unit) for _, unit in pairs[1:])] if other else pairs


def reworded(pairs: Sequence[Pair], reword: Rewording, share: float, rng: random.Random) -> list[Pair]:
    """The pairs with some words of question and sentence replaced, those of the sentence half as often."""
    return [
        (
            replace(asked, question=reword(asked.question, share, rng)),
            replace(unit, brief=reword(unit.brief, share / 2, rng)),
        )
        for asked, unit in pairs
    ]


@dataclass(frozen=True)
class Course:
    """How long and how fast: the rate falls from `rate` to `end` of it over `epochs`; `reword` is a share of words.

    A step takes `questions` of the pages, half as many of a benchmark; `workers` processes prepare them.
    """

    epochs: int
    rate: float
    end: float = 0.02
    heads: float = 6.0  # how much faster the heads learn
    reword: float = 0.06
    questions: int = 24
    workers: int = 0
    seed: int = 11


@dataclass(frozen=True)
class Batch:
    """What a step learns from: questions, the places of their candidates' lists, and the pairs as each reader reads."""

    asked: list[Asked]
    rows: list[list[int]]
    lots: list[list[Lot]]


class Batches(Dataset[Batch]):
    """The batches of one epoch, prepared one by one: turned, renumbered, reworded, read by the rules and tokenized."""

    def __init__(
        self,
        corpora: Sequence[Corpus],
        wrongs: Sequence[dict[str, list[int]]],
        reword: Rewording,
        tokenizers: Sequence[Any],
        course: Course,
        epoch: int,
    ) -> None:
        self._corpora, self._wrongs, self._reword, self._tokenizers = corpora, wrongs, reword, tokenizers
        self._course, self._seed = course, f"{course.seed} {epoch}"
        self._plan: list[tuple[int, list[Asked]]] = []
        for number, corpus in enumerate(corpora):
            questions, size = shuffled(corpus.questions, 50 * epoch + number + course.seed), size_of(course, number)
            self._plan += [(number, questions[at : at + size]) for at in range(0, len(questions) - size + 1, size)]
        random.Random(self._seed).shuffle(self._plan)

    def __len__(self) -> int:
        return len(self._plan)

    def __getitem__(self, step: int) -> Batch:
        number, asked = self._plan[step]
        rng = random.Random(f"{self._seed} {step}")  # the same whichever process prepares it
        pages = self._corpora[number].pages
        batch = some_turned(asked, rng)
        rows = lists(self._wrongs[number], asked, rng)
        lists_of = ([(a, pages[a.page][i]) for i in row] for a, row in zip(batch, rows, strict=True))
        pairs = [pair for some in lists_of for pair in some_renumbered(some, rng)]
        rules = [rules_of(*pair) for pair in pairs]
        pairs = reworded(pairs, self._reword, self._course.reword, rng)
        return Batch(batch, rows, [tokenized(tokenizer, pairs, rules) for tokenizer in self._tokenizers])


def size_of(course: Course, number: int) -> int:
    """How many questions of this corpus a step takes."""
    return course.questions if number == 0 else course.questions // 2


def add_course_options(parser: argparse.ArgumentParser) -> None:
    """The options that say how large the steps of a course are and how they are prepared."""
    parser.add_argument("--questions", type=int, default=24, help="questions that a step learns from")
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare the steps, none if not given")
    parser.add_argument("--seed", type=int, default=11)


def as_given(course: Course, options: argparse.Namespace) -> Course:
    """The course with the options of `add_course_options`."""
    return replace(course, questions=options.questions, workers=options.workers, seed=options.seed)
