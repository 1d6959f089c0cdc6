"""Fine-tunes the embedding model so that a hurried question lands on the sentence that settles it.

Each step sees answerable questions (in-batch softmax over sentences, with hard negatives of the same
page) and unanswerable ones (their nearest sentences are pushed below the line that the answerable ones
are pushed above): van den Oord et al. 2018 (InfoNCE) plus a calibration term, or, with `--teacher`, how far
its list of candidates is from the teacher's. The token embeddings stay frozen, so what is learned is small and
can be kept as a low-rank change of the packaged weights.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer

from training.batches import Pair
from training.data import Asked, Corpus, add_corpus_options, read_corpora, shuffled
from training.device import DEVICE
from training.encoding import embed, nearest_wrong, scored
from training.pairs import TEMPERATURE, PairReader, lists_apart
from training.steps import Steps
from training.teacher import read_teacher

SCALE = 20.0
LINE = 0.45  # cosine that parts answered from not
HARD_NEGATIVES, TAUGHT_NEGATIVES = 2, 5  # wrong sentences of the same page, without and with a teacher


def loss_of(
    model: SentenceTransformer,
    corpus: Corpus,
    batch: Sequence[Asked],
    wrong: dict[str, list[int]],
    rng: random.Random,
    teacher: PairReader | None = None,
) -> torch.Tensor:
    """InfoNCE over the sentences of the batch, plus half the calibration term or the distance from the teacher."""
    places: dict[tuple[str, int], int] = {}
    rows: list[list[int]] = []
    pairs: list[Pair] = []
    for asked in batch:
        chosen = [rng.choice(asked.required)] if asked.required else []
        pool = wrong[asked.id]
        chosen += rng.sample(pool, min(TAUGHT_NEGATIVES if teacher else HARD_NEGATIVES, len(pool)))
        rows.append([places.setdefault((asked.page, i), len(places)) for i in chosen])
        pairs += [(asked, corpus.pages[asked.page][i]) for i in chosen]
    texts = [corpus.pages[page][i].passage for page, i in places]
    sentence = embed(model, texts)
    question = embed(model, [asked.searched for asked in batch])
    cosines = question @ sentence.T
    answerable = [i for i, asked in enumerate(batch) if asked.required]
    logits = (cosines * SCALE).masked_fill(_also_right(cosines, batch, places, rows), -1e4)
    target = torch.tensor([rows[i][0] for i in answerable], device=DEVICE)
    contrast = F.cross_entropy(logits[answerable], target)
    if teacher is not None:
        with torch.no_grad():
            wanted = teacher(pairs)
        said = torch.cat([(cosines[i, row] - LINE) * SCALE for i, row in enumerate(rows)])
        return contrast + lists_apart(said, wanted[:, 0] / TEMPERATURE, rows)
    margin = torch.cat(
        [
            LINE + 0.05 - cosines[answerable, target],
            *(cosines[i, rows[i]] - (LINE - 0.05) for i in range(len(batch)) if not batch[i].required),
        ]
    )
    return contrast + 0.5 * F.softplus(margin * SCALE / 2).mean()


def _also_right(
    cosines: torch.Tensor, batch: Sequence[Asked], places: dict[tuple[str, int], int], rows: list[list[int]]
) -> torch.Tensor:
    """Which sentences, shape (questions, sentences), settle a question of the batch beside the one it is to find."""
    found = torch.zeros_like(cosines, dtype=torch.bool)
    for i, asked in enumerate(batch):
        for place in asked.required + asked.supporting:
            at = places.get((asked.page, place))
            if at is not None and at != rows[i][0]:
                found[i, at] = True
    return found


def measure(model: SentenceTransformer, corpus: Corpus) -> dict[str, float]:
    """Right sentence first, among the best five, and the area under the curve for answerable."""
    first, five, best, answered = [], [], [], []
    for asked, cosines in scored(model, corpus):
        order = np.argsort(-cosines)
        best.append(cosines[order[0]])
        answered.append(bool(asked.required))
        if asked.required:
            good = set(asked.required + asked.supporting)
            first.append(order[0] in good)
            five.append(bool(good & set(order[:5].tolist())))
    positive, negative = np.array(best)[answered], np.array(best)[~np.array(answered)]
    auc = (positive[:, None] > negative[None]).mean() if len(negative) else float("nan")
    return {"first": float(np.mean(first)), "five": float(np.mean(five)), "auc": float(auc), "questions": len(best)}


def batches(corpus: Corpus, seed: int, answerable: int = 24, unanswerable: int = 6) -> list[list[Asked]]:
    """One epoch of batches: each answerable question once, unanswerable ones as often as it takes."""
    yes = shuffled((a for a in corpus.questions if a.required), seed)
    no = shuffled((a for a in corpus.questions if not a.required), seed + 1)
    steps = len(yes) // answerable
    return [
        yes[k * answerable : (k + 1) * answerable] + [no[(k * unanswerable + j) % len(no)] for j in range(unanswerable)]
        for k in range(steps)
    ]


def train(
    corpora: Sequence[Corpus],
    held_out: dict[str, Corpus],
    out: Path,
    base: str,
    epochs: int,
    teacher: PairReader | None = None,
    rate: float = 3e-5,
) -> None:
    """Trains on the corpora, measuring the held-out ones after each epoch, and saves the model to `out`."""
    torch.manual_seed(7)
    rng = random.Random(7)
    model = SentenceTransformer(base, device=DEVICE)
    model[0].auto_model.embeddings.requires_grad_(False)
    weights = [p for p in model.parameters() if p.requires_grad]
    steps_an_epoch = sum(len(c.questions) for c in corpora) // 24
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=epochs * (steps_an_epoch + 20) + 20, pct_start=0.1
    )
    out.mkdir(parents=True, exist_ok=True)
    for epoch in range(epochs):
        plan = _planned(model, corpora, epoch, rng)
        steps = Steps(epoch, len(plan), weights, optimizer, schedule)
        for corpus, wrong, batch in plan:
            model.train()
            steps.take(loss_of(model, corpus, batch, wrong, rng, teacher))
        steps.write({name: measure(model, corpus) for name, corpus in held_out.items()}, out / "log.jsonl")
        model.save(str(out / "model"))


def _planned(
    model: SentenceTransformer, corpora: Sequence[Corpus], epoch: int, rng: random.Random
) -> list[tuple[Corpus, dict[str, list[int]], list[Asked]]]:
    """The batches of an epoch in a random order, each with its corpus and the sentences that are near and wrong now."""
    plan = []
    for number, corpus in enumerate(corpora):
        wrong = nearest_wrong(model, corpus)
        sizes = (24, 6) if number == 0 else (10, 2)
        plan += [(corpus, wrong, batch) for batch in batches(corpus, 100 * epoch + number, *sizes)]
    rng.shuffle(plan)
    return plan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_corpus_options(parser)
    parser.add_argument("--base", required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--teacher", type=Path, help="folder of a trained teacher to imitate")
    parser.add_argument("--out", type=Path, default=Path("training/runs/finder"))
    options = parser.parse_args()
    corpora, held_out = read_corpora(options)
    teacher = read_teacher(options.teacher) if options.teacher else None
    train(corpora, held_out, options.out, options.base, options.epochs, teacher)


if __name__ == "__main__":
    main()
