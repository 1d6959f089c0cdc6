"""HTML tables → tables that Markdown can hold: one header row, every row as wide as the widest, no table in a cell.

A cell that spans rows or columns stands in each of them, as a reader takes it; a row that is one cell stays one.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from itertools import takewhile

from bs4 import BeautifulSoup, Tag

WIDEST = 100
"""Columns that cells may reach by spanning; more are a bomb and no table."""

Row = dict[int, Tag]
"""The cells of a row by the columns that they reach."""


def square(soup: BeautifulSoup) -> int:
    """Squares every table of a page; how many had tables in their cells and were taken apart."""
    around = [table for table in soup.find_all("table") if table.find("table")]
    for table in around:
        for part in table.find_all(re.compile("^(?:caption|t(?:head|body|foot|r|d|h))$")):
            if part.find_parent("table") is table:
                part.name = "div"
    for table in around:
        table.name = "div"
    for table in soup.find_all("table"):
        _square(table)
    return len(around)


def _square(table: Tag) -> None:
    rows = table.find_all("tr")
    grid = _grid(rows)
    starts = {id(cell): column for row in grid for column, cell in reversed(row.items())}
    width = max(starts.values(), default=-1) + 1
    placed: set[int] = set()
    for row, cells in zip(rows, grid, strict=True):
        alone = len({id(cell) for cell in cells.values()}) == 1
        blank = "th" if all(cell.name == "th" for cell in cells.values()) else "td"
        for column in range(width):
            cell = cells.get(column)
            if cell is None or (alone and column > min(cells)):
                row.append(Tag(name=blank))
            else:
                row.append(copy.copy(cell) if id(cell) in placed else cell)
                placed.add(id(cell))
    headers = list(takewhile(_is_header, rows))
    if 1 < len(headers) < len(rows):
        _join(headers)
    for row in rows:
        for cell in row.find_all(["td", "th"]):
            cell.name = "th" if headers and row is rows[0] else "td"
    for section in table.find_all(["thead", "tbody", "tfoot"]):
        section.unwrap()
    for caption in table.find_all("caption"):
        caption.name = "p"
        table.insert_before(caption)


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
        names = dict.fromkeys(" ".join(one.get_text(" ").split()) for one in (cell, *below))
        cell.string = " ".join(filter(None, names))
    for row in headers[1:]:
        row.decompose()


def _is_header(row: Tag) -> bool:
    table = row.find_parent("table")
    if table and table.find("thead"):
        return row.find_parent("thead") is not None
    cells = row.find_all(["td", "th"])
    return bool(cells) and all(cell.name == "th" for cell in cells)
