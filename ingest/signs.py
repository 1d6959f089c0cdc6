"""Signs of symbol fonts → the signs that they show: "ü" of Wingdings is a tick, "³" of Symbol is "≥"."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]
from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]

from ingest.wordlists import W

_PRIVATE = re.compile("([\uf020-\uf0ff])")
"""Where Word puts what is typed in a symbol font."""
_NAMED = re.compile(r"(?<![A-Za-z])(Wingdings|Webdings|Symbol)(?:MT)?[ -]?([23]?)(?![a-z])")


def show_signs(tree: etree._Element) -> int:
    """Makes signs of the letters typed in a symbol font; how many signs there are that nobody knows."""
    for text in [*tree.iter(W + "t")]:
        if _PRIVATE.search(text.text or "") and (font := _font(text.getparent())):
            _split(text, font)
    signs = ((sign.get(W + "font", ""), sign.get(W + "char", "")) for sign in tree.iter(W + "sym"))
    return sum((font, int(char, 16) & 0xFF) not in dingbats for font, char in signs if char)


def sign_of(font: str, letter: str) -> str:
    """What a letter shows in a font, named as PDF files name it; the letter itself where nobody knows.

    >>> sign_of("ABCDEF+Wingdings-Regular", "ü"), sign_of("SymbolMT", "\uf0b3"), sign_of("Arial", "ü")
    ('✓', '≥', 'ü')
    """
    named = _NAMED.search(font)
    if named is None or len(letter) != 1 or not (letter < "\u0100" or _PRIVATE.fullmatch(letter)):
        return letter
    name = f"{named[1]} {named[2]}" if named[2] else named[1]
    return chr(dingbats.get((name, ord(letter) & 0xFF), ord(letter)))


def _font(run: etree._Element) -> str:
    """The symbol font of a run, empty if it has none."""
    fonts = run.find(f"{W}rPr/{W}rFonts")
    names = [fonts.get(W + where, "") for where in ("ascii", "hAnsi", "cs")] if fonts is not None else []
    return next((name for name in names if (name, 0x50) in dingbats), "")


def _split(text: etree._Element, font: str) -> None:
    """Puts a sign for each private letter of a text in place of it."""
    place = text.getparent().index(text)
    pieces = []
    for piece in filter(None, _PRIVATE.split(text.text)):
        if _PRIVATE.fullmatch(piece):
            pieces.append(etree.Element(W + "sym", {W + "font": font, W + "char": f"{ord(piece):04X}"}))
        else:
            pieces.append(etree.Element(W + "t"))
            pieces[-1].text = piece
    text.getparent()[place : place + 1] = pieces
