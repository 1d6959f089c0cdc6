"""How a network is rewritten before it is exported, so that it computes the same with less; imports torch.

Exported as it stands, a BERT asks for its inputs' shapes a hundred times over, which costs a text of twenty tokens a
tenth of its time. And int8 takes the steps of a layer's input from its largest value, which a few channels have to
themselves: the others are left with a few steps each. Those channels are made smaller, and their weights larger by as
much, before anything is rounded: SmoothQuant, Xiao et al. 2023.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

SHIFTED = 0.75  # of the range of a channel, how much goes into its weights (the paper's alpha)
STANDS_OUT = 4  # times the range of a layer's middle channel: below that smoothing costs more than it brings


class OneText(nn.Module):
    """A BERT's attention over one text: query, key and value in one product, no mask, the shapes known beforehand."""

    def __init__(self, found: Any) -> None:
        super().__init__()
        parts = (found.query, found.key, found.value)
        self.heads, self.size, self.scaling = found.num_attention_heads, found.attention_head_size, found.scaling
        self.all = nn.Linear(found.query.in_features, sum(part.out_features for part in parts))
        with torch.no_grad():
            self.all.weight.copy_(torch.cat([part.weight for part in parts]))
            self.all.bias.copy_(torch.cat([part.bias for part in parts]))

    def forward(self, hidden_states: Any, **_: Any) -> tuple[Any, None]:
        """States of shape (1, tokens, width) → the same shape; without the weights of the attention."""
        parts = self.all(hidden_states).view(-1, 3, self.heads, self.size).permute(1, 2, 0, 3)
        query, key, value = parts.unbind(0)
        weights = torch.softmax(query @ key.transpose(1, 2) * self.scaling, dim=-1)
        return (weights @ value).transpose(0, 1).reshape(1, -1, self.heads * self.size), None


class Smoothed(nn.Module):
    """A linear layer whose input channels are made smaller first, and whose weights are larger by as much."""

    def __init__(self, linear: nn.Linear, ranges: torch.Tensor) -> None:
        super().__init__()
        with torch.no_grad():
            weights = linear.weight.abs().amax(0).clamp(min=1e-5)
            factors = ranges.clamp(min=1e-5) ** SHIFTED / weights ** (1 - SHIFTED)
            factors /= factors.mean()
            linear.weight.mul_(factors)
        self.linear = linear
        self.register_buffer("less", 1 / factors)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return torch.as_tensor(self.linear(values * self.less))


def one_text_at_a_time(network: nn.Module) -> None:
    """Rewrites the attention of a BERT in place; other networks stay as they are."""
    from transformers.models.bert.modeling_bert import BertSelfAttention

    _replace(network, BertSelfAttention, lambda name, found: OneText(found))


def smooth(network: nn.Module, run: Callable[[], object]) -> None:
    """Rewrites linear layers of a network in place: those into which a few channels bring far more than the others.

    What comes in is seen while `run` has the network read some texts.
    """
    ranges: dict[str, torch.Tensor] = {}

    def watch(name: str) -> Callable[[Any, tuple[torch.Tensor, ...]], None]:
        def see(_: Any, given: tuple[torch.Tensor, ...]) -> None:
            seen = given[0].detach().abs().flatten(0, -2).amax(0)
            ranges[name] = torch.maximum(ranges[name], seen) if name in ranges else seen

        return see

    def smoothed(name: str, layer: nn.Linear) -> nn.Module:
        found = ranges.get(name)
        if found is None or not 0 < STANDS_OUT * found.median() < found.max():
            return layer
        return Smoothed(layer, found)

    layers = [(name, layer) for name, layer in network.named_modules() if isinstance(layer, nn.Linear)]
    watching = [layer.register_forward_pre_hook(watch(name)) for name, layer in layers]
    with torch.no_grad():
        run()
    for watched in watching:
        watched.remove()
    _replace(network, nn.Linear, smoothed)


def _replace(network: nn.Module, kind: type, other: Callable[[str, Any], nn.Module]) -> None:
    for name, found in list(network.named_modules()):
        if isinstance(found, kind):
            parent, _, last = name.rpartition(".")
            setattr(network.get_submodule(parent), last, other(name, found))
