"""HTML tables → tables that Markdown can hold: one header row, every row as wide as the widest, no table in a cell.

A cell that spans rows or columns stands in each of them, as a reader takes it; one that spans them all names what
comes below it and stands above that as a paragraph. What is set out by a table, and is none, is taken apart.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence, Set
from itertools import takewhile

from bs4 import BeautifulSoup, Tag

WIDEST = 100
"""Columns that cells may reach by spanning; more are a bomb and no table."""

Row = dict[int, Tag]
"""The cells of a row by the columns that they reach."""


def square(soup: BeautifulSoup) -> int:
    """Squares every table of a page; how many had tables, or headings above other words, in their cells and were taken
    apart.
    """
    for column in soup.find_all("col"):
        column.decompose()
    for columns in soup.find_all("colgroup"):
        columns.unwrap()
    around = [table for table in soup.find_all("table") if table.find("table") or _sets_out(table)]
    boxes = [table for table in soup.find_all("table") if _is_box(table)]
    for table in (*around, *boxes):
        for part in table.find_all(re.compile("^(?:caption|t(?:head|body|foot|r|d|h))$")):
            if part.find_parent("table") is table:
                part.name = "div"
    for table in (*around, *boxes):
        table.name = "div"
    for table in soup.find_all("table"):
        if table.find(["td", "th"]):
            _square(table)
        else:
            table.decompose()
    return len(around)


def words_of(tag: Tag) -> str:
    """The words of an element in one line."""
    return " ".join(tag.get_text(" ").split())


def _sets_out(table: Tag) -> bool:
    """Whether a cell has a heading and what stands under it: the table is how the page is set out."""
    headings = table.find_all(re.compile("^h[1-6]$"))
    cells = ((heading, heading.find_parent(["td", "th"])) for heading in headings)
    return any(cell and cell.get_text(strip=True) != heading.get_text(strip=True) for heading, cell in cells)


def _is_box(table: Tag) -> bool:
    """Whether a table is a frame around words, or says that it is none."""
    return len(table.find_all(["td", "th"])) == 1 or table.get("role") in ("presentation", "none")


def _square(table: Tag) -> None:
    for caption in table.find_all("caption"):
        caption.name = "p"
        table.insert_before(caption)
    rows: list[Tag] = [*table.find_all("tr")]
    across = _filled(rows, _grid(rows))
    named = [*takewhile(lambda row: id(row) in across and row is not rows[-1], rows)]
    for row in named:
        table.insert_before(_as_paragraph(row))
    rows = rows[len(named) :]
    headers = [*takewhile(lambda row: _is_header(row) and id(row) not in across, rows)]
    if 1 < len(headers) < len(rows):
        _join(headers)
        rows = [headers[0], *rows[len(headers) :]]
    for row in rows:
        for cell in row.find_all(["td", "th"]):
            cell.name = "th" if headers and row is rows[0] else "td"
    for section in table.find_all(["thead", "tbody", "tfoot"]):
        section.unwrap()
    if headers or (rows and _is_bold(rows[0])):
        _part(table, rows, across)


def _filled(rows: Sequence[Tag], grid: Sequence[Row]) -> set[int]:
    """Gives every row a cell for each column; the ids of the rows that one cell takes up."""
    starts = {id(cell): column for row in grid for column, cell in reversed(row.items())}
    width = max(starts.values(), default=-1) + 1
    placed: set[int] = set()
    across = set()
    for row, cells in zip(rows, grid, strict=True):
        alone = len({id(cell) for cell in cells.values()}) == 1
        if alone and 1 < width <= len(cells):
            across.add(id(row))
        blank = "th" if all(cell.name == "th" for cell in cells.values()) else "td"
        for column in range(width):
            cell = cells.get(column)
            if cell is None or (alone and column > min(cells)):
                row.append(Tag(name=blank))
            else:
                row.append(copy.copy(cell) if id(cell) in placed else cell)
                placed.add(id(cell))
    return across


def _as_paragraph(row: Tag) -> Tag:
    """Takes a row of one cell out of its table, as words that stand for themselves."""
    row.extract()
    cell = row.find(["td", "th"])
    assert isinstance(cell, Tag)  # it has one
    cell.name = "div"
    return cell


def _part(table: Tag, rows: Sequence[Tag], across: Set[int]) -> None:
    """Parts a table at the rows that one cell takes up, each part under the table's header."""
    header, *others = rows
    first = [*takewhile(lambda row: id(row) in across, others)]
    for row in first:
        table.insert_before(_as_paragraph(row))
    end: Tag = table
    part: Tag | None = table
    for row in others[len(first) :]:
        if id(row) in across:
            end.insert_after(words := _as_paragraph(row))
            end, part = words, None
        elif part is None:
            end.insert_after(part := Tag(name="table"))
            part.extend([copy.copy(header), row])
            end = part
        else:
            part.append(row)


def _grid(rows: Sequence[Tag]) -> list[Row]:
    """The rows as a browser sets them out."""
    grid: list[Row] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.find_all(["td", "th"]):
            while column in grid[number]:
                column += 1
            across = max(1, min(_span(cell, "colspan"), WIDEST - column))
            for below in grid[number : number + _span(cell, "rowspan")]:
                below.update(dict.fromkeys(range(column, column + across), cell))
            column += across
    return grid


def _span(cell: Tag, name: str) -> int:
    """How far a cell reaches, which is then no longer said of it."""
    text = str(cell.attrs.pop(name, ""))
    return int(text) if re.fullmatch(r"[1-9]\d{0,8}", text) else 1


def _join(headers: Sequence[Tag]) -> None:
    """Makes one row of those that open a table: "Rate" above "Primary" names a column "Rate Primary"."""
    for cell, *below in zip(*(row.find_all(["td", "th"]) for row in headers), strict=True):
        names = dict.fromkeys(map(words_of, (cell, *below)))
        cell.string = " ".join(filter(None, names))
    for row in headers[1:]:
        row.decompose()


def _is_header(row: Tag) -> bool:
    table = row.find_parent("table")
    if table and table.find("thead"):
        return row.find_parent("thead") is not None
    cells = row.find_all(["td", "th"])
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _is_bold(row: Tag) -> bool:
    """Whether all words of a row are bold, as those of a header are."""
    cells = row.find_all(["td", "th"])
    return all(
        cell.get_text(strip=True) == "".join(b.get_text(strip=True) for b in cell.find_all(["b", "strong"]))
        for cell in cells
    )
