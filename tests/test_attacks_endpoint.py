"""Further misbehaviours of an endpoint, down to the bytes on the wire, and of what a model writes.

Every case goes through the real client. It ends in the reader's answer or in the true statement, word for
word, within the deadline, and nothing the endpoint sent is written to a log or a warning.
"""

from __future__ import annotations

import gzip
import json
import logging
import time
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from scripted_endpoint import Script
from scripted_model import NAME, QUOTED, SHORT, STATED, TRUE, Ask, settings

from qa.endpoint import open_chat_model

NEXT = "Turn off your bluetooth setting on your mobile phone while at the school."
DEADLINE = 1.0
SECRET = "EVIL-LEAKME"

Wire = Iterable[bytes | float]


def draft(text: str = SHORT, quote: str = TRUE, label: Any = 1, verdict: str = "no") -> str:
    return json.dumps({"verdict": verdict, "statements": [{"label": label, "quote": quote, "text": text}]})


def completion(content: Any, **message: Any) -> bytes:
    """A body as the protocol has it, around any content."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content} | message, "finish_reason": "stop"}
    return json.dumps(
        {"id": "c", "object": "chat.completion", "created": 1, "model": "s", "choices": [choice]}
    ).encode()


def http(body: bytes, *headers: bytes, status: bytes = b"HTTP/1.1 200 OK", kind: bytes = b"application/json") -> bytes:
    length = b"content-length: %d" % len(body)
    return b"\r\n".join([status, b"content-type: " + kind, length, *headers, b"", body])


def chunk(delta: dict[str, Any], finish: str | None = None, index: int = 0) -> bytes:
    choice = {"index": index, "delta": {"role": "assistant"} | delta, "finish_reason": finish}
    row = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "s", "choices": [choice]}
    return b"data: " + json.dumps(row).encode() + b"\n\n"


def stream(*events: bytes) -> list[bytes | float]:
    return [b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n", *events]


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Iterator[bytes | float]:
    yield head
    while True:
        yield piece
        yield pause


GOOD = completion(draft())
JSON = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
CHUNKED = JSON + b"transfer-encoding: chunked\r\n\r\n"
EVENTS = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
WHOLE, SAID, DONE = chunk({"content": draft()}), chunk({}, "stop"), b"data: [DONE]\n\n"
LATE, LONG, LOST = (
    "the model did not answer in time",
    "the model's answer was too long",
    "the model could not be reached",
)
ODD, REFUSED, CUT = (
    "the model's answer could not be read",
    "the model's endpoint refused",
    "the model's answer was cut short",
)
FAULT = b'{"error": {"message": "x"}}\n\n'
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"
CALL = {"id": "1", "type": "function", "function": {"name": "any", "arguments": draft()}}


# --- on the wire --------------------------------------------------------------------------

UNHEARD: dict[str, tuple[Wire, str]] = {
    "interim responses without end": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.005), LATE),
    "headers without end": (endless(JSON, b"x-a: b\r\n", 0.01), LATE),
    "one header of megabytes": ([JSON, b"x: " + b"a" * 3_000_000, b"\r\n\r\n"], LOST),
    "chunks without end": (endless(CHUNKED, b"1\r\n \r\n", 0.01), LATE),
    "large chunks without end": (endless(CHUNKED, b"1000\r\n" + b" " * 4096 + b"\r\n"), LONG),
    "chunk extensions without end": (endless(CHUNKED, b"1;" + b"x" * 2000 + b"\r\n \r\n", 0.005), LATE),
    "a chunk size that overflows": ([CHUNKED, b"FFFFFFFFFFFFFFFF\r\n", GOOD], LOST),
    "two lengths": ([JSON, b"content-length: 5\r\ncontent-length: %d\r\n\r\n" % len(GOOD), GOOD], LOST),
    "a length too long": ([JSON, b"content-length: 99999\r\n\r\n", GOOD], LOST),
    "a length too short": ([JSON, b"content-length: 50\r\n\r\n", GOOD], ODD),
    "bytes that are no UTF-8": ([http(GOOD.replace(b"private texts with", b"private \xff\xfe with"))], ODD),
    "a bomb that is said to be plain": ([http(gzip.compress(b"0" * 20_000_000))], ODD),
    "compressed, which was not asked for": ([http(gzip.compress(GOOD), b"content-encoding: gzip")], ODD),
    "two encodings": ([http(GOOD, b"content-encoding: identity", b"content-encoding: gzip")], ODD),
    "no HTTP at all": ([b"SSH-2.0-OpenSSH_9\r\n"], LOST),
    "closed at once": ([b""], LOST),
    "a byte, then silence": ([b"H", 60.0], LATE),
    "a first byte that comes late": ([DEADLINE + 1.0, http(GOOD)], LATE),
    "another protocol": ([SWITCH, GOOD], LOST),
    "a status beyond the standard": ([http(GOOD, status=b"HTTP/1.1 999 X")], REFUSED),
    "no content": ([b"HTTP/1.1 204 No Content\r\n\r\n"], ODD),
    "an error as a success": ([http(b'{"error": {"message": "EVIL-LEAKME"}}')], ODD),
    "no choices": ([http(b'{"id": "c", "object": "chat.completion", "created": 1, "model": "s", "choices": []}')], ODD),
    "a body nested without measure": ([http(b'{"choices":' * 20_000)], ODD),
    "a number of thousands of digits": ([http(b"1" * 5_000)], ODD),
    "content that is an object": ([http(completion({"text": SECRET}))], ODD),
    "content that is a number": ([http(completion(5))], ODD),
    "a tool call of another form": ([http(completion(None, tool_calls=[CALL | {"function": {"name": "x",
        "arguments": '{"x": "EVIL-LEAKME"}'}}]))], ODD),
    "two tool calls": ([http(completion(None, tool_calls=[CALL, CALL | {"id": "2"}]))], ODD),
    "speech": ([http(completion(None, audio={"id": "a", "data": "AAAA", "transcript": draft()}))], ODD),
}  # fmt: skip
HEARD: dict[str, Wire] = {
    "HTTP/1.0 without a length": [b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n", GOOD],
    "early hints": [b"HTTP/1.1 103 Early Hints\r\nlink: <https://evil.example/>; rel=preload\r\n\r\n", http(GOOD)],
    "trailers": [CHUNKED, b"%x\r\n" % len(GOOD), GOOD, b"\r\n0\r\nx: EVIL-LEAKME\r\n\r\n"],
    "a second response behind": [http(GOOD), http(completion(SECRET))],
    "another content type": [http(GOOD, kind=b"image/png")],
    "a byte order mark": [http(b"\xef\xbb\xbf" + GOOD)],
    "a message given twice": [http(GOOD.replace(b'"message":', b'"message": {"content": "EVIL-LEAKME"}, "message":'))],
    "words beside a tool call": [http(completion(SECRET, tool_calls=[CALL]))],
    "thoughts beside the answer": [http(completion(draft(), reasoning_content=SECRET))],
    "cookies and a refresh": [http(GOOD, b"set-cookie: a=EVIL-LEAKME", b"refresh: 0; url=https://evil.example/")],
}


@pytest.mark.parametrize("case", UNHEARD)
def test_what_is_no_answer_leaves_the_readers_in_time(case: str, ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wire, reason = UNHEARD[case]
    started, deadline = time.monotonic(), DEADLINE if reason == LATE else 60.0
    answer = ask(Script(wire=wire), deadline=deadline)
    assert (answer.text, answer.answered_by, answer.fallback_reason) == (QUOTED, "reader", reason)
    assert time.monotonic() - started < deadline + 1.5
    assert SECRET not in caplog.text + str(answer.to_dict(5))


@pytest.mark.parametrize("case", HEARD)
def test_what_is_odd_beside_a_true_answer_does_not_get_out(
    case: str, ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ask(Script(wire=HEARD[case]))
    assert (answer.text, answer.answered_by) == (STATED, NAME)
    assert SECRET not in caplog.text + str(answer.to_dict(5))


def test_a_connection_that_is_reset_leaves_the_readers_answer(ask: Ask) -> None:
    answer = ask(Script(wire=[JSON, b"content-length: 9999\r\n\r\n", GOOD[:80]], reset=True))
    assert (answer.text, answer.fallback_reason) == (QUOTED, LOST)


def test_what_an_endpoint_sent_is_in_no_warning(ask: Ask) -> None:
    """The client's library warns of a content of another type, and would print it; opening a model sees to that."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        open_chat_model(NAME, settings(model_base_url="http://127.0.0.1:1/v1"))
        ask(Script(wire=[http(completion({"text": SECRET}))]))
    assert not [warned for warned in caught if SECRET in str(warned.message)]


