"""What can go wrong with a handbook, as a tree; every message says what is wrong and what to do next.

HandbookError
└── UnreadableFile    one file of it (others stand beside the code that raises them)
    └── NestedTooDeep
"""

from __future__ import annotations


class HandbookError(Exception):
    """A handbook that cannot be used; the message says what is wrong and what to do next."""


class UnreadableFile(HandbookError):
    """One file that cannot become a document; the others still can."""


class NestedTooDeep(UnreadableFile):
    """A file whose parts stand in one another deeper than anyone means."""

    def __init__(self) -> None:
        super().__init__("is nested too deep to be read: save it again from a plain copy")
