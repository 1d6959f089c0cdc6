"""Elements whose end tag HTML may leave out, ended where a browser ends them: the parser puts each into the one before.

<ul><li>Sign in<li>Sign out</ul>      two items, not one in the other
"""

from __future__ import annotations

from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from ingest.errors import NestedTooDeep
from ingest.hidden import BLOCK

DEEPEST = 1_000  # elements in one another; browsers build no more than 512
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
    """Ends each item, term, cell, row and paragraph where the next one begins.

    Raises:
        NestedTooDeep: reading what is then left in one another would take minutes, and end in nothing.
    """
    depths, moved = {id(soup): 0}, False
    for tag in soup.find_all(True):  # each after the one around it, which stays where it is from then on
        before = _unclosed(tag)
        if before is not None:
            _move(tag, before)
            moved = True
        depths[id(tag)] = depths[id(tag.parent)] + 1
        if depths[id(tag)] > DEEPEST:
            raise NestedTooDeep
    if moved:
        _relink(soup)


def _unclosed(tag: Tag) -> Tag | None:
    """The element around another that ends where that begins."""
    if tag.name not in _KIND and tag.name != "p":
        return None
    names, holders = _KIND.get(tag.name, (("p",), ()))
    around = tag.find_parent([*names, *holders] if holders else BLOCK)
    return around if around is not None and around.name in names else None


def _move(tag: Tag, before: Tag) -> None:
    """Puts an element and what stands behind it in its parent behind another; their other links are `_relink`'s.

    `Tag.insert_after` would look for the last of all that is in each, however deep: 10,000 items took half a minute.
    """
    run = [tag, *tag.next_siblings]
    after = before.next_sibling
    if tag.previous_sibling is not None:
        tag.previous_sibling.next_sibling = None
    before.next_sibling, tag.previous_sibling = tag, before
    run[-1].next_sibling = after
    if after is not None:
        after.previous_sibling = run[-1]
    for element in run:
        element.parent = before.parent


def _relink(soup: BeautifulSoup) -> None:
    """Sets what each element contains, and which comes after which, by their parents and siblings."""
    elements: list[PageElement] = []
    waiting = [*reversed(_contents(soup))]
    while waiting:
        elements.append(element := waiting.pop())
        if isinstance(element, Tag):
            waiting.extend(reversed(_contents(element)))
    for one, other in pairwise(elements):
        one.next_element, other.previous_element = other, one
    elements[-1].next_element = None


def _contents(tag: Tag) -> list[PageElement]:
    """What an element contains now, for it may have lost all from some child on, and got others behind any."""
    first = next((child for child in tag.contents[:1] if child.parent is tag), None)
    tag.contents = [] if first is None else [first, *first.next_siblings]
    return tag.contents
