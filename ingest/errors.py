"""What can go wrong with a handbook, as a tree; every message says what is wrong and what to do next.

HandbookError
└── UnreadableFile    one file of it (others stand beside the code that raises them)
"""

from __future__ import annotations


class HandbookError(Exception):
    """A handbook that cannot be used; the message says what is wrong and what to do next."""


class UnreadableFile(HandbookError):
    """One file that cannot become a document; the others still can."""
