"""Elements whose end tag HTML may leave out, ended where a browser ends them: the parser puts each into the one before.

<ul><li>Sign in<li>Sign out</ul>      two items, not one in the other
"""

from __future__ import annotations

from bs4 import BeautifulSoup

from ingest.hidden import BLOCK

_KINDS = (
    (("li",), ("ul", "ol", "menu")),
    (("dt", "dd"), ("dl",)),
    (("td", "th"), ("table",)),
    (("tr",), ("table",)),
    (("thead", "tbody", "tfoot"), ("table",)),
)
"""Elements of which none stands in another, save where one of the second kind is between them."""
_KIND = {name: kind for kind in _KINDS for name in kind[0]}


def close(soup: BeautifulSoup) -> None:
    """Ends each item, term, cell, row and paragraph where the next one begins."""
    for tag in soup.find_all([*_KIND, "p"]):
        names, holders = _KIND.get(tag.name, (("p",), ()))
        before = tag.find_parent([*names, *holders] if holders else BLOCK)
        if before is not None and before.name in names:
            before.insert_after(tag, *[*tag.next_siblings])
