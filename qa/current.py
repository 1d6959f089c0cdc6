"""The assistant of a running app: it follows the pointer, so that a new edition needs no restart."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from ingest.documents import HandbookError
from ingest.pointer import pointed_id
from qa.assistant import Assistant, open_assistant

_log = logging.getLogger(__name__)


class CurrentAssistant:
    """Hands out the assistant of the current edition. Any number of threads may share one.

    An assistant once handed out goes on answering from its own edition: whoever asks several things that
    belong together keeps it, and nothing is mixed.
    """

    def __init__(self, home: Path, opened: Callable[[Path], Assistant] = open_assistant) -> None:
        self._home = home
        self._open = opened
        self._pointed = ""
        self._assistant: Assistant | None = None
        self._opening = threading.Lock()

    def get(self) -> Assistant:
        """The assistant on the current edition; the one before, while the new one is being opened or cannot be.

        Costs one small read where nothing was published since the last call.

        Raises:
            HandbookError: nothing could be opened yet; the message says what to do.
        """
        before = self._assistant
        if before is not None and self._pointed == pointed_id(self._home):
            return before
        if not self._opening.acquire(blocking=before is None):
            assert before is not None  # or it would have waited
            return before
        try:
            return self._reopened()
        finally:
            self._opening.release()

    def _reopened(self) -> Assistant:
        pointed = pointed_id(self._home)
        if self._assistant is not None and self._pointed == pointed:  # another thread was quicker
            return self._assistant
        try:
            self._assistant, self._pointed = self._open(self._home), pointed
        except HandbookError as error:
            if self._assistant is None:
                raise
            _log.warning("%s. Edition %s goes on answering.", error, self._assistant.edition.id)
            self._pointed = pointed  # said once, tried again with the next pointer
        return self._assistant
