"""The lines of a PDF's pages → blocks of Markdown: headings by size and weight, items by their marks, paragraphs by
their gaps; words that a line end has cut are joined; ruled tables keep their rows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from math import ceil, inf
from typing import Any

from ingest.markdown import ENDS, looks_like_heading
from ingest.plain import escaped

_BULLET = re.compile(r"^[•◦▪‣·●○∙➢⮚►✓❖❑⚫🞎🞏■◆\uf0b7\uf0a7\u2013*-]\s+(?=\S)")
_BARE_BULLET = re.compile(r"^[•◦▪‣●○∙\uf0b7\uf0a7]\s*(?=\S)")
_CROSS = re.compile(r"^[✗✘✕🗶🗷]\s*(?=\S)")
"""A bullet that says no: it is published with its item."""
_LABEL = re.compile(
    r"^(?:\d{1,3}[.)]|(?:[a-z]|[ivx]{1,5})[.)]|\((?:[a-z]|[ivx]{1,5}|\d{1,3})\)"
    r"|\d{1,2}(?:\.\d{1,2})+\.?(?: ?\([a-z]+\))*)\s+\S"
)
_COMPOUND = re.compile(  # means something else, or nothing, without its hyphen
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)"
    r"|(?:non|self|half|cross)-\w+|(?:part|full|long|short|half|one|two|three|four|five)-(?:time|term|day|week|hour)\w*"
    r"|re-(?:act|bound|collect|count|cover|creat|dress|form|lay|lease|mark|place|present|press|sent|serve|sign|sort"
    r"|store|treat)\w*"
)
_GUTTER = 14
"""Points of empty space that part two columns."""
LARGER = 1.1
"""Of the size of most letters; what is set larger stands out from the text."""
_WIDE = 2.5
"""Of a letter's size; so wide a gap parts no words of a sentence."""
_LEVEL = 3
"""Points by which words that stand side by side may differ in height."""
_DEEPER = 6
"""Points by which the mark of an item stands right of that of the item it is in, at least."""
_DOT = (1.5, 8)
"""Points; what is drawn so high and so wide, left of a line, is its bullet."""
_SIDES = ("x0", "top", "x1", "bottom")

Box = tuple[float, float, float, float]
"""A part of a page by its `_SIDES`, in points from the top left."""
Thing = dict[str, Any]
"""A letter, a word or a table, with its `_SIDES`."""

_EVERYWHERE: Box = (-inf, -inf, inf, inf)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, place in points from the top left, size and weight; or the rows of a table.

    `spread` says that wide gaps part its words, as in a table without rules.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    rows: tuple[tuple[str, ...], ...] = ()
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, item, paragraph or table in Markdown, and which page it begins on, counted from 0."""

    page: int
    markdown: str


def lines_of(page: Any) -> Iterator[Line]:
    """The lines of a page in the order they are read: columns one after the other, tables in their place."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    around = page.filter(lambda thing: thing["object_type"] != "char" or not any(_in(t.bbox, thing) for t in tables))
    dots = _dots(page)
    words = [*around.extract_words(), *(dict(zip(_SIDES, table.bbox, strict=True)) for table in tables)]
    for box in _columns(words, _EVERYWHERE):
        column = around.filter(lambda thing, box=box: thing["object_type"] != "char" or _in(box, thing))
        lines = column.extract_text_lines(return_chars=True)
        found = [_bulleted(_line(line), dots) for line in lines if line["text"].strip()]
        found += [_table_line(table) for table in tables if _in(box, dict(zip(_SIDES, table.bbox, strict=True)))]
        yield from sorted(found, key=lambda line: line.top) if tables else found


def _dots(page: Any) -> dict[int, list[Thing]]:
    """What is drawn on a page and may be a bullet, as browsers print them, by the whole points of its height."""
    found: dict[int, list[Thing]] = defaultdict(list)
    for thing in (*page.curves, *page.rects):
        high, wide = thing["bottom"] - thing["top"], thing["x1"] - thing["x0"]
        if _DOT[0] < high < _DOT[1] and abs(high - wide) < 1:
            found[int(_height(thing))].append(thing)
    return found


