"""The letters of a PDF's page as a reader has them: without what nobody can see, each once, raised where they stand so.

What form fields and notes say is drawn by the program that shows the page and is no letter of it: it is counted only.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from ingest.raised import PLACES
from ingest.signs import sign_of

_TINY = 3
"""Points; what is set smaller is not meant to be read."""
_THIN = 2
"""Points; what is higher is a box and no line."""
_SAME = 0.12
"""Of a letter's size; the same letter again within that is drawn twice, to look bold or shadowed."""

_LEVEL = 3
"""Points; letters whose tops are in the same step of that stand on one line."""

_UNDRAWN = (3, 7)
"""The rendering modes of text that draw nothing (ISO 32000-1, table 106)."""

Letter = dict[str, Any]


class _Device(PDFPageAggregatorWithMarkedContent):
    """Notes of each letter in which mode it is drawn, which pdfplumber passes over."""

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        graphicstate.mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)


def legible(page: Any) -> tuple[Any, Counter[str]]:
    """The page with the letters that are read, and how many are not, by the reason: unseen, turned, struck; as `mixed`
    how many are read that lie over others.
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
    gone: Counter[str] = Counter()
    kept: dict[int, Letter] = {}
    twice, strokes = _Twice(), _strokes(page)
    for char in _uncovered(page, gone):
        if not _is_seen(char, page):
            gone["unseen"] += bool(char["text"].strip())
        elif _is_turned(char):
            gone["turned"] += bool(char["text"].strip())
        elif _is_struck(char, strokes):
            gone["struck"] += bool(char["text"].strip())
        elif not twice.drawn(char):
            char["text"] = sign_of(char["fontname"], char["text"])
            kept[id(char)] = char
    gone["mixed"] = _mixed(kept.values())
    _raise(kept.values())
    return page.filter(lambda thing: thing["object_type"] != "char" or id(thing) in kept), gone


def written_over(page: Any) -> int:
    """How many form fields and notes with words lie over a page."""
    return sum(map(_says, _notes(page)))


def _notes(page: Any) -> list[dict[str, Any]]:
    found = [resolve1(one) for one in resolve1(page.page_obj.annots) or []]
    return [one for one in found if isinstance(one, dict)]


def _kind(note: dict[str, Any]) -> str:
    return getattr(resolve1(note.get("Subtype")), "name", "")


def _says(note: dict[str, Any]) -> bool:
    above = resolve1(note.get("Parent"))
    kind = _kind(note)
    values = [note.get("V"), above.get("V") if isinstance(above, dict) else None]
    if kind != "Widget":
        values = [note.get("Contents")] if kind in ("Text", "FreeText") else []
    return any(isinstance(words, bytes) and words.strip() for words in map(resolve1, values))


def _uncovered(page: Any, gone: Counter[str]) -> Iterator[Letter]:
    """The letters that are drawn, if only as a picture of them, and that no white or black box was drawn over later."""
    drawn = list(enumerate(_things(page.layout)))
    letters = [(place, vars(thing.graphicstate)["mode"]) for place, thing in drawn if isinstance(thing, LTChar)]
    boxes_at = [place for place, thing in drawn if isinstance(thing, LTRect)]
    boxes = [(place, box) for place, box in zip(boxes_at, page.rects, strict=True) if _is_cover(box)]
    for (place, mode), char in zip(letters, page.chars, strict=True):
        drawn_at_all = mode not in _UNDRAWN or any(_is_over(image, char) for image in page.images)
        if not drawn_at_all or any(later > place and _is_over(box, char) for later, box in boxes):
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
    parts = _parts_of(colour)
    return all(part <= 0.02 for part in parts) if len(parts) == 4 else bool(parts) and min(parts) >= 0.97


def _is_black(colour: Any) -> bool:
    parts = _parts_of(colour)
    return parts[3] >= 0.97 if len(parts) == 4 else bool(parts) and max(parts) <= 0.03


def _parts_of(colour: Any) -> tuple[float, ...]:
    """A colour in grey, red, green and blue, or the four inks; empty if it is a pattern."""
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    return parts if all(isinstance(part, (int, float)) for part in parts) else ()


def _is_behind(rect: Letter, char: Letter) -> bool:
    return _is_over(rect, char) and bool(rect.get("fill")) and not _is_white(rect["non_stroking_color"])


def _is_cover(rect: Letter) -> bool:
    """Whether a box leaves nothing to read of what is under it."""
    colour = rect["non_stroking_color"]
    return bool(rect.get("fill")) and (_is_white(colour) or _is_black(colour))


def _is_over(rect: Letter, char: Letter) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(rect["x0"] <= x <= rect["x1"] and rect["top"] <= y <= rect["bottom"])


def _is_turned(char: Letter) -> bool:
    """Whether a letter does not stand upright: its line would be read backwards, or letter by letter."""
    along, up, *_ = char["matrix"]
    return bool(along <= 0 or abs(up) > 0.2 * along)


def _strokes(page: Any) -> dict[int, list[Letter]]:
    """The level lines of a page, ruled or struck by a reviewer, by the whole points of their height."""
    found: dict[int, list[Letter]] = defaultdict(list)
    for stroke in (*page.lines, *page.rects, *_struck_by_notes(page)):
        if stroke["bottom"] - stroke["top"] < _THIN:
            found[int(stroke["top"])].append(stroke)
    return found


def _struck_by_notes(page: Any) -> Iterator[Letter]:
    left, low, *_ = page.page_obj.mediabox
    for note in _notes(page):
        corners = resolve1(note.get("QuadPoints")) if _kind(note) == "StrikeOut" else None
        for x, y in _corners(corners or []):
            middle = float(page.height) - (min(y) + max(y)) / 2 + low
            yield {"x0": min(x) - left, "x1": max(x) - left, "top": middle, "bottom": middle}


def _corners(numbers: Sequence[Any]) -> Iterator[tuple[list[float], list[float]]]:
    """The x and the y of four corners, and of the next four."""
    points = [float(number) for number in map(resolve1, numbers)]
    for at in range(0, len(points) - 7, 8):
        yield points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]


def _is_struck(char: Letter, strokes: dict[int, list[Letter]]) -> bool:
    """Whether a line runs through the middle of a letter."""
    high = char["bottom"] - char["top"]
    first, last = char["top"] + 0.35 * high, char["top"] + 0.65 * high
    x = (char["x0"] + char["x1"]) / 2
    near = (stroke for height in range(int(first) - 1, int(last) + 1) for stroke in strokes.get(height, ()))
    return any(first <= (s["top"] + s["bottom"]) / 2 <= last and s["x0"] <= x <= s["x1"] for s in near)


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


def _mixed(chars: Iterable[Letter]) -> int:
    """How many letters begin where another does: words that run over others are read letter by letter, mixed up."""
    rows: dict[int, list[Letter]] = defaultdict(list)
    for char in chars:
        if char["text"].isalnum():
            rows[round(char["top"] / _LEVEL)].append(char)
    rows_in_order = (sorted(row, key=lambda char: float(char["x0"])) for row in rows.values())
    return sum(b["x0"] - a["x0"] < _SAME * a["size"] for row in rows_in_order for a, b in pairwise(row))


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
