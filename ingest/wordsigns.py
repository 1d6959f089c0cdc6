"""Signs of symbol fonts in Word → the signs that they show: "ü" of Wingdings is a tick, "³" of Symbol is "≥"."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]
from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]

from ingest.wordlists import W

_PRIVATE = re.compile("([\uf020-\uf0ff])")
"""Where Word puts what is typed in a symbol font."""


def show_signs(tree: etree._Element) -> int:
    """Makes signs of the letters typed in a symbol font; how many signs there are that nobody knows."""
    for text in [*tree.iter(W + "t")]:
        if _PRIVATE.search(text.text or "") and (font := _font(text.getparent())):
            _split(text, font)
    signs = ((sign.get(W + "font", ""), sign.get(W + "char", "")) for sign in tree.iter(W + "sym"))
    return sum((font, int(char, 16) & 0xFF) not in dingbats for font, char in signs if char)


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
