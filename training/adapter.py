"""What training changed, kept small: the tuned weights minus the packaged ones, cut to a low rank.

`W' = W + B·A` for matrices (truncated singular value decomposition of the difference: Eckart & Young
1936), the plain difference for everything else, in half precision. `ingest.export` adds it back.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer

from ingest.export import packaged_folder


def change(base: dict[str, Any], tuned: dict[str, Any], rank: int) -> tuple[dict[str, Any], float]:
    """The low-rank change from base to tuned, and the share of the squared change that it keeps."""
    out, kept, whole = {}, 0.0, 0.0
    for name, before in base.items():
        after = tuned[name]
        difference = (after - before).float()
        if not difference.abs().max():
            continue
        if difference.ndim == 2 and min(difference.shape) > rank:
            u, s, v = torch.linalg.svd(difference, full_matrices=False)
            root = s[:rank].sqrt()
            out[f"{name}.B"] = (u[:, :rank] * root).half().contiguous()
            out[f"{name}.A"] = (root[:, None] * v[:rank]).half().contiguous()
            kept += float((s[:rank] ** 2).sum())
            whole += float((s**2).sum())
        else:
            out[name] = difference.half().contiguous()
    return out, kept / max(whole, 1e-9)


def of_finder(folder: Path, rank: int) -> tuple[dict[str, Any], float]:
    """The change that makes the packaged model the finder in `folder`."""
    base = SentenceTransformer(str(packaged_folder()), device="cpu")[0].auto_model
    tuned = SentenceTransformer(str(folder), device="cpu")[0].auto_model
    return change(dict(base.named_parameters()), dict(tuned.named_parameters()), rank)


def of_judge(state: Path, rank: int) -> tuple[dict[str, Any], float]:
    """The change that makes the packaged model the judge's encoder, and the judge's heads whole (`heads.…`)."""
    base = dict(SentenceTransformer(str(packaged_folder()), device="cpu")[0].auto_model.named_parameters())
    tuned = torch.load(state, weights_only=True)
    encoder = {name: tuned[f"encoder.{name}"] for name in base}
    out, kept = change(base, encoder, rank)
    heads = {f"heads.{name}": t.half().contiguous() for name, t in tuned.items() if not name.startswith("encoder.")}
    return out | heads, kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("finder", "judge"))
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rank", type=int, default=48)
    options = parser.parse_args()
    with torch.no_grad():
        made, kept = {"finder": of_finder, "judge": of_judge}[options.kind](options.trained, options.rank)
    save_file(made, str(options.out))
    size = options.out.stat().st_size
    sha256 = hashlib.sha256(options.out.read_bytes()).hexdigest()
    print(json.dumps({"rank": options.rank, "kept": round(kept, 4), "bytes": size, "sha256": sha256}))


if __name__ == "__main__":
    main()
