"""Gold that may be labelled wrongly: "may I …" is yes, or "is it banned to …" no, on a sentence that plainly forbids.

Rules of language read the sentence (`qa.modality`). They err in about one label of two hundred, so a doubt is
told and refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from eval.gold import GoldQuestion
from qa.frames import Asks, read_question
from qa.modality import contradicts
from qa.norms import Force, read_norms

_ASKED = (Asks.WHETHER_ALLOWED, Asks.WHETHER_FORBIDDEN)
#: "isn't it ok", "…, right?": read less surely.
_LEADING = re.compile(r"^\W*(?:so\b|\w+n'?t\b)|,? right\W*$", re.IGNORECASE)


def doubts(gold: Iterable[GoldQuestion]) -> Iterator[str]:
    """Why a label should be looked at again, for each that should."""
    for question in gold:
        if question.verdict in ("yes", "no") and _is_contradicted(question):
            yield f"{question.id}: {question.question!r} is {question.verdict!r}, but {question.required[0].text!r}"


def _is_contradicted(gold: GoldQuestion) -> bool:
    frame = read_question(gold.question)
    if len(gold.required) != 1 or gold.history or frame.asks not in _ASKED or _LEADING.search(gold.question):
        return False
    norms = read_norms(gold.required[0].text)
    if any(norm.force is not Force.FORBIDDEN or norm.condition or norm.exception for norm in norms):
        return False
    return frame.confident and contradicts(str(gold.verdict), frame, norms)
