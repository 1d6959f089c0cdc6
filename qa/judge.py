"""Evidence → ruling: which sentence settles the question, with what verdict, or that none does.

The judge reads the question together with each kept sentence (a small cross-encoder, `training/judge.py`)
and gives a logit for “settles it” and logits for yes / no / conditional / info. Those, the finder's
scores and the rules of `qa.modality` are added with the weights in the edition's settings; a softmax
over the candidates and “none of them” says how sure it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.embedding import open_session, open_tokenizer, padded, passage
from qa.draft import Verdict
from qa.evidence import Candidate, Evidence, Recalled
from qa.modality import Frame, Norm, read_norms, read_question, settle

VERDICTS: tuple[Verdict, ...] = ("yes", "no", "conditional", "info")
JUDGE_TOKENS = 160


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well one sentence settles the question, and with what verdict.

    `settles` is a probability over all candidates and “none”; `verdicts` are probabilities that sum to 1.
    """

    candidate: Candidate
    settles: float
    verdicts: Mapping[Verdict, float]
    norms: tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the judge holds: the verdict, how sure it is, and every judgement, best first."""

    question: str
    frame: Frame
    verdict: Verdict
    confidence: float
    answerable: float
    because: str
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """How judge, finder and rules are added up; fitted on held-out pages by `training/fuse.py`.

    `settles` weighs the features of a candidate (`candidate_features`), `none` those of "none of them".
    `verdict` has a row of four weights (yes, no, conditional, info) for each verdict feature.
    `answer_from` is the probability of being answerable from which an answer is given.
    """

    settles: Mapping[str, float]
    none: Mapping[str, float]
    verdict: Mapping[str, Sequence[float]]
    answer_from: float = 0.5

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Fusion:
        """The fusion in an edition's settings."""
        found = settings["judge"]
        return cls(found["settles"], found["none"], found["verdict"], found["answer_from"])


