"""What is exported: the network itself, computed with less, and int8 that stays near to it.

torch is imported where a test needs it: collecting the tests should not cost every process those seconds.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest


@pytest.fixture
def bert() -> Any:
    """A small BERT with random weights, one channel of whose states is far larger than the others."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(5)
    found = BertModel(
        BertConfig(
            vocab_size=90, hidden_size=48, num_hidden_layers=3, num_attention_heads=4, intermediate_size=96,
            max_position_embeddings=40, attn_implementation="eager",
        ),
        add_pooling_layer=False,
    ).eval()  # fmt: skip
    with torch.no_grad():
        for layer in found.encoder.layer:
            for weight in (layer.attention.self.query.weight, layer.intermediate.dense.weight):
                weight.mul_(8)
                weight[:, 7] /= 40
            layer.attention.output.LayerNorm.weight[7] = 40
            layer.output.LayerNorm.weight[7] = 40
    return found


def read(network: Any, tokens: list[int]) -> Any:
    """The states of one text."""
    import torch

    ids = torch.tensor([tokens])
    with torch.no_grad():
        return network(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state.numpy()


TEXTS = [[5, 9, 2], [4, 8, 15, 16, 23, 42], list(range(20, 55)), [7]]


def test_a_rewritten_network_says_the_same_of_every_text(bert: Any) -> None:
    from torch import nn

    from ingest.graph import OneText, Smoothed, one_text_at_a_time, smooth

    before = [read(bert, text) for text in TEXTS]
    one_text_at_a_time(bert)
    assert sum(isinstance(part, OneText) for part in bert.modules()) == 3
    for text, states in zip(TEXTS, before, strict=True):
        np.testing.assert_allclose(read(bert, text), states, atol=1e-4)
    layers = sum(isinstance(part, nn.Linear) for part in bert.modules())
    smooth(bert, lambda: [read(bert, text) for text in TEXTS[:2]])
    assert 0 < sum(isinstance(part, Smoothed) for part in bert.modules()) < layers
    for text, states in zip(TEXTS, before, strict=True):
        np.testing.assert_allclose(read(bert, text), states, atol=1e-3)


@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning", "ignore::DeprecationWarning")
def test_what_is_smoothed_loses_less_in_int8(bert: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import copy

    import onnxruntime
    import torch
    from torch import nn

    from ingest import graph
    from ingest.export import write_onnx

    class Mean(nn.Module):
        def __init__(self, network: Any) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.network(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state.mean(1)

    def exported(name: str, precision: str) -> Any:
        folder = tmp_path / name
        folder.mkdir()
        ids = [torch.tensor([text]) for text in TEXTS]
        tokens = [{"input_ids": i, "attention_mask": torch.ones_like(i)} for i in ids]
        write_onnx(Mean(copy.deepcopy(bert)), folder, precision, tokens)
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
        given = ({"input_ids": np.array([text]), "attention_mask": np.ones((1, len(text)), np.int64)} for text in TEXTS)
        return np.vstack([session.run(None, {k.name: g[k.name] for k in session.get_inputs()})[0] for g in given])

    whole, smoothed = exported("whole", "float32"), exported("smoothed", "int8")
    monkeypatch.setattr(graph, "smooth", lambda network, run: None)
    rough = exported("rough", "int8")
    assert np.abs(smoothed - whole).mean() < 0.7 * np.abs(rough - whole).mean()


def test_an_export_computes_in_one_thread_so_that_its_bytes_do_not_hang_on_the_cores() -> None:
    import torch

    from ingest import export

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with export._quiet():
            assert torch.get_num_threads() == 1
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
