"""Texts as the embedding model in training sees them, and the wrong sentences that are near a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer

from training.data import Asked, Corpus
from training.device import DEVICE, half_precision

TOKENS = 112  # read of a text
NEAREST = 8  # wrong sentences known of a question


def vectors(model: SentenceTransformer, texts: Sequence[str], batch: int = 64) -> np.ndarray:
    """Unit vectors, shape (texts, dimensions), float32, without gradient."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out = np.zeros((len(texts), 384), np.float32)
    model.eval()
    with torch.no_grad():
        for at in range(0, len(order), batch):
            ids = order[at : at + batch]
            out[ids] = embed(model, [texts[i] for i in ids]).cpu().numpy()
    return out


def embed(model: SentenceTransformer, texts: Sequence[str]) -> torch.Tensor:
    """Unit vectors with gradient: mean over the tokens, as the packaged model pools."""
    tokens = model.tokenizer(list(texts), padding=True, truncation=True, max_length=TOKENS, return_tensors="pt").to(
        DEVICE
    )
    with half_precision():
        states = model[0].auto_model(**tokens).last_hidden_state
    mask = tokens["attention_mask"].unsqueeze(-1).float()
    return F.normalize((states.float() * mask).sum(1) / mask.sum(1), dim=1)


def scored(model: SentenceTransformer, corpus: Corpus) -> Iterator[tuple[Asked, np.ndarray]]:
    """Each question with its cosines to the sentences of its page, shape (sentences,)."""
    pages = {name: vectors(model, [unit.passage for unit in units]) for name, units in corpus.pages.items()}
    for asked, vector in zip(corpus.questions, vectors(model, [a.searched for a in corpus.questions]), strict=True):
        yield asked, pages[asked.page] @ vector


def nearest_wrong(model: SentenceTransformer, corpus: Corpus) -> dict[str, list[int]]:
    """For each question the nearest sentences of its page that are not its evidence."""
    if all(len(units) == 1 for units in corpus.pages.values()):
        return {asked.id: [] for asked in corpus.questions}
    wrong = {}
    for asked, cosines in scored(model, corpus):
        order = np.argsort(-cosines).tolist()
        wrong[asked.id] = [i for i in order if i not in asked.required + asked.supporting][:NEAREST]
    return wrong
