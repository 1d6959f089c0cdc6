"""Whatever was typed → a question: hidden characters out, one spelling of each letter, a limit on length."""

from __future__ import annotations

import re
import unicodedata

from ingest.documents import HandbookError

LONGEST = 2_000

#: Letters that look Latin and are not: Cyrillic and Greek, as far as a keyboard or a prank brings them.
_LOOK_ALIKES = str.maketrans(
    "аеорсхуіјѕԁһԛԝАВЕКМНОРСТХУІЈЅαοιυνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcxyijsdhqwABEKMHOPCTXYIJSaoiuvABEZHIKMNOPTYX",
)
_LATIN = re.compile(r"[A-Za-z]")


class BadQuestion(HandbookError):
    """Something that cannot be asked; the message says why."""


def cleaned(text: str) -> str:
    """The question as it is searched and shown.

    NFC; controls, bidi marks, zero-width, tag and variation characters left out; look-alike letters in
    otherwise Latin words made Latin; white space collapsed.

    Raises:
        BadQuestion: nothing is left, or more than `LONGEST` characters came.

    >>> cleaned("Whаt is thе\\u200b sick   pay?")
    'What is the sick pay?'
    """
    if len(text) > LONGEST:
        raise BadQuestion(f"{len(text):,} characters are too many, {LONGEST:,} at most: ask one thing at a time")
    shown = "".join(c for c in unicodedata.normalize("NFC", text) if not _hidden(c))
    question = re.sub(r"\s+", " ", _latin(shown)).strip()
    if not any(c.isalnum() for c in question):
        raise BadQuestion("no question in it: type what you want to know")
    return question


def _hidden(character: str) -> bool:
    kind = unicodedata.category(character)
    if kind in ("Cf", "Co", "Cs", "Cn") or (kind == "Cc" and not character.isspace()):
        return True
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _latin(text: str) -> str:
    return text.translate(_LOOK_ALIKES) if _LATIN.search(text) else text
