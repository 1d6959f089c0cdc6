"""Which cell of a row is asked of, the one whose limit a question's amount is held against, or whose column it names;
and which of two clauses on either side of a limit.

Work: Plumbing; Limit without approval: £250; Receipt: Needed      for £300 the limit
Up to £10 may be accepted; a larger sum must be declined.           for £20 the second clause
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.amounts import Kind, beside
from qa.conditions import SAME, keeps_limit
from qa.frames import Frame
from qa.norms import Force, Norm
from qa.spelling import stems


def asked_of(frame: Frame, norms: Sequence[Norm]) -> Sequence[Norm]:
    """Of a row the one limit that the question's amount can be held against, or the one cell that rules and whose
    column it names, with all its words; of clauses on either side of a limit those for its amount; else all.
    """
    if limit := _limit(frame, norms):
        return [limit]
    named = [norm for norm in norms if norm.column and stems(norm.column) <= frame.stems]
    if len(named) == 1 and named[0].force is not Force.STATED:
        return named
    for limited, other in pairwise(norms):
        past = _past_limit(frame, limited, other)
        if past is not None:
            return [norm for norm in norms if norm is not (limited if past else other)]
    return norms


def _past_limit(frame: Frame, limited: Norm, other: Norm) -> bool | None:
    """Whether the asker's amount is for the second of two clauses: "… up to ten hours; a larger debit is deducted"."""
    side = _OTHER_SIDE.match(other.says)
    distances = beside(frame.amounts, limited.amounts) if side and not other.amounts else ()
    if not side or len(distances) != 1:
        return None
    return distances[0] < -SAME if side["less"] else distances[0] > SAME


#: How a clause opens that is for the amounts on the other side of the limit of the clause before.
_OTHER_SIDE = re.compile(
    r"\W*(?:(?:an?|any|anything|those|all|and|but|for) )*(?:"
    r"(?P<less>shorter|smaller|fewer|less|lower|lighter|cheaper|younger|(?:below|under) (?:that|this|it))"
    r"|longer|larger|bigger|more|higher|heavier|dearer|older|over|above|beyond|(?:past|after) (?:that|this|it))\b",
    re.IGNORECASE,
)


def _limit(frame: Frame, norms: Sequence[Norm]) -> Norm | None:
    """The limit of a row that the question's amount is held against; of several the one whose column it speaks of, of
    two times of day the one that is not kept. It counts what the whole row names.
    """
    row = frozenset[str]().union(*(norm.stems for norm in norms))
    limits = [replace(norm, stems=row) for norm in norms if norm.column and norm.condition]
    held = [(norm, kept) for norm in limits if (kept := keeps_limit(frame, norm.condition or "", norm)) is not None]
    if held and all(norm.amounts[-1:] and norm.amounts[-1].kind is Kind.CLOCK for norm, _ in held):
        return next((norm for norm, kept in held if not kept), held[0][0])
    spoken_of = [len(stems(norm.column) & frame.stems) for norm, _ in held]
    most = max(spoken_of, default=0)
    return held[spoken_of.index(most)][0] if spoken_of.count(most) == 1 else None
