"""Whatever was typed → a question: hidden characters out, one spelling of each letter, a limit on length."""

from __future__ import annotations

import re
import unicodedata

from ingest.documents import HandbookError
from ingest.invisible import LATIN_FOR, seen

LONGEST = 2_000
MOST_TOLD = 10_000  # characters in which harm is looked for

#: A word of nothing but letters that look Latin: beside Latin words it is one of theirs, and "Ростов" is not.
_LOOKS_LATIN = re.compile(rf"(?<![^\W\d_])[{''.join(LATIN_FOR)}]+(?![^\W\d_])")
_LATIN = re.compile(r"[A-Za-z]")
#: More marks of one kind in a row than anyone means: hundreds of them would be what a question is about.
_DRUMMED = re.compile(r"([^\w\s])\1{9,}")
#: How a question begins that is put outright: "can I …", "who do I …".
OUTRIGHT = (
    r"(?:(?:can|could|may|must|should|shall|do|does|am|are|is|will) (?:i|we|my|our|the|there)"
    r"|(?:what|when|where|who|which|how)(?: [\w'’-]+){0,2} (?:can|must|should|do|am|are|will) (?:i|we))\b"
)
#: What stands before one item of a list: "2) …", "- …".
ITEM = r"(?:\(?\d{1,2}[.)]|[-*•])\s+"
#: Where a line ends without a mark, and the next is a question or an item.
_LINE_ENDS = re.compile(rf"(?<=[\w'’\"”)])[^\S\n]*\n\s*(?={ITEM}|{OUTRIGHT})", re.IGNORECASE)


class BadQuestion(HandbookError):
    """Something that cannot be asked; the message says why."""


def cleaned(text: str, longest: int = LONGEST) -> str:
    """The question as it is searched and shown.

    As a page is read (`ingest.invisible.seen`), so that the same words are the same letters in both; besides,
    words of look-alike letters alone made Latin in a Latin question, bold, circled and raised letters made plain, what
    is no character left out, ten and more of one mark in a row cut to three, spaces collapsed, a line that ends
    without a mark before a question ended with one.

    Raises:
        BadQuestion: it is no text, nothing is left of it, or more than `longest` characters came.

    >>> cleaned("Whаt is thе\\u200b sick   pay?")
    'What is the sick pay?'
    >>> cleaned("can I vape\\ncan I bring\\nmy dog")
    'can I vape. can I bring my dog'
    """
    if not isinstance(text, str):  # nobody checks the types of who calls
        raise BadQuestion(f"a question is text, not {text!r:.80}")
    if len(text) > longest:
        raise BadQuestion(f"{len(text):,} characters are too many, {longest:,} at most: ask one thing at a time")
    plain = _DRUMMED.sub(r"\1\1\1", in_plain_letters(text))
    question = re.sub(r"\s+", " ", _LINE_ENDS.sub(". ", plain)).strip()
    if not any(c.isalnum() for c in question):
        raise BadQuestion("no question in it: type what you want to know")
    return question


def in_plain_letters(text: str) -> str:
    """A text in the letters that it is read in, lines and spaces as they are.

    >>> in_plain_letters("her d\u200bad\\n𝐡𝐢𝐭𝐬 her")
    'her dad\\nhits her'
    """
    shown, _ = seen("".join(map(_plain, text)))
    return _latin(shown)


def told(text: str) -> str:
    """What was typed, cleaned, as far as harm is looked for in it, however long it is; "" where nothing is left.

    >>> len(told("help me " * 1_000))
    7999
    """
    try:
        return cleaned(text[:MOST_TOLD], MOST_TOLD)
    except BadQuestion:
        return ""


_STYLES = "\ufe0e\ufe0f"  # of emoji: a page keeps them to be shown, a question is the same without
_NO_CHARACTERS = ("Co", "Cs", "Cn")  # for private use, halves of pairs, unassigned


def _plain(char: str) -> str:
    """A character without its style, "𝐚" and "ⓐ" as "a"; "" for what is none. A raised number stays one: "m²"."""
    if char.isascii():
        return char
    kind, plain = unicodedata.category(char), unicodedata.normalize("NFKC", char)
    if kind in _NO_CHARACTERS or char in _STYLES:
        return ""
    return plain if len(plain) == 1 and plain.isascii() and plain.isalnum() and kind != "No" else char


def _latin(text: str) -> str:
    if not _LATIN.search(text):
        return text
    return _LOOKS_LATIN.sub(lambda word: "".join(LATIN_FOR[letter] for letter in word[0]), text)
