"""Why a chat model gave nothing that can be used; errors of any library become these, and no word of theirs is kept.

ModelFault
├── OutOfTime      the deadline passed
├── Unreachable    no connection, or one that broke (worth another try)
├── Refused        an HTTP status that is not success; 408, 409, 429 and 5xx are worth another try
├── Redirected     it wanted to send the prompt elsewhere
├── Incomplete     no finish reason, or one that says it was cut
├── TooLong        more bytes than allowed
├── Unreadable     not the protocol, or not the draft that was asked for
│   └── Silent     a stream without a word
├── Declined       the model would not answer
└── Resting        too many failures just now, or too many calls at once
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.documents import HandbookError


class ModelFault(HandbookError):
    """Why a chat model gave nothing that can be used; `words` are ours and safe to show."""

    words = "the model failed"
    passing = False

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.words}: {detail}" if detail else self.words)
        self.retry_after: float | None = None


class OutOfTime(ModelFault):
    words = "the model did not answer in time"


class Unreachable(ModelFault):
    words = "the model could not be reached"
    passing = True


class Refused(ModelFault):
    words = "the model's endpoint refused"

    def __init__(self, status: int, retry_after: float | None = None) -> None:
        super().__init__(f"HTTP {status}{_ADVICE.get(status, '')}")
        self.status = status
        self.retry_after = retry_after
        self.passing = status in (408, 409, 429) or status >= 500


class Redirected(ModelFault):
    words = "the model's endpoint redirected to another address, which is not followed"


class Incomplete(ModelFault):
    words = "the model's answer was cut short"


class TooLong(ModelFault):
    words = "the model's answer was too long"


class Unreadable(ModelFault):
    words = "the model's answer could not be read"


class Silent(Unreadable):
    """A stream without a word: the endpoint may know no streams."""


class Declined(ModelFault):
    words = "the model declined to answer"


class Resting(ModelFault):
    words = "the model failed repeatedly or is busy, and is left alone for a moment"


_ADVICE = {
    400: ", it does not take the request: check the model's name and POLICY_QA_MODEL_OPTIONS",
    401: ", check the key",
    403: ", check what the key may use",
    404: ", check POLICY_QA_MODEL and its base URL",
    413: ", the prompt is too large",
    429: ", too many requests",
}


def translated(error: BaseException) -> ModelFault:
    """The fault that an error of some library amounts to, without a word of its text."""
    for found in _chain(error):
        if isinstance(found, ModelFault):
            return found
    status = _status(error)
    if status is not None:
        return Redirected() if 300 <= status < 400 else Refused(status, _retry_after(error))
    names = {cls.__name__ for found in _chain(error) for cls in type(found).__mro__}
    if "LengthFinishReasonError" in names:
        return Incomplete("its limit of tokens was reached")
    if "ContentFilterFinishReasonError" in names:
        return Declined()
    if isinstance(error, OSError) or any("Connect" in n or "Timeout" in n or "ProtocolError" in n for n in names):
        return Unreachable()
    return Unreadable(type(error).__name__)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and not 200 <= status < 300:
            return status
    return None


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        seconds = float(headers.get("retry-after", ""))
    except (TypeError, ValueError):
        return None
    return seconds if 0 < seconds < float("inf") else None
