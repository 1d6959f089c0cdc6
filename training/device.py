"""Where the training computes: on a GPU where there is one, else on the processor."""

from __future__ import annotations

import torch

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def half_precision() -> torch.autocast:
    """bfloat16 where the machine computes it, which is faster; elsewhere it is many times slower."""
    if DEVICE == "cuda":
        return torch.autocast("cuda", dtype=torch.bfloat16)
    supported = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=supported)
