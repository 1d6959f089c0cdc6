"""Trains the judge: a cross-encoder that starts from the fine-tuned finder and keeps its similarity.

The network is `ingest.judge_net`. The candidates of a question stand in one list softmax with “none of
them” (a constant); the verdict is learned on the sentences that settle. Token embeddings stay frozen.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer

from ingest.judge_net import JudgeNet
from training.data import Asked, Corpus, add_corpus_options, read_corpora, shuffled
from training.finder import nearest_wrong, vectors

VERDICTS = ("yes", "no", "conditional", "info")
TOKENS = 128
WRONG = 2  # wrong sentences beside the right one


def tokens_of(tokenizer: Any, questions: Sequence[str], passages: Sequence[str]) -> dict[str, torch.Tensor]:
    """Question and passage as one sequence with segment ids; the longer of the two is cut first."""
    return tokenizer(
        list(questions), list(passages), padding=True, truncation="longest_first", max_length=TOKENS,
        return_tensors="pt", return_token_type_ids=True,
    )  # fmt: skip


def run(net: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
    """Logits of pairs of (question, passage)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return net(**tokens_of(tokenizer, [q for q, _ in pairs], [p for _, p in pairs])).float()


def lists(corpus: Corpus, wrong: dict[str, list[int]], batch: Sequence[Asked], rng: random.Random) -> list[list[int]]:
    """The candidates of each question: a required sentence first, if any, then two near wrong ones."""
    out = []
    for asked in batch:
        hard = wrong[asked.id][:5]
        chosen = [rng.choice(asked.required)] if asked.required else []
        out.append(chosen + rng.sample(hard, min(WRONG, len(hard))))
    return out


def loss_of(
    net: Any, tokenizer: Any, corpus: Corpus, batch: Sequence[Asked], rows: Sequence[Sequence[int]]
) -> torch.Tensor:
    """List softmax with “none”, plus the verdict of the sentences that settle."""
    pairs = [
        (asked.question, corpus.pages[asked.page][i].passage)
        for asked, row in zip(batch, rows, strict=True)
        for i in row
    ]
    order = np.argsort([len(question) + len(passage) for question, passage in pairs])
    parts = [run(net, tokenizer, [pairs[i] for i in ids]) for ids in np.array_split(order, 3)]
    logits = torch.cat(parts)[torch.tensor(np.argsort(order))]
    losses, verdict_logits, verdicts, at = [], [], [], 0
    for asked, row in zip(batch, rows, strict=True):
        some = logits[at : at + len(row), 0]
        scores = torch.cat([some, torch.zeros(1)])
        target = 0 if asked.required else len(row)
        losses.append(F.cross_entropy(scores.unsqueeze(0), torch.tensor([target])))
        if asked.required:
            verdict_logits.append(logits[at, 1:])
            verdicts.append(VERDICTS.index(asked.verdict))
        at += len(row)
    told = F.cross_entropy(torch.stack(verdict_logits), torch.tensor(verdicts)) if verdicts else torch.zeros(())
    return torch.stack(losses).mean() + told


def measure(net: Any, tokenizer: Any, corpus: Corpus, finder: SentenceTransformer, depth: int = 5) -> dict[str, float]:
    """Shares of right first sentences, right verdicts and answered ones among the finder's best `depth`; flips."""
    net.eval()
    page_vectors = {name: vectors(finder, [u.passage for u in units]) for name, units in corpus.pages.items()}
    asked_vectors = vectors(finder, [a.question for a in corpus.questions])
    first, right, told, flips = [], [], [], 0
    for asked, vector in zip(corpus.questions, asked_vectors, strict=True):
        best = np.argsort(-(page_vectors[asked.page] @ vector))[:depth].tolist()
        with torch.no_grad():
            logits = run(net, tokenizer, [(asked.question, corpus.pages[asked.page][i].passage) for i in best]).numpy()
        top = int(np.argmax(logits[:, 0]))
        verdict = VERDICTS[int(np.argmax(logits[top, 1:]))] if logits[top, 0] > 0 else "not_covered"
        right.append(verdict == asked.verdict)
        flips += {verdict, asked.verdict} == {"yes", "no"}
        if asked.required:
            first.append(best[top] in asked.required + asked.supporting)
            told.append(bool(logits[:, 0].max() > 0))
    means = {"first": float(np.mean(first)), "verdict": float(np.mean(right)), "answered": float(np.mean(told))}
    return means | {"flips": flips, "questions": len(right)}


def train(
    corpora: Sequence[Corpus],
    held_out: dict[str, Corpus],
    finder_folder: Path,
    out: Path,
    epochs: int,
    rate: float = 7e-5,
) -> None:
    """Trains, measures the held-out pages after each epoch, saves the weights and the logits there."""
    torch.manual_seed(11)
    rng = random.Random(11)
    finder = SentenceTransformer(str(finder_folder), device="cpu")
    wrongs = [nearest_wrong(finder, corpus) for corpus in corpora]
    encoder = SentenceTransformer(str(finder_folder), device="cpu")
    net = JudgeNet(encoder[0].auto_model)
    net.encoder.embeddings.requires_grad_(False)
    net.encoder.embeddings.token_type_embeddings.requires_grad_(True)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    sizes = [24 if number == 0 else 10 for number in range(len(corpora))]
    steps = sum(len(c.questions) // size for c, size in zip(corpora, sizes, strict=True))
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": rate * 6}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, rate * 6], total_steps=epochs * steps + 1, pct_start=0.1
    )
    out.mkdir(parents=True, exist_ok=True)
    for epoch in range(epochs):
        started, losses = time.time(), []
        plan = []
        for number, corpus in enumerate(corpora):
            questions = shuffled(corpus.questions, 50 * epoch + number)
            size = sizes[number]
            plan += [(number, questions[k * size : (k + 1) * size]) for k in range(len(questions) // size)]
        rng.shuffle(plan)
        for step, (number, batch) in enumerate(plan):
            net.train()
            rows = lists(corpora[number], wrongs[number], batch, rng)
            loss = loss_of(net, encoder.tokenizer, corpora[number], batch, rows)
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
        measured = held_out if epoch == epochs - 1 else {"pages": held_out["pages"]}
        figures = {name: measure(net, encoder.tokenizer, corpus, finder) for name, corpus in measured.items()}
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
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("training/runs/judge"))
    options = parser.parse_args()
    corpora, held_out = read_corpora(options)
    train(corpora, held_out, options.finder, options.out, options.epochs)


if __name__ == "__main__":
    main()
