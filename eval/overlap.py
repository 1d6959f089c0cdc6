"""When two quotes are the same: one holds the other, and the shorter is more than a crumb.

Both are compared in lower case with everything but letters and digits as one space (`plain`).
"""

from __future__ import annotations

import re

from ingest.taught import CRUMB


def plain(text: str) -> str:
    """Lower case, and one space for everything that is no letter or digit."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def overlaps(one: str, other: str) -> bool:
    """Whether one plain text holds the other and the shorter is more than a crumb."""
    return min(len(one), len(other)) >= CRUMB and (one in other or other in one)
