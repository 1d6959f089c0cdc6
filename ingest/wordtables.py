"""Tables of Word → tables whose cells stand in the columns in which they are seen.

A row may begin further right than others (`gridBefore`), and an edge that was drawn a little aside in one row makes a
column of its own, as narrow as that, over which the cells of other rows reach (ECMA-376 part 1, 17.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise

from lxml import etree  # type: ignore[import-untyped]

from ingest.wordlists import W, value_of

_NARROW = 200
"""Twentieths of a point; edges that are no further apart are one, for no word stands between them."""


_MOST = 100
"""Columns that a cell may reach over, and that a row may leave out; more are a bomb and no table."""


def set_columns(tree: etree._Element) -> None:
    """Gives the rows of each table cells for the columns they leave out, and takes out columns too narrow for words."""
    for table in tree.iter(W + "tbl"):
        rows = [*table.iterfind(f"{W}tr"), *table.iterfind(f"{W}sdt/{W}sdtContent/{W}tr")]
        columns = _columns(table)
        if columns and all(_fits(row, columns) for row in rows):
            for row in rows:
                _narrow(row, columns)
        for row in rows:
            for _ in range(_whole(value_of(row, "trPr/gridBefore"), 0)):
                row.insert(len(row.findall(W + "trPr")) + len(row.findall(W + "tblPrEx")), _empty())


def _columns(table: etree._Element) -> list[int]:
    """Which column each edge of a table's grid begins, counted without narrow ones; empty if it does not say."""
    widths = [column.get(W + "w", "") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    if not all(width.isdigit() for width in widths):
        return []
    edges = [0, *accumulate(map(int, widths))]
    return [0, *accumulate(int(after - before > _NARROW) for before, after in pairwise(edges))]


def _cells(row: etree._Element, columns: Sequence[int]) -> list[tuple[etree._Element, int]]:
    """The cells of a row, each with the number of columns that it takes up."""
    at, found = _whole(value_of(row, "trPr/gridBefore"), 0), []
    inside = ([part] if part.tag == W + "tc" else part.iterfind(f"{W}sdtContent/{W}tc") for part in row)
    for cell in chain.from_iterable(inside):
        end = at + _whole(value_of(cell, "tcPr/gridSpan"), 1)
        found.append((cell, columns[end] - columns[at] if end < len(columns) else 0))
        at = end
    return found


def _fits(row: etree._Element, columns: Sequence[int]) -> bool:
    """Whether each cell of a row takes up a column at least."""
    return all(taken > 0 for _, taken in _cells(row, columns))


def _narrow(row: etree._Element, columns: Sequence[int]) -> None:
    for cell, taken in _cells(row, columns):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        if span is not None:
            span.set(W + "val", str(taken))
    before = row.find(f"{W}trPr/{W}gridBefore")
    if before is not None:
        before.set(W + "val", str(columns[min(_whole(before.get(W + "val", ""), 0), len(columns) - 1)]))


def _empty() -> etree._Element:
    cell = etree.Element(W + "tc")
    etree.SubElement(cell, W + "p")
    return cell


def _whole(text: str, default: int) -> int:
    return min(int(text), _MOST) if text.isdigit() else default