# --- streams ------------------------------------------------------------------------------

STREAMED: dict[str, tuple[Wire, str, str]] = {
    "an honest one": (stream(WHOLE, SAID, DONE), STATED, ""),
    "no [DONE] after the finish": (stream(WHOLE, SAID), STATED, ""),
    "an event called error": (stream(WHOLE, b"event: error\ndata: " + FAULT, SAID, DONE), QUOTED, ODD),
    "an error among the data": (stream(WHOLE, b"data: " + FAULT, SAID, DONE), QUOTED, ODD),
    "words after the finish": (stream(WHOLE, SAID, chunk({"content": " HACKED"}), DONE), QUOTED, ODD),
    "two finishes": (stream(WHOLE, chunk({}, "length"), SAID, DONE), QUOTED, CUT),
    "the finish first, then half": (stream(SAID, chunk({"content": draft()[:60]}), DONE), QUOTED, ODD),
    "a second choice": (stream(WHOLE, chunk({"content": SECRET}, None, 1), SAID, DONE), QUOTED, ODD),
    "JSON that is none": (stream(WHOLE, b"data: {nope\n\n", DONE), QUOTED, ODD),
    "one line without end": (endless(EVENTS, b"data: " + b"x" * 4096), QUOTED, LONG),
    "empty pieces without end": (endless(EVENTS, chunk({"content": ""}), 0.01), QUOTED, LATE),
}  # fmt: skip


