"""Trains the judge: a cross-encoder that starts from the fine-tuned finder and keeps its similarity.

How it learns is in `training.pairs`; with `--teacher` it imitates the larger `training.teacher`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from ingest.judge_net import JudgeNet
from qa.judge import VERDICTS
from training.batches import RULES, Course, add_course_options, as_given
from training.data import Corpus, add_corpus_options, read_corpora
from training.device import DEVICE
from training.encoding import scored
from training.pairs import PairReader, train
from training.teacher import read_teacher


def new_judge(finder_folder: Path, start: Path | None = None) -> PairReader:
    """The judge before its training, or as an earlier course left it."""
    # Without dropout in the attention torch has a faster way to compute it.
    faster = {"attention_probs_dropout_prob": 0.0}
    encoder = SentenceTransformer(str(finder_folder), device="cpu", config_kwargs=faster)
    net = JudgeNet(encoder[0].auto_model, RULES)
    if start:
        net.load_state_dict(torch.load(start, weights_only=True))
    return PairReader(net, encoder.tokenizer)


def measure(judge: PairReader, corpus: Corpus, finder: SentenceTransformer, depth: int = 5) -> dict[str, float]:
    """Shares of right first sentences, right verdicts and answered ones among the finder's best `depth`; flips."""
    judge.net.eval()
    first, right, told, flips = [], [], [], 0
    for asked, cosines in scored(finder, corpus):
        best = np.argsort(-cosines)[:depth].tolist()
        with torch.no_grad():
            logits = judge([(asked, corpus.pages[asked.page][i]) for i in best]).cpu().numpy()
        top = int(np.argmax(logits[:, 0]))
        verdict = VERDICTS[int(np.argmax(logits[top, 1:]))] if logits[top, 0] > 0 else "not_covered"
        right.append(verdict == asked.verdict)
        flips += {verdict, asked.verdict} == {"yes", "no"}
        if asked.required:
            first.append(best[top] in asked.required + asked.supporting)
            told.append(bool(logits[:, 0].max() > 0))
    means = {"first": float(np.mean(first)), "verdict": float(np.mean(right)), "answered": float(np.mean(told))}
    return means | {"flips": flips, "questions": len(right)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_corpus_options(parser)
    parser.add_argument("--finder", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, help="folder of a trained teacher to imitate")
    add_course_options(parser)
    parser.add_argument("--start", type=Path, help="weights of an earlier course to go on from")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--end", type=float, default=0.02, help="share of the rate that is left at the end")
    parser.add_argument("--out", type=Path, default=Path("training/runs/judge"))
    options = parser.parse_args()
    corpora, held_out = read_corpora(options)
    finder = SentenceTransformer(str(options.finder), device=DEVICE)
    judge = new_judge(options.finder, options.start)
    teacher = read_teacher(options.teacher) if options.teacher else None
    course = as_given(Course(options.epochs, options.rate, options.end), options)
    train(judge, corpora, held_out, finder, options.out / "judge.pt", course, teacher)
    print({name: measure(judge, corpus, finder) for name, corpus in held_out.items()})


if __name__ == "__main__":
    main()
