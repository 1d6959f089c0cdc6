"""Word's lists → the numbers it prints: "4.2", "(a)", "iii." in front of each numbered paragraph.

A paragraph names a list and a level (itself or by its style); the list's levels say how to count and what
to print ("%1.%2", ECMA-376 part 1, 17.9). Bullets are left to the converter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_SMALL_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and prints; `legal` is one that prints the numbers of all levels in figures."""

    style: str
    text: str
    start: int
    legal: bool


class WordLists:
    """The lists of one document, counted as its paragraphs come."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # by abstract list
        self._abstract: dict[str, str] = {}  # list → abstract list
        self._linked: dict[str, tuple[str, int]] = {}  # style → list and level
        self._restart: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: etree._Element) -> str:
        """The number that Word prints before a paragraph, and takes the list from it; empty for bullets and none, and
        where nothing stands behind it, save in a cell.
        """
        place = paragraph.find(f"{W}pPr/{W}numPr")
        style = value_of(paragraph, "pPr/pStyle")
        linked, depth = self._linked.get(style, ("", 0))
        chosen = value_of(place, "numId") if place is not None and value_of(place, "numId") else linked
        level = int(value_of(place, "ilvl") or depth) if place is not None else depth
        abstract = self._abstract.get(chosen, "")
        how = self._levels.get(abstract, {}).get(level)
        if how is None or how.style in ("bullet", "none") or paragraph.find(f"{W}pPr/{W}rPr/{W}vanish") is not None:
            return ""
        self._count(chosen, abstract, level, how)
        if paragraph.getparent().tag != W + "tc" and not "".join(paragraph.itertext(W + "t")).strip():
            return ""
        _take_from_list(paragraph, place)
        return self._printed(abstract, how)

    def _count(self, chosen: str, abstract: str, level: int, how: _Level) -> None:
        counts = self._counts[abstract]
        start = self._restart.pop((chosen, level), None)
        counts[level] = start if start is not None else counts.get(level, how.start - 1) + 1
        for deeper in [deep for deep in counts if deep > level]:
            del counts[deeper]

    def _printed(self, abstract: str, how: _Level) -> str:
        levels, counts = self._levels[abstract], self._counts[abstract]

        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            other = levels.get(level, how)
            style = "decimal" if how.legal and other.style != "decimalZero" else other.style
            return counted(counts.get(level, other.start), style)

        return re.sub(r"%(\d)", number, how.text).strip()

    def _read_lists(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._levels[name] = {int(level.get(W + "ilvl", 0)): _level(level) for level in abstract.iter(W + "lvl")}
        for number in numbering.iter(W + "num"):
            name = number.get(W + "numId", "")
            self._abstract[name] = value_of(number, "abstractNumId")
            for override in number.iter(W + "startOverride"):
                depth = int(override.getparent().get(W + "ilvl", 0))
                self._restart[name, depth] = int(override.get(W + "val", 1))

    def _read_styles(self, styles: etree._Element) -> None:
        based: dict[str, str] = {}
        for style in styles.iter(W + "style"):
            name = style.get(W + "styleId", "")
            based[name] = value_of(style, "basedOn")
            chosen = value_of(style, "pPr/numPr/numId")
            if chosen:
                self._linked[name] = chosen, int(value_of(style, "pPr/numPr/ilvl") or 0)
        for name, parent in based.items():
            if name not in self._linked and parent in self._linked:
                self._linked[name] = self._linked[parent]


def value_of(element: etree._Element, path: str) -> str:
    """The `w:val` of a descendant, empty if there is none."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return found.get(W + "val", "") if found is not None else ""


def counted(number: int, style: str) -> str:
    """A number as Word counts in a style: decimal, lowerLetter, upperRoman and so on.

    >>> counted(4, "decimal"), counted(27, "lowerLetter"), counted(9, "upperRoman"), counted(22, "ordinal")
    ('4', 'aa', 'IX', '22nd')
    """
    if style.endswith("Letter"):
        text = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style.endswith("Roman"):
        text = _roman(number)
    elif style == "ordinal":
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        text = f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"
    else:
        return f"{number:02d}" if style == "decimalZero" else str(number)
    return text.upper() if style.startswith("upper") else text


def _take_from_list(paragraph: etree._Element, place: etree._Element | None) -> None:
    """Puts a paragraph into no list: list 0, which also overrules its style."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    if place is not None:
        properties.remove(place)
    place = etree.SubElement(properties, W + "numPr")
    etree.SubElement(place, W + "ilvl").set(W + "val", "0")
    etree.SubElement(place, W + "numId").set(W + "val", "0")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text + _SMALL_ROMAN[number]


def _level(level: etree._Element) -> _Level:
    start = value_of(level, "start")
    legal = level.find(W + "isLgl") is not None
    return _Level(value_of(level, "numFmt"), value_of(level, "lvlText"), int(start) if start.isdigit() else 1, legal)
