"""Text as typed → text as seen: characters nobody can see are taken out, and it is said which.

What stays is published, so that a reader, a search and a model all have the same characters before them:

- line ends and control characters are made plain; text is composed (Unicode NFC), ligatures are spelled out;
- zero-width characters, soft hyphens, bidirectional controls, tag characters and variation selectors go,
  save where they make a visible sign (joined emoji, flags, scripts that need joiners);
- Latin words with look-alike letters from Cyrillic or Greek are spelled in Latin.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

HALF = re.compile("[\ud800-\udfff]")
"""Half of a pair of surrogates: JSON and YAML can write one, UTF-8 cannot."""

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN = {**_LIGATURES, **_FULL_WIDTH, 0x2028: "\n", 0x2029: "\n\n", 0x0B: "\n", 0x0C: "\n"}

_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f")  # England, Scotland, Wales
_JOINER = re.compile(
    "(?<=[\u0590-\u08ff\u0900-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d](?=[^\x00-\u058f])"
)
_SIGN_STYLE = re.compile("(?<=[#*0-9\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_QUIET = {"\u00ad", "\ufeff"}  # soft hyphens and byte order marks are left by honest programs

#: Letters that look Latin and are not, as far as a keyboard or a prank brings them: Cyrillic, then Greek.
LATIN_FOR = dict(
    zip(
        "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιουνρ",
        "aeopcyxijshdqwABEKMHOPCTYXSIJABEZHIKMNOPTYXaiouvp",
        strict=True,
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")


def seen(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without what cannot be seen, and remarks about what was taken out or respelled.

    >>> seen("pay\\u200bment of \\u202e£1,000")
    ('payment of £1,000', ('2 invisible characters taken out (U+200B, U+202E)',))
    """
    if text.isascii() and not _UNSEEN.search(text):
        return text, ()
    text = unicodedata.normalize("NFC", text.translate(_PLAIN))
    text, unseen = _without_unseen(text)
    text, respelled = _in_latin(text)
    return text, tuple(_remarks(unseen, respelled))


def _without_unseen(text: str) -> tuple[str, Counter[str]]:
    kept = {match.start() for match in _JOINER.finditer(text)} | {match.start() for match in _SIGN_STYLE.finditer(text)}
    for flag in _FLAG.finditer(text):
        kept |= set(range(*flag.span()))
    gone: Counter[str] = Counter()

    def judge(match: re.Match[str]) -> str:
        if match.start() in kept:
            return match[0]
        gone[match[0]] += 1
        return ""

    return _UNSEEN.sub(judge, text), gone


def _in_latin(text: str) -> tuple[str, list[str]]:
    """Words that mix Latin with look-alikes, in Latin; and those words."""
    respelled: list[str] = []

    def spell(match: re.Match[str]) -> str:
        word = match[0]
        if not _FOREIGN.search(word) or not re.search("[A-Za-z]", word):
            return word
        latin = "".join(LATIN_FOR.get(letter, letter) for letter in word)
        if latin != word:
            respelled.append(latin)
        return latin

    return (_WORD.sub(spell, text) if _FOREIGN.search(text) else text), respelled


def _remarks(unseen: Counter[str], respelled: list[str]) -> Iterator[str]:
    loud = {char: count for char, count in unseen.items() if char not in _QUIET}
    if loud:
        total = sum(loud.values())
        names = ", ".join(f"U+{ord(char):04X}" for char in sorted(loud)[:6]) + (", …" if len(loud) > 6 else "")
        yield f"{total} invisible character{'s' * (total > 1)} taken out ({names})"
    if respelled:
        shown = ", ".join(dict.fromkeys(respelled[:5]))
        yield f"{len(respelled)} word{'s' * (len(respelled) > 1)} with look-alike letters spelled in Latin ({shown})"
