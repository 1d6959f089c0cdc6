"""Which of several like things a row or an item is for, where each has a number: “Grade 12”, “Room 3”, “Year 7”.

    Grade: Grade 12; Rate: £10.12        not for grade 123
    Grade: Grade 123; Rate: £11.23       for grade 123

To the judge such rows are all alike, so that those of another number are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.clauses import Clause

_NAME = re.compile(r"(?:[^:;]{1,40}: )?(?P<what>[A-Za-z]{2,20}) (?P<number>\d{1,5})(?=[:;]|$)")


def for_another_number(clauses: Sequence[Clause], index: int, question: str) -> bool:
    """Whether a clause is one of a run of rows or items for numbered things, and not for one that was asked of."""
    own = _NAME.match(clauses[index].text)
    asked = _asked(own["what"], question) if own else frozenset()
    if own is None or not asked or int(own["number"]) in asked:
        return False
    return any(_goes_on(clauses, index, beside) for beside in (index - 1, index + 1))


def _asked(what: str, question: str) -> frozenset[int]:
    """The numbers of such things that a question names; none where it names a range, which may be of any.

    >>> sorted(_asked("Grade", "do grades 3 and 12 differ")), sorted(_asked("Year", "years 7 to 9"))
    ([3, 12], [])
    """
    named = re.finditer(
        rf"\b{what}s? (\d{{1,5}}(?:(?:,|,? (?:and|or)|/| &) ?\d{{1,5}})*)(?!\d| ?(?:to|-|–) ?\d)",
        question,
        re.IGNORECASE,
    )
    return frozenset(int(number) for found in named for number in re.findall(r"\d+", found[1]))


def _goes_on(clauses: Sequence[Clause], index: int, beside: int) -> bool:
    """Whether the clause before or after is for another thing of the same name in the same list."""
    if not 0 <= beside < len(clauses):
        return False
    one, other = clauses[index], clauses[beside]
    of_list = (one.document, one.heading_path, one.lead) == (other.document, other.heading_path, other.lead)
    own, its = _NAME.match(one.text), _NAME.match(other.text)
    return of_list and bool(own and its and own["what"].casefold() == its["what"].casefold())
