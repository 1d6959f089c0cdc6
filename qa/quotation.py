"""Whether a question quotes words that the handbook does not have: a yes would be said of those."""

from __future__ import annotations

import re

from qa.frames import Asks, read_question

_QUOTATION = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_WORD = re.compile(r"\w+")
_FEWEST = 5  # words that are meant as somebody's; fewer may be a name or a term


def misquotes(question: str, said: str) -> bool:
    """Whether a question is of a quotation, of five words and more, that does not stand in what is said.

    Whoever asks for leave, or of a duty, beside a quotation has it from elsewhere: “the note says “…”. Can I?”

    >>> said = "Keep your own key to yourself at all times."
    >>> misquotes("“Keep your key to yourself at all times.” Right?", said)
    True
    >>> misquotes("“keep your own key to yourself” – is that the rule?", said), misquotes("may I have a “key”?", said)
    (False, False)
    """
    beside = read_question(_QUOTATION.sub(" ", question))
    if beside.confident and beside.asks is not Asks.WHETHER_TRUE:
        return False
    quotations = map(_words, _QUOTATION.findall(question))
    return any(words.count(" ") > _FEWEST and words not in _words(said) for words in quotations)


def _words(text: str) -> str:
    """The words of a text, a space on each side of each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
