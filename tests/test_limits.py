"""How often someone may ask: so many in any minute; of too many askers the one silent for longest is forgotten."""

from __future__ import annotations

import pytest

from desk import limits
from desk.limits import WINDOW, Limit


def test_so_many_in_any_minute_and_a_refusal_counts_for_nothing() -> None:
    now = [0.0]
    limit = Limit(2, lambda: now[0])
    waits = []
    for at in (0.0, 10.0, 20.0, 59.5, WINDOW, WINDOW, WINDOW + 10):
        now[0] = at
        waits.append(limit.wait("a"))
    assert waits == [0, 0, 40, 0.5, 0, 10, 0]


def test_one_who_asks_too_often_keeps_nobody_else_waiting() -> None:
    limit = Limit(1, lambda: 0.0)
    assert [limit.wait(key) for key in ("a", "a", "b")] == [0, WINDOW, 0]


def test_of_too_many_the_one_silent_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_KEYS", 2)
    limit = Limit(1, lambda: 0.0)
    assert [limit.wait(key) for key in ("a", "b", "a", "c")] == [0, 0, WINDOW, 0]
    assert [limit.wait(key) for key in ("a", "c", "b")] == [WINDOW, WINDOW, 0]
