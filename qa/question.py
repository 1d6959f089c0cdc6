"""Whatever was typed → a question: hidden characters out, one spelling of each letter, a limit on length."""

from __future__ import annotations

import re
import unicodedata

from ingest.documents import HandbookError
from ingest.invisible import LATIN_FOR, seen

LONGEST = 2_000

#: A word of nothing but letters that look Latin: beside Latin words it is one of theirs, and "Ростов" is not.
_LOOKS_LATIN = re.compile(rf"(?<![^\W\d_])[{''.join(LATIN_FOR)}]+(?![^\W\d_])")
_LATIN = re.compile(r"[A-Za-z]")


class BadQuestion(HandbookError):
    """Something that cannot be asked; the message says why."""


def cleaned(text: str) -> str:
    """The question as it is searched and shown.

    As a page is read (`ingest.invisible.seen`), so that the same words are the same letters in both; besides,
    words of look-alike letters alone made Latin in a Latin question, what is no character left out, spaces collapsed.

    Raises:
        BadQuestion: it is no text, nothing is left of it, or more than `LONGEST` characters came.

    >>> cleaned("Whаt is thе\\u200b sick   pay?")
    'What is the sick pay?'
    """
    if not isinstance(text, str):  # nobody checks the types of who calls
        raise BadQuestion(f"a question is text, not {text!r:.80}")
    if len(text) > LONGEST:
        raise BadQuestion(f"{len(text):,} characters are too many, {LONGEST:,} at most: ask one thing at a time")
    shown, _ = seen("".join(c for c in text if unicodedata.category(c) not in _NO_CHARACTERS and c not in _STYLES))
    question = re.sub(r"\s+", " ", _latin(shown)).strip()
    if not any(c.isalnum() for c in question):
        raise BadQuestion("no question in it: type what you want to know")
    return question


_STYLES = "\ufe0e\ufe0f"  # of emoji: a page keeps them to be shown, a question is the same without
_NO_CHARACTERS = ("Co", "Cs", "Cn")  # for private use, halves of pairs, unassigned


def _latin(text: str) -> str:
    if not _LATIN.search(text):
        return text
    return _LOOKS_LATIN.sub(lambda word: "".join(LATIN_FOR[letter] for letter in word[0]), text)
