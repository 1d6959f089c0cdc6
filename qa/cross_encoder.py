"""The trained judge as it is run: question and passages → logits, by an ONNX file (`training/judge.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ingest.embedding import ModelError, open_session, open_tokenizer, padded, processors
from qa.frames import read_question
from qa.modality import features

if TYPE_CHECKING:
    from tokenizers import Encoding

JUDGE_TOKENS = 128
NO_LOGITS = np.zeros((0, 5), np.float32)


class CrossEncoder:
    """The trained judge of an edition: question and passages, with what the rules read in them → five logits each."""

    def __init__(self, folder: Path) -> None:
        """Opens the judge of an edition.

        Raises:
            ModelError: it was trained for an earlier version of this code, or is damaged.
        """
        self._session = open_session(folder / "model.onnx")
        read = {given.name: given.shape[-1] for given in self._session.get_inputs()}
        if read.get("rules") != len(features(read_question(""), ())):
            raise ModelError(f"{folder} holds a judge of an earlier version: run policy-ingest again")
        self._tokenizer = open_tokenizer(folder / "tokenizer.json", JUDGE_TOKENS)
        self._pool = ThreadPoolExecutor(processors())

    def __call__(
        self, question: str, passages: Sequence[str], rules: Sequence[Mapping[str, float]]
    ) -> npt.NDArray[np.float32]:
        """Logits of shape (passages, 5): settles, yes, no, conditional, info; `rules` are `features` for each.

        Each passage is read by itself, as `ingest.embedding.Encoder` reads: what stands beside it changes nothing. The
        first is read here, the others beside it.
        """
        encodings = [self._tokenizer.encode(question, passage) for passage in passages]
        pairs = list(zip(encodings, rules, strict=True))
        beside = [self._pool.submit(self._run, *pair) for pair in pairs[1:]]
        here = [self._run(*pair) for pair in pairs[:1]]
        return np.vstack([NO_LOGITS, *here, *(one.result() for one in beside)])

    def _run(self, encoding: Encoding, rules: Mapping[str, float]) -> npt.NDArray[np.float32]:
        feed: dict[str, Any] = padded([encoding.ids])
        feed["token_type_ids"] = np.array([encoding.type_ids], np.int64)
        feed["rules"] = np.array([list(rules.values())], np.float32)
        return np.asarray(self._session.run(None, feed)[0], np.float32)
