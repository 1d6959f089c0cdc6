"""What a push of a button does, done to its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from streamlit.runtime.scriptrunner import RerunException

P = ParamSpec("P")


def carried_through(callback: Callable[P, None]) -> Callable[P, None]:
    """A callback that is not lost where something else is pushed meanwhile.

    Streamlit breaks a callback off at its next look at the session, or its next message, once another run waits; that
    run does not call it again. Here it begins anew, so doing it twice must do no more than doing it once, and the other
    run comes after it.
    """

    @wraps(callback)
    def carried(*args: P.args, **kwargs: P.kwargs) -> None:
        other: RerunException | None = None
        while True:
            try:
                callback(*args, **kwargs)
                break
            except RerunException as waiting:
                other = waiting
        if other:
            raise other

    return carried
