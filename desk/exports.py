"""Tables as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")  # some spreadsheets run the wide ones too


def safe(cell: object) -> str:
    """A cell as text: what a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).

    >>> safe('=HYPERLINK("https://evil.example")')
    '\\'=HYPERLINK("https://evil.example")'
    """
    words = "".join(c for c in str(cell) if c in "\t\r\n" or c.isprintable() or unicodedata.category(c) == "Zs")
    return f"'{words}" if words.startswith(FORMULA) or words.lstrip().startswith(FORMULA) else words


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([safe(cell) for cell in row] for row in (header, *rows))
    return out.getvalue().encode("utf-8-sig")
