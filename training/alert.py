"""Fits the alert: which questions tell of harm, by the finder's vectors. Four classes, a linear head, no network.

    python -m training.alert --home .policy-qa --corpus training --corpus FOLDER/training --write

FOLDER is that of `make models` (training/README.md): its pages are not part of this repository.

Read through the exported finder, as the product will. `training/harm.jsonl` holds what tells of harm and what only
sounds like it; the practice questions of pages that are not about harm, and what is taught, are everyday ones too.
Every figure is cross-validated; the threshold is the lowest that keeps false alarms on everyday questions below a bar.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from ingest.embedding import Encoder
from ingest.export import DEFAULT, model_folder
from ingest.publish import SETTINGS_FILE
from qa.alert import LABELS, Head, pieces
from qa.safeguarding import reports_harm
from training.data import json_lines
from training.fuse import labelled

TOLD = Path(__file__).parent / "harm.jsonl"
MOST_ALARMS = 0.005  # share of everyday questions that may set it off
ABOUT_HARM = 0.03  # a page is about harm where so large a share of its questions tells of it outright
USUAL = 4  # everyday questions for each one of the told
STRENGTH = 8.0  # inverse of the ridge
FOLDS = 5


def everyday(corpora: Sequence[Path]) -> list[str]:
    """Practice questions of pages that are not about harm, without those that tell of it outright."""
    out = []
    for folder in corpora:
        for rows in labelled(folder).values():
            quiet = [row["question"] for row in rows if reports_harm(row["question"]) is None]
            if len(quiet) > (1 - ABOUT_HARM) * len(rows):
                out += quiet
    return sorted(set(out))


def taught(handbook: Path) -> list[str]:
    """What a handbook's owners have taught and does not tell of harm outright."""
    questions = (row["question"] for row in json_lines(handbook / "taught.jsonl"))
    return [question for question in questions if reports_harm(question) is None]


def fitted(vectors: npt.NDArray[np.float32], classes: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Weights of shape (labels, dimensions + 1), those of “none” taken off, the last column the bias."""
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(vectors, classes)
    weights = np.hstack([model.coef_, model.intercept_[:, None]]).astype(np.float32)
    return weights[1:] - weights[:1]


def alarms(
    parts: Sequence[Sequence[npt.NDArray[np.float32]]], classes: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """The probability of harm in the worst piece of each text, by a head that was fitted without the text."""
    whole = np.array([vectors[0] for vectors in parts])
    worst = np.zeros(len(parts))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=5).split(whole, classes):
        head = Head(fitted(whole[train], classes[train]), 0.0)
        for index in test:
            worst[index] = head.shares(np.array(parts[index])).sum(1).max()
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path(".policy-qa"), help="where exported models are kept")
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--handbook", type=Path, default=Path("policy_docs"))
    parser.add_argument("--write", action="store_true", help=f"write the head to {SETTINGS_FILE.name}")
    options = parser.parse_args()
    told = list(json_lines(TOLD))
    usual = everyday(options.corpus)
    usual = taught(options.handbook) + random.Random(5).sample(usual, min(USUAL * len(told), len(usual)))
    classes = np.array([("none", *LABELS).index(row["harm"]) for row in told] + [0] * len(usual))
    read = [pieces(text) for text in (*(row["text"] for row in told), *usual)]
    flat = list(dict.fromkeys(piece for some in read for piece in some))
    vectors = dict(zip(flat, Encoder(model_folder(DEFAULT, options.home))(flat), strict=True))
    parts = [[vectors[piece] for piece in some] for some in read]
    worst = alarms(parts, classes)
    near, far = worst[: len(told)][classes[: len(told)] == 0], worst[len(told) :]
    threshold = round(float(np.quantile(far, 1 - MOST_ALARMS)), 3)
    print(f"{len(told)} told, {len(usual)} everyday questions; threshold {threshold}")
    for at in sorted({0.1, 0.2, 0.3, 0.5, threshold}):
        shares = "  ".join(f"{label} {(worst[classes == k] >= at).mean():.3f}" for k, label in enumerate(LABELS, 1))
        print(f"from {at}: {shares}  only sounds like it {(near >= at).mean():.3f}  everyday {(far >= at).mean():.4f}")
    if options.write:
        settings = json.loads(SETTINGS_FILE.read_text("utf-8"))
        weights = fitted(np.array([vectors[0] for vectors in parts]), classes)
        settings["alert"] = Head(weights, threshold).to_settings()
        SETTINGS_FILE.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
