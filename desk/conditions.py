"""What a conditional answer hangs on, as the handbook puts it: slices of the quotes, one for each condition."""

from __future__ import annotations

from collections.abc import Iterator

from qa.answer import Answer
from qa.modality import read_norms


def conditions(answer: Answer) -> tuple[str, ...]:
    """The conditions and exceptions in the quotes of a conditional answer, word for word; of others none."""
    if answer.verdict != "conditional":
        return ()
    return tuple(dict.fromkeys(words for citation in answer.citations for words in _of(citation.quote)))


def _of(quote: str) -> Iterator[str]:
    plain = quote.replace("’", "'").replace("‘", "'")
    for norm in read_norms(quote):
        for words in (norm.condition, norm.exception):
            at = plain.find(words) if words else -1
            if words and at >= 0 and len(words.split()) > 2:
                yield quote[at : at + len(words)]
