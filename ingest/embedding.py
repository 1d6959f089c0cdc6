"""Texts → vectors, by an ONNX copy of a sentence-transformers model.

The model is exported once, by `ingest.export` (which needs torch), into a folder:

    encoder.json     name, checksum of the weights, precision, dimensions, tokens read
    model.onnx       token ids → unit vectors
    tokenizer.json

From then on `Encoder` reads that folder with onnxruntime and tokenizers alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt

from ingest.clauses import Clause, Sentence
from ingest.documents import HandbookError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]
PART = 32  # texts that one processor takes at a time
TOKENIZED = 2_000  # texts at once: what a tokenizer says of a text takes far more room than its ids
_sessions: WeakValueDictionary[tuple[int, ...], InferenceSession] = WeakValueDictionary()


class ModelError(HandbookError):
    """A local model that is missing, damaged or not the one that is meant."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model folder says of itself; two cards are equal when they make the same vectors."""

    name: str
    sha256: str
    precision: str
    dimensions: int
    tokens: int

    @classmethod
    def read(cls, folder: Path) -> ModelCard:
        """The card of a model folder.

        Raises:
            ModelError: there is none, or it is not one.
        """
        try:
            return cls(**json.loads((folder / "encoder.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(f"{folder} holds no embedding model ({error}): run policy-ingest again") from error

    def write(self, folder: Path) -> None:
        """Writes the card into a model folder."""
        (folder / "encoder.json").write_text(json.dumps(asdict(self), indent=1), "utf-8")


class Embedder(Protocol):
    """Whatever turns texts into unit vectors, shape (texts, dimensions)."""

    @property
    def card(self) -> ModelCard: ...

    def __call__(self, texts: Sequence[str], done: Callable[[int], None] = ...) -> Vectors: ...


class Encoder:
    """An exported model, opened."""

    def __init__(self, folder: Path) -> None:
        self.card = ModelCard.read(folder)
        self._session = open_session(folder / "model.onnx")
        self._tokenizer = open_tokenizer(folder / "tokenizer.json", self.card.tokens)

    def __call__(self, texts: Sequence[str], done: Callable[[int], None] = lambda count: None) -> Vectors:
        """Unit vectors of texts, shape (len(texts), dimensions); `done` is told of each finished part.

        Every text is read by itself: int8 takes its steps from the largest value of all that is read together, so
        that a text's vector would depend on its neighbours, and an edition's answers on how it was built.
        """
        ids = list(self._ids(texts))
        parts = [ids[at : at + PART] for at in range(0, len(ids), PART)]
        found = []
        for vectors in self._each(parts):
            found.append(vectors)
            done(len(vectors))
        return np.vstack(found) if found else np.zeros((0, self.card.dimensions), np.float32)

    def _ids(self, texts: Sequence[str]) -> Iterator[list[int]]:
        if len(texts) == 1:  # a question: the threads that share many texts would have to be woken for it
            yield self._tokenizer.encode(texts[0]).ids
            return
        for at in range(0, len(texts), TOKENIZED):
            yield from (found.ids for found in self._tokenizer.encode_batch_fast(list(texts[at : at + TOKENIZED])))

    def _each(self, parts: list[list[list[int]]]) -> Iterator[Vectors]:
        if len(parts) < 2:  # a question
            yield from map(self._run, parts)
            return
        with ThreadPoolExecutor(processors()) as pool:
            yield from pool.map(self._run, parts)

    def _run(self, part: list[list[int]]) -> Vectors:
        return np.vstack([np.asarray(self._session.run(None, padded([ids]))[0], np.float32) for ids in part])


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def padded(ids: Sequence[Sequence[int]]) -> dict[str, npt.NDArray[np.int64]]:
    """Token ids of unequal length as `input_ids` and `attention_mask`, each of shape (texts, longest)."""
    longest = max(map(len, ids))
    tokens = np.zeros((len(ids), longest), np.int64)
    mask = np.zeros((len(ids), longest), np.int64)
    for row, found in enumerate(ids):
        tokens[row, : len(found)] = found
        mask[row, : len(found)] = 1
    return {"input_ids": tokens, "attention_mask": mask}


def open_session(path: Path) -> InferenceSession:
    """An ONNX file as a session on the processor: while somebody has it, all who open the file get the same.

    Editions share the files of their models by links, so that a running app that follows a new edition holds each
    model once.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise ModelError(f"{path} cannot be opened ({error}): run policy-ingest again") from error
    file = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    session = _sessions.get(file)
    if session is None:
        session = _sessions[file] = _opened(path)
    return session


def _opened(path: Path) -> InferenceSession:
    import onnxruntime  # here: a half-second that asking for --help should not cost

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # One thread a call: many askers share the cores better than one question does, and the default, which
    # has threads wait for one another in loops, doubles the processor time of an answer (docs/benchmarks.md).
    options.intra_op_num_threads = 1
    # Fused with the addition before it, the normalization of a layer is no longer vectorized: three times slower.
    slow = ["SkipLayerNormFusion"]
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow
        )
    except Exception as error:  # onnxruntime has no public base class for its errors
        raise ModelError(f"{path} cannot be opened ({error}): run policy-ingest again") from error


def open_tokenizer(path: Path, tokens: int) -> Tokenizer:
    """A tokenizer that reads at most `tokens` tokens of a text and does not pad.

    Raises:
        ModelError: the file is missing or damaged.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(f"{path} cannot be opened ({error}): run policy-ingest again") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens)
    return tokenizer


def passage(clause: Clause, sentence: Sentence | None = None) -> str:
    """A clause, or one sentence of it, as it is embedded: its context in front."""
    text = sentence.text if sentence else clause.text
    return f"{clause.context}: {text}" if clause.context else text


def brief(clause: Clause, sentence: Sentence) -> str:
    """A sentence as the judge reads it: in front only the nearest heading, the stem of its list and the question that
    opens its clause.
    """
    near = [words for words in (clause.heading, clause.lead, clause.asks(sentence)) if words]
    return f"{' – '.join(near)}: {sentence.text}" if near else sentence.text
