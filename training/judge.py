"""Trains the judge: a cross-encoder that starts from the fine-tuned finder and keeps its similarity.

The network is `ingest.judge_net`. The candidates of a question stand in one list softmax with “none of
them” (a constant); the verdict is learned on the sentences that settle. Token embeddings stay frozen.
Some questions are asked the other way round (`training.asking`).
"""

from __future__ import annotations

import argparse
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
from qa.modality import Frame, Norm, features, read_norms, read_question
from training.asking import turned
from training.data import Asked, Corpus, Unit, add_corpus_options, read_corpora, shuffled
from training.finder import half_precision, nearest_wrong, vectors

VERDICTS = ("yes", "no", "conditional", "info")
TOKENS = 128
WRONG, WRONG_IF_SILENT = (0, 1, 1, 1), (1, 2)  # how many wrong sentences beside the right one, and where there is none
TURNED = 0.2  # share of the questions that are asked the other way round, where that can be done
Pair = tuple[Asked, Unit]

read_frame = cache(read_question)
read_unit = cache(read_norms)


def rules_of(asked: Asked, unit: Unit) -> list[float]:
    """What the rules of language read in a question and a sentence."""
    frame: Frame = read_frame(asked.question, asked.before)
    norms: tuple[Norm, ...] = read_unit(unit.text, unit.above)
    return list(features(frame, norms).values())


def run(net: Any, tokenizer: Any, pairs: Sequence[Pair]) -> torch.Tensor:
    """Logits of pairs of question and unit; the longer text is cut first."""
    tokens = tokenizer(
        [asked.searched for asked, _ in pairs], [unit.brief for _, unit in pairs], padding=True,
        truncation="longest_first", max_length=TOKENS, return_tensors="pt", return_token_type_ids=True,
    )  # fmt: skip
    rules = torch.tensor([rules_of(asked, unit) for asked, unit in pairs])
    with half_precision():
        return net(**tokens, rules=rules).float()


def lists(wrong: dict[str, list[int]], batch: Sequence[Asked], rng: random.Random) -> list[list[int]]:
    """The candidates of each question: a required sentence first, if any, then near wrong ones."""
    out = []
    for asked in batch:
        hard = wrong[asked.id][:6]
        chosen = [rng.choice(asked.required)] if asked.required else []
        out.append(chosen + rng.sample(hard, min(rng.choice(WRONG if chosen else WRONG_IF_SILENT), len(hard))))
    return out


def some_turned(batch: Sequence[Asked], rng: random.Random) -> list[Asked]:
    """The batch with some of its questions asked the other way round."""
    out = []
    for asked in batch:
        other = turned(asked.question, asked.verdict, rng) if rng.random() < TURNED else None
        out.append(replace(asked, question=other[0], verdict=other[1]) if other else asked)
    return out


def loss_of(
    net: Any, tokenizer: Any, corpus: Corpus, batch: Sequence[Asked], rows: Sequence[Sequence[int]]
) -> torch.Tensor:
    """List softmax with “none”, plus the verdict of the sentences that settle."""
    pairs = [(asked, corpus.pages[asked.page][i]) for asked, row in zip(batch, rows, strict=True) for i in row]
    order = np.argsort([len(asked.searched) + len(unit.brief) for asked, unit in pairs])
    parts = [run(net, tokenizer, [pairs[i] for i in ids]) for ids in np.array_split(order, 3) if len(ids)]
    logits = torch.cat(parts)[torch.tensor(np.argsort(order))]
    losses, verdict_logits, verdicts, at = [], [], [], 0
    for asked, row in zip(batch, rows, strict=True):
        scores = torch.cat([logits[at : at + len(row), 0], torch.zeros(1)])
        target = 0 if asked.required else len(row)
        if len(row) > 1:
            losses.append(F.cross_entropy(scores.unsqueeze(0), torch.tensor([target])))
        if asked.required:
            verdict_logits.append(logits[at, 1:])
            verdicts.append(VERDICTS.index(asked.verdict))
        at += len(row)
    told = torch.zeros(())
    if verdicts:
        told = F.cross_entropy(torch.stack(verdict_logits), torch.tensor(verdicts), label_smoothing=0.03)
    return (torch.stack(losses).mean() if losses else torch.zeros(())) + told


def told_right(net: Any, tokenizer: Any, corpus: Corpus) -> dict[str, float]:
    """Share of right verdicts given a sentence that settles, and flips between yes and no."""
    net.eval()
    pairs = [(asked, corpus.pages[asked.page][asked.required[0]]) for asked in corpus.questions if asked.required]
    pairs.sort(key=lambda pair: len(pair[0].searched) + len(pair[1].brief))
    said: list[str] = []
    with torch.no_grad():
        for at in range(0, len(pairs), 48):
            said += [VERDICTS[i] for i in run(net, tokenizer, pairs[at : at + 48])[:, 1:].argmax(1).tolist()]
    right = [verdict == asked.verdict for verdict, (asked, _) in zip(said, pairs, strict=True)]
    flips = sum({verdict, asked.verdict} == {"yes", "no"} for verdict, (asked, _) in zip(said, pairs, strict=True))
    return {"told": float(np.mean(right)), "told_flips": flips, "of": len(pairs)}