def _bulleted(line: Line, dots: dict[int, list[Thing]]) -> Line:
    """A line with the bullet that is drawn before it."""
    if not _marked(line.text):
        for dot in (dot for at in range(int(line.top), int(line.bottom) + 1) for dot in dots.get(at, ())):
            if 0 < line.x0 - dot["x1"] < 2 * line.size:
                return replace(line, text=f"• {line.text}", x0=float(dot["x0"]))
    return line


def _is_table(table: Any) -> bool:
    rows = table.extract()
    return len(rows) > 1 and max(map(len, rows)) > 1 and sum(bool(cell) for row in rows for cell in row) > 2


def _in(box: Box, thing: Thing) -> bool:
    return box[0] <= (thing["x0"] + thing["x1"]) / 2 < box[2] and box[1] <= _height(thing) < box[3]


def _height(thing: Thing) -> float:
    """Where the middle of a thing is on its page, from the top."""
    return float(thing["top"] + thing["bottom"]) / 2


def _table_line(table: Any) -> Line:
    rows = tuple(tuple(" ".join((cell or "").split()) for cell in _alone(row)) for row in _filled(table))
    x0, top, x1, bottom = table.bbox
    return Line(" ".join(cell for row in rows for cell in row), x0, x1, top, bottom, 0.0, False, rows)


def _alone(row: Sequence[str | None]) -> Sequence[str | None]:
    """The cells of a row; only the first, if that takes up all columns."""
    return row[:1] if row[0] and all(cell is None for cell in row[1:]) else row


def _filled(table: Any) -> list[list[str | None]]:
    """The cells of a table; one that reaches down over rows stands in each of them."""
    rows: list[list[str | None]] = table.extract()
    above: dict[int, tuple[float, str | None]] = {}  # where the last cell of a column ends, and its words
    for row, words in zip(table.rows, rows, strict=True):
        for column, cell in enumerate(row.cells):
            if cell is not None:
                above[column] = (cell[3], words[column])
            elif column in above and above[column][0] > (row.bbox[1] + row.bbox[3]) / 2:
                words[column] = above[column][1]
    return rows


def _columns(words: Sequence[Thing], box: Box) -> Iterator[Box]:
    """A box, or the parts of it in the order they are read, where a gutter parts columns: what stands across that, and
    the columns between one such and the next.
    """
    rows = _rows(words)
    gutter = _gutter(rows)
    if gutter is None:
        yield box
        return
    x0, top, x1, end = box
    bands = [(across, list(band)) for across, band in groupby(rows, lambda row: any(_crosses(w, gutter) for w in row))]
    for number, (across, band) in enumerate(bands, 1):
        below = bands[number][1][0] if number < len(bands) else None
        bottom = (_height(band[-1][-1]) + _height(below[0])) / 2 if below else end
        middle = gutter + _GUTTER / 2
        for part in [(x0, top, x1, bottom)] if across else [(x0, top, middle, bottom), (middle, top, x1, bottom)]:
            yield from [part] if across else _columns([w for row in band for w in row if _in(part, w)], part)
        top = bottom


def _rows(words: Sequence[Thing]) -> list[list[Thing]]:
    """Words by their height: those that stand side by side, from the top down."""
    rows: list[list[Thing]] = []
    for word in sorted(words, key=_height):
        if rows and _height(word) - _height(rows[-1][-1]) < _LEVEL:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _gutter(rows: Sequence[Sequence[Thing]]) -> float | None:
    """Where the empty space begins that parts full lines of words and that the fewest rows cross, or None."""
    words = [word for row in rows for word in row]
    left, right = min((w["x0"] for w in words), default=0), max((w["x1"] for w in words), default=0)
    margin = 0.25 * (right - left)
    edges = {ceil(w["x1"]) for w in words if left + margin < w["x1"] < right - margin}
    found = [(len(rows) - len(free), edge) for edge in edges if _parts(free := _uncrossed(rows, edge), edge)]
    return min(found)[1] if found else None


def _uncrossed(rows: Sequence[Sequence[Thing]], edge: float) -> list[Sequence[Thing]]:
    return [row for row in rows if not any(_crosses(word, edge) for word in row)]


def _crosses(word: Thing, edge: float) -> bool:
    return bool(word["x0"] < edge + _GUTTER and word["x1"] > edge)


