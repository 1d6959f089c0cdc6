"""A reply while it is written → the statements in it that are closed, one after the other.

A draft is written from left to right: `{"verdict": …, "statements": [{…}, {…}]}`. What stands in front of
the end of a closed statement cannot change any more, so that it can be checked, and shown, before the rest is
there. A reply in any other form closes nothing here and is read when it is whole (`qa.reply`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import aclosing
from json import JSONDecoder
from typing import Any

from qa.call import Piece, Reply, Say, read_reply
from qa.draft import Draft, Statement, Verdict
from qa.faults import Silent, TooLong, Unreadable, translated
from qa.reply import MOST_DRAFTED, read_statement

LONGEST_STATEMENT = 16_000  # characters; the end of a longer one is not looked for

_HEAD = re.compile(
    r"\s*+ (?: ``` (?:json)? \s*+ )? \{ \s*+"
    r' "verdict" \s*+ : \s*+ "(yes|no|conditional|info)" \s*+ , \s*+ "statements" \s*+ : \s*+ \[',
    re.VERBOSE,
)
_FIRST, _NEXT = re.compile(r"\s*+(?=\{)"), re.compile(r"\s*+,\s*+(?=\{)")
_DECODER = JSONDecoder()


class Growing:
    """A draft as far as it is written: its verdict, and the statements that are closed.

    >>> growing = Growing()
    >>> [growing.take(words) for words in ('{"verdict": "no", "statements": [{"label": 1,', '"quote":"A.","text":""}')]
    [False, True]
    >>> growing.verdict, growing.statements
    ('no', (Statement(text='', label=1, quote='A.'),))
    """

    def __init__(self) -> None:
        self.take(None)

    def take(self, piece: Piece) -> bool:
        """Takes in the next words, or begins anew; whether they close a statement."""
        if piece is None:
            self.verdict: Verdict | None = None
            self.statements: tuple[Statement, ...] = ()
            self._text, self._at, self._ended = "", 0, False
            return False
        before = len(self.statements)
        self._text += piece
        while "}" in piece and not self._ended and self._take_one():
            self._ended = len(self.statements) == MOST_DRAFTED
        self._ended |= len(self._text) - self._at > LONGEST_STATEMENT
        return len(self.statements) > before

    def contradicted_by(self, whole: Draft) -> bool:
        """Whether the whole draft is not what it began as."""
        written = len(self.statements)
        return bool(written) and (whole.verdict, whole.statements[:written]) != (self.verdict, self.statements)

    def _take_one(self) -> bool:
        if self.verdict is None:
            self._take_head()
        opening = (_NEXT if self.statements else _FIRST).match(self._text, self._at) if self.verdict else None
        if not opening:
            return False
        try:
            _, end = _DECODER.raw_decode(self._text, opening.end())
        except (ValueError, RecursionError):  # it is not closed yet
            return False
        try:
            self.statements = (*self.statements, read_statement(self._text[opening.end() : end]))
        except Unreadable:
            self._ended = True
            return False
        self._at = end
        return True

    def _take_head(self) -> None:
        if head := _HEAD.match(self._text):
            self.verdict, self._at = head[1], head.end()  # type: ignore[assignment]


async def listen(chat: Any, messages: Any, most: tuple[int, int], say: Say) -> Reply:
    """The reply of a model that is asked to stream, its words said as they come; `most` are bytes and tokens.

    A model whose library cannot stream gives its reply in one go.

    Raises:
        Silent: nothing came that can be read.
        ModelFault, or an error of the library's: the reply is not whole, or too long.
    """
    heard = _Heard(say, most[0])
    try:
        async with aclosing(chat.astream_events(messages, version="v2", include_types=["chat_model"])) as events:
            async for event in events:
                heard.take(event)
        return read_reply(heard.message, *most)
    except Exception as error:  # of any library
        if not heard.size and isinstance(translated(error), Unreadable):
            raise Silent(type(error).__name__) from None
        raise


class _Heard:
    """What came of the events of one call."""

    def __init__(self, say: Say, most_bytes: int) -> None:
        self.message: Any = None
        self.size = 0
        self._say = say
        self._most = most_bytes
        self._run = ""

    def take(self, event: Any) -> None:
        """Says the words of an event, if it has any.

        Raises:
            TooLong: it is one too many.
        """
        if self._run in event.get("parent_ids", ()):  # a model that asks another: the outer one speaks
            return
        if event["event"] == "on_chat_model_start":
            self._run = event["run_id"]
            self._say(None)
        elif event["event"] == "on_chat_model_stream":
            for piece in _words(event["data"]["chunk"]):
                self.size += len((piece or "").encode("utf-8", "replace"))
                if self.size > self._most:
                    raise TooLong(f"over {self._most:,} bytes")
                self._say(piece)
        elif event["event"] == "on_chat_model_end":
            self.message = event["data"]["output"]


def _words(chunk: Any) -> Iterator[Piece]:
    """The text of a piece of a message, or the arguments of its call of a tool, which counts alone."""
    calls = getattr(chunk, "tool_call_chunks", None) or []
    for call in calls:
        if call.get("name"):
            yield None
        yield call.get("args") or ""
    parts = [] if calls else [chunk.content] if isinstance(chunk.content, str) else chunk.content
    for part in parts:
        text = part if isinstance(part, str) else part.get("text", "") if isinstance(part, dict) else ""
        if isinstance(text, str) and text:
            yield text
