"""Clients of other providers, really talked to: each speaks its own protocol to a small server on loopback.

They are optional: a test is skipped where the provider's package is not installed.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from scripted_model import QUESTION, QUOTED, SHORT, STATED, TRUE, with_model

from ingest.settings import Settings, SettingsError
from qa.answer import Answer
from qa.assistant import Assistant
from qa.draft import Usage
from qa.model import open_drafter
from qa.steps import Step

KEY = "sk-ant-LEAKME"
DRAFTED = {"verdict": "no", "statements": [{"label": 1, "quote": TRUE, "text": SHORT}]}
LIES = {"verdict": "yes", "statements": [{"label": 1, "quote": TRUE, "text": "You may exchange private texts."}]}
PROVIDERS = ("anthropic", "ollama")


def anthropic(drafted: dict[str, Any], finish: str) -> list[bytes]:
    """A message of Anthropic's that calls the tool which it was told to."""
    content = [{"type": "tool_use", "id": "t1", "name": "draft", "input": drafted}]
    usage = {"input_tokens": 500, "output_tokens": 40}
    row = {"id": "m", "type": "message", "role": "assistant", "model": "x", "content": content, "usage": usage}
    return [json.dumps(row | {"stop_reason": finish, "stop_sequence": None}).encode()]


def ollama(drafted: dict[str, Any], finish: str) -> list[bytes]:
    """A chat of Ollama's: a line for each piece, the last one with the counts."""
    text = json.dumps(drafted)
    said = [{"role": "assistant", "content": part} for part in (text[:50], text[50:])]
    rows: list[dict[str, Any]] = [{"message": message, "done": False} for message in said]
    last = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": finish}
    rows.append(last | {"prompt_eval_count": 500, "eval_count": 40})
    head = {"model": "x", "created_at": "2026-01-01T00:00:00Z"}
    return [json.dumps(head | row).encode() + b"\n" for row in rows]


