"""Which item stands under which, and the number each clause is cited by.

Items stand under one another by indent, and at the same indent by their printed labels:

    4.2 You must:            number "4.2"
    (a) lock the door        number "4.2 (a)", under 4.2
    (i) at night             number "4.2 (a) (i)", under (a)
    - and the window         number "4.2 (a) (i).1", under (i)
    4.3 You may …            number "4.3", under nothing
    B3. You may …            number "B3", where B2. or B4. begins a line too
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from ingest.sentences import sentences

LABEL = (
    r"\((?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\)"  # (a)
    r"|(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})\)"  # a)
    r"|(?:\d{1,3}|[a-z]|[ivx]{1,5})\."  # 4.
    r"|[A-Z]?\d{1,3}(?:\.\d{1,3})+[.)]?(?: ?\((?:[a-z]|[ivx]{1,5})\))*(?= [\"'“‘(\[]?[A-Z])"  # 4.2 Words
    r"|[A-Z]?\d{1,3}(?:\.\d{1,3})+(?:\.|(?:\.\d{1,3})+|(?: ?\((?:[a-z]|[ivx]{1,5})\))+)"  # 4.2.1 words, 4.2 (a) words
    r"|\d{1,3}(?: ?\((?:[a-z]|[ivx]{1,5})\))+"  # 4(a)
)
"""What is printed before a numbered item, as a regular expression. "5.30 pm" is none."""

_OF_SERIES = re.compile(
    r"^ *(?:- |#{1,6} )?(?P<label>(?:(?P<letters>[A-Z]{1,3})"
    r"|(?P<kind>(?i:Rule|Section|Paragraph|Clause|Article|Regulation|Standing Order|Point)) )"
    r"(?P<number>\d{1,3})(?P<end>[.)]|(?(kind):|(?!))))(?= \S)",
    re.MULTILINE,
)

LONGEST_LEAD = 240
"""Characters of the words above an item that are carried down to it."""

_COMPLETE = re.compile(r"(?:^|[.!?…][\"'”’)\]]*)$")
_OPENS = re.compile(r"\b(?:following|below)\b|:$")
_GOES_ON = re.compile(r"(?:;|\b(?:and|or))$")
ROW = re.compile(r"(?:[^:;]{1,60}; )?[^:;]{1,60}: [^;]+; [^:;]{1,60}: ")
"""How the row of a table begins: two cells, each named by its column; before them its name, where that has none."""
_TABLE = 4  # the kind of a row, after the four of labels
_ROMAN = re.compile(r"\(?[ivx]+[.)]?")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class _Open:
    """An item that others may stand under."""

    indent: int
    rank: tuple[int, int]  # what kind of label (number, letter, roman, bullet), how many parts
    kind: int  # that of its label, or a table's row
    label: str
    number: str
    text: str


def labels_of_series(text: str) -> tuple[str, ...]:
    """The labels that begin with letters, "B3." or "Rule 4.": each begins a line, and so does the one before or after.

    >>> labels_of_series("B2. Lock the door.\n\nB3. Sign out.\n\nA4. That is the size of the form.")
    ('B2.', 'B3.')
    """
    found = {(m["letters"] or m["kind"], m["end"], int(m["number"])): m["label"] for m in _OF_SERIES.finditer(text)}
    return tuple(
        label
        for (series, end, number), label in found.items()
        if (series, end, number - 1) in found or (series, end, number + 1) in found
    )


class Numbering:
    """Counts bullets and paragraphs down a page, and knows which item stands above another."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._bullets: Counter[str] = Counter()
        self._paragraphs = 0
        self._stem = ""  # a paragraph that speaks for the list below it, as long as that goes on
        self._stem_kind: int | None = None
        self._left = ("", "", "")  # of the list that a paragraph has interrupted: label, words, stem

    def item(self, indent: int, label: str, text: str) -> tuple[str, str]:
        """The number of an item, and its lead: the words above it that it needs to be understood."""
        rank = self._rank(label)
        before = [item for item in self._open if _follows(label, item.label)]
        if before:  # what goes on after that is of its kind, and deeper only by a break in the source
            indent, rank = min(indent, before[-1].indent), before[-1].rank
        kind = rank[0] if label or not ROW.match(text) else _TABLE
        closed: _Open | None = None
        while self._open and not _under(indent, rank, label, self._open[-1]):
            closed = self._open.pop()
        if closed and closed.kind != kind and (_TABLE in (closed.kind, kind) or _COMPLETE.search(closed.text)):
            self._end_list(indent, rank)
        above = self._open[-1].number if self._open else ""
        number = self._number(above, label, rank)
        if not self._open:
            last_label, last, stem = self._left
            if not self._stem and (_follows(label, last_label) if label else _is_next(text, last_label, last)):
                self._stem = stem
            self._stem = self._stem if self._stem_kind in (None, kind) else ""
            self._stem_kind = kind
        lead = " ".join(part for part in (self._stem, *(_carried(item.text) for item in self._open)) if part)
        self._open.append(_Open(indent, rank, kind, label, number, text))
        return number, lead

    def paragraph(self, indent: int, text: str) -> tuple[str, str]:
        """The number and the lead of a paragraph, which may go on inside an item."""
        while self._open and self._open[-1].indent >= max(indent, 1):
            self._open.pop()
        if not indent:
            if _OPENS.search(text):
                self._left = ("", "", "")
            elif self._open:
                self._left = (self._open[0].label, self._open[-1].text, self._stem)
            self._open.clear()
            self._stem, self._stem_kind = _stem(text), None
        self._paragraphs += 1
        above = self._open[-1] if self._open else None
        lead = _carried(above.text) if above and above.text.endswith((":", "?")) else ""
        return f"{above.number if above else ''} ¶{self._paragraphs}".strip(), lead

    def heading(self) -> None:
        """Forgets what was open: nothing stands under an item across a heading."""
        self._open.clear()
        self._stem, self._left = "", ("", "", "")

    def _end_list(self, indent: int, rank: tuple[int, int]) -> None:
        """Lets what opened a list of another kind lead no further: bullets stand outside it, numbers take no words."""
        while self._open and self._open[-1].indent == indent and self._open[-1].text.endswith(":"):
            above = self._open.pop()
            if rank[0] < 3:
                self._open.append(replace(above, text=""))

    def _rank(self, label: str) -> tuple[int, int]:
        if not label:
            return 3, 0
        if re.match(r"(?:[A-Z]{1,3}|[A-Za-z ]+ )?\d", label):
            return 0, len(re.findall(r"\d+|\([a-z]+\)", label))
        before = next((item.label.strip("().") for item in reversed(self._open) if item.rank[0] == 1), "")
        letter = label.strip("().")
        follows = len(letter) == len(before) == 1 and _follows(letter, before)
        roman = bool(_ROMAN.fullmatch(label)) and not follows and (bool(before) or len(letter) > 1 or self._in_roman())
        return (2, 0) if roman else (1, 0)

    def _in_roman(self) -> bool:
        return any(item.rank[0] == 2 for item in self._open)

    def _number(self, above: str, label: str, rank: tuple[int, int]) -> str:
        if label:
            printed = label.rstrip(".:")
            return f"{above} {printed}" if above and rank[0] else printed
        self._bullets[above] += 1
        return f"{above}.{self._bullets[above]}" if above else str(self._bullets[above])


