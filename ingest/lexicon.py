"""The lexicon that owners keep beside the pages: words that mean the same here, and short forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ingest.front_matter import UNMADE
from ingest.invisible import HALF
from ingest.taught import TaughtError, text_of
from ingest.words import straightened

SHAPE = "write it as “same: {parents: [mum, dad]}” and “abbreviations: {pls: please}”, “no”, “on” and numbers in quotes"


def read_lexicon(path: Path) -> dict[str, dict[str, str]]:
    """The lexicon as `{"same": {variant: canonical}, "abbreviations": {short: long}}`.

    Raises:
        TaughtError: the file is not YAML of the shape that the message shows.
    """
    if not path.exists():
        return {"same": {}, "abbreviations": {}}
    import yaml  # here: a question reads the lexicon from its edition

    try:
        found = _mapping("it", yaml.safe_load(text_of(path)))
        if other := [name for name in found if name not in ("same", "abbreviations")]:
            raise ValueError(f"{other[0]!r} is neither “same” nor “abbreviations”")
        return {"same": _same(found.get("same")), "abbreviations": _abbreviations(found.get("abbreviations"))}
    except (yaml.YAMLError, *UNMADE) as error:
        raise TaughtError(f"{path.name} is not a lexicon ({error}): {SHAPE}") from error


def _same(found: object) -> dict[str, str]:
    same: dict[str, str] = {}
    for name, variants in _mapping("same", found).items():
        if not isinstance(variants, list):
            raise ValueError(f"{variants!r:.60} under {name!r} is no list")
        same |= {_word(variant): _word(name) for variant in variants}
    return same


def _abbreviations(found: object) -> dict[str, str]:
    return {_word(short): _word(long) for short, long in _mapping("abbreviations", found).items()}


def _mapping(name: str, found: object) -> Mapping[object, object]:
    if found is not None and not isinstance(found, dict):
        raise ValueError(f"{name} is {found!r:.60}, no mapping")
    return found or {}


def _word(found: object) -> str:
    if not isinstance(found, str) or not found.strip():
        raise ValueError(f"{found!r:.60} is no word")
    if HALF.search(found):
        raise ValueError(f"{found!r:.60} has half a character in it")
    return straightened(found)