def _parts(rows: Sequence[Sequence[Thing]], edge: float) -> bool:
    """Whether enough words stand on both sides of an edge, in full lines."""
    sides = [[w for row in rows for w in row if (w["x0"] > edge) is after] for after in (False, True)]
    return all(len(side) > 40 and _runs_on(side) for side in sides)


def _runs_on(words: Sequence[Thing]) -> bool:
    """Whether words stand in full lines, as prose does and the cells of a table do not."""
    lines = Counter(round(word["top"] / 4) for word in words)
    return len(words) / len(lines) >= 3.5


def _line(line: dict[str, Any]) -> Line:
    chars = [char for char in line["chars"] if char["text"].strip()] or line["chars"]
    size = Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0]
    bold = sum(bool(re.search(r"bold|black|heavy|semibold", char["fontname"], re.IGNORECASE)) for char in chars)
    x0, x1, top, bottom = (float(line[name]) for name in ("x0", "x1", "top", "bottom"))
    text = _closed_up(line["text"], chars)
    text = re.sub(r"\(cid:\d+\)", "", re.sub(r"^(?:\(cid:\d+\)\s*)+", "• ", text))  # letters without a meaning
    text = " ".join(text.split())
    gaps = sum(after["x0"] - before["x1"] > _WIDE * size for before, after in pairwise(chars))
    spread = gaps > _marked(text)  # the one behind a mark is none
    return Line(text, x0, x1, top, bottom, float(size), bold > 0.9 * len(chars), spread=spread)


