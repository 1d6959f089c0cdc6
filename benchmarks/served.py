"""The app as it is served: a process of its own on loopback, and sessions over its websocket without a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.cold import ROOT

PATIENCE = 90
NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Served:
    """A running app."""

    port: int
    pid: int
    folder: Path

    @property
    def url(self) -> str:
        """Where the app answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server has written to its two outputs."""
        return (self.folder / "log").read_text("utf-8", "replace")

    def figure(self, name: str) -> int:
        """A figure of the process: VmRSS in kB, or Threads."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
        raise KeyError(name)


@contextmanager
def served(home: Path, folder: Path, *flags: str, settings: Mapping[str, str] | None = None) -> Iterator[Served]:
    """The app on a home that shares the editions of another, until the block ends."""
    own = folder / "home"
    own.mkdir(parents=True)
    for name in ("editions", "current"):
        os.symlink(home / name, own / name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"POLICY_QA_HOME": str(own), "POLICY_QA_DESK": "open", "POLICY_QA_PER_MINUTE": "1000"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *flags]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment | dict(settings or {}), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _await(port, process)
            yield Served(port, process.pid, folder)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"the app did not answer on port {port}: see its log")


class Session:
    """One session of the app, as a browser has it, without one."""

    def __init__(
        self, app: Served, *, cookie: str = "", page: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        sent = dict(headers or {}) | ({"Cookie": f"policy_qa_visit={cookie}"} if cookie else {})
        self.socket: ClientConnection = connect(
            f"ws://127.0.0.1:{app.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=sent,
            max_size=None,
            open_timeout=PATIENCE,
        )
        self._chat = ""
        self.words: list[str] = []
        self.copied: list[str] = []
        self._page = page
        self.run()

    def run(self, asked: str = "") -> str:
        """Runs the page, with a question typed into it if one is given; every word it then shows."""
        self.send(asked)
        return self.read()

    def send(self, asked: str = "") -> None:
        """Asks for a run and does not wait."""
        message = BackMsg()
        message.rerun_script.page_name = self._page
        if asked:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self._chat
            state.chat_input_value.data = asked
        else:
            message.rerun_script.query_string = ""
        self.socket.send(message.SerializeToString())

    def read(self) -> str:
        """Every word shown until the run ends; `copied` is then what each answer offers to copy."""
        words: list[str] = []
        copied: list[str] = []
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=PATIENCE, decode=False))
            if message.WhichOneof("type") == "delta":
                words += self._read_delta(message)
                if message.delta.new_element.WhichOneof("type") == "code":
                    copied.append(message.delta.new_element.code.code_text)
            ended = message.WhichOneof("type") == "script_finished"
            if ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self.words, self.copied = words, copied
                return "\n".join(words)

    def _read_delta(self, message: ForwardMsg) -> list[str]:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "chat_input":
            self._chat = element.chat_input.id
        if kind in ("text", "markdown", "html", "alert"):
            return [getattr(element, kind).body]
        if kind == "exception":
            return [
                f"EXCEPTION {element.exception.type} {element.exception.message} {list(element.exception.stack_trace)}"
            ]
        return []

    def close(self) -> None:
        self.socket.close()
