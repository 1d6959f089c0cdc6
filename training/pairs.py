"""Learning to read question and sentence together: what the teacher and the judge have in common.

The network is `ingest.judge_net`. The candidates of a question stand in one list softmax with “none of
them” (a constant); the verdict is learned on the sentences that settle. Token embeddings stay frozen.
With a teacher, most of the loss is how far its word and the student's are apart, on wordings nobody labelled
(Hinton, Vinyals & Dean 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer
from torch.utils.data import DataLoader

from ingest.judge_net import JudgeNet
from qa.judge import VERDICTS
from training.batches import Batches, Course, Lot, Pair, rules_of, size_of, tokenized
from training.data import Asked, Corpus
from training.device import DEVICE, half_precision
from training.encoding import nearest_wrong
from training.rewording import Rewording
from training.steps import Steps

IMITATED, TEMPERATURE = 0.7, 1.5  # the teacher's share of the loss, and how much its word is softened


class PairReader:
    """A network with its tokenizer: pairs of question and unit → logits, shape (pairs, 5)."""

    def __init__(self, net: JudgeNet, tokenizer: Any) -> None:
        self.net = net.to(DEVICE)
        self.tokenizer = tokenizer

    def __call__(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """Logits in the order of the pairs; the longer text is cut first."""
        return self.logits(tokenized(self.tokenizer, pairs, [rules_of(*pair) for pair in pairs]))

    def logits(self, lots: Sequence[Lot]) -> torch.Tensor:
        """Logits of all pairs of the lots, by their places."""
        inputs = ([torch.from_numpy(array).to(DEVICE) for array in lot.inputs] for lot in lots)
        with half_precision():
            said = torch.cat([self.net(*given).float() for given in inputs])
        return said[torch.tensor(np.argsort([place for lot in lots for place in lot.places]), device=DEVICE)]


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
    torch.manual_seed(course.seed)
    net = reader.net
    wrongs = [nearest_wrong(finder, corpus) for corpus in corpora]
    texts = (asked.searched for corpus in corpora for asked in corpus.questions)
    reword = Rewording(reader.tokenizer, net.encoder.embeddings.word_embeddings.weight, texts)
    total = course.epochs * sum(len(c.questions) // size_of(course, number) for number, c in enumerate(corpora))
    moving = _moving(net, course, total)
    readers = [reader, teacher] if teacher else [reader]
    out.parent.mkdir(parents=True, exist_ok=True)
    for epoch in range(course.epochs):
        batches = Batches(corpora, wrongs, reword, [one.tokenizer for one in readers], course, epoch)
        loader = DataLoader(batches, batch_size=None, num_workers=course.workers)
        steps = Steps(epoch, len(batches), *moving)
        for batch in loader:
            net.train()
            logits = reader.logits(batch.lots[0])
            loss = label_loss(logits, batch.asked, batch.rows)
            if teacher is not None:
                with torch.no_grad():
                    wanted = teacher.logits(batch.lots[1])
                loss = IMITATED * imitation_loss(logits, wanted, batch.rows) + (1 - IMITATED) * loss
            steps.take(loss)
        torch.save({name: value.cpu() for name, value in net.state_dict().items()}, out)
        steps.write({name: told_right(reader, corpus) for name, corpus in held_out.items()}, out.parent / "log.jsonl")


def _moving(net: JudgeNet, course: Course, total: int) -> tuple[list[torch.nn.Parameter], Any, Any]:
    """What a course moves of a network (all but its token embeddings), its optimizer, and its rates over all steps."""
    for name, parameter in net.encoder.embeddings.named_parameters():
        parameter.requires_grad_("token_type" in name)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": body, "lr": course.rate}, {"params": heads, "lr": course.rate * course.heads}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 60, course.end + (1 - course.end) * max(0.0, 1 - step / total))
    )
    return [*body, *heads], optimizer, schedule