def _follows(label: str, before: str) -> bool:
    """Whether a label is the next after another: "(c)" after "(b)", "4.3" after "4.2", "(ii)" after "(i)"."""
    (*above, last), (*same, one) = re.findall(r"\w+", label) or [""], re.findall(r"\w+", before) or [""]
    if above != same or re.sub(r"\w", "", label) != re.sub(r"\w", "", before):
        return False
    if last.isdigit() and one.isdigit():
        return int(last) == int(one) + 1
    if len(last) == len(one) == 1 and ord(last) == ord(one) + 1:
        return True
    return last in _ROMANS and one in _ROMANS and _ROMANS.index(last) == _ROMANS.index(one) + 1


def _is_next(text: str, label: str, last: str) -> bool:
    """Whether a bullet goes on with a list of bullets whose last item so far leaves it open: "run;", "walk or"."""
    return not label and text[:1].islower() and _GOES_ON.search(last) is not None


def _under(indent: int, rank: tuple[int, int], label: str, item: _Open) -> bool:
    """Whether an item with this indent and label stands under an open one."""
    if indent != item.indent:
        return indent > item.indent
    if rank[0] == 0 == item.rank[0]:
        if label == item.label.replace("Q", "A", 1) and item.text.endswith("?"):
            return True
        return rank > item.rank and re.match(rf"{re.escape(item.label.rstrip('.)'))}(?=[.( ])", label) is not None
    return rank > item.rank and (rank[0] < 3 or not _COMPLETE.search(item.text))


def _stem(text: str) -> str:
    """What a paragraph says for the list below it: its last sentence, if that is left open and begins anew."""
    last = sentences(text)[-1].text if text.strip() else ""
    if last[:1].islower() and not last.endswith(":"):
        return ""
    return last if not _COMPLETE.search(last) and len(last) <= (LONGEST_LEAD if last.endswith(":") else 120) else ""


def _carried(text: str) -> str:
    """The words of an item or paragraph that those below it need: its last sentence if that opens a list, else all."""
    if text.endswith((":", "-", "–", "—")) or len(text) > LONGEST_LEAD:
        parts = sentences(text)
        text = (parts[-1] if text.endswith((":", "-", "–", "—")) else parts[0]).text
    return text if len(text) <= LONGEST_LEAD else text[:LONGEST_LEAD].rsplit(" ", 1)[0] + " …"
