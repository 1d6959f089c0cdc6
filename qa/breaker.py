"""After repeated failures, a rest: whoever asks meanwhile is told at once instead of waiting in vain."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Opens after `limit` failures in a row, for `rest` seconds; then one trial decides.

    >>> now = [0.0]
    >>> breaker = Breaker(limit=1, rest=30, clock=lambda: now[0])
    >>> breaker.failed()
    >>> breaker.allows()
    False
    >>> now[0] = 31
    >>> breaker.allows(), breaker.allows()
    (True, False)
    """

    def __init__(self, limit: int = 3, rest: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._closed_from = 0.0
        self._lock = Lock()

    def allows(self) -> bool:
        """Whether to try now; after a rest only the first who asks may."""
        with self._lock:
            if self._failures < self._limit:
                return True
            if self._clock() < self._closed_from:
                return False
            self._closed_from = self._clock() + self._rest
            return True

    def failed(self) -> None:
        """One more failure in a row."""
        with self._lock:
            self._failures += 1
            self._closed_from = self._clock() + self._rest

    def worked(self) -> None:
        """A success ends the row."""
        with self._lock:
            self._failures = 0
