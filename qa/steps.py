"""What is told on the way to an answer: how far it has got, then its words, each checked before it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

from qa.answer import Answer, pieces

if TYPE_CHECKING:
    from qa.proposal import Proposal

PROGRESS = ("finding", "reading", "checking")


@dataclass(frozen=True, slots=True)
class Step:
    """What happens on the way to an answer: a progress, then words that may be shown, last the answer itself.

    The `words` of all steps that say something, joined, are the answer's text, and each has with it the answer
    as far as it is checked; nothing in them is unchecked. A chat model may spoil what it began well, by a lie or
    a cut: then a step “withdrawn” takes back all that was said, and it is said anew.
    """

    kind: Literal["finding", "reading", "checking", "says", "withdrawn", "answer"]
    words: str = ""
    answer: Answer | None = None


Tell = Callable[[Step], None]
"""Told of each step but the last. While a chat model is waited for it is told of the same progress again and
again; what it raises ends the asking.
"""


def said(answer: Answer, before: str = "") -> Iterator[Step]:
    """A step for each piece of an answer that was not said before; what was is taken back if it is not of it."""
    if not answer.text.startswith(before):
        yield Step("withdrawn")
        before = ""
    end = 0
    for words in pieces(answer):
        start, end = max(end, len(before)), end + len(words)
        if start < end:
            yield Step("says", answer.text[start:end], answer)


def standing(answer: Answer, proposal: Proposal) -> Iterator[Step]:
    """An answer whose draft is still being written, without what is said at its end; not if a caveat alters it."""
    cited = len(proposal.checked.citations)
    if answer.verdict == proposal.draft.verdict and len(answer.citations) == cited:
        yield Step("says", answer=replace(answer, text="".join(islice(pieces(answer), cited))))
