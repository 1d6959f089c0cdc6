"""A model's reply → a draft, or a question put anew: read strictly, or refused.

Nothing here trusts the words: drafts go on to `qa.citations`, questions have to pass `restated_wrongly`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from qa.call import Reply
from qa.draft import Draft, Statement, Verdict
from qa.faults import Unreadable
from qa.judge import Ruling
from qa.shortening import GUARDS
from qa.support import foreign_word, tokens, unfit_words

LONGEST_RESTATED = 400
MOST_DRAFTED = 12  # statements in a draft; fewer are shown


class _Statement(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    label: int
    quote: str
    text: str


class _Drafted(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    verdict: Verdict
    statements: list[_Statement] = Field(max_length=MOST_DRAFTED)


class _Restated(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    question: str


Form = TypeVar("Form", bound=BaseModel)


def read_draft(reply: Reply, name: str, ruling: Ruling) -> Draft:
    """The draft in a reply, read strictly.

    Raises:
        Unreadable: it is not the JSON object that was asked for.
    """
    found = _form(_Drafted, reply.text)
    return draft_of(found.verdict, [_statement(s) for s in found.statements], name, ruling)


def read_statement(text: str) -> Statement:
    """One statement of a draft, read strictly.

    Raises:
        Unreadable: it is not the JSON object that was asked for.
    """
    return _statement(_form(_Statement, text))


def draft_of(verdict: Verdict, statements: Sequence[Statement], name: str, ruling: Ruling) -> Draft:
    """The draft of the model of this name; it is less sure where it is not of the judge's mind."""
    agrees = verdict == ruling.verdict
    confidence = ruling.confidence if agrees else min(ruling.confidence, ruling.answerable / 2)
    return Draft(verdict, tuple(statements), confidence, ruling.reading.because if agrees else "", name)


def read_restated(reply: Reply) -> str:
    """The question in a reply, read strictly.

    Raises:
        Unreadable: it is not the JSON object that was asked for.
    """
    return _form(_Restated, reply.text).question


_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_OPENING = re.compile(r"^\W*(?:yes|no|it depends)(?:[.,;:!–—-]+\s+|\W*$)", re.IGNORECASE)


def _form(form: type[Form], text: str) -> Form:
    fenced = _FENCED.fullmatch(text)
    plain = fenced[1] if fenced else text
    try:
        found = form.model_validate_json(plain)
        json.loads(plain, object_pairs_hook=_once)
    except ValueError:
        raise Unreadable("not the JSON object asked for") from None
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object each key of which is given once: of two, one reader takes the first and another the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _statement(found: _Statement) -> Statement:
    return Statement(_sentence(found.text), found.label, found.quote)


def _sentence(text: str) -> str:
    """The words of a statement on one line, without the verdict in front, which is given apart."""
    return _OPENING.sub("", " ".join(text.split()))


def restated_wrongly(restated: str, question: str, earlier: str) -> str:
    """Why a rewritten question may not stand for what was typed, or "".

    It may use only words of the conversation, must keep the words of weight and every "not" of the
    question, and cannot be longer than `LONGEST_RESTATED`.
    """
    said = f"{question} {earlier}"
    if len(restated) > LONGEST_RESTATED:
        return f"{len(restated)} characters, {LONGEST_RESTATED} at most"
    if unfit := unfit_words(restated.rstrip("?!. "), said):
        return unfit
    if foreign := foreign_word(restated, said):
        return f"“{foreign}” was not said"
    if lost := foreign_word(question, restated):
        return f"“{lost}” is lost"
    added = [t for t in tokens(restated) if t in _TURNING and t not in tokens(said)]
    return f"“{added[0]}” was not said" if added else ""


_TURNING = GUARDS & {"no", "not", "never", "without", "unless", "except", "only"}