class CrossEncoder:
    """The trained judge of an edition: pairs of question and passage → five logits each."""

    def __init__(self, folder: Path) -> None:
        self._session = open_session(folder / "model.onnx")
        self._tokenizer = open_tokenizer(folder / "tokenizer.json", JUDGE_TOKENS)

    def __call__(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Logits of shape (passages, 5): settles, yes, no, conditional, info."""
        encodings = self._tokenizer.encode_batch([(question, passage) for passage in passages])
        feed = padded([e.ids for e in encodings])
        feed["token_type_ids"] = np.zeros_like(feed["input_ids"])
        for row, encoding in enumerate(encodings):
            feed["token_type_ids"][row, : len(encoding.type_ids)] = encoding.type_ids
        return np.asarray(self._session.run(None, feed)[0], np.float32)


class Judge:
    """Rules on the evidence of one edition."""

    def __init__(self, encoder: CrossEncoder | None, fusion: Fusion) -> None:
        self._encoder = encoder
        self._fusion = fusion

    def __call__(self, evidence: Evidence) -> Ruling:
        """The ruling on what was found; without candidates, that nothing settles the question."""
        frame = read_question(evidence.question)
        kept = evidence.kept
        logits = self._logits(evidence.question, kept)
        fits = [_weigh(self._fusion.settles, candidate_features(c, row)) for c, row in zip(kept, logits, strict=True)]
        none = _weigh(self._fusion.none, none_features(evidence))
        *settles, nothing = softmax([*fits, none])
        judgements = tuple(
            self._judgement(evidence, frame, candidate, row, share)
            for candidate, row, share in zip(kept, logits, settles, strict=True)
        )
        return rule(evidence, frame, judgements, 1 - nothing, self._fusion.answer_from)

    def _logits(self, question: str, kept: Sequence[Candidate]) -> npt.NDArray[np.float32]:
        if self._encoder is None or not kept:
            return np.zeros((len(kept), 5), np.float32)
        return self._encoder(question, [passage(c.clause, c.sentence) for c in kept])

    def _judgement(
        self, evidence: Evidence, frame: Frame, candidate: Candidate, logits: Sequence[float], settles: float
    ) -> Judgement:
        norms = read_norms(candidate.sentence.text, candidate.clause.lead)
        found = verdict_features(evidence, frame, candidate, norms, logits)
        weights = self._fusion.verdict
        sums = [sum(value * weights[name][i] for name, value in found.items() if name in weights) for i in range(4)]
        return Judgement(candidate, settles, dict(zip(VERDICTS, softmax(sums), strict=True)), norms)


def rule(
    evidence: Evidence, frame: Frame, judgements: Sequence[Judgement], answerable: float, answer_from: float
) -> Ruling:
    """The ruling that follows from judgements: the best sentence's verdict, if anything settles it at all."""
    ranked = tuple(sorted(judgements, key=lambda j: -j.settles))
    if not ranked or answerable < answer_from:
        return Ruling(evidence.question, frame, "not_covered", 1 - answerable, answerable, "", ranked)
    best = ranked[0]
    verdict = max(best.verdicts, key=lambda v: best.verdicts[v])
    because = settle(frame, best.norms).because
    return Ruling(evidence.question, frame, verdict, answerable * best.verdicts[verdict], answerable, because, ranked)


def candidate_features(candidate: Candidate, logits: Sequence[float]) -> dict[str, float]:
    """What speaks for a sentence settling the question."""
    scores = candidate.scores
    return {
        "judge": float(logits[0]),
        "sentence": scores["sentence"],
        "clause": scores["clause"],
        "words": math.log1p(scores["words"]),
        "taught": taught_strength(scores["taught"]),
    }


def none_features(evidence: Evidence) -> dict[str, float]:
    """What speaks for no sentence settling the question."""
    silent = [r.score for r in evidence.recalled if r.taught.verdict == "not_covered"]
    return {"bias": 1.0, "taught": taught_strength(max(silent, default=0.0))}


def verdict_features(
    evidence: Evidence, frame: Frame, candidate: Candidate, norms: Sequence[Norm], logits: Sequence[float]
) -> dict[str, float]:
    """What speaks for each verdict, given that this sentence settles the question."""
    model = _log_softmax(logits[1:])
    reading = settle(frame, norms)
    found = {"bias": 1.0} | {f"judge_{v}": model[i] for i, v in enumerate(VERDICTS)}
    if reading.verdict is not None:
        found[f"rules_{reading.verdict}"] = 1.0
        if reading.certain:
            found[f"certain_{reading.verdict}"] = 1.0
    found[f"asks_{frame.asks}"] = 1.0
    for recalled in evidence.recalled:
        if recalled.taught.verdict in VERDICTS and _same_place(recalled, candidate):
            name = f"taught_{recalled.taught.verdict}"
            found[name] = max(found.get(name, 0.0), taught_strength(recalled.score))
    return found


def taught_strength(cosine: float) -> float:
    """How much a taught question of this likeness counts: nothing below .5, 1 when asked word for word."""
    return max(0.0, (cosine - 0.5) / 0.5)


def softmax(values: Sequence[float]) -> list[float]:
    """Shares that sum to 1."""
    top = max(values)
    raised = [math.exp(value - top) for value in values]
    total = sum(raised)
    return [value / total for value in raised]


def _log_softmax(values: Sequence[float]) -> list[float]:
    return [math.log(max(share, 1e-6)) for share in softmax([float(v) for v in values])]


def _weigh(weights: Mapping[str, float], found: Mapping[str, float]) -> float:
    return sum(value * weights.get(name, 0.0) for name, value in found.items())


def _same_place(recalled: Recalled, candidate: Candidate) -> bool:
    return any(
        clause == candidate.clause.id and candidate.clause.sentences[index] == candidate.sentence
        for clause, index in recalled.taught.sentences
    )
