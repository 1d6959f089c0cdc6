"""Says the same a little otherwise: words give way to their nearest neighbours among a model's token embeddings.

A student that only sees the questions of the pages learns those by heart; reworded, with the teacher's word
on each new wording, it learns the teacher (Jiao et al. 2020, TinyBERT). What the rules of language read stays.
"""

from __future__ import annotations

import inspect
import random
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import torch
import torch.nn.functional as F

from qa import cues, policy_words, question_words

NEIGHBOURS, NEAR = 10, 0.45
KEPT_COMMONEST = 300  # words of asking and of every page, which no neighbour can stand for
DROPPED = 0.1  # share of the texts that lose a word
_WORD = re.compile(r"[A-Za-z]+")


class Rewording:
    """Neighbours of words, and texts with some words replaced by them."""

    def __init__(self, tokenizer: Any, embeddings: torch.Tensor, texts: Iterable[str]) -> None:
        counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        kept = {word for word, _ in counts.most_common(KEPT_COMMONEST)} | _of_the_rules()
        vocabulary = {t: i for t, i in tokenizer.get_vocab().items() if len(t) > 3 and t.isascii() and t.isalpha()}
        content = sorted(set(vocabulary) - kept)
        rows = embeddings.detach().float().cpu()[[vocabulary[word] for word in content]]
        units = F.normalize(rows - rows.mean(0), dim=1)
        self._neighbours: dict[str, list[str]] = {}
        at = [index for index, word in enumerate(content) if word in counts]
        for some in torch.tensor(at, dtype=torch.long).split(1000):
            near, which = (units[some] @ units.T).topk(min(NEIGHBOURS + 1, len(content)), dim=1)
            for index, values, others in zip(some.tolist(), near.tolist(), which.tolist(), strict=True):
                found = [content[o] for v, o in zip(values, others, strict=True) if v >= NEAR and o != index]
                if found:
                    self._neighbours[content[index]] = found

    def __call__(self, text: str, share: float, rng: random.Random) -> str:
        """The text with about `share` of the words that have neighbours replaced, at times without one word."""
        if share <= 0:
            return text

        def other(found: re.Match[str]) -> str:
            near = self._neighbours.get(found[0].lower())
            return rng.choice(near) if near and rng.random() < share else found[0]

        said = _WORD.sub(other, text)
        words = said.split(" ")
        if len(words) > 5 and rng.random() < DROPPED:
            del words[rng.randrange(len(words))]
        return " ".join(words)


def _of_the_rules() -> set[str]:
    """Every word that the rules of language name: another in its place would say something else."""
    tables = "".join(inspect.getsource(module) for module in (cues, policy_words, question_words))
    return set(_WORD.findall(_COMMENT.sub("", tables).lower()))


_COMMENT = re.compile(r"^ *#.*", re.MULTILINE)
