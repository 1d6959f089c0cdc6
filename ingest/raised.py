"""What stands above or below its line, in characters that say so: "5" with a raised "2" is "5²" and never 52."""

from __future__ import annotations

import re

_UP = str.maketrans("0123456789+-=abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_DOWN = str.maketrans("0123456789+-=", "₀₁₂₃₄₅₆₇₈₉₊₋₌")
_BRACKETED = re.compile(r"\s*[\[(].*[\])]\s*", re.DOTALL)
_WORD = re.compile(r"\s*[^\W\d_]{2}")
_ENDING = re.compile(r"\s*[^\W\d_]{2}\s*")  # "st", "th", "TM"
_ROMAN = re.compile(r"\s*[ivx]+\s*")


def raised(words: str) -> str:
    """Words above the line: a figure or a single letter in its raised form, longer words set apart from what is before.

    >>> raised("2"), raised("st"), raised("[1]"), raised("see note 4")
    ('²', 'st', '[1]', ' see note 4')
    """
    if _BRACKETED.fullmatch(words):
        return words
    if _WORD.match(words) and not _ROMAN.fullmatch(words):
        return words if _ENDING.fullmatch(words) else f" {words.lstrip()}"
    return words.translate(_UP)


def lowered(words: str) -> str:
    """Words below the line: figures in their lowered form.

    >>> lowered("2"), lowered("max")
    ('₂', 'max')
    """
    return words.translate(_DOWN)


PLACES = {"sup": raised, "sub": lowered}
"""How words are written, by the HTML element that moves them off their line."""
