"""Learning to read question and sentence together: what the teacher and the judge have in common.

The network is `ingest.judge_net`. The candidates of a question stand in one list softmax with “none of
them” (a constant); the verdict is learned on the sentences that settle. Token embeddings stay frozen.
Some questions are asked the other way round (`training.asking`), some with other numbers (`training.renumbering`).
With teachers, most of the loss is how far the mean of their words and the student's are apart, on wordings nobody
labelled (Hinton, Vinyals & Dean 2015).
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer

from ingest.judge_net import JudgeNet
from qa.frames import Frame, read_question
from qa.modality import features
from qa.norms import Norm, read_norms
from qa.spelling import upright
from training.asking import turned
from training.data import Asked, Corpus, Unit, shuffled
from training.device import DEVICE, half_precision
from training.encoding import nearest_wrong
from training.renumbering import renumbered
from training.rewording import Rewording

VERDICTS = ("yes", "no", "conditional", "info")
TOKENS = 128
WRONG = 4  # wrong sentences beside the right one; one more where there is none
TURNED = 0.25  # share of the questions that are asked the other way round, where that can be done
RENUMBERED = 0.3  # share of the questions that get other numbers, where question and sentence both have some
IMITATED, TEMPERATURE = 0.7, 1.5  # the teacher's share of the loss, and how much its word is softened
Pair = tuple[Asked, Unit]

read_frame = cache(read_question)
read_unit = cache(read_norms)


def rules_of(asked: Asked, unit: Unit) -> list[float]:
    """What the rules of language read in a question and a sentence."""
    frame: Frame = read_frame(asked.question, asked.before)
    norms: tuple[Norm, ...] = read_unit(unit.text, unit.above)
    return list(features(frame, norms).values())


RULES = len(features(read_question("may i"), read_norms("You may.")))


class PairReader:
    """A network with its tokenizer: pairs of question and unit → logits, shape (pairs, 5)."""

    def __init__(self, net: JudgeNet, tokenizer: Any) -> None:
        self.net = net.to(DEVICE)
        self.tokenizer = tokenizer

    def __call__(self, pairs: Sequence[Pair], rules: Sequence[Sequence[float]] | None = None) -> torch.Tensor:
        """Logits in the order of the pairs; the longer text is cut first. `rules` where a wording was changed."""
        read = np.array(rules if rules is not None else [rules_of(*pair) for pair in pairs], np.float32)
        order = np.argsort([len(asked.searched) + len(unit.brief) for asked, unit in pairs])
        lots = np.array_split(order, max(1, len(pairs) // 64))
        logits = torch.cat([self._read([pairs[i] for i in ids], read[ids]) for ids in lots])
        return logits[torch.tensor(np.argsort(order), device=DEVICE)]

    def _read(self, pairs: Sequence[Pair], rules: np.ndarray) -> torch.Tensor:
        tokens = self.tokenizer(
            [upright(asked.searched) for asked, _ in pairs], [unit.brief for _, unit in pairs], padding=True,
            truncation="longest_first", max_length=TOKENS, return_tensors="pt",
        )  # fmt: skip
        second = [[int(s == 1) for s in tokens.sequence_ids(row)] for row in range(len(pairs))]
        with half_precision():
            return self.net(
                tokens["input_ids"].to(DEVICE), tokens["attention_mask"].to(DEVICE),
                torch.tensor(second, device=DEVICE), torch.from_numpy(rules).to(DEVICE),
            ).float()  # fmt: skip


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


def label_loss(logits: torch.Tensor, batch: Sequence[Asked], rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """List softmax with “none”, plus the verdict of the sentences that settle."""
    losses, starts, at = [], [], 0
    for asked, row in zip(batch, rows, strict=True):
        target = torch.tensor([0 if asked.required else len(row)], device=DEVICE)
        if len(row) > 1:
            losses.append(F.cross_entropy(_with_none(logits[:, 0], at, len(row)), target))
        starts.append(at)
        at += len(row)
    told = torch.zeros((), device=DEVICE)
    settled = [(start, VERDICTS.index(a.verdict)) for start, a in zip(starts, batch, strict=True) if a.required]
    if settled:
        places, verdicts = torch.tensor(settled, device=DEVICE).T
        told = F.cross_entropy(logits[places, 1:], verdicts, label_smoothing=0.03)
    return (torch.stack(losses).mean() if losses else torch.zeros((), device=DEVICE)) + told


def imitation_loss(logits: torch.Tensor, wanted: torch.Tensor, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """How far the student's lists and verdicts are from the teacher's; a verdict counts as its sentence settles."""
    settling = lists_apart(logits[:, 0] / TEMPERATURE, wanted[:, 0] / TEMPERATURE, rows)
    said, meant = logits[:, 1:] / TEMPERATURE, wanted[:, 1:] / TEMPERATURE
    verdicts = F.kl_div(said.log_softmax(1), meant.softmax(1), reduction="none").sum(1)
    weight = torch.sigmoid(wanted[:, 0]) + 0.02
    return (settling + (verdicts * weight).sum() / weight.sum()) * TEMPERATURE**2


def lists_apart(said: torch.Tensor, meant: torch.Tensor, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Mean divergence (Kullback & Leibler 1951) of lists of scores with “none of them” from those meant."""
    apart, at = [], 0
    for row in rows:
        if row:
            one, other = (_with_none(some, at, len(row)) for some in (said, meant))
            apart.append(F.kl_div(one.log_softmax(1), other.softmax(1), reduction="batchmean"))
        at += len(row)
    return torch.stack(apart).mean()


