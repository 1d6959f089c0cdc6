"""Which cell of a row is asked of: the one whose limit a question's amount is held against, or whose column it names.

Work: Plumbing; Limit without approval: £250; Receipt: Needed      for £300 the limit
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.amounts import Kind
from qa.conditions import keeps_limit
from qa.frames import Frame
from qa.norms import Force, Norm
from qa.spelling import stems


def asked_of(frame: Frame, norms: Sequence[Norm]) -> Sequence[Norm]:
    """Of a row the one limit that the question's amount can be held against, or the one cell that rules and whose
    column it names, with all its words; else all.
    """
    if limit := _limit(frame, norms):
        return [limit]
    named = [norm for norm in norms if norm.column and stems(norm.column) <= frame.stems]
    return named if len(named) == 1 and named[0].force is not Force.STATED else norms


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