def anthropic_events(drafted: dict[str, Any], finish: str) -> list[bytes]:
    """The same message of Anthropic's as a stream: the arguments of the call come in pieces of 40 characters."""
    text, usage = json.dumps(drafted), {"input_tokens": 500, "output_tokens": 40}
    message = {"id": "m", "type": "message", "role": "assistant", "model": "x", "content": [], "usage": usage}
    call = {"type": "tool_use", "id": "t1", "name": "draft", "input": {}}
    deltas = [{"type": "input_json_delta", "partial_json": text[at : at + 40]} for at in range(0, len(text), 40)]
    ended = {"stop_reason": finish, "stop_sequence": None}
    rows: list[dict[str, Any]] = [
        {"type": "message_start", "message": message | {"stop_reason": None, "stop_sequence": None}},
        {"type": "content_block_start", "index": 0, "content_block": call},
        *({"type": "content_block_delta", "index": 0, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": ended, "usage": usage},
        {"type": "message_stop"},
    ]
    return [f"event: {row['type']}\ndata: {json.dumps(row)}\n\n".encode() for row in rows]


SPEAK: dict[str, Callable[[dict[str, Any], str], list[bytes]]] = {"anthropic": anthropic, "ollama": ollama}
STREAM = {"anthropic": anthropic_events, "ollama": ollama}
KIND = {"anthropic": "text/event-stream", "ollama": "application/x-ndjson"}
WHOLE = {"anthropic": "tool_use", "ollama": "stop"}
HALF = {"anthropic": "max_tokens", "ollama": "length"}


@dataclass
class Server:
    """Where it is and what it was asked."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def speaking(pieces: list[bytes], status: int = 200, hang: float = 0.0, **headers: str) -> Iterator[Server]:
    """A server that answers every request with these pieces."""
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            running.requests.append({"path": self.path, "headers": dict(self.headers.items()), "body": body})
            with suppress(OSError):
                self.send_response(status)
                for name, value in {"content-type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in pieces:
                    closing.wait(hang)
                    self.wfile.write(piece)
                    self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    running = Server(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield running
    finally:
        closing.set()
        server.shutdown()
        server.server_close()


Ask = Callable[..., Answer]
Hear = Callable[..., list[Step]]


@pytest.fixture
def ask(hear: Hear) -> Ask:
    """Asks through a provider's own client, for one body."""

    def asked(provider: str, server: Server, deadline: float = 60.0) -> Answer:
        answer = hear(provider, server, deadline, listens=False)[-1].answer
        assert answer
        return answer

    return asked


@pytest.fixture
def hear(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Hear:
    """Asks through a provider's own client, for a stream if anybody listens; all steps that are heard."""

    def heard(provider: str, server: Server, deadline: float = 60.0, listens: bool = True) -> list[Step]:
        pytest.importorskip(f"langchain_{provider}", reason=f"pip install 'policy-qa[{provider}]'")
        monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
        monkeypatch.setenv("ANTHROPIC_API_URL", server.url)
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        chosen = Settings(_env_file=None, model_deadline=deadline)  # type: ignore[call-arg]
        drafter = open_drafter(f"{provider}:x", chosen)
        asked = with_model(assistant, drafter)
        return list(asked.steps(QUESTION)) if listens else [Step("answer", answer=asked.ask(QUESTION))]

    return heard


@pytest.mark.parametrize("provider", PROVIDERS)
def test_another_providers_client_is_heard_and_its_tokens_are_recorded(provider: str, ask: Ask) -> None:
    with speaking(SPEAK[provider](DRAFTED, WHOLE[provider])) as server:
        answer = ask(provider, server)
    assert (answer.text, answer.answered_by, answer.usage) == (STATED, f"{provider}:x", Usage(500, 40))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_it_streams_is_heard_before_its_end(provider: str, hear: Hear) -> None:
    """The end is a cut: that the draft had been said before is seen by its being taken back."""
    with speaking(STREAM[provider](DRAFTED, WHOLE[provider]), **{"content-type": KIND[provider]}) as server:
        steps = hear(provider, server)
    assert steps[-1].answer
    assert (steps[-1].answer.text, steps[-1].answer.answered_by) == (STATED, f"{provider}:x")
    assert steps[-1].answer.usage == Usage(500, 40)
    halved = STREAM[provider](DRAFTED, HALF[provider])
    with speaking(halved, hang=0.3, **{"content-type": KIND[provider]}) as server:
        steps = hear(provider, server)
    assert [step.words or step.kind for step in steps if step.kind in ("says", "withdrawn")] == [
        STATED, "withdrawn", QUOTED,
    ]  # fmt: skip


@pytest.mark.parametrize("provider", PROVIDERS)
def test_its_lies_are_stopped(provider: str, ask: Ask) -> None:
    with speaking(SPEAK[provider](LIES, WHOLE[provider])) as server:
        answer = ask(provider, server)
    assert (answer.text, answer.answered_by, bool(answer.fallback_reason)) == (QUOTED, "reader", True)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_its_cut_answers_are_none(provider: str, ask: Ask) -> None:
    with speaking(SPEAK[provider](DRAFTED, HALF[provider])) as server:
        answer = ask(provider, server)
    assert (answer.text, answer.fallback_reason) == (QUOTED, "the model's answer was cut short")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_its_errors_are_refusals_without_a_word_of_them(
    provider: str, ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    said = {"error": {"type": "authentication_error", "message": f"bad {KEY}"}}
    with speaking([json.dumps(said).encode()], status=401) as server:
        answer = ask(provider, server)
    assert (answer.text, answer.fallback_reason) == (QUOTED, "the model's endpoint refused")
    assert KEY not in caplog.text + str(answer.to_dict(5))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_its_redirects_are_not_followed(provider: str, ask: Ask) -> None:
    with speaking(SPEAK[provider](DRAFTED, WHOLE[provider])) as elsewhere:
        location = elsewhere.url.replace("127.0.0.1", "localhost") + "/"
        with speaking([], status=307, location=location) as server:
            answer = ask(provider, server)
        assert (answer.text, elsewhere.requests) == (QUOTED, [])


@pytest.mark.parametrize("provider", PROVIDERS)
def test_its_slow_answers_end_at_the_deadline(provider: str, ask: Ask) -> None:
    ask_warm = SPEAK[provider](DRAFTED, WHOLE[provider])
    with speaking(ask_warm) as server:
        ask(provider, server)  # imports the client, which may take longer than the deadline
    with speaking(ask_warm, hang=30.0) as server:
        started = time.monotonic()
        answer = ask(provider, server, deadline=1.0)
    assert time.monotonic() - started < 4.0
    assert (answer.text, answer.fallback_reason) == (QUOTED, "the model did not answer in time")


def test_an_address_in_the_variables_of_other_providers_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider, variable in {"anthropic": "ANTHROPIC_API_URL", "ollama": "OLLAMA_HOST"}.items():
        monkeypatch.setenv(variable, "http://169.254.169.254/")
        with pytest.raises(SettingsError, match=variable):
            open_drafter(f"{provider}:x", Settings(_env_file=None))  # type: ignore[call-arg]
