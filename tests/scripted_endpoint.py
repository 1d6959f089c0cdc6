"""A real HTTP server on loopback that speaks the OpenAI chat-completions protocol, and misbehaves on request.

    with serve(Script(content='{"verdict": …}')) as endpoint:
        endpoint.url          "http://127.0.0.1:49152/v1"
        endpoint.requests     what was asked: path, headers, body

Each request is answered by the next script, the last one over and over. A request with `"stream": true`
gets server-sent events, any other one body, as the protocol has it.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Content = str | list[Any] | None


@dataclass(frozen=True)
class Script:
    """One answer of the endpoint; the defaults are those of an honest one.

    content: what the message says, or a function of the request's body that gives it.
    raw: bytes to send instead of a well-formed completion.
    hang: seconds before the headers; drip: seconds between the bytes of a body or the events of a stream.
    cut: stop in the middle of the body or stream, without a finish reason.
    endless: events without end; keepalives: comments without end.
    after_done: events sent after "[DONE]".
    wire: all that is sent, status line and headers too, as bytes and pauses in seconds; without end if it has none.
    reset: the connection is reset at the end instead of closed.
    """

    content: Content | Callable[[dict[str, Any]], Content] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    content_type: str = "application/json"
    finish_reason: str | None = "stop"
    role: str = "assistant"
    model: str = "scripted"
    refusal: str | None = None
    usage: Any = field(default_factory=lambda: {"prompt_tokens": 700, "completion_tokens": 60, "total_tokens": 760})
    hang: float = 0.0
    drip: float = 0.0
    cut: bool = False
    endless: str = ""
    keepalives: bool = False
    after_done: Sequence[str] = ()
    gzipped: bool = False
    pieces: int = 4
    wire: Iterable[bytes | float] = ()
    reset: bool = False


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All that was said to the model, one message after the other."""
        return "\n".join(str(message["content"]) for message in self.body.get("messages", ()))


class Endpoint:
    """A running server: where it is and what it was asked."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self.scripts = list(scripts)
        self.requests: list[Asked] = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def next_script(self) -> Script:
        return self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                body = json.loads(self.rfile.read(length) or b"{}")
                endpoint.requests.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.close_connection = True
                with suppress(OSError):  # the client hangs up on most of what is scripted here
                    _answer(self, endpoint.next_script(), body, endpoint.closing)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


@contextmanager
def serve(*scripts: Script) -> Iterator[Endpoint]:
    """An endpoint that answers by these scripts, closed at the end."""
    endpoint = Endpoint(scripts or (Script(),))
    try:
        yield endpoint
    finally:
        endpoint.close()


def _send_wire(handler: BaseHTTPRequestHandler, script: Script, closing: threading.Event) -> None:
    for part in script.wire:
        if closing.is_set():
            return
        if isinstance(part, float):
            closing.wait(part)
        else:
            handler.wfile.write(part)
            handler.wfile.flush()
    if script.reset:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()


def _answer(handler: BaseHTTPRequestHandler, script: Script, asked: dict[str, Any], closing: threading.Event) -> None:
    closing.wait(script.hang)
    if script.wire:
        _send_wire(handler, script, closing)
        return
    streams = script.status == 200 and script.raw is None and bool(asked.get("stream"))
    handler.send_response(script.status)
    for name, value in script.headers.items():
        handler.send_header(name, value)
    handler.send_header("content-type", "text/event-stream" if streams else script.content_type)
    if streams:
        handler.end_headers()
        for event in _events(script, asked):
            if closing.wait(script.drip):
                return
            handler.wfile.write(event)
            handler.wfile.flush()
        return
    _send_body(handler, script, _body(script, asked), closing)


def _send_body(handler: BaseHTTPRequestHandler, script: Script, body: bytes, closing: threading.Event) -> None:
    if script.gzipped:
        body = gzip.compress(body)
        handler.send_header("content-encoding", "gzip")
    if not script.endless:
        handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    if script.drip:
        for place in range(len(body)):
            if closing.wait(script.drip):
                return
            handler.wfile.write(body[place : place + 1])
            handler.wfile.flush()
        return
    handler.wfile.write(body[: len(body) // 2] if script.cut else body)
    while script.endless and not closing.is_set():
        handler.wfile.write(script.endless.encode() * 1000)


def _content(script: Script, asked: dict[str, Any]) -> Content:
    return script.content(asked) if callable(script.content) else script.content


def _body(script: Script, asked: dict[str, Any]) -> bytes:
    if script.raw is not None:
        return script.raw
    message = {"role": script.role, "content": _content(script, asked), "refusal": script.refusal}
    return json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": script.model,
            "choices": [{"index": 0, "message": message, "finish_reason": script.finish_reason, "logprobs": None}],
            "usage": script.usage,
        }
    ).encode()


def _events(script: Script, asked: dict[str, Any]) -> Iterator[bytes]:
    while script.keepalives:
        yield b": keep-alive\n\n"
    while script.endless:
        yield _event(script, {"content": script.endless})
    content = _content(script, asked)
    text = content if isinstance(content, str) else json.dumps(content)
    yield _event(script, {"role": script.role, "content": ""})
    size = max(1, len(text) // script.pieces)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    for piece in pieces[: len(pieces) // 2] if script.cut else pieces:
        yield _event(script, {"content": piece})
    if script.cut:
        return
    yield _event(script, {}, script.finish_reason)
    if (asked.get("stream_options") or {}).get("include_usage"):
        yield _event(script, None, usage=script.usage)
    yield b"data: [DONE]\n\n"
    for extra in script.after_done:
        yield _event(script, {"content": extra})


def _event(script: Script, delta: dict[str, Any] | None, finish_reason: str | None = None, usage: Any = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}
    chunk = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": script.model,
        "choices": [] if delta is None else [choice],
        "usage": usage,
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()