def _with_none(scores: torch.Tensor, at: int, count: int) -> torch.Tensor:
    return torch.cat([scores[at : at + count], torch.zeros(1, device=DEVICE)]).unsqueeze(0)


def told_right(reader: PairReader, corpus: Corpus) -> dict[str, float]:
    """Share of right verdicts given a sentence that settles, and flips between yes and no."""
    reader.net.eval()
    asked = [a for a in corpus.questions if a.required]
    pairs = [(a, corpus.pages[a.page][a.required[0]]) for a in asked]
    with torch.no_grad():
        said = [VERDICTS[i] for i in reader(pairs)[:, 1:].argmax(1).tolist()]
    right = [verdict == a.verdict for verdict, a in zip(said, asked, strict=True)]
    flips = sum({verdict, a.verdict} == {"yes", "no"} for verdict, a in zip(said, asked, strict=True))
    return {"told": float(np.mean(right)), "told_flips": flips, "of": len(pairs)}


@dataclass(frozen=True)
class Course:
    """How long and how fast: the rate falls from `rate` to `end` of it over `epochs`; `reword` is a share of words."""

    epochs: int
    rate: float
    end: float = 0.02
    heads: float = 6.0  # how much faster the heads learn
    reword: float = 0.06


def train(
    reader: PairReader,
    corpora: Sequence[Corpus],
    held_out: dict[str, Corpus],
    finder: SentenceTransformer,
    out: Path,
    course: Course,
    teacher: PairReader | None = None,
) -> None:
    """Trains, measures the held-out pages after each epoch, saves weights (`out`) and figures (`log.jsonl` beside).

    The finder says which wrong sentences are near.
    """
    torch.manual_seed(11)
    rng = random.Random(11)
    net = reader.net
    wrongs = [nearest_wrong(finder, corpus) for corpus in corpora]
    texts = (asked.searched for corpus in corpora for asked in corpus.questions)
    reword = Rewording(reader.tokenizer, net.encoder.embeddings.word_embeddings.weight, texts)
    for name, parameter in net.encoder.embeddings.named_parameters():
        parameter.requires_grad_("token_type" in name)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    sizes = [24 if number == 0 else 12 for number in range(len(corpora))]
    total = course.epochs * sum(len(c.questions) // size for c, size in zip(corpora, sizes, strict=True))
    groups = [{"params": body, "lr": course.rate}, {"params": heads, "lr": course.rate * course.heads}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 60, course.end + (1 - course.end) * max(0.0, 1 - step / total))
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    for epoch in range(course.epochs):
        started, losses = time.time(), []
        plan = []
        for number, corpus in enumerate(corpora):
            questions = shuffled(corpus.questions, 50 * epoch + number)
            size = sizes[number]
            plan += [(number, questions[k * size : (k + 1) * size]) for k in range(len(questions) // size)]
        rng.shuffle(plan)
        for step, (number, asked) in enumerate(plan):
            net.train()
            batch, rows = some_turned(asked, rng), lists(wrongs[number], asked, rng)
            pages = corpora[number].pages
            lists_of = ([(a, pages[a.page][i]) for i in row] for a, row in zip(batch, rows, strict=True))
            pairs = [pair for some in lists_of for pair in some_renumbered(some, rng)]
            rules = [rules_of(*pair) for pair in pairs]
            pairs = reworded(pairs, reword, course.reword, rng)
            logits = reader(pairs, rules)
            loss = label_loss(logits, batch, rows)
            if teacher is not None:
                with torch.no_grad():
                    wanted = teacher(pairs, rules)
                loss = IMITATED * imitation_loss(logits, wanted, rows) + (1 - IMITATED) * loss
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if step % 20 == 0:
                mean, seconds = np.mean(losses[-20:]), time.time() - started
                print(f"epoch {epoch} step {step}/{len(plan)} loss {mean:.3f} {seconds:.0f}s", flush=True)
        torch.save({name: value.cpu() for name, value in net.state_dict().items()}, out)
        figures = {name: told_right(reader, corpus) for name, corpus in held_out.items()}
        row = {"epoch": epoch, "loss": float(np.mean(losses)), "seconds": time.time() - started} | figures
        with (out.parent / "log.jsonl").open("a") as log:
            log.write(json.dumps(row) + "\n")
        print(figures, flush=True)