@pytest.mark.parametrize("case", STREAMED)
def test_a_stream_is_heard_whole_or_not_at_all(case: str, ask: Ask) -> None:
    wire, text, reason = STREAMED[case]
    started, deadline = time.monotonic(), DEADLINE if reason == LATE else 60.0
    answer = ask(Script(wire=wire), stream=True, deadline=deadline)
    assert (answer.text, answer.fallback_reason) == (text, reason)
    assert time.monotonic() - started < deadline + 1.5


# --- words --------------------------------------------------------------------------------

DOUBLED = '{"verdict": "no", "statements": [{"label": 1, "quote": %s, "text": "", "text": "HACKED"}]}'
TURNED = {
    "a key given twice": DOUBLED % json.dumps(TRUE),
    "a verdict given twice": draft().replace('"verdict": "no"', '"verdict": "no", "verdict": "yes"'),
    "a label that is no number": draft().replace('"label": 1', '"label": NaN'),
    "a label as a float": draft().replace('"label": 1', '"label": 1e0'),
    "half a pair in the text": draft().replace(SHORT, "\\ud800 private texts"),
    "half a pair in the quote": draft().replace("Do not exchange private texts, ", "Do not \\udfff"),
    "escaped markup": draft(text="Do not exchange &lt;script&gt; private texts."),
    "an entity in the quote": draft(quote=TRUE.replace("parents and", "parents &amp;")),
    "an address that links itself": draft(text="Do not exchange private texts evil.example/private"),
    "a data address": draft(text="Do not exchange private texts data:text/html,texts"),
    "a number in words": draft(text="Do not exchange two private texts with parents."),
    "a number in figures": draft(text="Do not exchange 2 private texts with parents."),
    "a double negation": draft(text="Do not not exchange private texts with parents."),
    "never instead of not": draft(text="Never exchange private texts with parents."),
    "should not instead of do not": draft(text="You should not exchange private texts with parents."),
    "a letter of another alphabet": draft(text="Do not exchange private tехts with parents."),
    "a right-to-left override": draft(text="Do not exchange \u202eprivate texts with parents."),
    "a tag character": draft(text="Do not exchange private texts\U000e0041 with parents."),
    "a combining mark": draft(text="Do not\u0338 exchange private texts with parents."),
    "a fullwidth bracket": draft(text="Do not exchange private texts with parents ［2］."),
    "a question instead": draft(text="Do not exchange private texts with parents?"),
    "irony by quotes": draft(text="Do “not” exchange private texts with parents…"),
    "a second sentence of true words": draft(text="Do not exchange private texts. Exchange photos."),
    "from two sentences": draft(text="Turn off texts with parents and carers."),
    "who does it to whom": draft(text="Parents and carers do not exchange private texts with pupils."),
}  # fmt: skip


@pytest.mark.parametrize("case", TURNED)
def test_words_that_turn_the_sense_are_never_shown(case: str, ask: Ask) -> None:
    answer = ask(Script(content=TURNED[case]))
    assert answer.text == QUOTED


@pytest.mark.parametrize(
    "quote",
    [
        TRUE.replace("private", "pri\u200bvate"),
        TRUE.replace("private", "pri\u00advate"),
        TRUE.replace(" ", "\u00a0"),
        TRUE.replace(" with", "\n\twith"),
    ],
    ids=["zero width", "soft hyphen", "no-break spaces", "line break"],
)
def test_a_quote_in_other_typography_is_shown_as_the_slice(quote: str, ask: Ask) -> None:
    answer = ask(Script(content=draft(text="", quote=quote)))
    assert (answer.text, answer.answered_by) == (QUOTED, NAME)


@pytest.mark.parametrize(
    "quote",
    [
        TRUE.replace("Do not", "Dо not"),  # a Cyrillic о
        TRUE.replace("not", "n0t"),
        TRUE.upper(),
        f"{TRUE} […] {NEXT}",
        TRUE[:60] + "…" + TRUE[70:],
        f"{TRUE} Protect your mobile phone",
    ],
    ids=["another alphabet", "a figure", "capitals", "joined", "cut out", "over two clauses"],
)
def test_a_quote_that_stands_nowhere_is_dropped(quote: str, ask: Ask) -> None:
    answer = ask(Script(content=draft(text="", quote=quote)))
    assert (answer.text, answer.answered_by) == (QUOTED, "reader")


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": -5, "completion_tokens": 6, "total_tokens": 1},
        {"prompt_tokens": 7.5, "completion_tokens": 6.2, "total_tokens": 13},
        {"prompt_tokens": 7, "completion_tokens": 10**9, "total_tokens": 7},
        [7, 6],
    ],
)
def test_tokens_that_cannot_be_are_not_recorded(usage: Any, ask: Ask) -> None:
    answer = ask(Script(content=draft(), usage=usage))
    assert answer.usage is None
    assert answer.text in (STATED, QUOTED)
