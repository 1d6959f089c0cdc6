"""Harm told in words that no form foresees: likeness to examples, by the finder of the edition that is open.

`desk.safeguarding` knows what is said outright. This adds what is told round about ("she hides her lunch and has got so
thin"): a question is taken for such when it is like one of `desk.harm_examples`, unless it is more like a question that
the handbook's owners have taught. Nothing is searched and nothing is kept.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import numpy as np

from desk.harm_examples import EXAMPLES
from desk.safeguarding import Harm, reports_harm
from ingest.editions import Edition
from ingest.embedding import Embedder, Encoder

ALIKE = 0.525  # cosine from which a question is taken for one of the examples; set by the false alarms on everyday ones
TAUGHT = 0.5  # how much likeness to a taught question, above a half, counts against it
LABELS: tuple[Harm, ...] = ("child", "self", "allegation")
Alert = Callable[[str], Harm | None]


class Likeness:
    """Compares with the examples, through one edition's finder."""

    def __init__(self, edition: Edition, embedder: Embedder) -> None:
        told = [(harm, words) for harm in LABELS for words in EXAMPLES[harm]]
        self._labels = [harm for harm, _ in told]
        self._examples = embedder([words for _, words in told])
        self._taught = edition.taught_vectors
        self._embedder = embedder

    def __call__(self, text: str) -> Harm | None:
        """The harm that the text, or the worst sentence of it, is most like; None if it is like none."""
        sentences = [s for s in re.split(r"(?<=[.?!])\s+|\n+", text) if len(s.split()) > 2]
        vectors = self._embedder(list(dict.fromkeys([text[:500], *sentences])))
        near = vectors @ self._examples.T
        against = (vectors @ self._taught.T).max(1) if len(self._taught) else np.zeros(len(vectors))
        scores = near - TAUGHT * np.maximum(against - 0.5, 0.0)[:, None]
        row, column = np.unravel_index(int(scores.argmax()), scores.shape)
        return self._labels[int(column)] if scores[row, column] >= ALIKE else None


class CurrentAlert:
    """Reads the words first, then likeness through the current edition; safe to share between threads."""

    def __init__(self, current: Callable[[], Edition]) -> None:
        self._current = current
        self._likeness: Likeness | None = None
        self._edition = ""
        self._opening = threading.Lock()

    def __call__(self, text: str) -> Harm | None:
        """The harm that a text tells of, if it tells of any."""
        return reports_harm(text) or self._opened()(text)

    def _opened(self) -> Likeness:
        edition = self._current()
        with self._opening:
            if self._likeness is None or self._edition != edition.id:
                self._likeness = Likeness(edition, Encoder(edition.folder / "finder"))
                self._edition = edition.id
            return self._likeness
