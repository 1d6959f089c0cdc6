"""Harm told in words that no form foresees, read by the finder of the assistant that answers.

`qa.safeguarding` knows what is said outright. This adds what is told round about ("she hides her lunch and has got so
thin"): a linear head over the finder's vectors, fitted by `training/alert.py` and kept in the edition's settings. An
edition by another embedding model has none; there the forms of words speak alone. Nothing is searched, and no word is
kept.
"""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.embedding import Vectors
from ingest.export import DEFAULT
from qa.assistant import Assistant
from qa.evidence import Finder
from qa.safeguarding import Harm, is_done_to_writer, reports_harm, without_done_to_writer

LABELS: tuple[Harm, ...] = ("child", "self", "allegation")
PIECE = 160  # characters
SENTENCE = 8  # words from which a sentence is read alone as well
#: A follow-up that names somebody or something and tells nothing of them, "what if it's my own kid", or that says
#: nothing but that the writer does or cannot, "and if I can't".
_WHO = (
    r"(?:kids?|child(?:ren)?|sons?|daughters?|nieces?|nephews?|cousins?|lads?|lass|girls?|boys?|pupils?|students?|tutees?"
    r"|mum|dad|mother|father|nan|gran|grandma|grandad|brother|sister|aunt|uncle|parents?|carers?|friends?|mates?"
    r"|neighbours?|colleagues?|teachers?|tas?|head)(?:['’]?s)?"
)
BARE = re.compile(
    r"\W*(?:(?:and|but|so|ok|okay|even|what)\W+)*(?:(?:what|how) about(?: [\w'’]+){1,3}"
    r"|if (?:it|he|she|they)(?:['’]?(?:s|re)| is| are)"
    rf"(?: (?:only|just|my|our|his|her|their|the|an?|own|ex|{_WHO})){{1,4}}"
    r"|if (?:i|we) (?:really |just )?(?:do|did|have|can|could|don['’]?t|didn['’]?t|haven['’]?t|can['’]?t|cannot))\W*",
    re.IGNORECASE,
)
Alert = Callable[[str], Harm | None]


@dataclass(frozen=True)
class Head:
    """`weights` of shape (labels, dimensions + 1), the last column the bias; an alert from a probability of `above`."""

    weights: npt.NDArray[np.float32]
    above: float

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Head:
        """The head in an edition's settings."""
        flat = np.frombuffer(base64.b64decode(settings["weights"]), np.float16)
        return cls(flat.reshape(len(LABELS), -1).astype(np.float32), settings["above"])

    def to_settings(self) -> dict[str, Any]:
        """As it is kept: half precision, base64."""
        return {"above": self.above, "weights": base64.b64encode(self.weights.astype(np.float16).tobytes()).decode()}

    def shares(self, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Probabilities of each harm, shape (texts, labels); what is left is that of none."""
        logits = np.hstack([np.zeros((len(vectors), 1)), vectors @ self.weights[:, :-1].T + self.weights[:, -1]])
        raised = np.exp(logits - logits.max(1, keepdims=True))
        return np.asarray((raised / raised.sum(1, keepdims=True))[:, 1:], np.float32)


def pieces(text: str) -> list[str]:
    """The text in runs of whole sentences, each about as long as what the head was fitted on; at least one.

    Of a long text (an e-mail) also each longer sentence alone, so that one among many does not go under. Whoever
    types without a full stop is read in runs of words; every word of the text is in some piece.
    """
    sentences = [run for s in re.split(r"(?<=[.?!])\s+|\n+", text) for run in wrap(s, 2 * PIECE)]
    out = [""]
    for sentence in sentences:
        if out[-1] and len(out[-1]) + len(sentence) > PIECE:
            out.append("")
        out[-1] = f"{out[-1]} {sentence}".strip()
    alone = [s for s in sentences if len(s.split()) >= SENTENCE] if len(out) > 3 else []
    return list(dict.fromkeys(out + alone))


class Telling:
    """Reads a text through one edition's finder and its head."""

    def __init__(self, head: Head, finder: Finder) -> None:
        self._head = head
        self._finder = finder

    def __call__(self, text: str) -> Harm | None:
        """The harm that the text, or the worst piece of it, tells of; None if it tells of none."""
        if BARE.fullmatch(text):
            return None
        shares = self._head.shares(self._vectors(without_done_to_writer(text)))
        if is_done_to_writer(text):
            shares[:, LABELS.index("allegation")] = 0.0
        worst = shares[int(shares.sum(1).argmax())]
        return LABELS[int(worst.argmax())] if worst.sum() >= self._head.above else None

    def _vectors(self, text: str) -> Vectors:
        """The vectors of its pieces; that of a text in one piece, as most questions are, serves its search as well."""
        read = pieces(text)
        return self._finder.vector(text)[None, :] if read == [text] else self._finder.embedder(read)


class CurrentAlert:
    """Reads the words first, then by the head of the assistant's edition; safe to share between threads."""

    def __init__(self, current: Callable[[], Assistant]) -> None:
        self._current = current
        self._telling: Alert = reports_harm
        self._edition = ""
        self._opening = threading.Lock()

    def __call__(self, text: str) -> Harm | None:
        """The harm that a text tells of, if it tells of any."""
        return reports_harm(text) or self._opened()(text)

    def _opened(self) -> Alert:
        assistant = self._current()
        with self._opening:
            if self._edition != assistant.edition.id:
                self._telling = _telling(assistant)
                self._edition = assistant.edition.id
            return self._telling


def _telling(assistant: Assistant) -> Alert:
    """The alert of an edition; the forms of words alone where another model than the packaged one made its vectors."""
    edition = assistant.edition
    if "alert" not in edition.settings or edition.manifest.finder["name"] != DEFAULT:
        return reports_harm
    return Telling(Head.from_settings(edition.settings["alert"]), assistant.finder)
