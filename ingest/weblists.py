"""HTML lists → lists that Markdown can hold: nested as the page shows them, with the numbers that it prints.

Google Docs writes a nested list beside the one it stands in, old editors write it between the items, and Word writes
paragraphs with a sign of a symbol font for a bullet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup, Tag

from ingest.sheets import attributes_of
from ingest.wordlists import counted

_LETTERED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_TYPES = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A"}
_TYPES |= {"lower-roman": "i", "upper-roman": "I"}
_COUNTING_STYLE = re.compile(r"(?<![\w-])list-style(?:-type)?\s*:([^;]*)", re.IGNORECASE)
_GOOGLE_COUNTER = re.compile(r"\.(lst-kix_[\w-]+)\s*>\s*li:before\s*\{[^}]*\bcounter\([^,)]+,\s*([a-z-]+)\)")
_GOOGLE_LEVEL = re.compile(r"(?<!\S)lst-kix_\w+-(\d)(?!\S)")
_SYMBOL_FONT = re.compile(r"font-family:\s*[\"']?(?:symbol|wingdings|courier new)", re.IGNORECASE)
_MARGIN = re.compile(r"margin-left:\s*(\d*\.?\d+)(pt|in|cm)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35}
_LEVEL = 36
"""Points by which Word indents a list for each one that it stands in."""


def counting(style: str) -> str:
    """How the items of a list with a CSS declaration block are counted, as `type` says it; "" for numbers.

    >>> counting("list-style-type: lower-alpha"), counting("list-style: upper-roman inside"), counting("color: red")
    ('a', 'I', '')
    """
    said = _COUNTING_STYLE.findall(style)
    return next((_TYPES[word] for word in said[-1].lower().split() if word in _TYPES), "") if said else ""


def count_as_google(soup: BeautifulSoup) -> None:
    """Says of each list by Google Docs how it is counted, which only its style sheet does."""
    ways = dict(_GOOGLE_COUNTER.findall("".join(sheet.get_text() for sheet in soup.find_all("style"))))
    for name, way in ways.items():
        for ordered in soup.find_all("ol", class_=name) if way in _TYPES else ():
            ordered["type"] = _TYPES[way]


def nest(soup: BeautifulSoup) -> None:
    """Puts each list into the item that it stands under."""
    for paragraph in soup.select("p[class*=MsoList]"):
        _as_item(paragraph)
    for tag in soup.find_all(["ul", "ol"]):
        before = tag.find_previous_sibling()
        if before is None:
            continue
        if before.name == "li":
            before.append(tag)
        elif before.name in ("ul", "ol") and (deeper := _depth(tag) - _depth(before)) > 0:
            _put_below(tag, before, deeper)


def _as_item(paragraph: Tag) -> None:
    """Makes an item of a list of a paragraph that Word sets a bullet before."""
    mark = paragraph.find("span")
    if mark is None or not _SYMBOL_FONT.search(str(mark.get("style", ""))) or len(mark.get_text(strip=True)) != 1:
        return
    mark.decompose()
    paragraph.name = "li"
    before = paragraph.find_previous_sibling()
    bullets = paragraph.wrap(Tag(name="ul", attrs={"class": f"lst-kix_word-{_indent(paragraph)}"}))
    if before is not None and before.name == "ul" and _depth(before) == _depth(bullets):
        before.append(paragraph)
        bullets.decompose()


def _indent(paragraph: Tag) -> int:
    """How many lists a paragraph of Word stands in, by its margin."""
    found = _MARGIN.search(str(paragraph.get("style", "")))
    return max(0, round(float(found[1]) * _POINTS[found[2].lower()] / _LEVEL) - 1) if found else 0


def _depth(tag: Tag) -> int:
    """How many lists a list stands in, as Google Docs names it."""
    found = _GOOGLE_LEVEL.search(attributes_of(tag).get("class", ""))
    return int(found[1]) if found else 0


def _put_below(tag: Tag, before: Tag, levels: int) -> None:
    """Puts a list into the last item of another, or so many levels below that as there are."""
    item = _last_item(before)
    for _ in range(levels - 1):
        inner = item.find_all(["ul", "ol"], recursive=False) if item else []
        item = _last_item(inner[-1]) or item if inner else item
    if item:
        item.append(tag)


def _last_item(tag: Tag) -> Tag | None:
    items = tag.find_all("li", recursive=False)
    return items[-1] if items else None


def labels(ordered: Tag) -> list[tuple[Tag, str]]:
    """The items of a list, each with the label that is written before it."""
    items = ordered.find_all("li", recursive=False)
    style = _LETTERED.get(str(ordered.get("type")))
    return [
        (item, f"({counted(number, style)})" if style else f"{number}.")
        for item, number in zip(items, _numbers(ordered, items), strict=True)
    ]


def number(ordered: Tag) -> None:
    """Keeps the numbers of a list where Markdown would count anew: letters and Roman numbers, jumps, counting down.

    Letters are written in front of the items; where a number is not the next one, a new list begins, behind a rule.
    """
    items = ordered.find_all("li", recursive=False)
    if str(ordered.get("type")) in _LETTERED:
        for item, label in labels(ordered):
            (item.find("p") or item).insert(0, f"{label} ")
        ordered.name = "ul"
        return
    numbers = _numbers(ordered, items)
    before = ordered.find_previous_sibling()
    if before and before.name == "ol":
        ordered.insert_before(Tag(name="hr"))
    ordered["start"] = str(numbers[0] if numbers else 1)
    for last, number, item in reversed([*zip(numbers, numbers[1:], items[1:], strict=False)]):
        if number != last + 1:
            rest = [item, *item.next_siblings]
            ordered.insert_after(Tag(name="hr"), again := Tag(name="ol", attrs={"start": str(number)}))
            again.extend(rest)


def _numbers(ordered: Tag, items: Sequence[Tag]) -> list[int]:
    """The numbers that a browser prints before the items of a list."""
    down = ordered.has_attr("reversed")
    number = _whole(ordered.get("start"), len(items) if down else 1)
    found = []
    for item in items:
        number = _whole(item.get("value"), number)
        found.append(number)
        number += -1 if down else 1
    return found


def _whole(value: object, default: int) -> int:
    return int(str(value)) if re.fullmatch("[0-9]{1,9}", str(value)) else default
