"""How often someone may ask: a sliding minute for each conversation and each network address, in memory only."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

WINDOW = 60.0  # seconds
MOST_KEYS = 10_000  # conversations and addresses remembered; beyond that the longest silent one is forgotten


class Limit:
    """At most `most` events in any minute for each key; safe to share between threads."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._events: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str) -> float:
        """Seconds until `key` may ask again; 0.0 if it may now, and then this counts as asking."""
        now = self._clock()
        with self._lock:
            events = self._events.setdefault(key, deque())
            self._events.move_to_end(key)
            if len(self._events) > MOST_KEYS:
                self._events.popitem(last=False)
            while events and events[0] <= now - WINDOW:
                events.popleft()
            if len(events) >= self._most:
                return events[0] + WINDOW - now
            events.append(now)
            return 0.0