def _closed_up(text: str, chars: Sequence[dict[str, Any]]) -> str:
    """The text of a line, in words where its letters stand apart for emphasis ("N O T  A L L O W E D")."""
    letters = text.split()
    if len(letters) < 4 or len(letters) != len(chars) or letters == sorted(letters) or re.search(r"\d", text):
        return text
    gaps = [after["x0"] - before["x1"] for before, after in pairwise(chars)]
    usual = sorted(gaps)[len(gaps) // 2]
    if usual > 0.8 * chars[0]["size"]:
        return text  # they stand for themselves
    return letters[0] + "".join(
        " " * (gap > 1.6 * usual) + letter for gap, letter in zip(gaps, letters[1:], strict=True)
    )


def spelled(text: str) -> frozenset[str]:
    """The words of a text, in small letters, hyphens kept: how it spells what a line end has cut."""
    return frozenset(re.findall(r"\w+(?:-\w+)*", text.lower()))


def blocks(lines: Sequence[tuple[int, Line]], words: frozenset[str]) -> Iterator[Block]:
    """The blocks of lines given as (page, line), pages counted from 0."""
    body = usual_size([line for _, line in lines])
    sizes = sorted({round(line.size, 1) for _, line in lines if line.size > body * LARGER}, reverse=True)
    pitch = _pitch([line for _, line in lines])
    indents: list[float] = []  # of the items that the last one stands in, and its own
    for group in _groups(lines, pitch):
        block = _block(group, body, sizes, words)
        left = group[0][1].x0
        around = [indent for indent in indents if indent < left - _DEEPER]
        indents = [*around, left] if block.markdown.startswith("- ") else []
        yield replace(block, markdown="  " * max(0, len(indents) - 1) + block.markdown)


def _groups(lines: Sequence[tuple[int, Line]], pitch: float) -> Iterator[list[tuple[int, Line]]]:
    """The lines of each block."""
    block: list[tuple[int, Line]] = []
    for page, line in lines:
        if block and line.rows and _goes_on(block[-1], page, line):
            line = replace(line, rows=(_header(block[-1][1].rows), *line.rows))
        if block and (line.rows or _parted(block, page, line, pitch)):
            yield block
            block = []
        block.append((page, line))
    if block:
        yield block


def usual_size(lines: Sequence[Line]) -> float:
    """The size that most letters of lines have."""
    letters = Counter(round(line.size, 1) for line in lines if not line.rows for _ in line.text)
    return letters.most_common(1)[0][0] if letters else 0


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next within a paragraph."""
    steps = Counter(round(b.top - a.top, 0) for a, b in pairwise(lines) if 0 < b.top - a.top < 40)
    return min((step for step, times in steps.items() if times >= 0.3 * max(steps.values())), default=14.0)


def _parted(block: Sequence[tuple[int, Line]], page: int, line: Line, pitch: float) -> bool:
    """Whether a line begins a new block after those."""
    before_page, before = block[-1]
    if (
        before.rows
        or _marked(line.text)
        or (line.spread and before.spread)
        or abs(line.size - before.size) > 0.6
        or line.bold != before.bold
    ):
        return True
    if page != before_page or line.top < before.top:  # the next page or column
        return bool(ENDS.search(before.text)) or not (line.text[:1].islower() or len(before.text) > 40)
    if _marked(block[0][1].text) and line.x0 < block[0][1].x0 - _LEVEL and ENDS.search(before.text):
        return True  # what stands left of an item's mark is no more of it
    return line.top - before.top > 1.35 * max(pitch, 1)


def _goes_on(before: tuple[int, Line], page: int, table: Line) -> bool:
    """Whether a table is the rest of one that ends the page before, without that one's header."""
    last_page, last = before
    if page != last_page + 1 or not last.rows or _header(last.rows) == table.rows[0]:
        return False
    return (
        len(_header(last.rows)) == max(map(len, table.rows))
        and max(abs(last.x0 - table.x0), abs(last.x1 - table.x1)) < 2
    )


def _marked(text: str) -> bool:
    return any(mark.match(text) for mark in (_BULLET, _BARE_BULLET, _CROSS, _LABEL))


def _block(found: Sequence[tuple[int, Line]], body: float, sizes: Sequence[float], words: frozenset[str]) -> Block:
    page, first = found[0]
    if first.rows:
        return Block(page, _table(first.rows))
    text = _joined([line.text for _, line in found], words)
    bullet = _BULLET.match(text) or _BARE_BULLET.match(text)
    if bullet:
        return Block(page, "- " + escaped(text[bullet.end() :]))
    if _CROSS.match(text):
        return Block(page, "- " + escaped(text))
    level = _level(first, text, body, sizes) if len(found) <= 3 else 0
    if level:
        return Block(page, f"{'#' * level} {escaped(text)}")
    return Block(page, escaped(text))


def _level(line: Line, text: str, body: float, sizes: Sequence[float]) -> int:
    label = _LABEL.match(text)
    plain = text[label.end() - 1 :] if label else text
    if round(line.size, 1) in sizes and len(text) <= 160 and not re.search(r"[.;,][⁰¹²³⁴-⁹]*$", text):
        return min(sizes.index(round(line.size, 1)) + 1, 5)
    return min(len(sizes) + 1, 6) if line.bold and line.size >= body - 0.6 and looks_like_heading(plain) else 0


def _joined(lines: Sequence[str], words: frozenset[str]) -> str:
    """Lines in one; a word that a line end has cut is joined, its hyphen kept where it may be the word's own."""
    text = lines[0]
    for line in lines[1:]:
        cut = re.search(r"(\w+)[-\u00ad\u2010]$", text)
        rest = re.match(r"\w+", line)
        if cut and rest and rest[0][0].islower():
            whole = f"{cut[1]}-{rest[0]}".lower()
            own = whole in words or (text[-1] != "\u00ad" and _COMPOUND.fullmatch(whole))
            kept = bool(own) and f"{cut[1]}{rest[0]}".lower() not in words
            text = text[:-1] + "-" * kept + line
        else:
            text = f"{text} {line}"
    return text


def _header(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first row of a table with more than one cell, if there is one."""
    return next((row for row in rows if len(row) > 1), rows[0])


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as tables of Markdown, each under the header; what takes up a row stands above those below it."""
    header, found = _header(rows), list[str]()
    under = [row for row in rows if row is not header or len(row) == 1]
    while under:
        alone = [*takewhile(lambda row: len(row) == 1, under)]
        some = [*takewhile(lambda row: len(row) > 1, under[len(alone) :])]
        found += [*(escaped(row[0]) for row in alone), *([_rows_under(header, some)] if some else [])]
        under = under[len(alone) + len(some) :]
    names_none = len(header) > 1 and all(len(row) == 1 for row in rows if row is not header)
    return "\n\n".join([*found, _rows_under(header, [])] if names_none else found)


def _rows_under(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(map(escaped, row)) + " |" for row in (header, *rows)]
    return "\n".join([lines[0], "|" + " --- |" * len(header), *lines[1:]])
