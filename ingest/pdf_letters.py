"""The letters of a PDF's page as a reader has them: without what nobody can see, each once, raised where they stand so.

What form fields and notes say is drawn by the program that shows the page and is no letter of it: it is counted only.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTRect
from pdfminer.pdftypes import resolve1

from ingest.raised import PLACES

_TINY = 3
"""Points; what is set smaller is not meant to be read."""
_SAME = 0.12
"""Of a letter's size; the same letter again within that is drawn twice, to look bold or shadowed."""

Letter = dict[str, Any]


def legible(page: Any) -> tuple[Any, Counter[str]]:
    """The page with the letters that are read, and how many are not, by the reason: unseen, turned."""
    gone: Counter[str] = Counter()
    kept: dict[int, Letter] = {}
    twice = _Twice()
    for char in _uncovered(page, gone):
        if not _is_seen(char, page):
            gone["unseen"] += bool(char["text"].strip())
        elif _is_turned(char):
            gone["turned"] += bool(char["text"].strip())
        elif not twice.drawn(char):
            kept[id(char)] = char
    _raise(kept.values())
    return page.filter(lambda thing: thing["object_type"] != "char" or id(thing) in kept), gone


def written_over(page: Any) -> int:
    """How many form fields and notes with words lie over a page."""
    found = [resolve1(one) for one in resolve1(page.page_obj.annots) or []]
    return sum(1 for one in found if isinstance(one, dict) and _says(one))


def _says(note: dict[str, Any]) -> bool:
    above = resolve1(note.get("Parent"))
    kind = getattr(resolve1(note.get("Subtype")), "name", "")
    values = [note.get("V"), above.get("V") if isinstance(above, dict) else None]
    if kind != "Widget":
        values = [note.get("Contents")] if kind in ("Text", "FreeText") else []
    return any(isinstance(words, bytes) and words.strip() for words in map(resolve1, values))


def _uncovered(page: Any, gone: Counter[str]) -> Iterator[Letter]:
    """The letters that no white box was drawn over later."""
    drawn = list(enumerate(_things(page.layout)))
    at = [place for place, thing in drawn if isinstance(thing, LTChar)]
    boxes_at = [place for place, thing in drawn if isinstance(thing, LTRect)]
    boxes = [(place, box) for place, box in zip(boxes_at, page.rects, strict=True) if _is_white_box(box)]
    for place, char in zip(at, page.chars, strict=True):
        if any(later > place and _is_over(box, char) for later, box in boxes):
            gone["unseen"] += bool(char["text"].strip())
        else:
            yield char


def _things(container: Any) -> Iterator[Any]:
    """What is drawn on a page, in the order in which it is."""
    for thing in container:
        if isinstance(thing, LTContainer):
            yield from _things(thing)
        else:
            yield thing


def _is_seen(char: Letter, page: Any) -> bool:
    """Whether a letter is on the page, large enough, and not white on nothing."""
    inside = char["x1"] > page.bbox[0] and char["x0"] < page.bbox[2] and char["bottom"] > page.bbox[1]
    if not inside or char["top"] > page.bbox[3] or max(char["size"], char["height"]) < _TINY:
        return False
    return not _is_white(char["non_stroking_color"]) or any(_is_behind(rect, char) for rect in page.rects)


def _is_white(colour: Any) -> bool:
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    return all(part <= 0.02 for part in colour) if len(colour) == 4 else bool(colour) and min(colour) >= 0.97


def _is_behind(rect: Letter, char: Letter) -> bool:
    return _is_over(rect, char) and bool(rect.get("fill")) and not _is_white(rect["non_stroking_color"])


def _is_white_box(rect: Letter) -> bool:
    return bool(rect.get("fill")) and _is_white(rect["non_stroking_color"])


def _is_over(rect: Letter, char: Letter) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(rect["x0"] <= x <= rect["x1"] and rect["top"] <= y <= rect["bottom"])


def _is_turned(char: Letter) -> bool:
    """Whether a letter does not stand upright: its line would be read backwards, or letter by letter."""
    along, up, *_ = char["matrix"]
    return bool(along <= 0 or abs(up) > 0.2 * along)


class _Twice:
    """Remembers where which letter was drawn."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, int, int], list[Letter]] = defaultdict(list)

    def drawn(self, char: Letter) -> bool:
        """Whether the same letter is there already; if not, it is now."""
        column, row = round(char["x0"] / 4), round(char["top"] / 4)
        near = [(char["text"], column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        room = _SAME * char["size"]
        for other in (other for place in near for other in self._places.get(place, ())):
            if abs(other["x0"] - char["x0"]) < room and abs(other["top"] - char["top"]) < room:
                return True
        self._places[near[4]].append(char)
        return False


def _raise(chars: Iterable[Letter]) -> None:
    """Writes figures that stand above or below their line as such, and puts them on it."""
    base = last = None
    for char in chars:
        place = _place(char, base, last) if base and last and re.fullmatch("[0-9]", char["text"]) else ""
        if base and place:
            char["text"] = PLACES[place](char["text"])
            char.update({side: base[side] for side in ("top", "bottom", "doctop", "y0", "y1")})
        elif char["text"].strip():
            base = char
        last = char


def _place(char: Letter, base: Letter, last: Letter) -> str:
    """Where a letter stands that comes right after another: "sup" above the line of `base`, "sub" below, or ""."""
    size = base["size"]
    rise = (base["bottom"] - char["bottom"]) / size
    if abs(char["x0"] - last["x1"]) > 0.3 * size or char["size"] > 1.1 * size or abs(rise) > 0.8:
        return ""
    return "sup" if rise > 0.2 else "sub" if rise < -0.1 and char["size"] < 0.85 * size else ""
