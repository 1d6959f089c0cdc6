"""Text → the terms that the word index counts (expanded, folded, stemmed), and that index on disk."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_STOP = frozenset(
    "a an the of to in on at by for and or is are be been was were it its this that these those i me my we our you"
    " your he she they them their do does did have has had can could will would shall should may might must if as with"
    " from about any some so but just im ive ok am get got when what who how where which there then than up".split()
)


def terms(text: str, lexicon: dict[str, dict[str, str]]) -> list[str]:
    """The stemmed terms of a text (Porter 2), with each lexicon group's name beside its variants.

    >>> terms("Never share your passwords", {"same": {}, "abbreviations": {}})
    ['never', 'share', 'password']
    """
    return [_stem(word) for word in _WORD.findall(expand(text, lexicon)) if word not in _STOP]


def expand(text: str, lexicon: dict[str, dict[str, str]]) -> str:
    """The text in lower case, abbreviations written out, and the common name added after each variant of it."""
    folded = straightened(text)
    short, same = lexicon["abbreviations"], lexicon["same"]
    if short:
        folded = _any_of(tuple(short)).sub(lambda m: short[m[0]], folded)
    if same:
        folded = _any_of(tuple(same)).sub(lambda m: f"{m[0]} {same[m[0]]}", folded)
    return folded


def straightened(text: str) -> str:
    """The text in lower case, its apostrophes straight, "CO₂" as it is typed."""
    return text.lower().replace("’", "'").translate(_LOWERED)


def write_words(folder: Path, texts: Sequence[str], lexicon: dict[str, dict[str, str]]) -> None:
    """Writes the BM25 index over texts (Lù 2024, bm25s; Robertson weighting)."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # the package sets DEBUG for itself when imported
    index = bm25s.BM25(method="robertson")
    index.index([terms(text, lexicon) or ["∅"] for text in texts], show_progress=False)
    index.save(str(folder))


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))
