"""The judge's network, for training it and for exporting it; imports torch, as `ingest.export` and `ingest.graph` do.

Question and sentence are read together; the mean over the question's tokens (u) and over the sentence's
(v) keep their cosine as the first guess, and small heads over [u, v, |u-v|, u*v] and over what the rules of
language read in the two (`qa.modality.features`) correct it.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn


class JudgeNet(nn.Module):
    """Token ids of question and sentence → logits, shape (pairs, 5): settles, yes, no, conditional, info.

    `settles` above 0 says that the sentence settles the question rather than nothing does. `rules` has the
    features of the rules of language, shape (pairs, `rules`), each from 0 to 1.
    """

    def __init__(self, encoder: Any, rules: int, width: int = 384, hidden: int = 192) -> None:
        super().__init__()
        self.encoder = encoder
        self.settles = nn.Sequential(nn.Linear(4 * width, hidden), nn.GELU(), nn.Dropout(0.1), nn.Linear(hidden, 1))
        self.verdict = nn.Sequential(nn.Linear(4 * width, hidden), nn.GELU(), nn.Dropout(0.1), nn.Linear(hidden, 4))
        self.read = nn.Sequential(nn.Linear(rules, 96), nn.GELU(), nn.Linear(96, 2 * hidden))
        self.scale = nn.Parameter(torch.tensor(10.0))
        self.none = nn.Parameter(torch.tensor(4.0))
        for part in (self.settles, self.verdict, self.read):
            nn.init.zeros_(part[-1].weight)
            nn.init.zeros_(part[-1].bias)

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any, rules: Any) -> torch.Tensor:
        out = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        states = out.last_hidden_state.float()
        second = token_type_ids.unsqueeze(-1).float() * attention_mask.unsqueeze(-1).float()
        first = attention_mask.unsqueeze(-1).float() - second
        u = (states * first).sum(1) / first.sum(1)
        v = (states * second).sum(1) / second.sum(1).clamp(min=1)
        both = torch.cat([u, v, (u - v).abs(), u * v], dim=1)
        cosine = F.cosine_similarity(u, v, dim=1).unsqueeze(1)
        to_settles, to_verdict = self.read(rules).chunk(2, dim=1)
        settles = self.settles[1:](self.settles[0](both) + to_settles)
        verdict = self.verdict[1:](self.verdict[0](both) + to_verdict)
        return torch.cat([settles + self.scale * cosine - self.none, verdict], dim=1)
