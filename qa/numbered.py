"""Which of several like things a row or an item is for, where each has a number or a letter: “Grade 12”, “Zone B is …”.

    Grade: Grade 12; Rate: £10.12        not for grade 123
    Band: Bands 5 to 7; Charge: £26      for band 6
    Room: 1 and 2; Seats: 4              for room 2

To the judge such rows are all alike, so that those of another number are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clauses import Clause

_ONE = r"(?:\d{1,5}|(?-i:[A-Z]))(?!\w|[.:]\d|[£%])"
_NAME = re.compile(
    rf"(?:[^:;]{{0,39}}?(?P<column>[a-z]{{2,20}}): )?(?:(?P<what>[a-z]{{2,20}}) |(?<=: ))(?P<first>{_ONE})"
    rf"(?: ?(?:to|–|-) ?(?P<last>{_ONE})|(?P<upwards> (?:and|or) (?:above|over|up|upwards|higher))"
    rf"|(?P<more>(?:(?:,|,? (?:and|or)) {_ONE})+))?"
    r"(?=[:;]|$| \(| (?:is|are|has|have|may|must|can|cannot|will|shall)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Things of one name: those whose numbers are listed, or all from the first to the last of them."""

    what: str
    listed: tuple[int, ...]
    run: bool

    def hold(self, number: int) -> bool:
        """Whether one is among them."""
        return self.listed[0] <= number <= self.listed[-1] if self.run else number in self.listed


_LETTERS = 10**6  # a letter is a number above all that may be written with five digits
_HIGHEST = "99999"


def _read(text: str) -> Numbers | None:
    """The numbered things that a row or an item begins with.

    >>> _read("Pay band: Bands 5 to 7; Charge: £26"), _read("Room: 1 and 2; Seats: 4")
    (Numbers(what='band', listed=(5, 7), run=True), Numbers(what='room', listed=(1, 2), run=False))
    """
    found = _NAME.match(text)
    if found is None:
        return None
    last = _HIGHEST if found["upwards"] and found["first"].isdigit() else found["last"]
    listed = [found["first"], *([last] if last else re.findall(_ONE, found["more"] or ""))]
    return Numbers(_singular(found["what"] or found["column"]), tuple(map(_number, listed)), run=bool(last))


def _singular(what: str) -> str:
    return what.casefold().removesuffix("s")


def _number(name: str) -> int:
    return int(name) if name.isdigit() else _LETTERS + ord(name.upper())


def for_another_number(clauses: Sequence[Clause], index: int, question: str) -> bool:
    """Whether a clause is one of a run of rows or items for numbered things, and not for one that was asked of."""
    own = _read(clauses[index].text)
    asked = _asked(own.what, question) if own else frozenset()
    if own is None or not asked or any(map(own.hold, asked)):
        return False
    return any(_goes_on(clauses, index, beside) for beside in (index - 1, index + 1))


#: In a question “a” and “i” are letters only where nothing is said of them: “is zone a ok”, not “group a few of them”.
_ASKED_ONE = (
    r"(?:\d{1,5}(?!\d)|(?:[b-hj-z]|(?-i:[AI])"
    r"|[ai](?=\W*$|[,.;?]| (?:and|or|on|in|at|if|for|after|before|is|ok|free)\b))"
    r"(?![\w'’]))"
)


def _asked(what: str, question: str) -> frozenset[int]:
    """The numbers of such things that a question names; none where it names a range, which may be of any.

    >>> sorted(_asked("grade", "do grades 3 and 12 differ")), sorted(_asked("year", "years 7 to 9"))
    ([3, 12], [])
    """
    named = re.finditer(
        rf"\b{what}s? ({_ASKED_ONE}(?:(?:,|,? (?:and|or)|/| &) ?{_ASKED_ONE})*)(?! ?(?:to|-|–) ?\w)",
        question,
        re.IGNORECASE,
    )
    return frozenset(_number(name) for found in named for name in re.findall(rf"\b{_ASKED_ONE}", found[1], re.I))


def _goes_on(clauses: Sequence[Clause], index: int, beside: int) -> bool:
    """Whether the clause before or after is for another thing of the same name in the same list."""
    if not 0 <= beside < len(clauses):
        return False
    one, other = clauses[index], clauses[beside]
    of_list = (one.document, one.heading_path, one.lead) == (other.document, other.heading_path, other.lead)
    own, its = _read(one.text), _read(other.text)
    return of_list and own is not None and its is not None and own.what == its.what
