"""One call of a chat model: whole, small enough, in time, or a fault (`qa.faults`).

A LangChain or OpenAI `timeout` counts between reads, so that a slow drip never ends. Here the call is a
task on an event loop of its own thread: at the deadline it is cancelled, which closes its connection. What a
client raises ends no loop, and a loop that a client blocks is left to it: the next call gets a new one.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import json
import logging
import queue
import random
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from qa.draft import Usage
from qa.faults import Declined, Incomplete, OutOfTime, TooLong, Unreadable, translated

T = TypeVar("T")
log = logging.getLogger(__name__)
_starting = threading.Lock()  # of several first calls at once `lru_cache` lets each make a loop

RETRIES = 2
FIRST_PAUSE = 0.2  # seconds before the second try; doubled before the third
LOOK = 0.2  # seconds between two looks at whether anybody still waits
ANSWERS = 2.0  # seconds in which a loop that nothing blocks answers, on the slowest machine
HELD_BACK = 0.1  # share of the time left, at most half a second, kept for cancelling and for the reader


def _patiently() -> None:
    """Waits to the end."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock by which an answer must be there.

    `waiting` is called now and then until it is; what that raises ends the call of the model at once.
    """

    ends: float
    waiting: Callable[[], None] = _patiently

    @classmethod
    def after(cls, seconds: float, waiting: Callable[[], None] = _patiently) -> Deadline:
        return cls(time.monotonic() + seconds, waiting)

    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.ends - time.monotonic())

    def sooner(self, share: float) -> Deadline:
        """The moment when this share of the time left is gone."""
        return Deadline.after(self.left() * share, self.waiting)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, whole, and what it cost."""

    text: str
    usage: Usage | None


Piece = str | None
"""Words of a reply as they come; None where it begins, at first or anew."""
Say = Callable[[Piece], None]


def follow(work: Callable[[Say], Coroutine[Any, Any, T]], deadline: Deadline) -> Generator[Piece | T, None, None]:
    """What `work` says on the way, then its result.

    It is cancelled when the time is up, and when nobody waits for it any more: the caller goes, or
    `deadline.waiting` raises. Once the result is there, what was not yet told of the way is left out.

    Raises:
        OutOfTime: the time was up.
    """
    said: queue.SimpleQueue[Piece] = queue.SimpleQueue()
    loop = _loop(min(ANSWERS, deadline.left() / 2))
    left = deadline.left()
    limit = left - min(0.5, left * HELD_BACK)
    future = asyncio.run_coroutine_threadsafe(_limited(work(said.put), limit), loop)
    future.add_done_callback(lambda _: said.put(None))  # ends the wait
    look = Deadline.after(LOOK)
    try:
        while not future.done() and deadline.left():
            with suppress(queue.Empty):
                piece = said.get(timeout=min(look.left(), deadline.left()))
                if not future.done():
                    yield piece
            if not look.left():
                deadline.waiting()
                look = Deadline.after(LOOK)
        yield future.result(0)
    except concurrent.futures.TimeoutError as error:
        raise OutOfTime from error
    finally:
        future.cancel()


async def _limited(work: Coroutine[Any, Any, T], seconds: float) -> T:
    return await asyncio.wait_for(work, seconds)


def _loop(patience: float) -> asyncio.AbstractEventLoop:
    """The loop of all calls, or a new one where it does not answer in so many seconds."""
    with _starting:
        loop, answered = _started(), threading.Event()
        loop.call_soon_threadsafe(answered.set)
        if not answered.wait(patience):
            asyncio.run_coroutine_threadsafe(_run_out(), loop)
            _started.cache_clear()
        return _started()


@lru_cache(maxsize=1)
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=_run, args=(loop,), name="chat-model", daemon=True).start()
    return loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    """Runs a loop until it is stopped; a `SystemExit` or `KeyboardInterrupt` of a task comes out and ends nothing."""
    while True:
        try:
            return loop.run_forever()
        except (SystemExit, KeyboardInterrupt) as error:
            log.warning("a chat model raised %s", type(error).__name__)


async def _run_out() -> None:
    """Stops the loop that this runs on when all that was begun on it has ended."""
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)
    asyncio.get_running_loop().stop()


async def persist(ask: Callable[[], Awaitable[T]], deadline: Deadline) -> T:
    """The first success in at most three tries, pauses and all inside the deadline.

    Raises:
        ModelFault: the last fault; one that another try would not mend, at once.
    """
    for attempt in range(RETRIES + 1):
        try:
            return await ask()
        except BaseException as error:  # each provider's library has errors of its own; all become ours here
            if isinstance(error, GeneratorExit) or _is_cancelled(error):
                raise
            fault = translated(error)
        pause = fault.retry_after or FIRST_PAUSE * 2**attempt * random.uniform(0.75, 1.25)
        if not fault.passing or attempt == RETRIES or pause >= deadline.left():
            raise fault from None  # the chain would carry the provider's own text into a log
        await asyncio.sleep(pause)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _is_cancelled(error: BaseException) -> bool:
    """Whether an error is that this task is cancelled; a client may raise the same of itself."""
    task = asyncio.current_task()
    return isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling() > 0


_WHOLE = frozenset(("stop", "end_turn", "stop_sequence", "tool_calls", "tool_use", "function_call", "load"))
_DECLINED = frozenset(("content_filter", "refusal", "safety", "recitation", "blocklist", "prohibited_content", "spii"))


def read_reply(message: Any, most_bytes: int, most_tokens: int) -> Reply:
    """What a LangChain message holds, if it is whole.

    Providers that report nothing at all about a message are taken at the word of its text, which must
    then be a complete draft; one that reports anything must report how it finished.

    Raises:
        Incomplete, Declined, TooLong, Unreadable: it is not.
    """
    reported: Mapping[str, Any] = getattr(message, "response_metadata", None) or {}
    reason = next((reported[k] for k in ("finish_reason", "stop_reason", "done_reason") if reported.get(k)), None)
    if (getattr(message, "additional_kwargs", None) or {}).get("refusal") or str(reason).lower() in _DECLINED:
        raise Declined
    if reported and (reason is None or str(reason).lower() not in _WHOLE):
        raise Incomplete(f"finish reason {reason!r:.40}")
    text = _text(message)
    if len(text.encode("utf-8", "replace")) > most_bytes:
        raise TooLong(f"over {most_bytes:,} bytes")
    if not text.strip():
        raise Unreadable("it is empty")
    return Reply(text, _usage(getattr(message, "usage_metadata", None), most_tokens))


def _text(message: Any) -> str:
    """The text parts of a message, or the arguments of its one call of a tool."""
    calls = list(getattr(message, "tool_calls", None) or [])
    if len(calls) == 1:
        return json.dumps(calls[0]["args"])
    content = message.content
    if isinstance(content, str):
        return content
    parts = [p if isinstance(p, str) else p.get("text", "") for p in content if isinstance(p, str) or _is_text(p)]
    return "".join(part for part in parts if isinstance(part, str))


def _is_text(part: Any) -> bool:
    return isinstance(part, dict) and part.get("type") in ("text", "output_text")


def _usage(reported: Any, most_tokens: int) -> Usage | None:
    """The tokens reported, unless they cannot be true: no whole numbers, or more written than allowed."""
    if not isinstance(reported, Mapping):
        return None
    read, written = reported.get("input_tokens"), reported.get("output_tokens")
    if type(read) is not int or type(written) is not int:
        return None
    return Usage(read, written) if 0 < read < 1_000_000 and 0 <= written <= 2 * most_tokens else None
