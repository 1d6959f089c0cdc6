"""What the style sheets in a web page say of its elements as the page is opened: what hides, paints and marks them.

Rules for print or small screens aside, and those for what a reader does (`:hover`, `:target`). Of rules that say the
same of an element the one with the more exact selector counts, of equals the later, as in a browser.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import soupsieve
from bs4 import BeautifulSoup, Tag

from ingest.hidden import hides, style_of

_FOR_SCREENS = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMA = re.compile(r",(?![^(]*\))")
_STILL = re.compile(
    r"(?:[^:]|:(?:not|is|where|checked|root|empty|(?:first|last|only)-(?:child|of-type)|nth-[a-z-]+)(?![\w-]))+"
)
"""A selector without what comes of a reader's hand, and without `::before` and the like."""
_DECLARED = re.compile(r"([\w-]+)\s*:([^;]*)")


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a selector declares; `exactness` counts its ids, its classes and attributes, and its elements."""

    selector: soupsieve.SoupSieve
    exactness: tuple[int, int, int]
    place: int
    declarations: str


class Sheets:
    """The style sheets of a page."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._rules: dict[str, list[_Rule]] = defaultdict(list)  # by a class, id or element of those they are for
        there = set().union(*map(_keys, soup.find_all(True)))
        for place, (selector, declarations) in enumerate(_rules(soup)):
            if _STILL.fullmatch(selector) and _key(selector) in there and (read := _read(selector)):
                self._rules[_key(selector)].append(_Rule(read, _exactness(selector), place, declarations))
        self._said = {id(tag): self._found(tag) for tag in soup.find_all(True)}  # before any is taken out

    def hide(self, tag: Tag) -> bool:
        """Whether they leave nothing of an element to see, and neither another rule nor the element itself does."""
        said = self.said(tag)
        return bool(said) and hides(_counting(f"{said};{attributes_of(tag).get('style', '')}"), self.around(tag))

    def around(self, tag: Tag) -> Iterator[str]:
        """The declarations of an element and of those around it that may say what is behind its words."""
        for element in (tag, *tag.parents):
            yield f"{self.said(element)};{style_of(attributes_of(element))}"

    def said(self, tag: Tag) -> str:
        """All that they declare of an element; what counts most comes last."""
        return self._said.get(id(tag), "")

    def _found(self, tag: Tag) -> str:
        near = [rule for key in _keys(tag) for rule in self._rules.get(key, ())]
        found = [rule for rule in near if rule.selector.match(tag)]
        return ";".join(rule.declarations for rule in sorted(found, key=lambda rule: (rule.exactness, rule.place)))


def attributes_of(tag: Tag) -> Mapping[str, str]:
    """The attributes of an element, those of several words in one text."""
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in tag.attrs.items()}


def _rules(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """A selector, and what it declares."""
    for sheet in soup.find_all("style"):
        rules = re.sub(r"/\*.*?\*/", "", sheet.get_text(), flags=re.DOTALL)
        for selectors, declarations in _RULE.findall(_AT_RULE.sub("", _FOR_SCREENS.sub(r"\1", rules))):
            yield from ((selector.strip(), declarations) for selector in _COMMA.split(selectors))


def _read(selector: str) -> soupsieve.SoupSieve | None:
    """A selector, or None if it means nothing."""
    try:
        return soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError:
        return None


def _key(selector: str) -> str:
    """A class, an id or an element that a selector asks for, where it asks for one.

    >>> _key("div.a > p"), _key("ul li.b:not(.c)"), _key(".a [hidden]")
    ('p', '.b', '')
    """
    last = re.split(r"[\s>+~]", re.sub(r"\([^()]*\)|\[[^\]]*\]", "", selector) if "\\" not in selector else "")[-1]
    named = re.search(r"[.#][\w-]+", last) or re.match(r"[\w-]+", last)
    return named[0] if named and "(" not in last else ""


def _keys(tag: Tag) -> set[str]:
    attributes = attributes_of(tag)
    classes = (f".{name}" for name in attributes.get("class", "").split())
    return {"", tag.name, f"#{attributes.get('id', '')}", *classes}


def _exactness(selector: str) -> tuple[int, int, int]:
    of_class = re.findall(r"\.[\w-]|\[|:(?!not|is|where)", selector)
    return selector.count("#"), len(of_class), len(re.findall(r"(?<![\w.#:\[=\"'-])[a-z]", selector, re.IGNORECASE))


def _counting(declarations: str) -> str:
    """Of declarations in the order in which they count, the last of each property, or the last important one."""
    said: dict[str, str] = {}
    for name, value in _DECLARED.findall(declarations.lower()):
        if "!important" in value or "!important" not in said.get(name, ""):
            said[name] = value
    return ";".join(f"{name}:{value}" for name, value in said.items())
