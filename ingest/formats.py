"""DOCX, PDF, HTML → Markdown, in a process of its own: a file that eats time or memory ends with that process.

The process is started when the first such file is met and serves all that follow; it is the only one that
imports what parses foreign formats. It is spoken to in lines of JSON (see `ingest.conversion`).
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.admission import LIMITS, Limits
from ingest.errors import HandbookError, UnreadableFile

SHOWN = 8
"""Passages left out that a remark names; of a section that was matter its owner should see the first words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file as Markdown: a page of a PDF with its printed label, or the whole file."""

    markdown: str
    page: str = ""
    title: str = ""
    remarks: tuple[str, ...] = ()


def shortened(words: str, length: int = 30) -> str:
    """How a passage begins, as a remark names it."""
    return words if len(words) <= length else f"{words[:length].rstrip()}…"


def listed(names: Sequence[str]) -> str:
    """Names, the first of them."""
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def named(passages: Sequence[str]) -> str:
    """Passages that were left out, the first of them in quotation marks."""
    return listed([f"“{words}”" for words in passages])


class ConversionFailed(HandbookError):
    """The converting process cannot be started."""


class Converter:
    """Converts files, one after the other; ends its process when it is left.

    >>> with Converter() as convert:
    ...     convert("html", b"<h1>Phones</h1>")[0].markdown
    '# Phones'
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Converter:
        return self

    def __exit__(self, *why: object) -> None:
        self._end()

    def __call__(self, kind: str, content: bytes) -> tuple[Part, ...]:
        """The parts of a file.

        Args:
            kind: docx, pdf, html, or markdown for Markdown with HTML tables and lists in it.

        Raises:
            UnreadableFile: it cannot be converted, or not within the limits of time and memory.
        """
        process = self._process or self._start()
        started = time.monotonic()
        late = threading.Timer(self.limits.seconds, process.kill)
        late.start()
        try:
            answer = _ask(process, json.dumps({"kind": kind, "content": base64.b64encode(content).decode()}))
        finally:
            late.cancel()
        if not answer.endswith("\n"):
            self._end()
            if time.monotonic() - started >= self.limits.seconds:
                raise UnreadableFile(f"takes more than {self.limits.seconds} seconds to convert: split it")
            raise UnreadableFile("ended the process that converts it, as damaged files and bombs do: save it again")
        found = json.loads(answer)
        if "error" in found:
            raise UnreadableFile(found["error"])
        return tuple(Part(**{**part, "remarks": tuple(part["remarks"])}) for part in found["parts"])

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "ingest.conversion", str(self.limits.memory), str(self.limits.pages)]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                cwd=Path(__file__).parent.parent,
            )
        except OSError as error:
            raise ConversionFailed(f"{sys.executable} cannot be started to convert files: {error}") from error
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def _ask(process: subprocess.Popen[str], question: str) -> str:
    """A line of the process in answer to a line; empty if it has ended."""
    assert process.stdin is not None  # both are pipes
    assert process.stdout is not None
    try:
        process.stdin.write(question + "\n")
        process.stdin.flush()
        return process.stdout.readline()
    except (BrokenPipeError, ValueError):
        return ""