def measure(net: Any, tokenizer: Any, corpus: Corpus, finder: SentenceTransformer, depth: int = 5) -> dict[str, float]:
    """Shares of right first sentences, right verdicts and answered ones among the finder's best `depth`; flips."""
    net.eval()
    page_vectors = {name: vectors(finder, [u.passage for u in units]) for name, units in corpus.pages.items()}
    asked_vectors = vectors(finder, [a.searched for a in corpus.questions])
    first, right, told, flips = [], [], [], 0
    for asked, vector in zip(corpus.questions, asked_vectors, strict=True):
        best = np.argsort(-(page_vectors[asked.page] @ vector))[:depth].tolist()
        with torch.no_grad():
            logits = run(net, tokenizer, [(asked, corpus.pages[asked.page][i]) for i in best]).numpy()
        top = int(np.argmax(logits[:, 0]))
        verdict = VERDICTS[int(np.argmax(logits[top, 1:]))] if logits[top, 0] > 0 else "not_covered"
        right.append(verdict == asked.verdict)
        flips += {verdict, asked.verdict} == {"yes", "no"}
        if asked.required:
            first.append(best[top] in asked.required + asked.supporting)
            told.append(bool(logits[:, 0].max() > 0))
    means = {"first": float(np.mean(first)), "verdict": float(np.mean(right)), "answered": float(np.mean(told))}
    return means | {"flips": flips, "questions": len(right)}


@dataclass(frozen=True)
class Course:
    """How long and how fast: the rate falls from `rate` to `end` of it over `epochs`."""

    epochs: int
    rate: float = 7e-5
    end: float = 0.02


def train(
    corpora: Sequence[Corpus],
    held_out: dict[str, Corpus],
    finder_folder: Path,
    out: Path,
    course: Course,
    start: Path | None = None,
) -> None:
    """Trains, measures the held-out pages after each epoch, saves the weights and the figures there."""
    torch.manual_seed(11)
    rng = random.Random(11)
    finder = SentenceTransformer(str(finder_folder), device="cpu")
    wrongs = [nearest_wrong(finder, corpus) for corpus in corpora]
    # Without dropout in the attention torch has a faster way to compute it.
    faster = {"attention_probs_dropout_prob": 0.0}
    encoder = SentenceTransformer(str(finder_folder), device="cpu", config_kwargs=faster)
    net = JudgeNet(encoder[0].auto_model, len(features(read_question("may i"), read_norms("You may."))))
    if start:
        print(net.load_state_dict(torch.load(start, weights_only=True), strict=False), flush=True)
    net.encoder.embeddings.requires_grad_(False)
    net.encoder.embeddings.token_type_embeddings.requires_grad_(True)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    sizes = [24 if number == 0 else 12 for number in range(len(corpora))]
    steps = sum(len(c.questions) // size for c, size in zip(corpora, sizes, strict=True))
    groups = [{"params": body, "lr": course.rate}, {"params": heads, "lr": course.rate * 6}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = course.epochs * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 60, course.end + (1 - course.end) * (1 - step / total))
    )
    out.mkdir(parents=True, exist_ok=True)
    for epoch in range(course.epochs):
        started, losses = time.time(), []
        plan = []
        for number, corpus in enumerate(corpora):
            questions = shuffled(corpus.questions, 50 * epoch + number)
            size = sizes[number]
            plan += [(number, questions[k * size : (k + 1) * size]) for k in range(len(questions) // size)]
        rng.shuffle(plan)
        for step, (number, batch) in enumerate(plan):
            net.train()
            rows = lists(wrongs[number], batch, rng)
            loss = loss_of(net, encoder.tokenizer, corpora[number], some_turned(batch, rng), rows)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if step % 20 == 0:
                mean, seconds = np.mean(losses[-20:]), time.time() - started
                print(f"epoch {epoch} step {step}/{len(plan)} loss {mean:.3f} {seconds:.0f}s", flush=True)
        torch.save(net.state_dict(), out / "judge.pt")
        last = epoch == course.epochs - 1
        figures = {
            name: told_right(net, encoder.tokenizer, corpus)
            | (measure(net, encoder.tokenizer, corpus, finder) if last else {})
            for name, corpus in held_out.items()
        }
        with (out / "log.jsonl").open("a") as lines:
            lines.write(
                json.dumps({"epoch": epoch, "loss": float(np.mean(losses)), "seconds": time.time() - started} | figures)
                + "\n"
            )
        print(figures, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_corpus_options(parser)
    parser.add_argument("--finder", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights of an earlier course to go on from")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=7e-5)
    parser.add_argument("--end", type=float, default=0.02, help="share of the rate that is left at the end")
    parser.add_argument("--out", type=Path, default=Path("training/runs/judge"))
    options = parser.parse_args()
    corpora, held_out = read_corpora(options)
    course = Course(options.epochs, options.rate, options.end)
    train(corpora, held_out, options.finder, options.out, course, options.start)


if __name__ == "__main__":
    main()
